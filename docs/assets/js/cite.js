// Citing: links, citations and quoted passages to copy, of a paragraph, an entry or a selection.
(() => {
  "use strict";
  const { load, element, closest, copy, say, composing } = window.dossier;
  const site = document.querySelector("meta[name=dossier-site]")?.content ?? document.title;

  /**
   * @typedef {{ link: string | null, chicago: string, apa: string, bibtex: string }} Citation
   * @typedef {{ source: string, fragment: string, words: string, pieces: string[], last: { paragraph: HTMLElement, part: Range } }} Chosen
   */

  /** @type {(date: Date) => string} */
  const iso = (date) => `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, "0")}-${String(date.getDate()).padStart(2, "0")}`;
  /** @type {(date: Date) => string} */
  const words = (date) => date.toLocaleDateString("en-US", { year: "numeric", month: "long", day: "numeric" });
  // A page on disk is known to others by the address under which it is published, if there is one; its path there is nobody's concern.
  const page = document.querySelector("link[rel=canonical]")?.href ?? (location.protocol.startsWith("http") ? location.href.split(/[?#]/)[0] : null);
  /** @type {(fragment: string) => string | null} */
  const address = (fragment) => page && (fragment ? `${page}#${fragment}` : page);
  /** @type {(link: string | null, now: Date) => string} */
  const accessed = (link, now) => (link ? ` Accessed ${words(now)}. ${link}.` : "");
  /** @type {(link: string | null, now: Date) => string} */
  const retrieved = (link, now) => (link ? ` Retrieved ${words(now)}, from ${link}` : "");

  // Which edition it is: the newest release, and the day to which it has been changed since: 1.1.0+2026-11-29.
  const version = document.querySelector("meta[name=dossier-edition]")?.content ?? "";

  /**
   * @param {string} edition 1.1.0 or 1.1.0+2026-11-29; empty where nothing was released yet.
   * @returns {string} The edition in words, as a citation has it.
   */
  const inWords = (edition) => {
    const [release, day] = edition.split("+");
    return `edition ${release}${day ? `, with changes to ${words(new Date(`${day}T00:00:00`))}` : ""}`;
  };

  /**
   * The edition that holds the words of paragraphs, and what to put behind their numbers in an address so that it leads
   * to these words for good: the release or, for words that are not released yet, their digests.
   * @param {CitableSource} source @param {number} first @param {number} last
   * @returns {{edition: string, pin: string}}
   */
  const pinned = ({ changed, digests }, first, last) => {
    if (!version) return { edition: "", pin: "" };
    const numbers = Array.from({ length: last - first + 1 }, (_, n) => first + n);
    if (!numbers.some((number) => changed.includes(number))) return { edition: version.split("+")[0], pin: `@${version.split("+")[0]}` };
    return { edition: version, pin: numbers.length > 8 ? "" : `@${numbers.map((number) => digests[number - 1]).join("+")}` };
  };
  /** @type {(key: string, fields: [name: string, value: string | null | undefined][]) => string} */
  const bibtex = (key, fields) => {
    /** @type {(text: string) => string} */
    const plain = (text) => text.replace(/[&%$#_]/g, "\\$&");
    const lines = fields.flatMap(([name, value]) => (value ? `  ${name.padEnd(12)} = {${/url/.test(name) ? value : plain(value)}}` : []));
    return `@misc{${key},\n${lines.join(",\n")}\n}`;
  };

  // Of a paragraph or range: the text, its translation, the number.
  /** @type {(id: string, fragment: string) => Citation} */
  const ofText = (id, fragment) => {
    const source = window.dossierPreviews.sources[id];
    const numbers = fragment.split("-").map((part) => part.slice(1));
    const one = numbers.length === 1;
    const place = one ? `paragraph ${numbers[0]}` : `paragraphs ${numbers.join("–")}`;
    const translators = source.translators.join(" and ");
    const translated = source.translated.slice(0, 4);
    const issued = [source.publisher, source.dateWords].filter(Boolean).join(", ");
    const by = translators ? `Translated by ${translators}, ${translated}, ` : "";
    const [year, month] = /^[1-9]/.test(source.date) ? source.date.split("-") : [source.date && source.dateWords];
    const { edition, pin } = pinned(source, Number(numbers[0]), Number(numbers.at(-1)));
    const link = address(fragment + pin);
    const now = new Date();
    const mark = source.byEditors ? " [editors’ title]" : "";
    const when = !year ? "n.d." : source.dateWords.includes(" ") ? `${year}, ${source.dateWords.replace(/,? \d{4}.*$/, "")}` : year;
    return {
      link,
      chicago: `${source.author ? `${source.author}. ` : ""}“${source.title}”${mark}. ${issued}. ${by}${by ? place : place[0].toUpperCase() + place.slice(1)}. In ${site}${edition && `, ${inWords(edition)}`}.${accessed(link, now)}`,
      apa: `${source.author ? `${source.author} (${when}). ` : ""}${source.title}${mark}${translators ? ` (${translators}, Trans.)` : ""}. ${source.author ? "" : `(${when}). `}${source.publisher ? `${source.publisher}. ` : ""}(${translators ? `Translation published ${translated} in ` : ""}${site}; ${one ? "para." : "paras."} ${numbers.join("–")}${edition && `; ${inWords(edition)}`}).${retrieved(link, now)}`,
      bibtex: bibtex(`${id}-${fragment}`, [
        ["title", `{${source.title}}`],
        ["author", source.author],
        ["year", year],
        ["month", month && String(Number(month))],
        ["howpublished", source.publisher],
        ["version", edition],
        ["note", `${source.author ? "" : "Author unknown; "}${source.byEditors ? "title by the editors; " : ""}${translators ? `translated by ${translators}, ${translated}, ` : ""}in ${site}; ${place}`],
        ["url", link],
        ["urldate", link && iso(now)],
      ]),
    };
  };

  const heading = document.querySelector("h1")?.textContent.replace("¶", "").trim() ?? "";

  // Of an entry: its own page, or its place on the page of a list.
  /** @type {(name: string, fragment?: string) => Citation} */
  const ofEntry = (name, fragment = "") => {
    const link = address(fragment);
    const now = new Date();
    const key = fragment || /([^/]*?)(?:\.html)?$/.exec(location.pathname)?.[1] || "index";
    const within = `${fragment ? `“${heading},” in ${site}` : site}${version && `, ${inWords(version)}`}`;
    return {
      link,
      chicago: `“${name}.” In ${within}.${accessed(link, now)}`,
      apa: `${name}. (n.d.). In ${within}.${retrieved(link, now)}`,
      bibtex: bibtex(key, [["title", `{${name}}`], ["howpublished", `In: ${fragment ? `${heading}, ` : ""}${site}`], ["version", version], ["url", link], ["urldate", link && iso(now)]]),
    };
  };

  // American usage: double marks outside, single ones within.
  /** @type {(passage: string, citation: Citation) => string} */
  const quoted = (passage, citation) => `“${passage.replace(/“/g, "‘").replace(/”/g, "’")}” (${citation.chicago.replace(/\.$/, "")})`;

  /** @type {HTMLDialogElement | null} */
  let dialog = null;
  /** @type {(title: string, citation: Citation, passage: string) => void} */
  const show = (title, citation, passage) => {
    const shown = dialog ??= document.body.appendChild(element("dialog", { class: "cite-dialog", "aria-labelledby": "cite-heading" }));
    /** @type {(label: string, text: string, what: string, pre?: boolean) => HTMLElement} */
    const row = (label, text, what, pre = false) => {
      const given = element(pre ? "pre" : "p", {}, text);
      const button = element("button", { type: "button", class: "cite-copy", "aria-label": `Copy ${what}` }, "Copy");
      button.addEventListener("click", async () => {
        // Where nothing may be copied, the text is selected for the reader to copy.
        if (!(await copy(text, what))) document.getSelection()?.selectAllChildren(given);
      });
      return element("div", { class: "cite-row" }, element("div", {}, element("b", {}, label), given), button);
    };
    const close = element("button", { type: "button", class: "cite-close" }, "Close");
    close.addEventListener("click", () => shown.close());
    shown.replaceChildren(
      element("h2", { id: "cite-heading" }, title),
      citation.link ? row("Permanent link", citation.link, "the link") : element("p", { class: "no-link" }, "This copy was opened from a disk and does not know where the edition is published: there is no permanent link."),
      ...(passage ? [row("Passage with citation", quoted(passage, citation), "the passage with its citation")] : []),
      row("Chicago", citation.chicago, "the citation in Chicago style"),
      row("APA", citation.apa, "the citation in APA style"),
      row("BibTeX", citation.bibtex, "the citation as BibTeX", true),
      close,
    );
    shown.showModal();
  };

  // The words of a piece of the text, without numbers and note marks.
  /** @type {(fragment: DocumentFragment | Element) => string} */
  const plain = (fragment) => {
    fragment.querySelectorAll(".para-no, .note-mark, .other-renderings, .speaker, .clause-label, .cites, a.cite").forEach((node) => node.remove());
    return (fragment.textContent ?? "").replace(/\s+/g, " ").trim();
  };
  // The same in pieces, cut where such a number or mark stands.
  /** @type {(fragment: DocumentFragment | Element) => string[]} */
  const between = (fragment) => {
    const cut = "\u0000";
    fragment.querySelectorAll(".para-no, .note-mark, .other-renderings").forEach((node) => node.replaceWith(cut));
    return (fragment.textContent ?? "").split(cut).map((text) => text.replace(/\s+/g, " ").trim()).filter(Boolean);
  };
  /** @type {(paragraph?: Element | null) => string} */
  const whole = (paragraph) => (paragraph ? plain(/** @type {Element} */ (paragraph.cloneNode(true))).replace(/\s+([.,;])/g, "$1") : "");

  // What is copied of several paragraphs is the text: no numbers, notes, or buttons from between them.
  document.addEventListener("copy", (event) => {
    const selection = document.getSelection();
    if (!selection?.rangeCount || selection.isCollapsed || !event.clipboardData) return;
    const copied = element("div", {}, selection.getRangeAt(0).cloneContents());
    const texts = [...copied.querySelectorAll(".para-text")];
    if (texts.length < 2) return;
    copied.querySelectorAll(".para-no, .note-mark, .other-renderings").forEach((node) => node.remove());
    event.clipboardData.setData("text/plain", texts.map((text) => (text.textContent ?? "").replace(/\s+/g, " ").trim()).filter(Boolean).join("\n\n"));
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
    const button = closest(event, ".cite-button, .cite-page, .cite-entry");
    if (!button) return;
    if (button.matches(".cite-page")) {
      show("Cite this page", ofEntry(heading), whole(document.querySelector(".md-content .lead p")));
      return;
    }
    if (button.matches(".cite-entry")) {
      const { name = "" } = button.dataset;
      const entry = button.closest("[id]");
      show(`Cite “${name}”`, ofEntry(name, entry?.id), whole(entry?.querySelector(".citable")));
      return;
    }
    const paragraph = button.closest(".para")?.querySelector(".para-text");
    const { source = "", paragraph: id = "" } = paragraph?.dataset ?? {};
    if (!(await ready())) return;
    show(`Cite paragraph ${id.slice(1)}`, ofText(source, id), whole(paragraph));
  });

  // The same for words selected in the text.
  const texts = [...document.querySelectorAll(".para-text[data-paragraph]")];
  if (!texts.length) return;
  const bar = element("div", { class: "select-bar", role: "group", "aria-label": "The selected words", hidden: "" });
  /** @type {Chosen | null} */
  let chosen = null;
  /** @type {(label: string, act: (chosen: Chosen, citation: Citation) => void) => void} */
  const offer = (label, act) => {
    const button = element("button", { type: "button" }, label);
    button.addEventListener("mousedown", (event) => event.preventDefault()); // keeps the selection
    button.addEventListener("click", async () => {
      if (!chosen) return;
      if (!(await ready())) return;
      act(chosen, ofText(chosen.source, chosen.fragment));
    });
    bar.append(button);
  };
  offer("Cite these words", ({ words: passage }, citation) => show("Cite the selected words", citation, passage));
  offer("Copy with citation", ({ words: passage }, citation) => copy(quoted(passage, citation), "the passage with its citation"));

  /**
   * A link that shows these words marked, in browsers that know text fragments; in others it leads to the paragraph.
   * Where a note's number stands among the words, its neighbors name the beginning and the end.
   * @type {(found: Chosen) => string | null}
   */
  const toWords = ({ fragment, pieces }) => {
    /** @type {(text: string) => string} */
    const code = (text) => encodeURIComponent(text).replace(/-/g, "%2D");
    /** @type {(text: string, from: number, to?: number) => string} */
    const some = (text, from, to) => text.split(" ").slice(from, to).join(" ");
    const [first, last] = [pieces[0], pieces[pieces.length - 1]];
    const short = pieces.length === 1 && first.split(" ").length <= 10;
    const text = short ? code(first) : `${code(some(first, 0, 4))},${code(some(last, -4))}`;
    return address(`${fragment.split("-")[0]}:~:text=${text}`);
  };
  offer("Link to these words", (found) => {
    const link = toWords(found);
    if (link) copy(link, "the link to these words");
    else say("This copy was opened from a disk and does not know where the edition is published");
  });

  /** @type {(selection: Selection | null) => Chosen | null} */
  const read = (selection) => {
    if (!selection || selection.isCollapsed || !selection.rangeCount) return null;
    const range = selection.getRangeAt(0);
    const parts = [];
    for (const paragraph of texts.filter((node) => range.intersectsNode(node))) {
      const part = document.createRange();
      part.selectNodeContents(paragraph);
      if (range.compareBoundaryPoints(Range.START_TO_START, part) > 0) part.setStart(range.startContainer, range.startOffset);
      if (range.compareBoundaryPoints(Range.END_TO_END, part) < 0) part.setEnd(range.endContainer, range.endOffset);
      const found = plain(part.cloneContents());
      if (found) parts.push({ paragraph, found, part });
    }
    const last = parts.at(-1);
    if (!last) return null;
    const { source = "", paragraph: to = "" } = last.paragraph.dataset;
    const [{ dataset: { paragraph: from = "" } }] = parts.map(({ paragraph }) => paragraph);
    return {
      source,
      fragment: parts.length === 1 ? from : `${from}-${to}`,
      words: parts.map(({ found }) => found).join(" "),
      pieces: parts.flatMap(({ part }) => between(part.cloneContents())),
      last,
    };
  };

  const update = () => {
    if (bar.contains(document.activeElement)) return;
    chosen = read(document.getSelection());
    bar.hidden = !chosen;
    if (!chosen) return;
    // Right behind its words in the order of the document, so that Tab leads from the selection to it.
    const { paragraph } = chosen.last;
    if (bar.previousElementSibling !== paragraph) paragraph.after(bar);
    const lines = chosen.last.part.getClientRects();
    const at = lines[lines.length - 1] ?? paragraph.getBoundingClientRect();
    const part = (bar.offsetParent ?? document.body).getBoundingClientRect();
    bar.style.top = `${at.bottom - part.top + 6}px`;
    bar.style.left = `${Math.max(0, Math.min(at.right - part.left - 60, part.width - bar.offsetWidth))}px`;
  };
  let wait = 0;
  document.addEventListener("selectionchange", () => { clearTimeout(wait); wait = setTimeout(update, 150); });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || composing(event) || bar.hidden || dialog?.open) return;
    bar.hidden = true;
    document.getSelection()?.collapseToEnd();
  });
})();
