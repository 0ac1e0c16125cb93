// What is shown with the text: layers to switch, remembered, and a way to read it clean.
(() => {
  "use strict";
  const { remember, recall, load, element, say } = window.dossier;
  const buttons = [...document.querySelectorAll(".layers button[data-switch]")];
  if (!buttons.length) return;
  /** @type {(button: HTMLElement) => string} */
  const nameOf = (button) => button.dataset.switch ?? "";
  const layers = buttons.map(nameOf).filter((name) => name !== "clean");

  // What the wording stands against is fetched when it is first asked for: other renderings of a contested word
  // behind it, and under a paragraph how the Chinese puts it.
  const FETCHED = ["renderings", "literal"];
  /** @type {Promise<void> | null} */
  let wording = null;
  const fill = () => {
    wording ??= load("wording").then(() => {
      const { literal, others } = window.dossierWording;
      for (const text of document.querySelectorAll(".para-text")) {
        const { source = "", paragraph = "" } = text.dataset;
        for (const link of text.querySelectorAll("a.entry[href*='/glossary/']")) {
          const words = others[/([^/]*)\.html$/.exec(link.pathname)?.[1] ?? ""];
          if (words) link.after(element("span", { class: "other-renderings" }, ` [or: ${words.join("; ")}]`));
        }
        const line = literal[source]?.[paragraph];
        if (line) text.after(element("p", { class: "literal-line" }, element("span", { class: "by" }, "Word for word"), ` ${line}`));
      }
    });
    wording.catch(() => { wording = null; say("The other wordings could not be loaded: check the connection and try again"); });
    return wording;
  };

  // The text is calm until voices and other wordings are asked for. "clean" hides everything, but forgets nothing of what was chosen before.
  const hidden = new Set((recall("dossier-hidden") ?? "voices renderings literal beside").split(" ").filter((name) => name === "clean" || layers.includes(name)));

  const apply = () => {
    const clean = hidden.has("clean");
    document.documentElement.dataset.hide = clean ? "clean" : [...hidden].join(" ");
    for (const button of buttons) {
      const name = nameOf(button);
      button.setAttribute("aria-pressed", String(name === "clean" ? clean : !clean && !hidden.has(name)));
    }
  };

  // The paragraph being read stays where it is, whatever appears or vanishes above it.
  /** @type {(act: () => void) => void} */
  const inPlace = (act) => {
    const anchor = [...document.querySelectorAll(".para")].find((node) => node.getBoundingClientRect().bottom > 120);
    if (!anchor) { act(); return; }
    const before = anchor.getBoundingClientRect().top;
    act();
    scrollBy({ top: anchor.getBoundingClientRect().top - before, behavior: "instant" });
  };

  for (const button of buttons) {
    const name = nameOf(button);
    button.addEventListener("click", () => {
      if (name !== "clean" && hidden.delete("clean")) hidden.delete(name);
      else if (!hidden.delete(name)) hidden.add(name);
      if (FETCHED.includes(name) && !hidden.has(name)) fill().then(() => inPlace(apply), () => {});
      else inPlace(apply);
      remember("dossier-hidden", [...hidden].join(" "));
    });
  }
  const group = document.querySelector(".layers");
  const opener = document.querySelector(".layers-open");
  opener?.addEventListener("click", () => opener.setAttribute("aria-expanded", String(group?.classList.toggle("open"))));
  apply();
  if (FETCHED.some((name) => layers.includes(name) && !hidden.has(name))) fill().catch(() => {});
})();
