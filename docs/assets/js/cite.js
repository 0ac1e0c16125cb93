// Citing: links, citations and quoted passages to copy, of a paragraph, an entry or a selection.
(() => {
  "use strict";
  const { load, element, copy } = window.dossier;
  const site = document.querySelector("meta[name=dossier-site]")?.content ?? document.title;

  const today = () => new Date();
  const iso = (date) => `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, "0")}-${String(date.getDate()).padStart(2, "0")}`;
  const words = (date) => date.toLocaleDateString("en-US", { year: "numeric", month: "long", day: "numeric" });
  const address = (fragment) => `${location.href.split(/[?#]/)[0]}${fragment ? `#${fragment}` : ""}`;

  // Of a paragraph or range: the essay, its translation, the number.
  const ofText = (id, fragment) => {
    const source = window.dossierPreviews.sources[id];
    const numbers = fragment.split("-").map((part) => part.slice(1));
    const one = numbers.length === 1;
    const place = one ? `paragraph ${numbers[0]}` : `paragraphs ${numbers.join("–")}`;
    const translators = source.translators.join(" and ");
    const year = source.translated.slice(0, 4);
    const link = address(fragment);
    const now = today();
    const mark = source.byEditors ? " [editors’ title]" : "";
    const author = source.author ? `${source.author}. ` : "";
    const [sourceYear, month] = source.date.split("-");
    return {
      link,
      chicago: `${author}“${source.title}”${mark}. ${source.publisher}, ${source.dateWords}. Translated by ${translators}, ${year}, ${place}. In ${site}. Accessed ${words(now)}. ${link}.`,
      apa: `${author}${source.title}${mark} (${translators}, Trans.). (${source.dateWords.includes(" ") ? `${sourceYear}, ${source.dateWords.split(" ")[0]}` : sourceYear}). ${source.publisher}. (Translation ${year}, ${one ? "para." : "paras."} ${numbers.join("–")}). Retrieved ${words(now)}, from ${link}`,
      bibtex: [
        `@misc{${id}-${fragment},`,
        `  title        = {{${source.title}}},`,
        source.author ? `  author       = {${source.author}},` : null,
        `  year         = {${sourceYear}},`,
        month ? `  month        = {${Number(month)}},` : null,
        `  howpublished = {${source.publisher}},`,
        `  note         = {${source.author ? "" : "Author unknown; "}${source.byEditors ? "title by the editors; " : ""}translated by ${translators}, ${year}; ${place}},`,
        `  url          = {${link}},`,
        `  urldate      = {${iso(now)}}`,
        "}",
      ].filter(Boolean).join("\n"),
    };
  };

  const ofPage = () => {
    const title = document.querySelector("h1")?.textContent.trim() ?? document.title;
    const link = address("");
    const now = today();
    const key = link.split("/").pop().replace(/\.html$/, "");
    return {
      link,
      chicago: `“${title}.” In ${site}. Accessed ${words(now)}. ${link}.`,
      apa: `${title}. (n.d.). In ${site}. Retrieved ${words(now)}, from ${link}`,
      bibtex: `@misc{${key},\n  title        = {{${title}}},\n  howpublished = {In: ${site}},\n  url          = {${link}},\n  urldate      = {${iso(now)}}\n}`,
    };
  };

  let dialog = null;
  const show = (heading, citation, passage) => {
    dialog ??= document.body.appendChild(element("dialog", { class: "cite-dialog", "aria-labelledby": "cite-heading" }));
    const row = (label, text, what, pre = false) => {
      const button = element("button", { type: "button", class: "cite-copy" }, "Copy");
      button.setAttribute("aria-label", `Copy ${what}`);
      button.addEventListener("click", () => copy(text, what));
      return element("div", { class: "cite-row" }, element("div", {}, element("b", {}, label), element(pre ? "pre" : "p", {}, text)), button);
    };
    const close = element("button", { type: "button", class: "cite-close" }, "Close");
    close.addEventListener("click", () => dialog.close());
    dialog.replaceChildren(
      element("h2", { id: "cite-heading" }, heading),
      row("Permanent link", citation.link, "the link"),
      ...(passage ? [row("Passage with citation", `“${passage.replace(/“/g, "‘").replace(/”/g, "’")}” (${citation.chicago})`, "the passage with its citation")] : []),
      row("Chicago", citation.chicago, "the citation in Chicago style"),
      row("APA", citation.apa, "the citation in APA style"),
      row("BibTeX", citation.bibtex, "the citation as BibTeX", true),
      close,
    );
    dialog.showModal();
  };

  const plain = (paragraph) => {
    const clone = paragraph.cloneNode(true);
    clone.querySelectorAll(".para-no, .note-mark, .cite-button").forEach((node) => node.remove());
    return clone.textContent.replace(/\s+/g, " ").trim();
  };

  for (const paragraph of document.querySelectorAll(".para-text[data-paragraph]")) {
    const id = paragraph.dataset.paragraph;
    const button = element("button", { type: "button", class: "cite-button", "aria-label": `Cite paragraph ${id.slice(1)}` }, "Cite");
    button.addEventListener("click", async () => {
      await load("previews");
      show(`Cite paragraph ${id.slice(1)}`, ofText(paragraph.dataset.source, id), plain(paragraph));
    });
    paragraph.append(button);
  }
  const head = document.querySelector(".entry-head");
  if (head) {
    const button = element("button", { type: "button", class: "cite-page" }, "Cite this page");
    button.addEventListener("click", () => show("Cite this page", ofPage(), ""));
    head.append(button);
  }

  // The same for words selected in the text.
  const bar = element("div", { class: "select-bar", role: "toolbar", "aria-label": "The selected words", hidden: "" });
  const button = element("button", { type: "button" }, "Cite these words");
  bar.append(button);
  let chosen = null;
  button.addEventListener("mousedown", (event) => event.preventDefault());
  button.addEventListener("click", async () => {
    if (!chosen) return;
    await load("previews");
    show("Cite the selected words", ofText(chosen.source, chosen.fragment), chosen.words);
  });
  const update = () => {
    const selection = document.getSelection();
    const text = selection.toString().replace(/\s+/g, " ").trim();
    const from = selection.anchorNode?.parentElement?.closest(".para-text");
    const to = selection.focusNode?.parentElement?.closest(".para-text");
    if (!text || selection.isCollapsed || !from || !to) { bar.hidden = true; return; }
    const ids = [from, to].map((node) => Number(node.dataset.paragraph.slice(1))).sort((a, b) => a - b);
    chosen = { source: from.dataset.source, words: text.replace(/\bCite\b/g, "").trim(), fragment: ids[0] === ids[1] ? `p${ids[0]}` : `p${ids[0]}-p${ids[1]}` };
    const at = selection.getRangeAt(0).getBoundingClientRect();
    // Behind the paragraph in the order of the document, so that Tab leads from the selection to it.
    (to.closest(".para") ?? to).after(bar);
    bar.hidden = false;
    bar.style.top = `${at.bottom + scrollY + 6 - (bar.offsetParent?.getBoundingClientRect().top ?? 0) - scrollY}px`;
    bar.style.left = `${Math.max(8, at.left - (bar.offsetParent?.getBoundingClientRect().left ?? 0))}px`;
  };
  let wait = 0;
  if (document.querySelector(".para-text")) {
    document.addEventListener("selectionchange", () => { clearTimeout(wait); wait = setTimeout(update, 150); });
  }
})();
