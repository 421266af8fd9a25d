// Finds pages while one types. The words stay in this window: not in the address, not in the history, not in any storage.
// Words that a link of somebody else's puts into the address are taken out of it.
history.replaceState(null, "", location.pathname);
const MOST = 12;
const SOURCES = 4;
const WAIT = 120;
const box = document.getElementById("UI--search");
const field = document.getElementById("UI--words");
const status = document.getElementById("UI--found");
const list = document.getElementById("UI--results");
const root = new URL("../", import.meta.url);

const line = (tag, words, parent) => {
  const made = document.createElement(tag);
  made.textContent = words;
  parent.append(made);
  return made;
};

const entry = ({ meta, sub_results: parts }) => {
  const item = document.createElement("li");
  const address = meta.address.slice(1);
  const lead = (words, to, parent) => (line("a", words, parent).href = new URL(to, root));
  lead(meta.title, address, item);
  line("p", [meta.kind, meta.date].filter(Boolean).join(" · "), item).className = "apparatus";
  line("p", meta.summary, item);
  const part = parts.find((one) => one.anchor && !address.includes("#"));
  if (part) lead(part.title, `${address}#${part.anchor.id}`, line("p", "", item));
  return item;
};

const show = (results, words) => {
  list.replaceChildren(...results.map(entry));
  const count = results.length === 1 ? box.dataset.one : `${results.length} ${box.dataset.many}`;
  status.textContent = words ? (results.length ? count : box.dataset.none) : "";
};

// What is called just so comes first, then what has a page of its own and the words in a name.
const likeness = ({ names, address }, words) => {
  const known = names.toLowerCase().split("|");
  if (known.includes(words.toLowerCase())) return 2;
  return !address.includes("#") && known.some((name) => name.includes(words.toLowerCase())) ? 1 : 0;
};

// A source is seldom what is looked for: what this site says comes first.
const seek = async (words) => {
  const ours = (await engine.search(words, { filters: { ours: "yes" } })).results;
  const known = new Set(ours.map((one) => one.id));
  const sources = (await engine.search(words)).results.filter((one) => !known.has(one.id));
  const room = Math.max(SOURCES, MOST - ours.length);
  const load = (results) => Promise.all(results.map((one) => one.data()));
  const first = await load(ours.slice(0, MOST));
  first.sort((one, other) => likeness(other.meta, words) - likeness(one.meta, words));
  return [...first, ...(await load(sources.slice(0, room)))];
};

// The index may be left out of a build; then the A to Z below is the search.
const engine = await import("../pagefind/pagefind.js").catch(() => null);
if (engine) {
  await engine.options({ baseUrl: "/" });
  await engine.init();
  box.hidden = false;
  let timer = 0;
  let asked = 0;
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const words = field.value.trim();
      const mine = (asked += 1);
      const results = words ? await seek(words) : [];
      if (mine === asked) show(results, words);
    }, WAIT);
  });
}
