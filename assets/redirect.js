// Goes to the page's new address and takes the query and the fragment along.
(() => {
  const to = new URL(document.getElementById("UI--target").href);
  if (location.search) to.search = location.search;
  if (location.hash) to.hash = location.hash;
  location.replace(to);
})();
