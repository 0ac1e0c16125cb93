// Citing: links, citations and quoted passages to copy, of a paragraph, an entry or a selection.
(() => {
  "use strict";
  const { load, run, element, closest, copy, say, composing, path, published, root } = window.dossier;
  const site = document.querySelector("meta[name=dossier-site]")?.content ?? document.title;

  /** @type {(date: Date) => string} */
  const iso = (date) => `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, "0")}-${String(date.getDate()).padStart(2, "0")}`;
  /** @type {(date: Date) => string} */
  const words = (date) => date.toLocaleDateString("en-US", { year: "numeric", month: "long", day: "numeric" });
  /** @type {Citing["address"]} */
  const address = (fragment, page = path) => published && `${published}${page}${fragment && `#${fragment}`}`;
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
  /**
   * @param {string} template A record of hooks/dossier/exports/bibliographic.py, with slots.
   * @param {Record<string, string | null>} values What goes into them; a field whose slot stays empty goes.
   */
  const bibtex = (template, values) => {
    const lines = template.trim().split("\n").flatMap((line) => {
      let empty = false;
      const filled = line.replace(/\ue000(\w+)\ue001/g, (_, name) => {
        empty ||= !values[name];
        return values[name] ?? "";
      });
      return empty ? [] : [filled];
    });
    return lines.join("\n").replace(/,\n\}$/, "\n}");
  };

  // Of a source, a paragraph or a range: the text, its translation, the number.
  /** @type {Citing["ofText"]} */
  const ofText = (id, fragment) => {
    const source = window.dossierPreviews.sources[id];
    const numbers = fragment ? fragment.split("-").map((part) => part.slice(1)) : [];
    const one = numbers.length === 1;
    const place = !fragment ? "" : one ? `paragraph ${numbers[0]}` : `paragraphs ${numbers.join("–")}`;
    const translators = source.translators.join(" and ");
    const translated = source.translated.slice(0, 4);
    const issued = [source.publisher, source.dateWords].filter(Boolean).join(", ");
    const by = [translators && `translated by ${translators}, ${translated}`, place].filter(Boolean).join(", ");
    const year = /^[1-9]/.test(source.date) ? source.date.split("-")[0] : source.date && source.dateWords;
    const { edition, pin } = fragment ? pinned(source, Number(numbers[0]), Number(numbers.at(-1))) : { edition: source.version, pin: "" };
    const link = address(fragment + pin, `sources/${id}.html`);
    const now = new Date();
    const mark = source.byEditors ? " [editors’ title]" : "";
    const when = !year ? "n.d." : source.dateWords.includes(" ") ? `${year}, ${source.dateWords.replace(/,? \d{4}.*$/, "")}` : year;
    return {
      link,
      chicago: `${source.author ? `${source.author}. ` : ""}“${source.title}”${mark}. ${issued}. ${by && `${by[0].toUpperCase()}${by.slice(1)}. `}In ${site}${edition && `, ${inWords(edition)}`}.${accessed(link, now)}`,
      apa: `${source.author ? `${source.author} (${when}). ` : ""}${source.title}${mark}${translators ? ` (${translators}, Trans.)` : ""}. ${source.author ? "" : `(${when}). `}${source.publisher ? `${source.publisher}. ` : ""}(${translators ? `Translation published ${translated} in ` : ""}${site}${fragment && `; ${one ? "para." : "paras."} ${numbers.join("–")}`}${edition && `; ${inWords(edition)}`}).${retrieved(link, now)}`,
      bibtex: bibtex(fragment ? source.bibtex.part : source.bibtex.whole, {
        key: fragment ? `${id}-${fragment}` : id, part: place, version: edition, url: link, urldate: link && iso(now),
      }),
    };
  };

  const heading = document.querySelector("h1")?.textContent.replace("¶", "").trim() ?? "";

  // Of an entry: its own page, or its place on the page of a list.
  /** @type {Citing["ofEntry"]} */
  const ofEntry = (name, fragment = "") => {
    const link = address(fragment);
    const now = new Date();
    const { page, tex: signs } = window.dossierPreviews.bibtex;
    /** @type {(text: string) => string} */
    const tex = (text) => Array.from(text, (sign) => signs[sign] ?? sign).join("");
    const within = `${fragment ? `“${heading},” in ${site}` : site}${version && `, ${inWords(version)}`}`;
    return {
      link,
      chicago: `“${name}.” In ${within}.${accessed(link, now)}`,
      apa: `${name}. (n.d.). In ${within}.${retrieved(link, now)}`,
      bibtex: bibtex(page, {
        // Named after its address, as an entry may have the id of a source.
        key: [...path.replace(/\.html$/, "").split("/"), fragment].filter(Boolean).join("-") || "index",
        title: tex(name), within: tex(`${fragment ? `${heading}, ` : ""}${site}`), version, url: link, urldate: link && iso(now),
      }),
    };
  };

  // American usage: double marks outside, single ones within.
  /** @type {Citing["quoted"]} */
  const quoted = (passage, citation) => `“${passage.replace(/“/g, "‘").replace(/”/g, "’")}” (${citation.chicago.replace(/\.$/, "")})`;

  // To paste into another page: no script, no request.
  /** @type {(text: string) => string} */
  const coded = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  /** @type {Citing["quoted"]} */
  const html = (passage, { link, chicago }) => {
    const said = link ? coded(chicago).replace(coded(link), `<a href="${coded(link)}">${coded(link)}</a>`) : coded(chicago);
    return `<blockquote lang="en"${link ? ` cite="${coded(link)}"` : ""}>\n<p>${coded(passage)}</p>\n<footer>${said}</footer>\n</blockquote>`;
  };

  /** @type {HTMLDialogElement | null} */
  let dialog = null;
  /** @type {(title: string, citation: Citation, passage: string, where: HTMLElement | Part[], at?: string) => void} */
  const show = (title, citation, passage, where, at = "") => {
    const shown = dialog ??= document.body.appendChild(element("dialog", { class: "cite-dialog", "aria-labelledby": "cite-heading" }));
    /** @type {(label: string, text: string, what: string, pre?: boolean) => HTMLElement} */
    const row = (label, text, what, pre = false) => {
      const given = element(pre ? "pre" : "p", {}, text);
      const button = element("button", { type: "button", class: "cite-copy", "aria-label": `Copy ${what}` }, "Copy");
      button.addEventListener("click", async () => {
        // If copying is not allowed, the text is selected for the reader to copy.
        if (!(await copy(text, what))) document.getSelection()?.selectAllChildren(given);
      });
      return element("div", { class: "cite-row" }, element("div", {}, element("b", {}, label), given), button);
    };
    const close = element("button", { type: "button", class: "cite-close" }, "Close");
    close.addEventListener("click", () => shown.close());
    const report = element("button", { type: "button" }, "Report a mistake here");
    report.addEventListener("click", () => { shown.close(); window.dossier.notes?.act("report", where); });
    shown.replaceChildren(
      element("h2", { id: "cite-heading" }, title),
      citation.link ? row("Permanent link", citation.link, "the link") : element("p", { class: "no-link" }, "This copy was opened from a disk and does not know where the edition is published: there is no permanent link."),
      ...(passage ? [row("Passage with citation", quoted(passage, citation), "the passage with its citation")] : []),
      row("Chicago", citation.chicago, "the citation in Chicago style"),
      row("APA", citation.apa, "the citation in APA style"),
      row("BibTeX", citation.bibtex, "the citation as BibTeX", true),
      ...(passage ? [row("HTML, to quote it on another page", html(passage, citation), "the passage as HTML", true)] : []),
      element("p", { class: "cite-foot" }, report, " ", element("a", { href: `${root}/propose.html?at=${encodeURIComponent(`${path}#${at}`)}` }, "Propose a change here"), " ", close),
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

  // Copying several paragraphs copies their text: no numbers, notes, or buttons from between them.
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

  const paragraphs = [...document.querySelectorAll(".para-text[data-paragraph]")];
  document.addEventListener("click", async (event) => {
    const button = closest(event, ".cite-button:not(.note-button), .cite-page, .cite-entry");
    if (!button || !(await ready())) return;
    if (button.matches(".cite-page")) {
      const { source } = paragraphs[0]?.dataset ?? {};
      if (source) show("Cite the whole text", ofText(source, ""), "", button);
      else show("Cite this page", ofEntry(heading), whole(document.querySelector(".md-content .lead p")), button);
      return;
    }
    if (button.matches(".cite-entry")) {
      const { name = "" } = button.dataset;
      const entry = button.closest("[id]");
      show(`Cite “${name}”`, ofEntry(name, entry?.id), whole(entry?.querySelector(".citable")), button, entry?.id);
      return;
    }
    const paragraph = button.closest(".para")?.querySelector(".para-text");
    const { source = "", paragraph: id = "" } = paragraph?.dataset ?? {};
    show(`Cite paragraph ${id.slice(1)}`, ofText(source, id), whole(paragraph), button, id);
  });

  // A chapter on paper: what makes it comes when it is asked for.
  document.addEventListener("click", async (event) => {
    const button = closest(event, ".print-page");
    if (!button || !(await ready())) return;
    run("js/print").then(() => window.dossier.print(button)).catch(() => say("What printing needs could not be loaded: check the connection and try again"));
  });

  // The same for words selected in the text, or on a page without one anywhere.
  const texts = paragraphs.length ? paragraphs : [...document.querySelectorAll(".md-content__inner")];
  if (!texts.length) return;
  const bar = element("div", { class: "select-bar", role: "group", "aria-label": "The selected words", hidden: "" });
  /** @type {Chosen | null} */
  let chosen = null;
  /** @type {Citing["offer"]} */
  const offer = (label, act) => {
    const button = element("button", { type: "button" }, label);
    button.addEventListener("mousedown", (event) => event.preventDefault()); // keeps the selection
    button.addEventListener("click", () => {
      const now = read(document.getSelection()) ?? chosen;
      if (now) act(now);
    });
    bar.append(button);
  };
  /** @type {(chosen: Chosen) => Promise<Citation | null>} */
  const citation = async ({ source, fragment }) => {
    if (!(await ready())) return null;
    return source ? ofText(source, fragment) : ofEntry(heading);
  };
  offer("Cite these words", async (those) => {
    const found = await citation(those);
    if (found) show("Cite the selected words", found, those.words, those.parts, those.fragment);
  });
  offer("Copy with citation", async (those) => {
    const found = await citation(those);
    if (found) copy(quoted(those.words, found), "the passage with its citation");
  });

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
    // What is typed into a form, or shown in a dialog, is not part of the text.
    if (range.commonAncestorContainer.parentElement?.closest("form, dialog, .finder, .own-notes")) return null;
    /** @type {Part[]} */
    const parts = [];
    for (const paragraph of texts.filter((node) => range.intersectsNode(node))) {
      const part = document.createRange();
      part.selectNodeContents(paragraph);
      if (range.compareBoundaryPoints(Range.START_TO_START, part) > 0) part.setStart(range.startContainer, range.startOffset);
      if (range.compareBoundaryPoints(Range.END_TO_END, part) < 0) part.setEnd(range.endContainer, range.endOffset);
      const found = plain(part.cloneContents());
      if (found) parts.push({ paragraph, found, part });
    }
    const [first, last] = [parts[0], parts[parts.length - 1]];
    if (!last) return null;
    const { source = "", paragraph: from = "" } = first.paragraph.dataset;
    const { paragraph: to = "" } = last.paragraph.dataset;
    return {
      parts,
      source,
      fragment: first === last ? from : `${from}-${to}`,
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
    const { paragraph: text, part: { endContainer: end } } = chosen.last;
    const block = (end instanceof Element ? end : end.parentElement)?.closest("p, blockquote, ul, ol, dl, table, h1, h2, h3, .md-content__inner > *");
    const paragraph = (chosen.source ? text : block ?? text.lastElementChild) ?? text;
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
  window.dossier.cite = { offer, ofText, ofEntry, quoted, address };
})();
