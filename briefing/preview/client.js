/* The writer's side of the preview: loads what was saved, and lays over the page what is wrong. Never published. */
(() => {
  "use strict";
  const script = document.currentScript;
  const shown = Number(script.dataset.number);
  const host = document.createElement("div");
  const root = host.attachShadow({ mode: "open" });
  const style = document.createElement("link");
  style.rel = "stylesheet";
  style.href = "/livereload/client.css";
  const board = document.createElement("div");
  root.append(style, board);
  document.documentElement.append(host);

  const make = (tag, words = "", kind = "") => {
    const element = document.createElement(tag);
    element.textContent = words;
    if (kind) element.className = kind;
    return element;
  };

  const write = (problem) => {
    const item = make("li", "", problem.level);
    const place = problem.open ? make("a", problem.place, "place") : make("span", problem.place, "place");
    if (problem.open) place.href = problem.open;
    const line = make("p");
    line.append(place, " ", make("b", `${problem.level} ${problem.code}`), `: ${problem.message}`);
    item.append(line);
    if (problem.frame) item.append(make("pre", problem.frame.replace(/^ {3}/gm, "")));
    if (problem.hint) item.append(make("p", `hint: ${problem.hint}`, "hint"));
    return item;
  };

  const count = (number, words) => (number ? [`${number} ${words}`] : []);

  const show = (told) => {
    const wasOpen = board.querySelector("details")?.open;
    board.replaceChildren();
    if (told.draft) {
      board.append(make("p", `Draft: ${told.draft} says so. It is not published until draft: true is taken out.`, "draft"));
    }
    const found = [...count(told.errors, "to mend"), ...count(told.warnings, "to look at")].join(", ");
    if (!found && !told.bug) return;
    const panel = make("section", "", told.failed ? "failed" : "warned");
    panel.setAttribute("role", "region");
    panel.setAttribute("aria-label", "Problems");
    const heading = told.bug
      ? "The builder itself failed. This is not your mistake; please report it."
      : told.failed ? `${found}. Beneath is the page as it was last well.` : found;
    const details = make("details");
    details.open = told.failed || Boolean(wasOpen);
    details.append(make("summary", heading));
    if (told.bug) details.append(make("pre", told.bug));
    const list = make("ol");
    list.append(...told.problems.map(write));
    details.append(list);
    const more = told.errors + told.warnings - told.problems.length;
    if (more > 0) details.append(make("p", `and ${more} more`, "more"));
    panel.append(details);
    board.append(panel);
    for (const frame of list.querySelectorAll("pre")) bring(frame);
  };

  /* A paragraph is one long line: its carets may stand far from the beginning. */
  const bring = (frame) => {
    const lines = frame.textContent.split("\n");
    const widest = Math.max(...lines.map((line) => line.length));
    frame.scrollLeft = (frame.scrollWidth * (lines.at(-1).indexOf("^") - 12)) / widest;
  };

  const ask = async () => {
    const answer = await fetch(`/livereload/told.json?page=${encodeURIComponent(location.pathname)}`);
    const told = await answer.json();
    if (told.number !== shown && !told.failed && !swapped) location.reload();
    else show(told);
  };

  let swapped = false;
  const swap = (names) => {
    for (const link of document.querySelectorAll("link[rel=stylesheet]")) {
      if (!names.some((name) => new URL(link.href).pathname.endsWith(`/${name}`))) continue;
      const next = link.cloneNode();
      const address = new URL(link.href);
      address.searchParams.set("saved", Date.now());
      next.href = address.href;
      next.addEventListener("load", () => link.remove());
      link.after(next);
    }
  };

  const here = (base) => {
    const path = decodeURIComponent(location.pathname).replace(`${base}/`, "");
    return [path, `${path}index.html`, `${path}.html`];
  };

  const heard = (told) => {
    if (told.command !== "reload") return;
    const empty = document.title === "Nothing to show yet" && !told.failed;
    const mine = !told.changed || told.changed.some((path) => here(told.base).includes(path) || path.startsWith("assets/"));
    if (told.follow && told.follow !== location.pathname) location.assign(told.follow);
    else if (told.styles) { swapped = true; swap(told.changed); ask(); }
    else if (empty || mine) location.reload();
    else { swapped = true; ask(); }
  };

  let lost = false;
  const connect = () => {
    const socket = new WebSocket(`ws://${location.host}/livereload`);
    socket.addEventListener("open", () => {
      socket.send(JSON.stringify({ command: "hello", protocols: ["http://livereload.com/protocols/official-7"] }));
      socket.send(JSON.stringify({ command: "info", url: location.href }));
      if (lost) location.reload();
      else ask();
    });
    socket.addEventListener("message", (event) => heard(JSON.parse(event.data)));
    socket.addEventListener("close", () => { lost = true; setTimeout(connect, 500); });
  };
  connect();
})();
