// What is shown with the text: layers to switch, remembered, and a way to read it clean.
(() => {
  "use strict";
  const { remember, recall } = window.dossier;
  const buttons = [...document.querySelectorAll(".layers button[data-switch]")];
  if (!buttons.length) return;
  const layers = buttons.map((button) => button.dataset.switch).filter((name) => name !== "clean");

  // The text is calm until the voices are asked for. "clean" hides everything, but forgets nothing of what was chosen before.
  const hidden = new Set((recall("dossier-layers") ?? "voices").split(" ").filter((name) => name === "clean" || layers.includes(name)));

  const apply = () => {
    const clean = hidden.has("clean");
    document.documentElement.dataset.hide = clean ? "clean" : [...hidden].join(" ");
    for (const button of buttons) {
      const name = button.dataset.switch;
      button.setAttribute("aria-pressed", String(name === "clean" ? clean : !clean && !hidden.has(name)));
    }
  };

  // The paragraph that one reads stays where it is, whatever appears or vanishes above it.
  const inPlace = (act) => {
    const anchor = [...document.querySelectorAll(".para")].find((node) => node.getBoundingClientRect().bottom > 120);
    const before = anchor?.getBoundingClientRect().top;
    act();
    if (anchor) scrollBy({ top: anchor.getBoundingClientRect().top - before, behavior: "instant" });
  };

  for (const button of buttons) {
    const name = button.dataset.switch;
    button.addEventListener("click", () => {
      if (name !== "clean" && hidden.delete("clean")) hidden.delete(name);
      else if (!hidden.delete(name)) hidden.add(name);
      inPlace(apply);
      remember("dossier-layers", [...hidden].join(" "));
    });
  }
  apply();
})();
