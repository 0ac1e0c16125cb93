// A reader's own layer on this page: words marked, notes beside them, and the form in which one is written. The text's markup
// is never touched: words are marked through the CSS highlight API, or by boxes behind them where an engine lacks it.
(() => {
  "use strict";
  const { element, say, path, run } = window.dossier;
  const { revision, describe, locate, propose, read, range, within } = window.dossier.anchor;
  const { OWN, open } = window.dossier.noteStore;
  const article = document.querySelector(".md-content__inner");
  const SHOWN = 5; // of the notes on a place; the list has the others
  const PROBLEMS = {
    forbidden: "This browser keeps nothing for this page (a private window, or storage is forbidden). Your notes last until you close it: export them to keep them.",
    full: "The browser’s storage is full. What was kept before is still kept; the newest notes last until you close this page: export them, or delete others.",
    refused: "The browser refused to keep the newest notes. They last until you close this page: export them to keep them.",
  };

  /** @typedef {import("./notes-store.js").Note} Note */
  /** @typedef {import("./notes-anchor.js").Spot} Spot */
  /** @typedef {{at: string, holder: Element, title: string}} Place */

  let opening = null;
  const store = () => (opening ??= open());

  // Places

  /** @param {Element} node @returns {Place} the paragraph, the entry of a list, or the page on which something stands */
  const placeOf = (node) => {
    const text = node.closest(".para")?.querySelector(".para-text");
    if (text) return { at: text.dataset.paragraph, holder: text, title: `paragraph ${text.dataset.paragraph.slice(1)}` };
    for (let at = node.closest("[id]"); at; at = at.parentElement?.closest("[id]")) {
      const named = at.querySelector(".cite-entry");
      if (named?.closest("[id]") === at) return { at: at.id, holder: at, title: named.dataset.name };
    }
    return { at: "", holder: article, title: article.querySelector("h1")?.textContent.replace("¶", "").trim() || document.title };
  };
  /** What a note on a whole place is about: of an entry, what it says in short. */
  const gist = ({ at, holder }) => (holder.matches(".para-text") ? holder : (at ? holder.querySelector(".citable") : holder.querySelector(".lead p")) ?? holder);
  /** @param {Spot} spot @returns {Element | null} */
  const holderOf = ({ at, whole }) => {
    const paragraph = at && document.querySelector(`.para-text[data-paragraph="${CSS.escape(at)}"]`);
    const holder = paragraph || (at ? document.getElementById(at) : article);
    return holder && whole ? gist({ at, holder }) : holder;
  };

  /** @param {{part: Range, paragraph: Element}[]} parts of a selection @returns {{spots: Spot[], title: string}} */
  const spotsOf = (parts) => {
    const places = parts.map(({ part, paragraph }) => {
      const [first, last] = [part.startContainer, part.endContainer].map((node) => placeOf(node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement));
      const place = paragraph.matches(".para-text") ? placeOf(paragraph) : first.holder === last.holder ? first : placeOf(article);
      const words = read(place.holder);
      const hit = within(words, part);
      if (!hit) return null;
      const all = place.holder.matches(".para-text") && hit.end - hit.start === words.text.length;
      return { place, spot: all ? describe(place.at, words.text) : describe(place.at, words.text, hit.start, hit.end) };
    }).filter(Boolean);
    const titles = places.map(({ place }) => place.title);
    const title = titles.length > 1 ? `${titles[0].replace("paragraph", "paragraphs")}–${titles.at(-1).replace("paragraph ", "")}` : titles[0];
    return { spots: places.map(({ spot }) => spot), title };
  };
  /** @param {Place} place @returns {{spots: Spot[], title: string}} */
  const wholeOf = (place) => ({ spots: [describe(place.at, read(gist(place)).text)], title: place.title });

  // Keeping

  const channel = "BroadcastChannel" in window ? new BroadcastChannel("dossier-notes") : null;
  let line = null;
  const problem = (name) => {
    line?.remove();
    line = null;
    if (!name) return;
    const list = element("button", { type: "button" }, "Export");
    list.addEventListener("click", () => window.dossier.notes.list());
    const close = element("button", { type: "button", "aria-label": "Close" }, "✕");
    close.addEventListener("click", () => line.remove());
    line = element("div", { class: "newer own-problem", role: "alert" }, PROBLEMS[name], " ", list, " ", close);
    document.body.append(line);
  };
  const changed = async () => {
    problem((await store()).problem);
    channel?.postMessage("changed");
    await draw();
    await window.dossier.notes.refresh?.();
  };
  /** @param {Note[]} notes */
  const put = async (notes) => { await (await store()).put(notes); await changed(); };
  /** @param {string[]} ids */
  const remove = async (ids) => { await (await store()).remove(ids); await changed(); };

  const uuid = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  };
  /** @param {{spots: Spot[], title: string}} about @param {Partial<Note>} [more] @returns {Note} */
  const made = (about, more = {}) => ({ id: `urn:uuid:${uuid()}`, layer: OWN, page: path, ...about, body: "", tags: [], created: new Date().toISOString(), ...more });

  const highlight = async (parts) => {
    const about = spotsOf(parts);
    if (!about.spots.length) return;
    if (document.getSelection().rangeCount) document.getSelection().collapseToEnd();
    await put([made(about)]);
    say(`Highlighted, ${about.title}`);
  };

  // Drawing

  const names = (color) => `own-layer-${color}`;
  const overlay = { node: null, marked: [] };
  const boxes = () => {
    overlay.node ??= article.appendChild(element("div", { class: "own-overlay", "aria-hidden": "true" }));
    const origin = overlay.node.getBoundingClientRect();
    overlay.node.replaceChildren(...overlay.marked.flatMap(({ color, ranges }) => ranges.flatMap((found) => [...found.getClientRects()].map((rect) => {
      const box = element("i", { "data-color": color });
      Object.assign(box.style, { left: `${rect.left - origin.left}px`, top: `${rect.top - origin.top}px`, width: `${rect.width}px`, height: `${rect.height}px` });
      return box;
    }))));
  };
  /** @param {{color: number, ranges: Range[]}[]} marked */
  const paint = (marked) => {
    if ("highlights" in CSS) {
      for (const name of [...CSS.highlights.keys()]) if (name.startsWith("own-layer-")) CSS.highlights.delete(name);
      for (const { color, ranges } of marked) CSS.highlights.set(names(color), Object.assign(new Highlight(...ranges), { priority: color ? 0 : 1 }));
      return;
    }
    if (!overlay.marked.length && marked.length) new ResizeObserver(boxes).observe(article);
    overlay.marked = marked;
    boxes();
  };

  /** Intervals without overlaps, so that a thousand notes on a word are one mark. */
  const merged = (intervals) => {
    const found = [];
    for (const { start, end } of intervals.sort((a, b) => a.start - b.start)) {
      const last = found.at(-1);
      if (last && start <= last.end) last.end = Math.max(last.end, end);
      else found.push({ start, end });
    }
    return found;
  };

  /** What is drawn: by note its spots as they were found. */
  let drawn = [];
  let drawing = Promise.resolve();
  const draw = () => (drawing = drawing.catch(() => {}).then(async () => {
    const kept = await store();
    const layers = new Map((await kept.layers()).filter(({ shown }) => shown).map((layer) => [layer.id, layer]));
    const notes = (await kept.on(path)).filter(({ layer }) => layers.has(layer)).sort((a, b) => (a.created < b.created ? -1 : 1));
    const texts = new Map();
    const textOf = (holder) => texts.get(holder) ?? texts.set(holder, read(holder)).get(holder);
    drawn = notes.map((note) => {
      const spots = note.spots.map((spot) => {
        const holder = holderOf(spot);
        const words = holder && textOf(holder);
        const found = locate(spot, words ? words.text : null);
        if (found.state === "stands" || found.state === "gone") return { spot, holder, words, found };
        const now = (words.revision ??= revision(spot.at, words.text));
        if (note.kept?.includes(now)) found.state = "kept";
        return { spot, holder, words, now, found };
      });
      return { note, layer: layers.get(note.layer), spots };
    });
    const marks = new Map();
    for (const { note, layer, spots } of drawn) {
      for (const { spot, holder, found } of spots) {
        if (found.state !== "stands" || (spot.whole && (note.body || note.tags.length))) continue;
        const by = marks.get(layer.color) ?? marks.set(layer.color, new Map()).get(layer.color);
        (by.get(holder) ?? by.set(holder, []).get(holder)).push(found);
      }
    }
    paint([...marks].map(([color, by]) => ({ color, ranges: [...by].flatMap(([holder, found]) => merged(found).map(({ start, end }) => range(textOf(holder), start, end))) })));
    margin();
  }));

  // Beside the text

  /** @param {{spot: Spot, holder: Element | null, words: object, found: {state: string}}} at @returns {[Element, "append" | "after" | "before"]} */
  const besides = ({ spot, holder, words, found }) => {
    const para = holder?.closest(".para")
      ?? (found.state === "stands" && !spot.whole ? range(words, found.start, found.end).startContainer.parentElement.closest(".para") : null);
    if (para) return para.querySelector(":scope > .para-notes") ? [para.querySelector(":scope > .para-notes"), "before"] : [para, "append"];
    if (spot.at && holder) return [document.getElementById(spot.at), "append"];
    if (holder && !spot.whole && found.state === "stands") {
      const block = range(words, found.start, found.end).endContainer.parentElement.closest("p, li, dd, blockquote, h1, h2, h3, table");
      if (block && block !== article) return [block, block.matches("li, dd") ? "append" : "after"];
    }
    return [article.querySelector(".lead p") ?? article.querySelector("h1"), "after"];
  };

  /** In quotation marks, with single ones within. @param {string} text */
  const quote = (text) => `“${text.replace(/“/g, "‘").replace(/”/g, "’")}”`;
  const clip = (text, most = 160) => (text.length > most ? `${text.slice(0, most).replace(/\s+\S*$/, "")} …` : text);
  const action = (words, label, act) => {
    const button = element("button", { type: "button", "aria-label": label }, words);
    button.addEventListener("click", act);
    return button;
  };

  /** What is said of a note that has lost its words, and what the reader may do. */
  const astray = (note, at) => {
    const { spot, holder, words, now, found } = at;
    if (found.state === "gone") return [element("p", { class: "own-astray" }, element("b", {}, "Its place is gone."), ` It stood on ${spot.at}.`), element("p", { class: "own-then" }, element("b", {}, "Then: "), quote(spot.words))];
    const place = placeOf(holder);
    const proposed = propose(spot, words.text);
    const shown = proposed ? words.text.slice(proposed.start, proposed.end) : words.text;
    const head = found.state === "unsure" ? "Its words may stand elsewhere now." : "Its words have changed.";
    const said = [element("p", { class: "own-astray" }, element("b", {}, head), ` Made on ${spot.revision ?? "another copy"}; now ${now}.`)];
    said.push(element("p", { class: "own-then" }, element("b", {}, "Then: "), quote(spot.words)), element("p", { class: "own-now" }, element("b", {}, "Now: "), quote(clip(shown, 600))));
    const put1 = (next) => put([{ ...note, modified: new Date().toISOString(), spots: note.spots.map((one) => (one === spot ? next : one)) }]);
    const tools = element("p", { class: "own-tools" });
    if (proposed) {
      tools.append(action("Move it here", `Move the note on ${place.title} to the present words`, () => put1(spot.whole ? describe(spot.at, words.text) : describe(spot.at, words.text, proposed.start, proposed.end))));
    }
    if (!spot.whole) tools.append(action("Choose its words", `Choose the words of the note on ${place.title}`, () => edit(note, spot, holder)));
    tools.append(action("Keep it so", `Keep the note on ${place.title} with its older words`, () => put([{ ...note, kept: [...(note.kept ?? []), now] }])));
    return [...said, tools];
  };

  const card = ({ note, layer, spots }) => {
    const first = spots[0].spot;
    const by = layer.id === OWN ? (note.body || note.tags.length ? "Your note" : "Your highlight") : layer.name;
    const lost = spots.filter(({ found }) => !["stands", "kept"].includes(found.state));
    const node = element("div", { class: "own-note", "data-color": layer.color, "data-note": note.id });
    node.append(element("p", { class: "own-by" }, by, ...note.tags.map((tag) => element("span", { class: "own-tag" }, tag))));
    if (spots.some(({ found }) => found.state === "kept")) node.append(element("p", { class: "own-astray" }, `On older words, ${first.revision ?? "of another copy"}: ${quote(clip(first.words))}`));
    else if (!first.whole && !lost.length) node.append(element("p", { class: "own-words" }, quote(clip(note.spots.map(({ words }) => words).join(" "), 90))));
    if (note.body) node.append(...note.body.split(/\n\s*\n/).map((text) => element("p", { class: "own-body" }, text)));
    for (const at of lost) node.append(...astray(note, at));
    if (layer.id === OWN) node.append(element("p", { class: "own-tools" }, action("Edit", `Edit your note on ${note.title}`, () => edit(note))));
    return node;
  };

  const margin = () => {
    const focused = document.activeElement?.closest?.("[data-note]")?.dataset.note;
    document.querySelectorAll(".own-notes").forEach((node) => node.remove());
    const places = new Map();
    for (const one of drawn) {
      const [beside, how] = besides(one.spots[0]);
      const place = places.get(beside) ?? places.set(beside, { how, those: [] }).get(beside);
      place.those.push(one);
    }
    for (const [beside, { how, those }] of places) {
      // Those that ask for something come first.
      const asks = ({ spots }) => spots.some(({ found }) => !["stands", "kept"].includes(found.state));
      const shown = those.length > SHOWN ? [...those].sort((a, b) => asks(b) - asks(a)).slice(0, SHOWN) : those;
      const { title } = those[0].note;
      const aside = element("aside", { class: "own-notes", "aria-label": `Your layer: ${title}` }, ...shown.map(card));
      if (those.length > SHOWN) aside.append(element("p", { class: "own-tools" }, action(`and ${those.length - SHOWN} more`, `All ${those.length} notes on ${title}`, () => window.dossier.notes.list(title))));
      beside[how](aside);
    }
    if (focused) document.querySelector(`[data-note="${CSS.escape(focused)}"] button`)?.focus({ preventScroll: true });
  };

  // A note pointed at shows its words, and words that are clicked lead to their note.
  const point = (event, on) => {
    const id = event.target.closest?.(".own-note")?.dataset.note;
    if (!id || !("highlights" in CSS)) return;
    const one = drawn.find(({ note }) => note.id === id);
    const found = on && one ? one.spots.filter(({ found: { state } }) => state === "stands").map(({ words, found: { start, end } }) => range(words, start, end)) : [];
    if (found.length) CSS.highlights.set("own-now", Object.assign(new Highlight(...found), { priority: 2 }));
    else CSS.highlights.delete("own-now");
  };
  for (const type of ["pointerover", "focusin"]) document.addEventListener(type, (event) => point(event, true));
  for (const type of ["pointerout", "focusout"]) document.addEventListener(type, (event) => point(event, false));
  document.addEventListener("click", (event) => {
    if (!drawn.length || !document.getSelection().isCollapsed || event.target.closest?.("a, button, summary, dialog, .own-notes")) return;
    const hit = ({ holder, words, spot, found }) => found.state === "stands" && !spot.whole && holder.contains(event.target)
      && [...range(words, found.start, found.end).getClientRects()].some((box) => event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom);
    const one = drawn.find(({ spots }) => spots.some(hit));
    const node = one && document.querySelector(`[data-note="${CSS.escape(one.note.id)}"]`);
    if (!node) return;
    node.scrollIntoView({ block: "nearest" });
    node.querySelector("button")?.focus({ preventScroll: true });
  });

  // Writing

  const sentences = (text) => ("Segmenter" in Intl
    ? [...new Intl.Segmenter("en", { granularity: "sentence" }).segment(text)].map(({ segment, index }) => ({ start: index, end: index + segment.trimEnd().length }))
    : [...text.matchAll(/\S.*?[.!?][”’)]*(?=\s|$)/g)].map((found) => ({ start: found.index, end: found.index + found[0].length })));

  let dialog = null;
  const field = (label, input) => element("label", { class: "own-field" }, element("span", {}, label), input);

  /**
   * The form: for a note that is there, or for a new one.
   * @param {Note} note
   * @param {Spot} [astraySpot] one that has lost its words, for which new ones are chosen
   * @param {Element} [holder] where it stands
   * @param {boolean} [fresh] whether the note is new
   */
  const edit = (note, astraySpot, holder, fresh = false) => {
    dialog ??= document.body.appendChild(element("dialog", { class: "cite-dialog own-dialog", "aria-labelledby": "own-heading" }));
    const body = element("textarea", { rows: "5" });
    body.value = note.body;
    const tags = element("input", { type: "text", autocomplete: "off" });
    tags.value = note.tags.join(", ");
    // Which words: one may also choose among the sentences, without a pointer.
    const spot = astraySpot ?? note.spots[0];
    const text = astraySpot || (fresh && spot.whole) ? read(holder ?? holderOf(spot)).text : "";
    const parts = text ? sentences(text) : [];
    const about = element("select", {}, element("option", { value: "" }, astraySpot ? "as it is" : `all of ${note.title}`), ...parts.map(({ start, end }, at) => element("option", { value: String(at) }, clip(text.slice(start, end), 70))));
    const exact = element("input", { type: "text", autocomplete: "off" });
    const form = element("form", { method: "dialog" },
      element("h2", { id: "own-heading" }, fresh ? `Note on ${note.title}` : `Your note on ${note.title}`),
      ...(spot.whole && !astraySpot ? [] : [element("p", { class: "own-words" }, quote(clip(note.spots.map(({ words }) => words).join(" "), 300)))]),
      ...(parts.length > 1 ? [field("About", about)] : []), ...(text ? [field(parts.length > 1 ? "or these words of it" : "About these words of it", exact)] : []),
      field("Note", body), field("Tags, with commas between", tags));
    const said = element("p", { class: "own-said", role: "alert" });
    const save = element("button", { type: "submit" }, "Save");
    const cancel = action("Cancel", "Cancel", () => dialog.close());
    const drop = action("Delete", `Delete your note on ${note.title}`, async () => { dialog.close(); await remove([note.id]); say("Deleted"); });
    form.append(said, element("p", { class: "own-tools" }, save, cancel, ...(fresh ? [] : [drop])));
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const wanted = exact.value.trim();
      let hit = about.value ? parts[Number(about.value)] : null;
      if (wanted) {
        const start = text.indexOf(wanted);
        if (start < 0) { said.textContent = "These words do not stand there: copy them as they are."; exact.focus(); return; }
        hit = { start, end: start + wanted.length };
      }
      const next = hit ? describe(spot.at, text, hit.start, hit.end) : spot;
      const changedNote = {
        ...note, body: body.value.trim(), tags: [...new Set(tags.value.split(",").map((tag) => tag.trim().replace(/^#/, "")).filter(Boolean))],
        spots: note.spots.map((one) => (one === spot ? next : one)),
        ...(fresh ? {} : { modified: new Date().toISOString() }),
      };
      dialog.close();
      if (document.getSelection().rangeCount) document.getSelection().collapseToEnd();
      await put([changedNote]);
      if (!(await store()).problem) say(fresh ? "Your note is kept in this browser" : "Changed");
    });
    dialog.replaceChildren(form);
    dialog.showModal();
    body.focus();
  };

  /** @param {{part: Range, paragraph: Element}[]} parts */
  const noteOn = (parts) => {
    const about = spotsOf(parts);
    if (about.spots.length) edit(made(about), undefined, undefined, true);
  };
  /** @param {Element} node in the place that is meant */
  const noteAt = (node) => edit(made(wholeOf(placeOf(node))), undefined, undefined, true);
  /** @param {Element} node */
  const highlightAt = async (node) => {
    const about = wholeOf(placeOf(node));
    await put([made(about)]);
    say(`Highlighted, ${about.title}`);
  };

  if (channel) channel.onmessage = () => draw().then(() => window.dossier.notes.refresh?.());
  window.dossier.notes = {
    ...window.dossier.notes, PROBLEMS, store, draw, changed, put, remove, highlight, noteOn, noteAt, highlightAt, edit, placeOf, wholeOf, spotsOf, clip, quote, uuid,
    report: (where) => run("js/notes-report").then(() => window.dossier.notes.showReport(where)),
    list: (about) => run("js/notes-formats").then(() => run("js/notes-list")).then(() => window.dossier.notes.showList(about)),
  };
})();
