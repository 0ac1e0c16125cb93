// A chapter on paper: a part of the text, an entry, or an argument with all it rests on, in the typography of the book, notes
// at its end and works with their addresses. It takes the page's place until one goes back, so that any way of printing works.
(() => {
  "use strict";
  const { element, chinese, load, root, path, say } = window.dossier;
  const LETTERS = "abcdefghijklmnopqrstuvwxyz";
  /** @type {(number: number) => string} a, b, … z, aa, ab … */
  const letter = (number) => (number < 26 ? "" : letter(Math.floor(number / 26) - 1)) + LETTERS[number % 26];

  /** @type {Promise<void> | null} */
  let styled = null;
  const styles = () => styled ??= new Promise((done) => {
    const link = element("link", { rel: "stylesheet", href: `${root}/assets/css/print.css` });
    link.onload = link.onerror = () => done();
    document.head.append(link);
  });

  // What is cited, by its key: "source#p12", "@work"; works in the order in which they are to be listed.

  /** @type {(link: HTMLElement) => string} */
  const cited = (link) => link.dataset.cite ?? "";
  /** @type {(key: string) => string} A citation as a page with numbered works shows it. */
  const label = (key) => (key.startsWith("@") ? String(works.indexOf(key.slice(1)) + 1) : key.split("#")[1].replace("-", "–"));
  /** @type {string[]} */
  let works = [];

  /**
   * A copy of what stands on the page, as paper has it: no controls, citations in brackets, links as mere words.
   * @type {<N extends Element>(node: N) => N}
   */
  const copied = (node) => {
    const copy = /** @type {typeof node} */ (node.cloneNode(true));
    copy.querySelectorAll("button, form, nav, script, svg, [hidden], .screen-only, .headerlink, .chart-frame, .para-no, .note-no, .other-renderings, .range-anchor").forEach((found) => found.remove());
    for (const group of copy.querySelectorAll(".cites")) group.replaceWith(`(${[...group.querySelectorAll("a.cite")].map((link) => link.textContent).join("; ")})`);
    for (const link of copy.querySelectorAll("a.cite")) link.replaceWith(...(link.closest(".thread-no") ? link.childNodes : ["(", ...link.childNodes, ")"]));
    for (const link of copy.querySelectorAll("a:not([rel])")) link.replaceWith(...link.childNodes);
    for (const box of copy.querySelectorAll("details")) box.open = true;
    copy.querySelectorAll("[id]").forEach((found) => found.removeAttribute("id"));
    copy.removeAttribute("id");
    return copy;
  };

  /** @type {(note: Element, selector: string) => (Node | string)[]} The words of a note that stand where a selector says. */
  const words = (note, selector) => [...note.querySelectorAll(selector)].flatMap((found) => [" ", ...copied(found).childNodes]);

  /** @typedef {{ mark: string, content: (Node | string)[] }} PrintedNote */

  /**
   * A paragraph with its number and the marks that call its notes, in their order; notes without a place come last.
   * @type {(section: Element) => { text: HTMLElement, notes: PrintedNote[] }}
   */
  const paragraph = (section) => {
    const shown = /** @type {HTMLElement} */ (section.querySelector(".para-text"));
    const text = copied(shown);
    const number = (section.querySelector(".para-no")?.textContent ?? "").trim();
    /** @type {Map<Element, (Node | string)[]>} */
    const called = new Map();
    // Those of the translators have their marks in the text.
    for (const mark of text.querySelectorAll(".note-mark")) {
      const own = element("sup", {}, (mark.textContent ?? "").replace("*", "").trim());
      const note = [...section.querySelectorAll(".note-translators")].find((found) => found.querySelector(".note-no")?.textContent === own.textContent);
      mark.replaceWith(own);
      if (note) called.set(own, words(note, "p"));
    }
    /** @type {(after: Node | null | undefined, content: (Node | string)[]) => void} */
    const call = (after, content) => {
      const mark = element("sup", { class: "lettered" });
      const next = after?.nextSibling;
      // Behind the marks that close the words.
      const closing = next instanceof Text ? /^[.,;:?!”’)]*/.exec(next.data)?.[0].length ?? 0 : 0;
      if (next instanceof Text && closing) next.splitText(closing).before(mark);
      else if (after instanceof Element) after.after(mark);
      else text.append(mark);
      called.set(mark, content);
    };
    for (const note of section.querySelectorAll(".note-check")) {
      const verdict = (note.querySelector(".verdict")?.textContent ?? "").trim();
      const name = (note.querySelector("summary")?.textContent ?? "").replace(verdict, "").trim();
      const at = [...text.querySelectorAll(`[data-check="${note.id.replace("check-", "")}"]`)].pop();
      call(at, [element("b", {}, `${verdict[0].toUpperCase()}${verdict.slice(1)}.`), " ", ...chinese(name), ".", ...words(note, "p:not(.by)"), ...words(note, ".by")]);
    }
    for (const note of section.querySelectorAll(".note-reading, .note-term")) {
      const head = note.querySelector("summary");
      call(null, [element("b", {}, ...(head ? copied(head).childNodes : []), "."), ...words(note, "p")]);
    }
    text.querySelectorAll(".lettered").forEach((mark, at) => { mark.textContent = letter(at); });
    for (const span of text.querySelectorAll(".said")) span.replaceWith(...span.childNodes);
    text.className = "words";
    text.prepend(element("span", { class: "no" }, number), " ");
    const marks = [...text.querySelectorAll("sup")].filter((mark) => called.has(mark));
    return { text, notes: marks.map((mark) => ({ mark: mark.textContent ?? "", content: called.get(mark) ?? [] })) };
  };

  /** @type {(title: string, content: (Node | string)[], numbered?: boolean) => (Node | string)[]} */
  const listOfWorks = (title, content, numbered = true) => (content.length ? [element("h2", {}, title), element(numbered ? "ol" : "ul", { class: "listed" }, ...content)] : []);
  /** @type {(id: string, labeled: boolean) => HTMLElement} */
  const work = (id, labeled) => {
    const [short, long, address] = window.dossierPrinted.works[id];
    return element("li", {}, ...(labeled ? [element("b", {}, ...chinese(short), "."), " "] : []), ...chinese(long), " ", address ? element("a", { href: address }, address) : "Address unknown.");
  };

  /** @type {(id: string) => HTMLElement} A part of the text. */
  const ofPart = (id) => {
    const heading = /** @type {HTMLElement} */ (document.getElementById(id));
    /** @type {Element[]} */
    const nodes = [];
    for (let node = heading.nextElementSibling; node && node.tagName !== "H2"; node = node.nextElementSibling) nodes.push(node);
    const sections = nodes.filter((node) => node.matches(".para"));
    const { source = "" } = /** @type {HTMLElement} */ (sections[0].querySelector(".para-text")).dataset;
    /** @type {Set<string>} */
    const listed = new Set();
    /** @type {(Node | string)[]} */
    const text = [];
    /** @type {(Node | string)[]} */
    const notes = [];
    for (const node of nodes) {
      if (/^H[3-6]$/.test(node.tagName)) text.push(copied(node));
      if (!node.matches(".para")) continue;
      const found = paragraph(node);
      text.push(found.text);
      if (!found.notes.length) continue;
      for (const link of node.querySelectorAll("a.cite")) if (cited(link).startsWith("@")) listed.add(cited(link).slice(1));
      notes.push(element("h3", {}, `On paragraph ${node.id.slice(1)}`), ...found.notes.map(({ mark, content }) => element("p", {}, element("b", {}, mark), " ", ...content)));
    }
    const range = sections.length > 1 ? `${sections[0].id}-${sections[sections.length - 1].id}` : sections[0].id;
    const subject = nodes.find((node) => node.matches(".part-subject"));
    const inOrder = [...listed].sort((one, other) => window.dossierPrinted.works[one][0].localeCompare(window.dossierPrinted.works[other][0], "en"));
    return sheet(window.dossierPreviews.sources[source].title, copied(heading).textContent ?? "", subject ? copied(subject).childNodes : [], window.dossier.cite?.ofText(source, range).chicago ?? "", [
      ...text,
      ...(notes.length ? [element("section", { class: "notes" }, element("h2", {}, "Notes"), ...notes)] : []),
      ...listOfWorks("Works cited in the notes", inOrder.map((one) => work(one, true)), false),
    ]);
  };

  /** @type {(keys: string[]) => string} */
  const brackets = (keys) => (keys.length ? ` (${keys.map(label).join("; ")})` : "");

  /**
   * What an argument rests on: the arguments that support it, each with its premises, down to the last; then the paragraphs.
   * @type {(id: string, keys: Set<string>) => (Node | string)[]}
   */
  const grounds = (id, keys) => {
    const { arguments: all } = window.dossierPrinted;
    const below = [...all[id].below];
    for (const one of below) for (const other of all[one].below) if (other !== id && !below.includes(other)) below.push(other);
    const { entries, paragraphs, sources } = window.dossierPreviews;
    /** @type {(one: string) => string} */
    const name = (one) => entries[`argument:${one}`][0];
    for (const one of below) for (const [, own] of [all[one].claim, ...all[one].premises]) for (const key of own) keys.add(key);
    for (const key of keys) if (key.startsWith("@") && !works.includes(key.slice(1))) works.push(key.slice(1));
    const supported = [id, ...below];
    const outline = below.map((one) => element("li", {},
      element("p", {}, element("b", {}, ...chinese(name(one)), "."), " ", ...chinese(all[one].claim[0]), brackets(all[one].claim[1]), " ", element("span", { class: "voice" }, all[one].maker)),
      element("p", {}, element("span", { class: "label" }, "Supports:"), " ", ...chinese(supported.filter((other) => all[other].below.includes(one)).map(name).join("; ")), "."),
      ...all[one].premises.map(([text, own, voice, unsaid]) => element("p", {}, element("span", { class: "label" }, unsaid ? "Assumed, not stated:" : "Rests on:"), " ", ...chinese(text), brackets(own), " ", element("span", { class: "voice" }, voice)))));
    /** @type {Map<string, Set<number>>} */
    const numbers = new Map();
    for (const key of keys) {
      const [source, range] = key.split("#");
      if (!range) continue;
      const [first, last = first] = range.split("-").map((number) => Number(number.slice(1)));
      const own = numbers.get(source) ?? new Set();
      numbers.set(source, own);
      for (let number = first; number <= last; number++) own.add(number);
    }
    const several = Object.keys(sources).length > 1;
    return [
      ...(below.length ? [element("h2", {}, "The arguments on which it rests"), element("ul", { class: "outline" }, ...outline)] : []),
      element("h2", {}, "The paragraphs on which all this rests"),
      ...[...numbers].flatMap(([source, own]) => [
        ...(several ? [element("h3", {}, sources[source].title)] : []),
        ...[...own].sort((one, other) => one - other).map((number) => element("p", { class: "words" }, element("span", { class: "no" }, String(number)), " ", ...chinese(paragraphs[source][number - 1]))),
      ]),
    ];
  };

  /** @returns {HTMLElement} The page of an entry. */
  const ofPage = () => {
    const page = /** @type {HTMLElement} */ (document.querySelector(".md-content__inner"));
    const [, argument] = /^arguments\/([\w-]+)\.html$/.exec(path) ?? [];
    works = [...page.querySelectorAll(".sources a.cite")].map((link) => cited(link).slice(1));
    const body = copied(page);
    const title = (body.querySelector("h1")?.textContent ?? "").trim();
    const kicker = body.querySelector(".kicker");
    const from = body.querySelector(".of-source");
    const gone = [...body.children].filter((node) => node.matches(".turn, .page-foot"));
    for (const node of [...gone, ...body.querySelectorAll("h1, .kicker, .origin, .sources, .note-line")]) node.remove();
    /** @type {Set<string>} */
    const keys = new Set();
    if (argument) {
      for (const link of page.querySelectorAll("a.cite")) if (!link.closest(".thread, .sources")) keys.add(cited(link));
      body.querySelector(".thread")?.remove();
    }
    const more = argument ? grounds(argument, keys) : [];
    // A heading under which nothing is left.
    for (const heading of body.querySelectorAll("h2, h3")) if (!heading.nextElementSibling || /^H[1-3]$/.test(heading.nextElementSibling.tagName)) heading.remove();
    return sheet(from?.textContent ?? "", title, kicker?.childNodes ?? [], window.dossier.cite?.ofEntry(title).chicago ?? "", [...body.childNodes, ...more, ...listOfWorks("Sources", works.map((id) => work(id, false)))]);
  };

  /**
   * The chapter: what it is from, its title, how it is cited and in which edition, and its content.
   * @type {(from: string, title: string, subject: Iterable<Node>, citation: string, content: (Node | string)[]) => HTMLElement}
   */
  const sheet = (from, title, subject, citation, content) => element("main", { class: "print-sheet", tabindex: "-1", "aria-label": `${title}, for print` },
    element("header", {},
      element("p", { class: "from" }, ...chinese(from.trim())),
      element("h1", {}, ...chinese(title.replace("¶", "").trim())),
      element("p", { class: "subject" }, ...subject),
      element("p", { class: "citation" }, ...chinese(citation))),
    ...content);

  /** @type {Dossier["print"]} */
  const print = async (button) => {
    await Promise.all([styles(), load("previews"), load("printed")]);
    const made = button.dataset.part ? ofPart(button.dataset.part) : ofPage();
    const go = element("button", { type: "button" }, "Print or save as PDF");
    const back = element("button", { type: "button" }, "Back to the page");
    const at = scrollY;
    const { title } = document;
    const close = () => {
      made.remove();
      document.documentElement.classList.remove("printing");
      document.title = title;
      document.removeEventListener("keydown", escape);
      scrollTo(0, at);
      button.focus({ preventScroll: true });
    };
    /** @type {(event: KeyboardEvent) => void} */
    const escape = (event) => { if (event.key === "Escape") close(); };
    go.addEventListener("click", () => document.fonts.ready.then(() => window.print()));
    back.addEventListener("click", close);
    document.addEventListener("keydown", escape);
    made.prepend(element("p", { class: "print-bar" }, go, " ", back));
    document.body.append(made);
    document.documentElement.classList.add("printing");
    document.title = `${made.querySelector("h1")?.textContent ?? ""}, ${title}`;
    scrollTo(0, 0);
    made.focus({ preventScroll: true });
    say("Shown as it is printed");
  };
  window.dossier.print = print;
})();
