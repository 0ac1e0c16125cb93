// A reader's own notes: the buttons that begin them. All else is loaded when it is first used, or when notes are kept here.
(() => {
  "use strict";
  const { element, run, root, say } = window.dossier;
  const article = document.querySelector(".md-content__inner");
  if (!article?.querySelector("h1")) return;

  const styles = () => new Promise((done) => {
    const link = element("link", { rel: "stylesheet", href: `${root}/assets/css/notes.css` });
    link.onload = link.onerror = done;
    document.head.append(link);
  });
  let ready = null;
  const begin = () => {
    ready ??= Promise.all([styles(), run("js/sha256").then(() => run("js/notes-anchor")), run("js/notes-store")])
      .then(() => run("js/notes-page")).then(() => window.dossier.notes.draw());
    ready.catch(() => { ready = null; });
    return ready;
  };
  const act = (name, ...those) => begin().then(() => window.dossier.notes[name](...those))
    .catch(() => say("What notes need could not be loaded: check the connection and try again"));
  window.dossier.notes = { act };

  // Where they are already.
  const kept = async () => (indexedDB.databases ? (await indexedDB.databases()).some(({ name }) => name === "dossier-notes") : true);
  addEventListener("load", () => { kept().then((some) => some && begin()).catch(() => { /* nothing is kept here */ }); });

  const button = (words, label, name, node) => {
    const made = element("button", { type: "button", class: name, "aria-label": label }, words);
    made.addEventListener("click", () => act("noteAt", node));
    return made;
  };
  for (const cite of document.querySelectorAll(".cite-button")) cite.after(button("Note", cite.getAttribute("aria-label").replace("Cite", "Note on"), "cite-button note-button", cite));
  for (const cite of document.querySelectorAll(".cite-entry")) cite.after(button("Note", `Note on “${cite.dataset.name}”`, "note-entry", cite));
  for (const cite of document.querySelectorAll(".cite-page")) cite.after(" ", button("Note", "Note on this page", "note-page", article));

  const list = element("button", { type: "button", class: "note-list" }, "Your notes");
  list.addEventListener("click", () => act("list"));
  const layers = document.querySelector(".reading-bar .layers");
  const crumbs = document.querySelector(".crumbs-line");
  if (layers) layers.after(list);
  else if (crumbs) crumbs.append(list);
  else document.querySelector(".page-foot")?.append(element("p", {}, "Notes of your own, kept in this browser: ", list));

  // By keyboard from a paragraph: n for a note, h to highlight it.
  document.addEventListener("keydown", (event) => {
    const name = { n: "noteAt", h: "highlightAt" }[event.key];
    const para = event.target.closest?.(".para");
    if (!name || !para || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, dialog")) return;
    event.preventDefault();
    event.stopPropagation(); // the theme would go to the next page
    act(name, para.querySelector(".para-text"));
  });
  window.dossier.cite?.offer("Highlight", ({ parts }) => act("highlight", parts));
  window.dossier.cite?.offer("Note", ({ parts }) => act("noteOn", parts));
  window.dossier.cite?.offer("Report a mistake", ({ parts }) => act("report", parts));

  const report = element("button", { type: "button", class: "report-button" }, "Report a mistake");
  report.addEventListener("click", () => act("report", article));
  document.querySelector(".page-foot p")?.append(" · ", report);
})();
