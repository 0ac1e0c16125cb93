// The search box. What answers a question (search-view.js and what it needs) is loaded when the box is first used.
(() => {
  "use strict";

  const { run, root, composing } = window.dossier;
  const box = document.querySelector(".finder");
  if (!box) return;
  const input = box.querySelector(".finder-input");
  const panel = box.querySelector(".finder-panel");
  const status = box.querySelector(".finder-status");
  const list = box.querySelector(".finder-results");
  let active = -1;

  const open = (shown) => {
    panel.hidden = !shown;
    input.setAttribute("aria-expanded", String(shown));
    document.documentElement.classList.toggle("finder-open", shown);
  };
  const options = () => [...list.querySelectorAll("[role=option]")];
  const select = (at) => {
    active = at;
    const option = options()[at];
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", option.id);
  };
  const rest = () => { active = -1; input.removeAttribute("aria-activedescendant"); };
  const page = () => `${root}/search.html?q=${encodeURIComponent(input.value.trim())}`;

  let asked = 0;
  const update = async (kind = "") => {
    const question = ++asked;
    if (!input.value.trim()) { open(false); return; }
    open(true);
    try {
      if (!window.dossierAnswers) status.textContent = "Loading…";
      await run("js/search-view");
      const answer = await window.dossierAnswers.ask(input.value, { kind });
      if (question !== asked) return; // the reader has typed on
      const chosen = options()[active]?.getAttribute("href");
      rest();
      status.replaceChildren(...window.dossierAnswers.chinese(answer.said));
      list.replaceChildren(...window.dossierAnswers.options(answer, page(), (chosen) => { update(chosen); input.focus(); }));
      // What was chosen stays so while the answers change around it.
      const kept = chosen ? options().findIndex((option) => option.getAttribute("href") === chosen) : -1;
      if (kept >= 0) select(kept);
    } catch {
      if (question === asked) status.textContent = "The search index could not be loaded. Check the connection, then go on typing: it is tried again.";
    }
  };

  const move = (step) => {
    const all = options();
    if (!all.length) return;
    all[active]?.setAttribute("aria-selected", "false");
    select((active + step + all.length + (active < 0 && step < 0 ? 1 : 0)) % all.length);
  };

  input.addEventListener("focus", () => { run("js/search-view").then(() => window.dossierAnswers.ready()).catch(() => {}); if (input.value && panel.hidden) update(); }, { passive: true });
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
  list.addEventListener("click", (event) => { if (event.target.closest("a")) open(false); });
  document.addEventListener("click", (event) => { if (event.target.isConnected && !box.contains(event.target)) open(false); });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      input.focus();
      input.select();
    }
  });
})();
