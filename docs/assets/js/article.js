// The annotated text: notes beside the paragraphs, layers to switch, ranges, and threads to follow.
(() => {
  "use strict";
  const { load, element, remember, recall, root } = window.dossier;
  const text = document.querySelector(".para-text");

  // From an entry's page into the text, taking along which thread one follows.
  const thread = document.querySelector(".thread[data-thread]");
  if (thread) {
    for (const link of thread.querySelectorAll("a.cite")) {
      const [path, hash] = link.getAttribute("href").split("#");
      link.setAttribute("href", `${path}?thread=${encodeURIComponent(thread.dataset.thread)}#${hash}`);
    }
  }
  if (!text) return;

  // Beside the text on a wide screen, under it and closed on a narrow one.
  const boxes = document.querySelectorAll("details.apparatus");
  const wide = window.matchMedia("(min-width: 76.25em)");
  const unfold = () => boxes.forEach((details) => { details.open = wide.matches; });
  wide.addEventListener("change", unfold);
  unfold();

  // Layers
  const LAYERS = [["names", "Names"], ["checks", "Checks"], ["notes", "Notes"], ["arguments", "Arguments"], ["cited", "Cited by"], ["voices", "Voices"]];
  const hidden = new Set((recall("dossier-layers") ?? "").split(" ").filter(Boolean));
  const bar = element("div", { class: "layers", role: "toolbar", "aria-label": "What is shown with the text" });
  const buttons = new Map();
  const apply = () => {
    document.documentElement.dataset.hide = [...hidden].join(" ");
    for (const [name, button] of buttons) button.setAttribute("aria-pressed", String(name === "clean" ? hidden.size === LAYERS.length : !hidden.has(name)));
    remember("dossier-layers", hidden.size ? [...hidden].join(" ") : null);
  };
  const add = (name, label, act) => {
    const button = element("button", { type: "button", "aria-pressed": "true" }, label);
    button.addEventListener("click", () => { act(); apply(); });
    buttons.set(name, button);
    bar.append(button);
  };
  bar.append(element("span", { class: "layers-label" }, "Show"));
  for (const [name, label] of LAYERS) add(name, label, () => (hidden.has(name) ? hidden.delete(name) : hidden.add(name)));
  add("clean", "Text only", () => {
    const all = hidden.size === LAYERS.length;
    hidden.clear();
    if (!all) LAYERS.forEach(([name]) => hidden.add(name));
  });
  const legend = element("p", { class: "legend" },
    element("span", { class: "said said-judgment" }, "the author’s judgment"), " ",
    element("span", { class: "said said-quotation" }, "a quotation"), " ",
    element("span", { class: "said" }, "unmarked: told as fact"));
  document.querySelector(".source-head").append(bar, legend);
  apply();

  // A range such as #p12-p14, whether or not somebody cites it, and notes inside closed boxes
  const arrive = () => {
    document.querySelectorAll(".para.in-range").forEach((node) => node.classList.remove("in-range"));
    const id = decodeURIComponent(location.hash.slice(1));
    const range = /^p(\d+)-p(\d+)$/.exec(id);
    if (range) {
      for (let n = Number(range[1]); n <= Number(range[2]); n++) document.getElementById(`p${n}`)?.classList.add("in-range");
      document.getElementById(`p${range[1]}`)?.scrollIntoView();
      return;
    }
    const target = id && document.getElementById(id);
    for (let node = target; node; node = node.parentElement) if (node.tagName === "DETAILS") node.open = true;
    if (target && target.closest("details")) target.scrollIntoView();
  };
  window.addEventListener("hashchange", arrive);
  arrive();

  // The thread that one follows through the text
  const key = new URLSearchParams(location.search).get("thread");
  if (!key) return;
  load("previews").then(() => {
    const { mentions, entries } = window.dossierPreviews;
    const stops = (mentions[key] ?? []).filter(([source]) => source === text.dataset.source).map(([, number]) => number);
    if (!stops.length || !entries[key]) return;
    const name = entries[key][0];
    const strip = element("nav", { class: "thread-bar", "aria-label": `${name} in the text` });
    const draw = () => {
      const here = Number((/^#p(\d+)/.exec(location.hash) ?? [])[1] ?? 0);
      const before = stops.filter((n) => n < here).pop();
      const after = stops.find((n) => n > here);
      const at = stops.indexOf(here);
      const step = (number, label) => (number
        ? element("a", { href: `?thread=${encodeURIComponent(key)}#p${number}` }, label)
        : element("span", { class: "thread-end" }, label));
      const [kind, id] = key.split(":");
      const folder = { actor: "actors/", policy: "policies/", argument: "arguments/", product: "products/" }[kind];
      const home = folder ? `${root}/${folder}${id}.html` : `${root}/${{ event: "timeline", figure: "figures", term: "glossary" }[kind]}.html#${id}`;
      strip.replaceChildren(
        element("span", {}, element("b", {}, name), at >= 0 ? `: mention ${at + 1} of ${stops.length}` : `: ${stops.length} mentions`),
        step(before, "← previous"), step(after, "next →"), element("a", { href: home }, `back to ${name}`));
    };
    document.body.append(strip);
    draw();
    window.addEventListener("hashchange", draw);
  }).catch(() => {});
})();
