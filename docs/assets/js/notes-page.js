// A reader's own layer on this page: words marked, notes beside them, and the form in which one is written. The text's markup
// is never touched: words are marked through the CSS highlight API, or by boxes behind them where an engine lacks it.
(() => {
  "use strict";
  const { element, closest, say, path, run } = window.dossier;
  const { revision, describe, locate, propose, read, range, within } = window.dossier.anchor;
  const { OWN, open } = window.dossier.noteStore;
  const article = document.querySelector(".md-content__inner");
  if (!article) return;
  const SHOWN = 5; // of the notes on a place; the list has the others
  /** @type {Notes["PROBLEMS"]} */
  const PROBLEMS = {
    forbidden: "This browser keeps nothing for this page (a private window, or storage is forbidden). Your notes last until you close it: export them to keep them.",
    full: "The browser’s storage is full. What was kept before is still kept; the newest notes last until you close this page: export them, or delete others.",
    refused: "The browser refused to keep the newest notes. They last until you close this page: export them to keep them.",
    undeleted: "The browser refused to delete what you asked it to: it is still kept. Try again, or delete this site’s data in the browser’s settings.",
  };

  /**
   * A spot as it was found on the page, and the wording there where it is another.
   * @typedef {{ spot: Spot } & ({ state: "gone" } | { holder: HTMLElement, words: Words }
   *   & ({ state: "stands" } & Stretch | { state: "changed" | "unsure" | "kept", now: string }))} Seen
   * @typedef {{ note: Note, layer: Layer, spots: Seen[] }} Drawn
   * @typedef {{ color: number, ranges: Range[] }} Mark
   */

  /** @type {Promise<NoteStore> | null} */
  let opening = null;
  const store = () => (opening ??= open());

  /**
   * What a map has, made where it has nothing yet.
   * @type {<K, V>(map: Map<K, V>, key: K, make: () => V) => V}
   */
  const known = (map, key, make) => {
    const value = map.get(key) ?? make();
    map.set(key, value);
    return value;
  };

  // Places

  /** @type {Notes["placeOf"]} The paragraph, the entry of a list, or the page on which something stands. */
  const placeOf = (node) => {
    const text = node.closest(".para")?.querySelector(".para-text");
    const { paragraph = "" } = text?.dataset ?? {};
    if (text) return { at: paragraph, holder: text, title: `paragraph ${paragraph.slice(1)}` };
    for (let at = node.closest("[id]"); at; at = at.parentElement?.closest("[id]") ?? null) {
      const named = at.querySelector(".cite-entry");
      if (named?.closest("[id]") === at) return { at: at.id, holder: at, title: named.dataset.name ?? "" };
    }
    return { at: "", holder: article, title: article.querySelector("h1")?.textContent.replace("¶", "").trim() || document.title };
  };
  /**
   * What a note on a whole place is about: of an entry, what it says in short.
   * @type {(place: Pick<Place, "at" | "holder">) => HTMLElement}
   */
  const gist = ({ at, holder }) => (holder.matches(".para-text") ? holder : (at ? holder.querySelector(".citable") : holder.querySelector(".lead p")) ?? holder);
  /** @type {(spot: Spot) => HTMLElement | null} */
  const holderOf = ({ at, whole }) => {
    const paragraph = at ? document.querySelector(`.para-text[data-paragraph="${CSS.escape(at)}"]`) : null;
    const holder = paragraph ?? (at ? document.getElementById(at) : article);
    return holder && whole ? gist({ at, holder }) : holder;
  };

  /** @type {Notes["spotsOf"]} */
  const spotsOf = (parts) => {
    const places = parts.flatMap(({ part, paragraph }) => {
      const [first, last] = [part.startContainer, part.endContainer].map((node) => placeOf((node instanceof Element ? node : node.parentElement) ?? article));
      const place = paragraph.matches(".para-text") ? placeOf(paragraph) : first.holder === last.holder ? first : placeOf(article);
      const words = read(place.holder);
      const hit = within(words, part);
      if (!hit) return [];
      const all = place.holder.matches(".para-text") && hit.end - hit.start === words.text.length;
      return [{ place, spot: all ? describe(place.at, words.text) : describe(place.at, words.text, hit.start, hit.end) }];
    });
    const titles = places.map(({ place }) => place.title);
    const title = titles.length > 1 ? `${titles[0].replace("paragraph", "paragraphs")}–${titles[titles.length - 1].replace("paragraph ", "")}` : titles[0];
    return { spots: places.map(({ spot }) => spot), title };
  };
  /** @type {Notes["wholeOf"]} */
  const wholeOf = (place) => ({ spots: [describe(place.at, read(gist(place)).text)], title: place.title });

  // Keeping

  const channel = "BroadcastChannel" in window ? new BroadcastChannel("dossier-notes") : null;
  /** @type {HTMLElement | null} */
  let line = null;
  /** @type {(name: Problem) => void} */
  const problem = (name) => {
    line?.remove();
    line = null;
    if (!name) return;
    const list = element("button", { type: "button" }, "Export");
    list.addEventListener("click", () => window.dossier.notes.list());
    const close = element("button", { type: "button", "aria-label": "Close" }, "✕");
    const shown = element("div", { class: "newer own-problem", role: "alert" }, PROBLEMS[name], " ", list, " ", close);
    close.addEventListener("click", () => shown.remove());
    line = document.body.appendChild(shown);
  };
  const changed = async () => {
    problem((await store()).problem);
    channel?.postMessage("changed");
    await draw();
    await window.dossier.notes.refresh?.();
  };
  /** @type {Notes["put"]} */
  const put = async (notes) => { await (await store()).put(notes); await changed(); };
  /** @type {Notes["remove"]} */
  const remove = async (ids) => { await (await store()).remove(ids); await changed(); };

  const uuid = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  };
  /** @type {(about: About) => Note} */
  const made = (about) => ({ id: `urn:uuid:${uuid()}`, layer: OWN, page: path, ...about, body: "", tags: [], created: new Date().toISOString() });
  const unselect = () => {
    const selection = document.getSelection();
    if (selection?.rangeCount) selection.collapseToEnd();
  };

  /** @type {Notes["highlight"]} */
  const highlight = async (parts) => {
    const about = spotsOf(parts);
    if (!about.spots.length) return;
    unselect();
    await put([made(about)]);
    say(`Highlighted, ${about.title}`);
  };

  // Drawing

  /** @type {{ node: HTMLElement | null, marked: Mark[] }} */
  const overlay = { node: null, marked: [] };
  const boxes = () => {
    const node = overlay.node ??= article.appendChild(element("div", { class: "own-overlay", "aria-hidden": "true" }));
    const origin = node.getBoundingClientRect();
    node.replaceChildren(...overlay.marked.flatMap(({ color, ranges }) => ranges.flatMap((found) => [...found.getClientRects()].map((rect) => {
      const box = element("i", { "data-color": String(color) });
      Object.assign(box.style, { left: `${rect.left - origin.left}px`, top: `${rect.top - origin.top}px`, width: `${rect.width}px`, height: `${rect.height}px` });
      return box;
    }))));
  };
  /** @type {(marked: Mark[]) => void} */
  const paint = (marked) => {
    if ("highlights" in CSS) {
      for (const name of [...CSS.highlights.keys()]) if (name.startsWith("own-layer-")) CSS.highlights.delete(name);
      for (const { color, ranges } of marked) CSS.highlights.set(`own-layer-${color}`, Object.assign(new Highlight(...ranges), { priority: color ? 0 : 1 }));
      return;
    }
    if (!overlay.marked.length && marked.length) new ResizeObserver(boxes).observe(article);
    overlay.marked = marked;
    boxes();
  };

  /**
   * Without overlaps, so that a thousand notes on a word are one mark.
   * @type {(those: Stretch[]) => Stretch[]}
   */
  const merged = (those) => {
    /** @type {Stretch[]} */
    const found = [];
    for (const { start, end } of those.sort((a, b) => a.start - b.start)) {
      const last = found.at(-1);
      if (last && start <= last.end) last.end = Math.max(last.end, end);
      else found.push({ start, end });
    }
    return found;
  };

  /** @type {Drawn[]} */
  let drawn = [];
  let drawing = Promise.resolve();
  const draw = () => (drawing = drawing.catch(() => {}).then(async () => {
    const kept = await store();
    const layers = new Map((await kept.layers()).filter(({ shown }) => shown).map((layer) => [layer.id, layer]));
    const notes = (await kept.on(path)).sort((a, b) => (a.created < b.created ? -1 : 1));
    /** @type {Map<Element, Words>} */
    const texts = new Map();
    /** @type {(holder: Element) => Words} */
    const textOf = (holder) => known(texts, holder, () => read(holder));
    /** @type {(note: Note, spot: Spot) => Seen} */
    const seen = (note, spot) => {
      const holder = holderOf(spot);
      const words = holder && textOf(holder);
      const found = locate(spot, words ? words.text : null);
      if (!words || found.state === "gone") return { spot, state: "gone" };
      if (found.state === "stands") return { spot, holder, words, ...found };
      const now = words.revision ??= revision(spot.at, words.text);
      return { spot, holder, words, now, state: note.kept?.includes(now) ? "kept" : found.state };
    };
    drawn = notes.flatMap((note) => {
      const layer = layers.get(note.layer);
      return layer ? [{ note, layer, spots: note.spots.map((spot) => seen(note, spot)) }] : [];
    });
    /** @type {Map<number, Map<Element, Stretch[]>>} By color, by place. */
    const marks = new Map();
    for (const { note, layer, spots } of drawn) {
      for (const one of spots) {
        if (one.state !== "stands" || (one.spot.whole && (note.body || note.tags.length))) continue;
        const by = known(marks, layer.color, () => new Map());
        known(by, one.holder, () => []).push({ start: one.start, end: one.end });
      }
    }
    paint([...marks].map(([color, by]) => ({ color, ranges: [...by].flatMap(([holder, found]) => merged(found).map(({ start, end }) => range(textOf(holder), start, end))) })));
    margin();
  }));

  // Beside the text

  /** @type {(seen: Seen) => [HTMLElement, "append" | "after" | "before"]} */
  const besides = (seen) => {
    const { spot } = seen;
    const holder = seen.state === "gone" ? null : seen.holder;
    const words = () => (seen.state === "stands" && !spot.whole ? range(seen.words, seen.start, seen.end) : null);
    const para = holder?.closest(".para") ?? words()?.startContainer.parentElement?.closest(".para");
    const notes = para?.querySelector(":scope > .para-notes");
    if (para) return notes ? [notes, "before"] : [para, "append"];
    const entry = spot.at && holder ? document.getElementById(spot.at) : null;
    if (entry) return [entry, "append"];
    const block = words()?.endContainer.parentElement?.closest("p, li, dd, blockquote, h1, h2, h3, table");
    if (block && block !== article) return [block, block.matches("li, dd") ? "append" : "after"];
    return [article.querySelector(".lead p") ?? article.querySelector("h1") ?? article, "after"];
  };

  /** @type {Notes["quote"]} In quotation marks, with single ones within. */
  const quote = (text) => `“${text.replace(/“/g, "‘").replace(/”/g, "’")}”`;
  /** @type {Notes["clip"]} */
  const clip = (text, most = 160) => (text.length > most ? `${text.slice(0, most).replace(/\s+\S*$/, "")} …` : text);
  /** @type {(words: string, label: string, act: () => unknown) => HTMLElement} */
  const action = (words, label, act) => {
    const button = element("button", { type: "button", "aria-label": label }, words);
    button.addEventListener("click", act);
    return button;
  };

  /**
   * What is said of a note that has lost its words, and what the reader may do.
   * @type {(note: Note, seen: Seen) => HTMLElement[]}
   */
  const astray = (note, seen) => {
    const { spot, state } = seen;
    if (seen.state === "stands") return [];
    if (seen.state === "gone") return [element("p", { class: "own-astray" }, element("b", {}, "Its place is gone."), ` It stood on ${spot.at}.`), element("p", { class: "own-then" }, element("b", {}, "Then: "), quote(spot.words))];
    const { holder, words, now } = seen;
    const place = placeOf(holder);
    const proposed = propose(spot, words.text);
    const shown = proposed ? words.text.slice(proposed.start, proposed.end) : words.text;
    const head = state === "unsure" ? "Its words may stand elsewhere now." : "Its words have changed.";
    const said = [element("p", { class: "own-astray" }, element("b", {}, head), ` Made on ${spot.revision ?? "another copy"}; now ${now}.`)];
    said.push(element("p", { class: "own-then" }, element("b", {}, "Then: "), quote(spot.words)), element("p", { class: "own-now" }, element("b", {}, "Now: "), quote(clip(shown, 600))));
    /** @type {(next: Spot) => Promise<void>} */
    const move = (next) => put([{ ...note, modified: new Date().toISOString(), spots: note.spots.map((one) => (one === spot ? next : one)) }]);
    const tools = element("p", { class: "own-tools" });
    if (proposed) {
      tools.append(action("Move it here", `Move the note on ${place.title} to the present words`, () => move(spot.whole ? describe(spot.at, words.text) : describe(spot.at, words.text, proposed.start, proposed.end))));
    }
    if (!spot.whole) tools.append(action("Choose its words", `Choose the words of the note on ${place.title}`, () => edit(note, spot, holder)));
    tools.append(action("Keep it so", `Keep the note on ${place.title} with its older words`, () => put([{ ...note, kept: [...(note.kept ?? []), now] }])));
    return [...said, tools];
  };

  /** @type {(seen: Seen) => boolean} Whether one does not know where it belongs. */
  const strays = ({ state }) => state !== "stands" && state !== "kept";
  /** @type {(drawn: Drawn) => HTMLElement} */
  const card = ({ note, layer, spots }) => {
    const first = spots[0].spot;
    const by = layer.id === OWN ? (note.body || note.tags.length ? "Your note" : "Your highlight") : layer.name;
    const lost = spots.filter(strays);
    const node = element("div", { class: "own-note", "data-color": String(layer.color), "data-note": note.id });
    node.append(element("p", { class: "own-by" }, by, ...note.tags.map((tag) => element("span", { class: "own-tag" }, tag))));
    if (spots.some(({ state }) => state === "kept")) node.append(element("p", { class: "own-astray" }, `On older words, ${first.revision ?? "of another copy"}: ${quote(clip(first.words))}`));
    else if (!first.whole && !lost.length) node.append(element("p", { class: "own-words" }, quote(clip(note.spots.map(({ words }) => words).join(" "), 90))));
    if (note.body) node.append(...note.body.split(/\n\s*\n/).map((text) => element("p", { class: "own-body" }, text)));
    for (const seen of lost) node.append(...astray(note, seen));
    if (layer.id === OWN) node.append(element("p", { class: "own-tools" }, action("Edit", `Edit your note on ${note.title}`, () => edit(note))));
    return node;
  };

  /** @type {(drawn: Drawn) => boolean} */
  const asks = ({ spots }) => spots.some(strays);
  const margin = () => {
    const focused = document.activeElement?.closest("[data-note]")?.dataset.note;
    document.querySelectorAll(".own-notes").forEach((node) => node.remove());
    /** @type {Map<HTMLElement, { how: "append" | "after" | "before", those: Drawn[] }>} */
    const places = new Map();
    for (const one of drawn) {
      const [beside, how] = besides(one.spots[0]);
      known(places, beside, () => ({ how, those: [] })).those.push(one);
    }
    for (const [beside, { how, those }] of places) {
      // Those that ask for something come first.
      const [asking, quiet] = [those.filter(asks), those.filter((one) => !asks(one))];
      const shown = those.length > SHOWN ? [...asking, ...quiet].slice(0, SHOWN) : those;
      const { title } = those[0].note;
      const aside = element("aside", { class: "own-notes", "aria-label": `Your layer: ${title}` }, ...shown.map(card));
      if (those.length > SHOWN) aside.append(element("p", { class: "own-tools" }, action(`and ${those.length - SHOWN} more`, `All ${those.length} notes on ${title}`, () => window.dossier.notes.list(title))));
      beside[how](aside);
    }
    if (focused) document.querySelector(`[data-note="${CSS.escape(focused)}"] button`)?.focus({ preventScroll: true });
  };

  // A note pointed at shows its words, and words that are clicked lead to their note.
  /** @type {(event: Event, on: boolean) => void} */
  const point = (event, on) => {
    const id = closest(event, ".own-note")?.dataset.note;
    if (!id || !("highlights" in CSS)) return;
    const one = drawn.find(({ note }) => note.id === id);
    const found = on && one ? one.spots.flatMap((seen) => (seen.state === "stands" ? [range(seen.words, seen.start, seen.end)] : [])) : [];
    if (found.length) CSS.highlights.set("own-now", Object.assign(new Highlight(...found), { priority: 2 }));
    else CSS.highlights.delete("own-now");
  };
  for (const type of ["pointerover", "focusin"]) document.addEventListener(type, (event) => point(event, true));
  for (const type of ["pointerout", "focusout"]) document.addEventListener(type, (event) => point(event, false));
  document.addEventListener("click", (event) => {
    const { target } = event;
    if (!(target instanceof Node) || !drawn.length || !document.getSelection()?.isCollapsed || closest(event, "a, button, summary, dialog, .own-notes")) return;
    /** @type {(seen: Seen) => boolean} */
    const hit = (seen) => seen.state === "stands" && !seen.spot.whole && seen.holder.contains(target)
      && [...range(seen.words, seen.start, seen.end).getClientRects()].some((box) => event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom);
    const one = drawn.find(({ spots }) => spots.some(hit));
    const node = one && document.querySelector(`[data-note="${CSS.escape(one.note.id)}"]`);
    if (!node) return;
    node.scrollIntoView({ block: "nearest" });
    node.querySelector("button")?.focus({ preventScroll: true });
  });

  // Writing

  /** @type {(text: string) => Stretch[]} */
  const sentences = (text) => ("Segmenter" in Intl
    ? [...new Intl.Segmenter("en", { granularity: "sentence" }).segment(text)].map(({ segment, index }) => ({ start: index, end: index + segment.trimEnd().length }))
    : [...text.matchAll(/\S.*?[.!?][”’)]*(?=\s|$)/g)].map((found) => ({ start: found.index, end: found.index + found[0].length })));

  /** @type {HTMLDialogElement | null} */
  let dialog = null;
  /** @type {(label: string, input: HTMLElement) => HTMLElement} */
  const field = (label, input) => element("label", { class: "own-field" }, element("span", {}, label), input);

  /**
   * The form: for a note that is there, or for a new one.
   * @param {Note} note
   * @param {Spot} [astraySpot] one that has lost its words, for which new ones are chosen
   * @param {HTMLElement} [holder] where it stands
   * @param {boolean} [fresh] whether the note is new
   */
  const edit = (note, astraySpot, holder, fresh = false) => {
    const shown = dialog ??= document.body.appendChild(element("dialog", { class: "cite-dialog own-dialog", "aria-labelledby": "own-heading" }));
    const body = element("textarea", { rows: "5" });
    body.value = note.body;
    const tags = element("input", { type: "text", autocomplete: "off" });
    tags.value = note.tags.join(", ");
    // Which words: one may also choose among the sentences, without a pointer.
    const spot = astraySpot ?? note.spots[0];
    const place = astraySpot || (fresh && spot.whole) ? holder ?? holderOf(spot) : null;
    const text = place ? read(place).text : "";
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
    const cancel = action("Cancel", "Cancel", () => shown.close());
    const drop = action("Delete", `Delete your note on ${note.title}`, async () => {
      shown.close();
      await remove([note.id]);
      if (!(await store()).problem) say("Deleted");
    });
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
      shown.close();
      unselect();
      await put([changedNote]);
      if (!(await store()).problem) say(fresh ? "Your note is kept in this browser" : "Changed");
    });
    shown.replaceChildren(form);
    shown.showModal();
    body.focus();
  };

  /** @type {Notes["noteOn"]} */
  const noteOn = async (parts) => {
    const about = spotsOf(parts);
    if (about.spots.length) edit(made(about), undefined, undefined, true);
  };
  /** @type {Notes["noteAt"]} */
  const noteAt = async (node) => edit(made(wholeOf(placeOf(node))), undefined, undefined, true);
  /** @type {Notes["highlightAt"]} */
  const highlightAt = async (node) => {
    const about = wholeOf(placeOf(node));
    await put([made(about)]);
    say(`Highlighted, ${about.title}`);
  };

  addEventListener("pageshow", ({ persisted }) => { if (persisted) draw(); });
  if (channel) channel.onmessage = () => draw().then(() => window.dossier.notes.refresh?.());
  window.dossier.notes = {
    ...window.dossier.notes, PROBLEMS, store, draw, changed, put, remove, highlight, noteOn, noteAt, highlightAt, edit, placeOf, wholeOf, spotsOf, clip, quote, uuid,
    report: (where) => run("js/notes-report").then(() => window.dossier.notes.showReport(where)),
    list: (about) => run("js/notes-formats").then(() => run("js/notes-list")).then(() => window.dossier.notes.showList(about)),
  };
})();
