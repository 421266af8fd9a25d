// Shows where a link leads before it is followed. All that is shown is in the page already; nothing is fetched.
(() => {
  const store = document.getElementById("UI--previews");
  const hovers = matchMedia("(hover: hover)").matches;
  if (!store || !hovers) return;
  const OPEN_AFTER = 500;
  const CLOSE_AFTER = 250;
  const known = new Map([...store.content.children].map((one) => [one.dataset.of, one]));
  const box = document.createElement("div");
  box.className = "preview";
  box.id = "UI--preview";
  box.hidden = true;
  document.getElementById("UI--main").append(box);
  let shown = null;
  let timer = 0;

  const close = () => {
    clearTimeout(timer);
    box.hidden = true;
    shown?.removeAttribute("aria-describedby");
    shown = null;
  };

  // Below the words, or above them where there is no room; never past the edges of the window or into the bar.
  const place = (link) => {
    const at = link.getClientRects()[0];
    const top = document.querySelector(".bar").offsetHeight;
    const width = document.documentElement.clientWidth;
    const left = Math.min(Math.max(at.left, 8), width - box.offsetWidth - 8);
    const above = at.top - box.offsetHeight - 4;
    const below = link.getBoundingClientRect().bottom + 4;
    const fits = below + box.offsetHeight <= innerHeight || above < top;
    box.style.left = `${left + scrollX}px`;
    box.style.top = `${(fits ? below : above) + scrollY}px`;
  };

  const open = (link) => {
    close();
    box.replaceChildren(...known.get(link.getAttribute("href").split("#")[0]).cloneNode(true).childNodes);
    box.hidden = false;
    place(link);
    link.setAttribute("aria-describedby", box.id);
    shown = link;
  };

  const link = (target) => {
    const found = target.closest?.("main a[href]");
    return found && known.has(found.getAttribute("href").split("#")[0]) ? found : null;
  };

  const wait = (act, time) => {
    clearTimeout(timer);
    timer = setTimeout(act, time);
  };

  const enter = (target) => {
    if (target.closest?.(".preview")) return clearTimeout(timer);
    const found = link(target);
    if (found && found !== shown) wait(() => open(found), OPEN_AFTER);
    else if (found) clearTimeout(timer);
  };

  const end = (target) => {
    if (target.closest?.(".preview") || link(target)) wait(close, CLOSE_AFTER);
  };

  addEventListener("pointerover", (event) => event.pointerType === "mouse" && enter(event.target));
  addEventListener("pointerout", (event) => event.pointerType === "mouse" && end(event.target));
  addEventListener("focusin", (event) => event.target.matches(":focus-visible") && enter(event.target));
  addEventListener("focusout", (event) => end(event.target));
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    clearTimeout(timer);
    if (shown) close();
  });
})();
