// The search box. What answers a question (search-view.js and what it needs) is loaded when the box is first used.
(() => {
  "use strict";

  const { run, root, chinese, closest, composing } = window.dossier;
  const box = document.querySelector(".finder");
  const input = box?.querySelector("input.finder-input");
  const panel = box?.querySelector(".finder-panel");
  const status = box?.querySelector(".finder-status");
  const list = box?.querySelector(".finder-results");
  if (!box || !input || !panel || !status || !list) return;
  let active = -1;

  /** @type {(shown: boolean) => void} */
  const open = (shown) => {
    panel.hidden = !shown;
    input.setAttribute("aria-expanded", String(shown));
    document.documentElement.classList.toggle("finder-open", shown);
  };
  const options = () => [...list.querySelectorAll("[role=option]")];
  /** @type {(at: number) => void} */
  const select = (at) => {
    active = at;
    const option = options()[at];
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", option.id);
  };
  const rest = () => { active = -1; input.removeAttribute("aria-activedescendant"); };
  const page = () => `${root}/search.html?q=${encodeURIComponent(input.value.trim())}`;

  const view = async () => { await run("js/search-view"); return window.dossierAnswers; };

  let asked = 0;
  const update = async (kind = "") => {
    const question = ++asked;
    if (!input.value.trim()) { open(false); return; }
    open(true);
    try {
      if (!window.dossierAnswers) status.textContent = "Loading…";
      const { ask, options: shown } = await view();
      const answer = await ask(input.value, { kind });
      if (question !== asked) return; // the reader has typed on
      const chosen = options()[active]?.getAttribute("href");
      rest();
      status.replaceChildren(...chinese(answer.said));
      list.replaceChildren(...shown(answer, page(), (other) => { update(other); input.focus(); }));
      // What was chosen stays so while the answers change around it.
      const kept = chosen ? options().findIndex((option) => option.getAttribute("href") === chosen) : -1;
      if (kept >= 0) select(kept);
    } catch {
      if (question === asked) status.textContent = "The search index could not be loaded. Check the connection, then go on typing: it is tried again.";
    }
  };

  /** @type {(step: number) => void} */
  const move = (step) => {
    const all = options();
    if (!all.length) return;
    all[active]?.setAttribute("aria-selected", "false");
    select((active + step + all.length + (active < 0 && step < 0 ? 1 : 0)) % all.length);
  };

  input.addEventListener("focus", () => { view().then(({ ready }) => ready()).catch(() => {}); if (input.value && panel.hidden) update(); }, { passive: true });
  input.addEventListener("input", (event) => { if (!event.isComposing) update(); });
  input.addEventListener("compositionend", () => update());
  input.addEventListener("keydown", (event) => {
    if (composing(event)) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && input.value.trim()) {
      event.preventDefault();
      if (active >= 0 && !panel.hidden) options()[active].click(); else location.href = page();
    } else if (event.key === "Escape") {
      if (!panel.hidden) event.preventDefault();
      open(false);
    }
  });
  list.addEventListener("click", (event) => { if (closest(event, "a")) open(false); });
  document.addEventListener("click", (event) => { if (event.target instanceof Node && event.target.isConnected && !box.contains(event.target)) open(false); });
  document.addEventListener("keydown", (event) => {
    const typing = closest(event, "input, textarea, select, [contenteditable]");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      input.focus();
      input.select();
    }
  });
})();
