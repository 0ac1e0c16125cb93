// Following a thread: from an entry's page through its mentions in the text, and back.
(() => {
  "use strict";
  const { address, load, element, closest, root } = window.dossier;
  const KEPT = "dossier-came-from";

  /** @typedef {{ key: string, source: string, number: number }} Came From where: an entry's key, and the paragraph. */

  // Session storage may be forbidden, especially from disk.
  /** @type {(value: Came) => void} */
  const keep = (value) => { try { sessionStorage.setItem(KEPT, JSON.stringify({ ...value, at: Date.now() })); } catch { /* not kept */ } };
  /** @type {() => Came | null} */
  const take = () => {
    try {
      const value = JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
      sessionStorage.removeItem(KEPT);
      return Date.now() - value.at < 60_000 ? value : null;
    } catch {
      return null;
    }
  };

  /** @type {(label: string) => { status: HTMLElement, step: (words: string) => HTMLAnchorElement, close: (act: () => void) => void }} */
  const strip = (label) => {
    const status = element("p", { role: "status" });
    const bar = element("nav", { class: "thread-bar", "aria-label": label }, status);
    /** @type {(words: string) => HTMLAnchorElement} */
    const step = (words) => bar.appendChild(element("a", {}, words));
    /** @type {(act: () => void) => void} */
    const close = (act) => {
      const button = element("button", { type: "button", "aria-label": "Leave this thread" }, "✕");
      button.addEventListener("click", () => { bar.remove(); act(); });
      bar.append(button);
    };
    document.body.append(bar);
    return { status, step, close };
  };
  /** @type {(link: HTMLAnchorElement, href?: string | 0) => void} */
  const lead = (link, href) => { if (href) link.setAttribute("href", href); else link.removeAttribute("href"); };
  /** @type {(path: string, key: string, number: number) => string} */
  const following = (path, key, number) => `${path}?thread=${encodeURIComponent(key)}#p${number}`;

  // Where an entry stands, on its own page or in a list: its passages lead into the text, taking along whose thread it is.
  const threads = [...document.querySelectorAll("[data-thread]")];
  const from = threads.length ? history.state?.cameFrom ?? take() : null;
  for (const thread of threads) {
    const { thread: key = "" } = thread.dataset;
    const stops = [...thread.querySelectorAll(".thread-no a.cite")].map((link) => {
      const [path, hash = ""] = (link.getAttribute("href") ?? "").split("#");
      const number = Number(hash.slice(1).split("-")[0]);
      link.setAttribute("href", following(path, key, number));
      return { link, path, number, source: link.dataset.cite?.split("#")[0] };
    });
    if (from?.key !== key) continue;
    // Come from a paragraph of the text: its neighbors in the thread, and the way back.
    history.replaceState({ ...history.state, cameFrom: from }, "");
    const own = stops.filter((stop) => stop.source === from.source);
    const at = own.findIndex((stop) => stop.number === from.number);
    if (at < 0) continue;
    own[at].link.closest("li")?.classList.add("came-from");
    const { status, step, close } = strip("Where you came from");
    status.textContent = `You came from paragraph ${from.number}, ${own.length === 1 ? "the only mention" : `mention ${at + 1} of ${own.length}`}`;
    if (own.length > 1) {
      lead(step("← previous mention"), own[at - 1] && following(own[at - 1].path, key, own[at - 1].number));
      lead(step("next mention →"), own[at + 1] && following(own[at + 1].path, key, own[at + 1].number));
    }
    lead(step(`back to paragraph ${from.number}`), `${own[at].path}#p${from.number}`);
    close(() => history.replaceState({ ...history.state, cameFrom: null }, ""));
  }

  // In the text: entries remember from where one goes to them.
  const text = document.querySelector(".para-text");
  if (!text) return;
  document.addEventListener("click", (event) => {
    const link = closest(event, ".para-text a.entry, .note-check a.to-check");
    if (!link) return;
    const { source = "", paragraph = "" } = link.closest(".para")?.querySelector(".para-text")?.dataset ?? {};
    keep({ key: link.dataset.entry ?? link.closest(".note")?.id.replace("-", ":") ?? "", source, number: Number(paragraph.slice(1)) });
  });

  // And the thread being followed shows its bar and marks its words.
  const key = new URLSearchParams(location.search).get("thread");
  if (!key) return;
  const follow = () => {
    const { mentions, entries } = window.dossierPreviews;
    const stops = (mentions[key] ?? []).filter(([source]) => source === text.dataset.source).map(([, number]) => number);
    const [kind, id] = key.split(":");
    const name = entries[key]?.[0] ?? document.querySelector(`#check-${CSS.escape(id)} > summary`)?.lastChild?.textContent?.trim();
    if (!stops.length || !name) return;
    const { status, step, close } = strip(`${name} in the text`);
    const before = step("← previous");
    const after = step("next →");
    lead(step(`back to ${name}`), `${root}/${address(key, "in-the-text")}`);
    const words = document.querySelectorAll(`.para-text :is(a.entry[data-entry="${CSS.escape(key)}"], .said[data-check="${kind === "check" ? CSS.escape(id) : ""}"])`);
    words.forEach((link) => link.classList.add("followed"));
    close(() => {
      words.forEach((link) => link.classList.remove("followed"));
      try { history.replaceState(history.state, "", location.href.replace(/\?[^#]*/, "")); } catch { /* from disk it may stay */ }
    });
    /** @type {HTMLAnchorElement | null} */
    let used = null;
    for (const link of [before, after]) link.addEventListener("click", () => { used = link; });
    const here = () => {
      const number = Number(/^#p(\d+)/.exec(location.hash)?.[1] ?? 0);
      const at = stops.indexOf(number);
      status.replaceChildren(element("b", {}, name), at >= 0 ? `: mention ${at + 1} of ${stops.length}` : `: ${stops.length} mention${stops.length === 1 ? "" : "s"}`);
      const previous = stops.filter((n) => n < number).pop();
      const next = stops.find((n) => n > number);
      lead(before, previous && following("", key, previous));
      lead(after, next && following("", key, next));
      // The link that was used keeps the focus; at either end, where it leads nowhere, the other has it.
      if (used) (used.hasAttribute("href") ? used : used === before ? after : before).focus({ preventScroll: true });
    };
    window.addEventListener("hashchange", here);
    here();
  };
  load("previews").then(follow).catch(() => { /* the text stands without */ });
})();
