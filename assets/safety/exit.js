// Leaves this site at once and keeps it left: the Back button shows an empty page. Without this script the control is a link.
(() => {
  const exit = document.getElementById("UI--exit");
  const status = document.getElementById("UI--exit-status");
  const FLAG = "left";
  const WITHIN = 5000;
  let presses = [];
  let alone = false;
  let forget = 0;

  const store = (act) => {
    try {
      return act(sessionStorage);
    } catch {
      return null;
    }
  };

  const blank = (...nodes) => {
    document.title = "\u00a0";
    document.body.className = "blank";
    document.body.replaceChildren(...nodes);
  };

  const cover = () => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = exit.dataset.return;
    button.addEventListener("click", () => {
      store((kept) => kept.removeItem(FLAG));
      location.reload();
    });
    blank(button);
  };

  const leave = () => {
    store((kept) => kept.setItem(FLAG, "1"));
    blank();
    location.replace(exit.href);
  };

  const reset = () => {
    presses = [];
    status.textContent = "";
  };

  const press = () => {
    const now = Date.now();
    presses = [...presses.filter((time) => now - time < WITHIN), now];
    clearTimeout(forget);
    forget = setTimeout(reset, WITHIN);
    if (presses.length > 2) leave();
    else status.textContent = presses.length > 1 ? exit.dataset.one : exit.dataset.two;
  };

  exit.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });
  addEventListener("keydown", (event) => {
    if (event.repeat && event.key === "Shift") return;
    alone = event.key === "Shift" && !event.ctrlKey && !event.altKey && !event.metaKey;
    if (!alone && presses.length) reset();
  });
  addEventListener("keyup", (event) => {
    if (event.key === "Shift" && alone) press();
    alone = false;
  });

  const check = () => store((kept) => kept.getItem(FLAG)) && cover();
  check();
  addEventListener("pageshow", (event) => event.persisted && check());
})();
