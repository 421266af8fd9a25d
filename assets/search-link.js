// The words of a search are in the address, so that a reader can keep or share a link to it: /search/?q=bridge
const words = document.getElementById("UI--words");
words.value = new URLSearchParams(location.search).get("q") ?? "";
words.addEventListener("input", () => {
  const query = words.value.trim();
  history.replaceState(null, "", query ? `?q=${encodeURIComponent(query)}` : location.pathname);
});
