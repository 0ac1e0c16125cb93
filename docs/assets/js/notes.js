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

  // The button of a paragraph takes no room; those that would move something stand in the page.
  for (const cite of document.querySelectorAll(".cite-button")) {
    cite.after(element("button", { type: "button", class: "cite-button note-button", "aria-label": cite.getAttribute("aria-label").replace("Cite", "Note on") }, "Note"));
  }
  const foot = document.querySelector(".page-foot");
  foot?.firstElementChild?.append(" · ", element("button", { type: "button", class: "report-button" }, "Report a mistake"));
  if (!document.querySelector(".note-list")) foot?.append(element("p", {}, "Notes of your own, kept in this browser: ", element("button", { type: "button", class: "note-list" }, "Your notes")));
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.(".note-button, .note-entry, .note-page, .note-list, .report-button");
    if (!button) return;
    if (button.matches(".note-list")) act("list");
    else if (button.matches(".report-button")) act("report", article);
    else act("noteAt", button.matches(".note-page") ? article : button);
  });

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
})();
