// The results page: the question stands in its address, so that it can be shared and the browser's buttons go through it.
(() => {
  "use strict";

  const { run, element, chinese, composing } = window.dossier;
  const place = document.querySelector("[data-search-page]");
  if (!place) return;
  const input = element("input", { type: "search", id: "search-input", class: "search-input", autocomplete: "off", autocapitalize: "off", spellcheck: "false", enterkeyhint: "search" });
  const status = element("p", { class: "search-status", role: "status", "aria-live": "polite" });
  const kinds = element("div", { class: "finder-row search-kinds", role: "group", "aria-label": "Results by kind" });
  const chosen = element("select", { class: "search-input", "aria-label": "Source" });
  const list = element("ol", { class: "search-list" });
  const more = element("button", { type: "button", class: "finder-chip", hidden: "" }, "More");
  const box = element("div", { role: "search", "aria-label": "This page’s search" }, element("label", { for: "search-input" }, document.querySelector(".finder-input")?.ariaLabel ?? "Search the edition"), input);
  place.replaceChildren(box, status, kinds, list, more);

  const STEP = 20;
  let state = { q: "", kind: "", source: "" };
  let limit = STEP;

  const address = () => {
    const given = new URLSearchParams(Object.entries(state).filter(([, value]) => value));
    return `${location.pathname}${given.size ? `?${given}` : ""}`;
  };
  // From disk, an engine may refuse; then the address stays as it is.
  /** @type {(how: "pushState" | "replaceState") => void} */
  const keep = (how) => { try { history[how](state, "", address()); } catch { /* not kept */ } };

  // What is typed is kept when the fingers rest; what is chosen before that comes after it.
  let timer = 0;
  const settle = () => { clearTimeout(timer); if (timer) keep("replaceState"); timer = 0; };
  /** @type {(change: Partial<typeof state>) => Promise<void>} */
  const choose = (change) => { settle(); state = { ...state, ...change }; limit = STEP; keep("pushState"); return show(); };

  let asked = 0;
  const show = async () => {
    const question = ++asked;
    document.title = `${state.q ? `${state.q} – ` : ""}${document.querySelector("h1")?.firstChild?.textContent ?? "Search"}`;
    if (!state.q.trim()) { status.textContent = ""; kinds.replaceChildren(); list.replaceChildren(); more.hidden = true; return; }
    try {
      await run("js/search-view");
      const { ask, body, href, titleOf, sources } = window.dossierAnswers;
      const all = chosen.isConnected ? [] : await sources();
      if (all.length && !chosen.isConnected) {
        chosen.append(...[["", "All sources"], ...all].map(([value, title]) => element("option", { value }, title)));
        box.append(chosen);
      }
      chosen.value = state.source;
      const answer = await ask(state.q, { kind: state.kind, source: state.source, limit });
      if (question !== asked) return;
      status.replaceChildren(...chinese(answer.said));
      /** @type {[kind: string, title: string, count: number][]} */
      const chips = [["", "All", answer.total]];
      for (const [kind, count] of answer.counts) chips.push([kind, titleOf(kind), count]);
      kinds.replaceChildren(...(answer.total ? chips : []).map(([kind, title, count]) => {
        const chip = element("button", { type: "button", class: "finder-chip", "aria-pressed": String(kind === state.kind) }, `${title} ${count}`);
        chip.addEventListener("click", () => { choose({ kind }).then(() => kinds.querySelector("[aria-pressed=true]")?.focus()); });
        return chip;
      }));
      list.replaceChildren(...answer.results.map((hit, n) => {
        const item = element("li", {}, element("a", { href: href(hit), class: "search-hit" }, ...body(hit, answer)));
        if (!n && answer.related.length) {
          item.append(element("p", { class: "finder-row" }, element("span", { class: "finder-title" }, "Related"), ...answer.related.map((other) => element("a", { href: href(other), class: "finder-chip" }, other.title))));
        }
        return item;
      }));
      more.hidden = answer.results.length >= answer.count;
    } catch {
      if (question === asked) status.textContent = "The search index could not be loaded. Check the connection, then go on typing: it is tried again.";
    }
  };

  const read = () => {
    const given = new URLSearchParams(location.search);
    state = { q: given.get("q") ?? "", kind: given.get("kind") ?? "", source: given.get("source") ?? "" };
    limit = STEP;
    input.value = state.q;
    return show();
  };
  const typed = () => {
    state = { ...state, q: input.value, kind: "" };
    limit = STEP;
    clearTimeout(timer);
    timer = setTimeout(settle, 300);
    show();
  };
  input.addEventListener("input", (event) => { if (!event.isComposing) typed(); });
  input.addEventListener("compositionend", typed);
  // A finished question is a step that the back button takes back.
  let entered = "";
  input.addEventListener("keydown", (event) => {
    if (composing(event) || event.key !== "Enter") return;
    clearTimeout(timer);
    timer = 0;
    if (state.q !== entered) { entered = state.q; keep("pushState"); }
  });
  chosen.addEventListener("change", () => { choose({ kind: "", source: chosen.value }); });
  more.addEventListener("click", () => { const at = limit; limit += STEP; show().then(() => list.children[at]?.querySelector("a")?.focus()); });
  addEventListener("popstate", read);
  read().then(() => { entered = state.q; delete document.documentElement.dataset.asked; });
})();
