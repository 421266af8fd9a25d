// The words of a search stay in this window: not in the address, not in the history, not in any storage.
// Words that a link of somebody else's puts into the address are taken out of it.
history.replaceState(null, "", location.pathname);
