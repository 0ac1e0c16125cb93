// The annotated text: notes beside the paragraphs, words that lead to their checks, links to ranges.
(() => {
  "use strict";
  if (!document.querySelector(".para-text")) return;

  // Notes stand open beside the text on a wide screen, closed under it on a narrow one.
  const boxes = document.querySelectorAll("details.apparatus");
  const wide = window.matchMedia("(min-width: 76.25em)");
  // What the reader opened on a narrow screen is open again when the tablet is turned back.
  const chosen = new WeakSet();
  document.addEventListener("click", (event) => {
    const details = event.target.closest?.("details.apparatus > summary")?.parentElement;
    if (details && !wide.matches) details.open ? chosen.delete(details) : chosen.add(details);
  });
  const unfold = () => boxes.forEach((details) => { details.open = wide.matches || chosen.has(details); });
  wide.addEventListener("change", unfold);
  unfold();

  // The notes hold half of the edition's Chinese, whose face waits until the reader has begun to read.
  const begun = () => { document.documentElement.dataset.begun = ""; };
  for (const type of ["scroll", "pointermove", "pointerdown", "keydown"]) addEventListener(type, begun, { once: true, passive: true });

  const open = (node) => {
    for (let at = node; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
  };

  // What rests on a paragraph is fetched when somebody wants to see it; without scripts a link leads to it.
  const { load, element, root, address } = window.dossier;
  const rest = async (details) => {
    const { source, paragraph } = details.closest(".para").querySelector(".para-text").dataset;
    const own = details.dataset.layer === "arguments";
    await Promise.all([load("previews"), load("cited")]);
    const { titles, by } = window.dossierCited;
    const keys = by[source][paragraph.slice(1)].filter((key) => key.startsWith("argument:") === own);
    const link = (key) => element("a", { class: "entry", href: `${root}/${address(key)}`, "data-entry": key }, window.dossierPreviews.entries[key][0]);
    if (own) {
      details.lastElementChild.replaceWith(element("ul", {}, ...keys.map((key) => element("li", {}, link(key)))));
      return;
    }
    const list = element("dl");
    for (const [kind, title] of Object.entries(titles)) {
      const those = keys.filter((key) => key.startsWith(`${kind}:`));
      if (those.length) list.append(element("dt", {}, title), element("dd", {}, ...those.flatMap((key, at) => [at ? ", " : "", link(key)])));
    }
    details.lastElementChild.replaceWith(list);
  };
  document.addEventListener("toggle", (event) => {
    const details = event.target;
    if (!details.open || !details.matches?.(".note-arguments, .note-cited") || details.dataset.filled) return;
    details.dataset.filled = "";
    rest(details).catch(() => { /* the link stays */ });
  }, true);

  // A check shows the words that it is about, and the words open their check.
  const words = (check) => document.querySelectorAll(`.said[data-check="${CSS.escape(check.id.replace("check-", ""))}"]`);
  const point = (event, on) => {
    const check = event.target.closest?.(".note-check");
    if (check) words(check).forEach((node) => node.classList.toggle("spoken-of", on));
  };
  for (const type of ["pointerover", "focusin"]) document.addEventListener(type, (event) => point(event, true));
  for (const type of ["pointerout", "focusout"]) document.addEventListener(type, (event) => point(event, false));
  document.addEventListener("click", (event) => {
    const said = event.target.closest?.(".para-text .said[data-check]");
    const hidden = (document.documentElement.dataset.hide ?? "").split(" ");
    if (!said || event.target.closest("a") || hidden.includes("checks") || hidden.includes("clean") || !document.getSelection().isCollapsed) return;
    const check = document.getElementById(`check-${said.dataset.check}`);
    if (!check) return;
    open(check);
    check.scrollIntoView({ block: "nearest" });
  });
  document.documentElement.classList.add("has-checks");

  // By keyboard from paragraph to paragraph: j and k. And back to where one was, the next time.
  const paras = [...document.querySelectorAll(".para")];
  const PLACE = `dossier-place-${document.querySelector(".para-text").dataset.source}`;
  const now = () => paras.findLastIndex((node) => node.getBoundingClientRect().top < 130);
  document.addEventListener("keydown", (event) => {
    const step = { j: 1, k: -1 }[event.key];
    if (!step || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, dialog")) return;
    const focused = paras.indexOf(document.activeElement?.closest(".para"));
    const next = paras[(focused >= 0 ? focused : now()) + step];
    if (!next) return;
    next.querySelector(".para-no").focus({ preventScroll: true });
    next.scrollIntoView();
  });
  const { remember, recall, ranges } = window.dossier;
  const last = Number(recall(PLACE));
  if (last > 2 && !location.hash && paras.some((node) => node.id === `p${last}`)) {
    document.querySelector(".kicker").append(" · ", element("a", { href: `#p${last}`, class: "continue" }, `continue at paragraph ${last}`));
  }
  // Read is what stood in view for as long as it takes to read it, at a brisk six words a second.
  const READ = `dossier-read-${document.querySelector(".para-text").dataset.source}`;
  const since = new Map(); // by paragraph in view
  const leave = (text, time) => {
    const long = time - since.get(text) > text.textContent.split(" ").length * 160;
    since.delete(text);
    if (long) remember(READ, ranges.write(ranges.read(recall(READ)).add(Number(text.dataset.paragraph.slice(1)))));
  };
  const watch = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting, time } of entries) {
      if (isIntersecting) since.set(target, time);
      else if (since.has(target)) leave(target, time);
    }
  }, { rootMargin: "-80px 0px -20% 0px" });
  paras.forEach((para) => watch.observe(para.querySelector(".para-text")));
  document.addEventListener("visibilitychange", () => {
    const seen = [...since.keys()];
    const time = performance.now();
    if (document.hidden) seen.forEach((text) => leave(text, time));
    else paras.forEach((para) => { const text = para.querySelector(".para-text"); watch.unobserve(text); watch.observe(text); });
  });
  let noted;
  addEventListener("scroll", () => { clearTimeout(noted); noted = setTimeout(() => { const at = paras[now()]; if (at) remember(PLACE, at.id.slice(1)); }, 400); }, { passive: true });

  // Arriving: a range such as #p12-p14, whether or not somebody cites it, and notes in closed boxes.
  const arrive = () => {
    document.querySelectorAll(".para.in-range").forEach((node) => node.classList.remove("in-range"));
    const range = /^#p(\d+)-p(\d+)$/.exec(location.hash);
    if (range) {
      const [first, last] = [Number(range[1]), Number(range[2])].sort((a, b) => a - b);
      const found = [...document.querySelectorAll(".para")].filter((node) => {
        const number = Number(node.id.slice(1));
        return number >= first && number <= last;
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
