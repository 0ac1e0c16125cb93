// Citing: links, citations and quoted passages to copy, of a paragraph, an entry or a selection.
(() => {
  "use strict";
  const { load, element, copy, say, composing, path, published } = window.dossier;
  const site = document.querySelector("meta[name=dossier-site]")?.content ?? document.title;

  const iso = (date) => `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, "0")}-${String(date.getDate()).padStart(2, "0")}`;
  const words = (date) => date.toLocaleDateString("en-US", { year: "numeric", month: "long", day: "numeric" });
  const address = (fragment, page = path) => published && `${published}${page}${fragment && `#${fragment}`}`;
  const accessed = (link, now) => (link ? ` Accessed ${words(now)}. ${link}.` : "");
  const retrieved = (link, now) => (link ? ` Retrieved ${words(now)}, from ${link}` : "");
  const bibtex = (key, fields) => {
    const plain = (text) => text.replace(/[&%$#_]/g, "\\$&");
    const lines = fields.filter(([, value]) => value).map(([name, value]) => `  ${name.padEnd(12)} = {${/url/.test(name) ? value : plain(value)}}`);
    return `@misc{${key},\n${lines.join(",\n")}\n}`;
  };

  // Of a paragraph or range: the essay, its translation, the number.
  const ofText = (id, fragment) => {
    const source = window.dossierPreviews.sources[id];
    const numbers = fragment.split("-").map((part) => part.slice(1));
    const one = numbers.length === 1;
    const place = one ? `paragraph ${numbers[0]}` : `paragraphs ${numbers.join("–")}`;
    const translators = source.translators.join(" and ");
    const translated = source.translated.slice(0, 4);
    const [year, month] = source.date.split("-");
    const link = address(fragment, `sources/${id}.html`);
    const now = new Date();
    const mark = source.byEditors ? " [editors’ title]" : "";
    const when = source.dateWords.includes(" ") ? `${year}, ${source.dateWords.replace(/,? \d{4}.*$/, "")}` : year;
    return {
      link,
      chicago: `${source.author ? `${source.author}. ` : ""}“${source.title}”${mark}. ${source.publisher}, ${source.dateWords}. Translated by ${translators}, ${translated}, ${place}. In ${site}.${accessed(link, now)}`,
      apa: `${source.author ? `${source.author} (${when}). ` : ""}${source.title}${mark} (${translators}, Trans.). ${source.author ? "" : `(${when}). `}${source.publisher}. (Translation published ${translated} in ${site}; ${one ? "para." : "paras."} ${numbers.join("–")}).${retrieved(link, now)}`,
      bibtex: bibtex(`${id}-${fragment}`, [
        ["title", `{${source.title}}`],
        ["author", source.author],
        ["year", year],
        ["month", month && String(Number(month))],
        ["howpublished", source.publisher],
        ["note", `${source.author ? "" : "Author unknown; "}${source.byEditors ? "title by the editors; " : ""}translated by ${translators}, ${translated}, in ${site}; ${place}`],
        ["url", link],
        ["urldate", link && iso(now)],
      ]),
    };
  };

  const heading = document.querySelector("h1")?.textContent.replace("¶", "").trim() ?? "";

  // Of an entry: its own page, or its place on the page of a list.
  const ofEntry = (name, fragment = "") => {
    const link = address(fragment);
    const now = new Date();
    const key = fragment || location.pathname.split("/").pop().replace(/\.html$/, "") || "index";
    const within = fragment ? `“${heading},” in ${site}` : site;
    return {
      link,
      chicago: `“${name}.” In ${within}.${accessed(link, now)}`,
      apa: `${name}. (n.d.). In ${within}.${retrieved(link, now)}`,
      bibtex: bibtex(key, [["title", `{${name}}`], ["howpublished", `In: ${fragment ? `${heading}, ` : ""}${site}`], ["url", link], ["urldate", link && iso(now)]]),
    };
  };

  // American usage: double marks outside, single ones within.
  const quoted = (passage, citation) => `“${passage.replace(/“/g, "‘").replace(/”/g, "’")}” (${citation.chicago.replace(/\.$/, "")})`;

  // To paste into another page: no script, no request.
  const coded = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  const html = (passage, { link, chicago }) => {
    const said = link ? coded(chicago).replace(coded(link), `<a href="${coded(link)}">${coded(link)}</a>`) : coded(chicago);
    return `<blockquote lang="en"${link ? ` cite="${coded(link)}"` : ""}>\n<p>${coded(passage)}</p>\n<footer>${said}</footer>\n</blockquote>`;
  };

  let dialog = null;
  const show = (heading, citation, passage, where) => {
    dialog ??= document.body.appendChild(element("dialog", { class: "cite-dialog", "aria-labelledby": "cite-heading" }));
    const row = (label, text, what, pre = false) => {
      const shown = element(pre ? "pre" : "p", {}, text);
      const button = element("button", { type: "button", class: "cite-copy", "aria-label": `Copy ${what}` }, "Copy");
      button.addEventListener("click", async () => {
        // Where nothing may be copied, the text is selected for the reader to copy.
        if (!(await copy(text, what))) document.getSelection().selectAllChildren(shown);
      });
      return element("div", { class: "cite-row" }, element("div", {}, element("b", {}, label), shown), button);
    };
    const close = element("button", { type: "button", class: "cite-close" }, "Close");
    close.addEventListener("click", () => dialog.close());
    const report = element("button", { type: "button" }, "Report a mistake here");
    report.addEventListener("click", () => { dialog.close(); window.dossier.notes?.act("report", where); });
    dialog.replaceChildren(
      element("h2", { id: "cite-heading" }, heading),
      citation.link ? row("Permanent link", citation.link, "the link") : element("p", { class: "no-link" }, "This copy was opened from a disk and does not know where the edition is published: there is no permanent link."),
      ...(passage ? [row("Passage with citation", quoted(passage, citation), "the passage with its citation")] : []),
      row("Chicago", citation.chicago, "the citation in Chicago style"),
      row("APA", citation.apa, "the citation in APA style"),
      row("BibTeX", citation.bibtex, "the citation as BibTeX", true),
      ...(passage ? [row("HTML, to quote it on another page", html(passage, citation), "the passage as HTML", true)] : []),
      report, " ", close,
    );
    dialog.showModal();
  };

  // The words of a piece of the text, without numbers and note marks.
  const plain = (fragment) => {
    fragment.querySelectorAll(".para-no, .note-mark, .other-renderings, .cites, a.cite").forEach((node) => node.remove());
    return fragment.textContent.replace(/\s+/g, " ").trim();
  };
  const whole = (paragraph) => (paragraph ? plain(paragraph.cloneNode(true)).replace(/\s+([.,;])/g, "$1") : "");

  // What is copied of several paragraphs is the text: no numbers, notes, or buttons from between them.
  document.addEventListener("copy", (event) => {
    const selection = document.getSelection();
    if (!selection?.rangeCount || selection.isCollapsed) return;
    const copied = element("div", {}, selection.getRangeAt(0).cloneContents());
    const texts = [...copied.querySelectorAll(".para-text")];
    if (texts.length < 2) return;
    copied.querySelectorAll(".para-no, .note-mark, .other-renderings").forEach((node) => node.remove());
    event.clipboardData.setData("text/plain", texts.map((text) => text.textContent.replace(/\s+/g, " ").trim()).filter(Boolean).join("\n\n"));
    event.clipboardData.setData("text/html", texts.map((text) => `<p>${text.innerHTML}</p>`).join(""));
    event.preventDefault();
  });

  const ready = async () => {
    try {
      await load("previews");
      return true;
    } catch {
      say("What a citation needs could not be loaded: check the connection and try again");
      return false;
    }
  };

  document.addEventListener("click", async (event) => {
    const button = event.target.closest?.(".cite-button:not(.note-button), .cite-page, .cite-entry");
    if (!button) return;
    if (button.matches(".cite-page")) {
      show("Cite this page", ofEntry(heading), whole(document.querySelector(".md-content .lead p")), button);
      return;
    }
    if (button.matches(".cite-entry")) {
      const { name } = button.dataset;
      const entry = button.closest("[id]");
      show(`Cite “${name}”`, ofEntry(name, entry.id), whole(entry.querySelector(".citable")), button);
      return;
    }
    const paragraph = button.closest(".para").querySelector(".para-text");
    const { source, paragraph: id } = paragraph.dataset;
    if (!(await ready())) return;
    show(`Cite paragraph ${id.slice(1)}`, ofText(source, id), whole(paragraph), button);
  });

  // The same for words selected in the text, or on a page without one anywhere.
  const paragraphs = [...document.querySelectorAll(".para-text[data-paragraph]")];
  const texts = paragraphs.length ? paragraphs : [...document.querySelectorAll(".md-content__inner")];
  if (!texts.length) return;
  const bar = element("div", { class: "select-bar", role: "group", "aria-label": "The selected words", hidden: "" });
  let chosen = null;
  const offer = (label, act) => {
    const button = element("button", { type: "button" }, label);
    button.addEventListener("mousedown", (event) => event.preventDefault()); // keeps the selection
    button.addEventListener("click", () => {
      const now = read(document.getSelection()) ?? chosen;
      if (now) act(now);
    });
    bar.append(button);
  };
  const citation = async ({ source, fragment }) => {
    if (!source) return ofEntry(heading);
    return (await ready()) ? ofText(source, fragment) : null;
  };
  offer("Cite these words", async (those) => {
    const found = await citation(those);
    if (found) show("Cite the selected words", found, those.words, those.parts);
  });
  offer("Copy with citation", async (those) => {
    const found = await citation(those);
    if (found) copy(quoted(those.words, found), "the passage with its citation");
  });

  const read = (selection) => {
    if (selection.isCollapsed || !selection.rangeCount) return null;
    const range = selection.getRangeAt(0);
    // What is typed into a form, or stands in a dialog, is no part of the text.
    if (range.commonAncestorContainer.parentElement?.closest("form, dialog, .finder, .own-notes")) return null;
    const parts = [];
    for (const paragraph of texts.filter((node) => range.intersectsNode(node))) {
      const part = document.createRange();
      part.selectNodeContents(paragraph);
      if (range.compareBoundaryPoints(Range.START_TO_START, part) > 0) part.setStart(range.startContainer, range.startOffset);
      if (range.compareBoundaryPoints(Range.END_TO_END, part) < 0) part.setEnd(range.endContainer, range.endOffset);
      const found = plain(part.cloneContents());
      if (found) parts.push({ paragraph, found, part });
    }
    if (!parts.length) return null;
    const ids = parts.map(({ paragraph }) => paragraph.dataset.paragraph ?? "");
    return {
      parts,
      source: parts[0].paragraph.dataset.source,
      fragment: ids.length === 1 ? ids[0] : `${ids[0]}-${ids.at(-1)}`,
      words: parts.map(({ found }) => found).join(" "),
      last: parts.at(-1),
    };
  };

  const update = () => {
    if (bar.contains(document.activeElement)) return;
    chosen = read(document.getSelection());
    bar.hidden = !chosen;
    if (!chosen) return;
    // Right behind its words in the order of the document, so that Tab leads from the selection to it.
    const { endContainer: end } = chosen.last.part;
    const block = (end.nodeType === Node.ELEMENT_NODE ? end : end.parentElement).closest("p, blockquote, ul, ol, dl, table, h1, h2, h3, .md-content__inner > *");
    const paragraph = chosen.source ? chosen.last.paragraph : block ?? chosen.last.paragraph.lastElementChild;
    if (bar.previousElementSibling !== paragraph) paragraph.after(bar);
    const lines = chosen.last.part.getClientRects();
    const at = lines[lines.length - 1] ?? paragraph.getBoundingClientRect();
    const part = bar.offsetParent.getBoundingClientRect();
    bar.style.top = `${at.bottom - part.top + 6}px`;
    bar.style.left = `${Math.max(0, Math.min(at.right - part.left - 60, part.width - bar.offsetWidth))}px`;
  };
  let wait = 0;
  document.addEventListener("selectionchange", () => { clearTimeout(wait); wait = setTimeout(update, 150); });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || composing(event) || bar.hidden || dialog?.open) return;
    bar.hidden = true;
    document.getSelection().collapseToEnd();
  });
  window.dossier.cite = { offer, ofText, ofEntry, quoted, address };
})();
