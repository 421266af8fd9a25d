// Finds pages while one types, also with a mistake in a name. Another script decides whether the words are in the address:
// see search.html.
const MOST = 12;
const SOURCES = 4;
const WAIT = 120;
const box = document.getElementById("UI--search");
const field = document.getElementById("UI--words");
const status = document.getElementById("UI--found");
const list = document.getElementById("UI--results");
const counts = JSON.parse(box.dataset.count);
const plural = new Intl.PluralRules(document.documentElement.lang);
const root = new URL("../", import.meta.url);
const index = new URL(box.dataset.index, location);

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

// The words of a text in small letters without accents; "1,273" and "1 273" are the word "1273".
const split = (text) => {
  const plain = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return plain.replace(/(?<=\p{N})[,.\s](?=\p{N}{3}(?!\p{N}))/gu, "").match(/[\p{L}\p{N}]+/gu) ?? [];
};

// Pagefind also finds pages that have only the beginning of a word, such as "old" for "oldam". So each page is looked at: has it
// the word, or another form of it, which has at least four letters and half of the word in common?
const hasWord = (page, word) => page.words.some((other) => other.includes(word));
const hasForm = (page, word) =>
  page.words.some((other) => {
    let length = 0;
    while (length < word.length && word[length] === other[length]) length += 1;
    return other.includes(word) || length >= Math.max(4, word.length / 2);
  });

// How many letters must be changed, left out, put in or exchanged with the next to make one word of the other.
const distance = (one, other) => {
  let [before, last] = [[], [...Array(other.length + 1).keys()]];
  for (let i = 1; i <= one.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const changed = last[j - 1] + (one[i - 1] !== other[j - 1]);
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, changed);
      if (one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    [before, last] = [last, row];
  }
  return last[other.length];
};

// The word of a name that was probably meant: the same first letter, one mistake, or two in a long word.
let names = null;
const correct = async (word) => {
  names ??= await fetch(new URL("names.json", index)).then((answer) => answer.json());
  const allowed = word.length < 4 ? 0 : word.length < 8 ? 1 : 2;
  const close = names
    .filter((name) => name[0] === word[0] && Math.abs(name.length - word.length) <= allowed)
    .map((name) => [distance(word, name), name])
    .filter(([mistakes]) => mistakes <= allowed)
    .sort(([one], [other]) => one - other);
  return close.length ? close[0][1] : word;
};

const load = async (result) => {
  const data = await result.data();
  return { ...data, words: split(`${data.meta.names} ${data.meta.summary} ${data.raw_content ?? data.content}`) };
};

// What has exactly this name comes first, then what has a page of its own and the words at the end of a name, as the last name
// of a person is, then in a name.
const likeness = ({ names: known, address }, words) => {
  const all = known.split("|").map((name) => ` ${split(name).join(" ")}`);
  const meant = ` ${split(words).join(" ")}`;
  if (all.includes(meant)) return 3;
  if (address.includes("#")) return 0;
  const joined = (name) => name.replaceAll(" ", "");
  if (all.some((name) => name.endsWith(meant) || joined(name).endsWith(joined(meant)))) return 2;
  return all.some((name) => name.includes(meant)) ? 1 : 0;
};

// A source is seldom what is looked for: what this site says comes first.
const lookUp = async (words) => {
  const ours = (await engine.search(words, { filters: { ours: "yes" } })).results;
  const known = new Set(ours.map((one) => one.id));
  const sources = (await engine.search(words)).results.filter((one) => !known.has(one.id));
  const room = Math.max(SOURCES, MOST - ours.length);
  const first = await Promise.all(ours.slice(0, MOST).map(load));
  first.sort((one, other) => likeness(other.meta, words) - likeness(one.meta, words));
  const last = await Promise.all(sources.slice(0, room).map(load));
  return { pages: [...first, ...last], total: ours.length + sources.length, wanted: split(words) };
};
const keep = ({ pages, total, wanted }, has) => {
  const found = pages.filter((page) => wanted.every((word) => has(page, word)));
  return { found, total: total - (pages.length - found.length) };
};

// Pages with at least two of three or more words: first those with most of them in a name, then by how rare the words are. Two
// words can be the name of a person, and a page with one of them is then about somebody else.
const seekSome = async (words) => {
  const wanted = [...new Set(split(words))];
  if (wanted.length < 3) return [];
  const pages = new Map();
  for (const word of wanted) {
    const { results } = await engine.search(word, { filters: { ours: "yes" } });
    for (const one of results) {
      const page = pages.get(one.id) ?? { one, weight: 0, count: 0 };
      page.weight += 1 / results.length;
      page.count += 1;
      pages.set(one.id, page);
    }
  }
  const best = [...pages.values()].filter(({ count }) => count > 1).sort((one, other) => other.weight - one.weight);
  const loaded = await Promise.all(best.slice(0, MOST).map(({ one }) => load(one)));
  const inName = (page) => wanted.filter((word) => split(page.meta.names).includes(word)).length;
  return loaded
    .filter((page) => wanted.filter((word) => hasForm(page, word)).length > 1)
    .sort((one, other) => inName(other) - inName(one));
};

const seek = async (words) => {
  const typed = await lookUp(words);
  const exact = keep(typed, hasWord);
  if (exact.found.length) return exact;
  const meant = (await Promise.all(typed.wanted.map(correct))).join(" ");
  const corrected = keep(meant === typed.wanted.join(" ") ? typed : await lookUp(meant), hasWord);
  if (corrected.found.length) return { ...corrected, note: `${box.dataset.showing} ${meant}. ` };
  const similar = keep(typed, hasForm);
  if (similar.found.length) return similar;
  const found = await seekSome(words);
  return { found, total: found.length, note: found.length ? `${box.dataset.some} ` : "" };
};

const show = ({ found, total, note = "" }) => {
  list.replaceChildren(...found.map(entry));
  const form = counts[plural.select(total)] ?? counts.other;
  const count = form.replace("{}", total);
  const shown = total > found.length ? box.dataset.first.replace("{}", found.length).replace("{count}", count) : count;
  status.textContent = note + (found.length ? shown : box.dataset.none);
};

// The index may be left out of a build; then the A to Z below is the search.
const engine = await import(index).catch(() => null);
if (engine) {
  await engine.options({ baseUrl: "/" });
  await engine.init();
  const parts = await fetch(new URL("parts.json", index)).then((answer) => answer.json());
  await Promise.all(parts.map((part) => engine.mergeIndex(new URL(part, index).href)));
  box.hidden = false;
  let timer = 0;
  let asked = 0;
  const run = async () => {
    const words = field.value.trim();
    const mine = (asked += 1);
    const results = words ? await seek(words) : { found: [], total: 0 };
    if (mine !== asked) return;
    show(results);
    if (!words) status.textContent = "";
  };
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(run, WAIT);
  });
  // The keyboard of a phone covers the results until the field loses the focus.
  field.addEventListener("keydown", (event) => event.key === "Enter" && field.blur());
  if (field.value) run();
} else box.remove();
