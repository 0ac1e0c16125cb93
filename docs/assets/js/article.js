// The annotated text: notes beside the paragraphs, words that lead to their checks, links to ranges.
(() => {
  "use strict";
  const text = document.querySelector(".para-text");
  if (!text) return;
  const { load, element, closest, root, address, remember, recall, ranges } = window.dossier;

  // Notes stand open beside the text on a wide screen, closed under it on a narrow one.
  const boxes = document.querySelectorAll("details.apparatus");
  const wide = window.matchMedia("(min-width: 76.25em)");
  // What the reader opened on a narrow screen is open again when the tablet is turned back.
  const chosen = new WeakSet();
  document.addEventListener("click", (event) => {
    const details = closest(event, "details.apparatus > summary")?.closest("details");
    if (!details || wide.matches) return;
    if (details.open) chosen.delete(details); else chosen.add(details);
  });
  const unfold = () => boxes.forEach((details) => { details.open = wide.matches || chosen.has(details); });
  wide.addEventListener("change", unfold);
  unfold();

  /** @type {(node: Element) => void} */
  const open = (node) => {
    for (let at = node.closest("details"); at; at = at.parentElement?.closest("details") ?? null) at.open = true;
  };

  // Where the reader is in the text: in the bar, and in the rail if there is room for it.
  const place = document.querySelector("p.place");
  const paragraphs = [...document.querySelectorAll(".para[id]")];
  const ticks = new Map([...document.querySelectorAll(".rail ol a")].map((tick) => [tick.getAttribute("href"), tick]));
  const total = document.querySelectorAll(".para").length;
  /** @type {NodeListOf<HTMLAnchorElement>} The other translations, which open where one is. */
  const versions = document.querySelectorAll(".versions a");
  const reading = new Set();
  const placing = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) reading[isIntersecting ? "add" : "delete"](target);
    const here = paragraphs.find((paragraph) => reading.has(paragraph));
    for (const tick of ticks.values()) tick.removeAttribute("aria-current");
    if (!(place instanceof HTMLElement)) return;
    if (!here) {
      if (paragraphs[0].getBoundingClientRect().top > innerHeight / 4) place.hidden = true;
      return;
    }
    for (const link of versions) link.hash = here.id;
    const tick = ticks.get(`#${here.id}`);
    tick?.setAttribute("aria-current", "true");
    const part = tick?.closest("ol")?.previousElementSibling?.textContent;
    place.hidden = false;
    place.textContent = `${part ? `${part} · ` : ""}${here.id.slice(1)} of ${total}`;
  }, { rootMargin: "-24% 0px -70% 0px" });
  paragraphs.forEach((paragraph) => placing.observe(paragraph));

  // What rests on a paragraph is fetched when somebody wants to see it; without scripts a link leads to it.
  /** @type {(details: HTMLDetailsElement) => Promise<void>} */
  const rest = async (details) => {
    const { source = "", paragraph = "" } = details.closest(".para")?.querySelector(".para-text")?.dataset ?? {};
    const own = details.dataset.layer === "arguments";
    await Promise.all([load("previews"), load("cited")]);
    const { titles, by } = window.dossierCited;
    const keys = by[source][paragraph.slice(1)].filter((key) => key.startsWith("argument:") === own);
    /** @type {(key: string) => HTMLElement} */
    const link = (key) => element("a", { class: "entry", href: `${root}/${address(key)}`, "data-entry": key }, window.dossierPreviews.entries[key][0]);
    if (own) {
      details.lastElementChild?.replaceWith(element("ul", {}, ...keys.map((key) => element("li", {}, link(key)))));
      return;
    }
    const list = element("dl");
    for (const [kind, title] of Object.entries(titles)) {
      const those = keys.filter((key) => key.startsWith(`${kind}:`));
      if (those.length) list.append(element("dt", {}, title), element("dd", {}, ...those.flatMap((key, at) => [at ? ", " : "", link(key)])));
    }
    details.lastElementChild?.replaceWith(list);
  };
  document.addEventListener("toggle", (event) => {
    const details = event.target;
    if (!(details instanceof HTMLDetailsElement) || !details.open || !details.matches(".note-arguments, .note-cited") || details.dataset.filled) return;
    details.dataset.filled = "";
    rest(details).catch(() => { /* the link stays */ });
  }, true);

  // A check shows the words that it is about, and the words open their check.
  /** @type {(check: HTMLElement) => NodeListOf<HTMLElement>} */
  const words = (check) => document.querySelectorAll(`.said[data-check="${CSS.escape(check.id.replace("check-", ""))}"]`);
  /** @type {(event: Event, on: boolean) => void} */
  const point = (event, on) => {
    const check = closest(event, ".note-check");
    if (check) words(check).forEach((node) => node.classList.toggle("spoken-of", on));
  };
  for (const type of ["pointerover", "focusin"]) document.addEventListener(type, (event) => point(event, true));
  for (const type of ["pointerout", "focusout"]) document.addEventListener(type, (event) => point(event, false));
  document.addEventListener("click", (event) => {
    const said = closest(event, ".para-text .said[data-check]");
    const hidden = (document.documentElement.dataset.hide ?? "").split(" ");
    if (!said || closest(event, "a") || hidden.includes("checks") || hidden.includes("clean") || !document.getSelection()?.isCollapsed) return;
    const check = document.getElementById(`check-${said.dataset.check}`);
    if (!check) return;
    open(check);
    check.scrollIntoView({ block: "nearest" });
  });
  document.documentElement.classList.add("has-checks");

  // By keyboard from paragraph to paragraph: j and k. And back to where one was, the next time.
  const paras = [...document.querySelectorAll(".para")];
  const PLACE = `dossier-place-${text.dataset.source}`;
  const now = () => paras.findLastIndex((node) => node.getBoundingClientRect().top < 130);
  document.addEventListener("keydown", (event) => {
    const step = event.key === "j" ? 1 : event.key === "k" ? -1 : 0;
    if (!step || event.ctrlKey || event.metaKey || event.altKey || closest(event, "input, textarea, select, dialog")) return;
    const focused = paras.findIndex((node) => node.contains(document.activeElement));
    const next = paras[(focused >= 0 ? focused : now()) + step];
    if (!next) return;
    next.querySelector(".para-no")?.focus({ preventScroll: true });
    next.scrollIntoView();
  });
  const last = Number(recall(PLACE));
  if (last > 2 && !location.hash && paras.some((node) => node.id === `p${last}`)) {
    document.querySelector(".kicker")?.append(" · ", element("a", { href: `#p${last}`, class: "continue" }, `continue at paragraph ${last}`));
  }
  // A paragraph counts as read once it was in view for as long as it takes to read, at a brisk six words a second.
  const READ = `dossier-read-${text.dataset.source}`;
  const texts = paras.flatMap((para) => para.querySelector(".para-text") ?? []);
  /** @type {Map<Element, number>} By paragraph in view since when. */
  const since = new Map();
  /** @type {(seen: HTMLElement, time: number) => void} */
  const leave = (seen, time) => {
    const start = since.get(seen) ?? time;
    since.delete(seen);
    const { paragraph = "" } = seen.dataset;
    const long = time - start > (seen.textContent ?? "").split(" ").length * 160;
    if (long) remember(READ, ranges.write(ranges.read(recall(READ)).add(Number(paragraph.slice(1)))));
  };
  const watch = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting, time } of entries) {
      if (isIntersecting) since.set(target, time);
      else if (target instanceof HTMLElement && since.has(target)) leave(target, time);
    }
  }, { rootMargin: "-80px 0px -20% 0px" });
  texts.forEach((each) => watch.observe(each));
  document.addEventListener("visibilitychange", () => {
    const time = performance.now();
    if (document.hidden) texts.filter((each) => since.has(each)).forEach((each) => leave(each, time));
    else texts.forEach((each) => { watch.unobserve(each); watch.observe(each); });
  });
  let noted = 0;
  addEventListener("scroll", () => { clearTimeout(noted); noted = setTimeout(() => { const at = paras[now()]; if (at) remember(PLACE, at.id.slice(1)); }, 400); }, { passive: true });

  // On arrival: a range such as #p12-p14, whether or not anything cites it, and notes in closed boxes.
  const arrive = () => {
    document.querySelectorAll(".para.in-range").forEach((node) => node.classList.remove("in-range"));
    const range = /^#p(\d+)-p(\d+)$/.exec(location.hash);
    if (range) {
      const [from, to] = [Number(range[1]), Number(range[2])].sort((a, b) => a - b);
      const found = [...document.querySelectorAll(".para")].filter((node) => {
        const number = Number(node.id.slice(1));
        return number >= from && number <= to;
      });
      found.forEach((node) => node.classList.add("in-range"));
      found[0]?.scrollIntoView();
      return;
    }
    const target = document.getElementById(location.hash.slice(1));
    if (target?.closest("details")) {
      open(target);
      target.scrollIntoView();
    }
  };
  window.addEventListener("hashchange", arrive);
  arrive();
})();
