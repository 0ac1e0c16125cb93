// A reader's own notes: the buttons that begin them. All else is loaded when it is first used, or when notes are kept here.
(() => {
  "use strict";
  const { element, closest, run, root, say } = window.dossier;
  const article = document.querySelector(".md-content__inner");
  if (!article?.querySelector("h1")) return;

  /** @type {() => Promise<void>} */
  const styles = () => new Promise((done) => {
    const link = element("link", { rel: "stylesheet", href: `${root}/assets/css/notes.css` });
    link.onload = link.onerror = () => done();
    document.head.append(link);
  });
  /** @type {Promise<void> | null} */
  let ready = null;
  const begin = () => {
    const begun = ready ??= Promise.all([styles(), run("js/sha256").then(() => run("js/notes-anchor")), run("js/notes-store")])
      .then(() => run("js/notes-page")).then(() => window.dossier.notes.draw());
    begun.catch(() => { ready = null; });
    return begun;
  };
  /** @type {Notes["act"]} */
  const act = (name, ...of) => begin().then(() => {
    /** @type {NoteActs} */
    const acts = window.dossier.notes;
    return acts[name](...of);
  })
    .catch(() => say("What notes need could not be loaded: check the connection and try again"));
  window.dossier.notes = /** @type {Notes} */ ({ act });

  // If notes are kept here already.
  const kept = async () => (indexedDB.databases ? (await indexedDB.databases()).some(({ name }) => name === "dossier-notes") : true);
  addEventListener("load", async () => {
    try { if (await kept()) await begin(); } catch { /* nothing is kept here */ }
  });

  // The button of a paragraph takes no room; those that would move something stand in the page.
  for (const cite of document.querySelectorAll(".cite-button")) {
    cite.after(element("button", { type: "button", class: "cite-button note-button", "aria-label": (cite.getAttribute("aria-label") ?? "").replace("Cite", "Note on") }, "Note"));
  }
  const foot = document.querySelector(".page-foot");
  foot?.firstElementChild?.append(" · ", element("button", { type: "button", class: "report-button" }, "Report a mistake"));
  if (!document.querySelector(".note-list")) foot?.append(element("p", {}, "Notes of your own, kept in this browser: ", element("button", { type: "button", class: "note-list" }, "Your notes")));
  document.addEventListener("click", (event) => {
    const button = closest(event, ".note-button, .note-entry, .note-page, .note-list, .report-button");
    if (!button) return;
    if (button.matches(".note-list")) act("list");
    else if (button.matches(".report-button")) act("report", article);
    else act("noteAt", button.matches(".note-page") ? article : button);
  });

  // By keyboard from a paragraph: n for a note, h to highlight it.
  document.addEventListener("keydown", (event) => {
    const name = event.key === "n" ? "noteAt" : event.key === "h" ? "highlightAt" : null;
    const text = closest(event, ".para")?.querySelector(".para-text");
    if (!name || !text || event.ctrlKey || event.metaKey || event.altKey || closest(event, "input, textarea, select, dialog")) return;
    event.preventDefault();
    event.stopPropagation(); // the theme would go to the next page
    act(name, text);
  });
  window.dossier.cite?.offer("Highlight", ({ parts }) => act("highlight", parts));
  window.dossier.cite?.offer("Note", ({ parts }) => act("noteOn", parts));
  window.dossier.cite?.offer("Report a mistake", ({ parts }) => act("report", parts));
})();
