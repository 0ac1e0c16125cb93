// A mistake reported from where it stands: as an issue where the repository's address is known, else as a text to send or copy.
(() => {
  "use strict";
  const { element, copy, load, path, published, root } = window.dossier;
  const { spotsOf, wholeOf, placeOf, clip } = window.dossier.notes;
  const site = document.querySelector("meta[name=dossier-site]")?.content ?? document.title;
  const repository = document.querySelector("meta[name=dossier-repository]")?.content;

  /** @type {(at: string) => [file: string, line: number]} The file that says what stands in a place, and the line. */
  const fileOf = (at) => {
    const [file, line] = window.dossierLines?.[`${path}${at && `#${at}`}`] ?? window.dossierLines?.[path] ?? [];
    return [file ?? document.querySelector(".page-foot code")?.textContent ?? "", line ?? 1];
  };

  /** @type {(about: About, wrong: string) => string} With what the reader says. */
  const text = ({ spots, title }, wrong) => {
    const [first] = spots;
    const [file, line] = fileOf(first.at);
    return [
      `Where: ${title}, on “${document.querySelector(".md-content__inner h1")?.textContent.replace("¶", "").trim()}”`,
      `Address: ${published ?? ""}${path}${first.at && `#${first.at}`}`,
      `Wording: ${spots.map(({ revision }) => revision).join(", ")}`,
      file && `File: ${file}, line ${line}${repository ? `\n${repository}/blob/main/${file}#L${line}` : ""}`,
      "",
      "The words:",
      ...spots.map(({ words }) => `> ${clip(words, 600)}`),
      "",
      "What is wrong:",
      wrong || "…",
      "",
    ].filter((part) => part !== undefined).join("\n");
  };

  /** @type {HTMLDialogElement | null} */
  let dialog = null;
  /** @type {Notes["showReport"]} */
  const report = async (where) => {
    const about = Array.isArray(where) ? spotsOf(where) : wholeOf(placeOf(where));
    await load("lines").catch(() => {}); // then the page's own file is named, without a line
    const box = dialog ??= document.body.appendChild(element("dialog", { class: "cite-dialog own-dialog", "aria-labelledby": "report-heading" }));
    const wrong = element("textarea", { rows: "4" });
    const shown = element("pre", { class: "own-report" });
    const subject = `Mistake in ${about.title}, ${site}`;
    const issue = element("a", { class: "own-issue", target: "_blank", rel: "external noopener noreferrer" }, "Open an issue with this text");
    const mail = element("a", {}, "Write a mail with it");
    const said = () => text(about, wrong.value.trim());
    const fill = () => {
      shown.textContent = said();
      const [title, body] = [encodeURIComponent(subject), encodeURIComponent(said())];
      if (repository) issue.href = `${repository}/issues/new?title=${title}&body=${body}`;
      mail.href = `mailto:?subject=${title}&body=${body}`;
    };
    wrong.addEventListener("input", fill);
    fill();
    const take = element("button", { type: "button" }, "Copy the text");
    take.addEventListener("click", async () => { if (!(await copy(said(), "the report"))) document.getSelection()?.selectAllChildren(shown); });
    const [spot] = about.spots;
    const place = encodeURIComponent(`${path}${spot.at && `#${spot.at}`}`);
    const propose = element("a", { href: `${root}/propose.html?at=${place}${spot.whole ? "" : `&words=${encodeURIComponent(clip(spot.words, 300))}`}` }, "Propose the change yourself");
    const close = element("button", { type: "button" }, "Close");
    close.addEventListener("click", () => box.close());
    box.replaceChildren(
      element("h2", { id: "report-heading" }, `Report a mistake: ${about.title}`),
      element("p", {}, repository
        ? "The issue opens in the project’s repository with this text filled in; nothing is sent before you send it there."
        : "This copy does not know the address of the project’s repository: copy the text, or send it by mail to whom you have the edition from. Nothing is sent by this page."),
      element("label", { class: "own-field" }, element("span", {}, "What is wrong, and what it rests on"), wrong), shown,
      element("p", { class: "own-tools" }, ...(repository ? [issue] : []), take, mail, propose, close),
    );
    box.showModal();
    wrong.focus();
  };
  window.dossier.notes.showReport = report;
})();
