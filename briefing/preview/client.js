/* The preview's script: reloads the page after a save, and shows problems over it. Never published. */
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

  const element = (tag, words = "", kind = "") => {
    const made = document.createElement(tag);
    made.textContent = words;
    if (kind) made.className = kind;
    return made;
  };

  const listItem = (problem) => {
    const item = element("li", "", problem.level);
    const place = problem.open ? element("a", problem.place, "place") : element("span", problem.place, "place");
    if (problem.open) place.href = problem.open;
    const line = element("p");
    line.append(place, " ", element("b", `${problem.level} ${problem.code}`), `: ${problem.message}`);
    item.append(line);
    if (problem.frame) item.append(element("pre", problem.frame.replace(/^ {3}/gm, "")));
    if (problem.hint) item.append(element("p", `hint: ${problem.hint}`, "hint"));
    return item;
  };

  const count = (number, word) => (number ? [`${number} ${word}${number === 1 ? "" : "s"}`] : []);

  const show = (message) => {
    const wasOpen = board.querySelector("details")?.open;
    board.replaceChildren();
    if (message.draft) {
      board.append(element("p", `Draft: ${message.draft} is not published while it has draft: true, or publish_on with a later day.`, "draft"));
    }
    const found = [...count(message.errors, "error"), ...count(message.warnings, "warning")].join(", ");
    if (!found && !message.bug) return;
    const panel = element("section", "", message.failed ? "failed" : "warned");
    panel.setAttribute("role", "region");
    panel.setAttribute("aria-label", "Problems");
    const heading = message.bug
      ? "The generator itself failed. This is not your mistake; please report it."
      : message.failed ? `${found}. Below is the last page without errors.` : found;
    const details = element("details");
    details.open = message.failed || Boolean(wasOpen);
    details.append(element("summary", heading));
    if (message.bug) details.append(element("pre", message.bug));
    const list = element("ol");
    list.append(...message.problems.map(listItem));
    details.append(list);
    const more = message.errors + message.warnings - message.problems.length;
    if (more > 0) details.append(element("p", `and ${more} more`, "more"));
    panel.append(details);
    board.append(panel);
    for (const frame of list.querySelectorAll("pre")) scrollToCaret(frame);
  };

  /* A paragraph is one long line: scroll to its carets. */
  const scrollToCaret = (frame) => {
    const lines = frame.textContent.split("\n");
    const widest = Math.max(...lines.map((line) => line.length));
    frame.scrollLeft = (frame.scrollWidth * (lines.at(-1).indexOf("^") - 12)) / widest;
  };

  const update = async () => {
    const response = await fetch(`/livereload/status.json?page=${encodeURIComponent(location.pathname)}`);
    const message = await response.json();
    if (message.number !== shown && !message.failed && !swapped) location.reload();
    else show(message);
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

  const receive = (message) => {
    if (message.command !== "reload") return;
    const empty = document.title === "Nothing to show yet" && !message.failed;
    const mine = !message.changed || message.changed.some((path) => here(message.base).includes(path) || path.startsWith("assets/"));
    if (message.follow && message.follow !== location.pathname) location.assign(message.follow);
    else if (message.styles) { swapped = true; swap(message.changed); update(); }
    else if (empty || mine) location.reload();
    else { swapped = true; update(); }
  };

  let lost = false;
  const connect = () => {
    const socket = new WebSocket(`ws://${location.host}/livereload`);
    socket.addEventListener("open", () => {
      socket.send(JSON.stringify({ command: "hello", protocols: ["http://livereload.com/protocols/official-7"] }));
      socket.send(JSON.stringify({ command: "info", url: location.href }));
      if (lost) location.reload();
      else update();
    });
    socket.addEventListener("message", (event) => receive(JSON.parse(event.data)));
    socket.addEventListener("close", () => { lost = true; setTimeout(connect, 500); });
  };
  connect();
})();
