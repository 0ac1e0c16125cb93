// Where a note stands. A place is a paragraph, an entry, or a page; its words are what stands there without numbers, marks of
// notes and buttons. A note knows the words it was made on and what stood around them, and is shown on words only where there
// is no doubt that they are the same: it may say that it lost its place, and never takes another by itself.
(() => {
  "use strict";
  const { sha256 } = window.dossier;

  /** How many letters around the words are kept. */
  const AROUND = 32;
  /** How many letters on one side are enough to know a place by, and of how many letters words are known by themselves. */
  const ENOUGH = 16;
  const LONG = 20;

  /**
   * The name of a wording of a place: its id and the first digits of the words' digest, which the review lock has as well.
   * @type {Anchor["revision"]}
   */
  const revision = (at, text, release) => `${at || "page"}@${release ? `${release}+` : ""}${sha256(text).slice(0, 8)}`;

  /** @type {(text: string, words: string) => number[]} Where they begin. */
  const occurrences = (text, words) => {
    const found = [];
    for (let at = text.indexOf(words); words && at >= 0; at = text.indexOf(words, at + 1)) found.push(at);
    return found;
  };
  /** @type {(text: string, words: string) => boolean} */
  const once = (text, words) => occurrences(text, words).length === 1;

  /** @type {Anchor["describe"]} */
  const describe = (at, text, start, end = text.length) => {
    if (start === undefined) return { at, whole: true, words: text, revision: revision(at, text) };
    const words = text.slice(start, end);
    const reach = once(text, words) ? AROUND : text.length;
    return { at, whole: false, words, before: text.slice(Math.max(0, start - reach), start), after: text.slice(end, end + reach), revision: revision(at, text) };
  };

  /** @type {Anchor["locate"]} */
  const locate = ({ whole, words, before = "", after = "" }, text) => {
    if (text === null) return { state: "gone" };
    if (whole) return !words || words === text ? { state: "stands", start: 0, end: text.length } : { state: "changed" };
    const found = occurrences(text, words);
    /** @type {(start: number) => Whereabouts} */
    const at = (start) => ({ state: "stands", start, end: start + words.length });
    const then = before + words + after; // all of it, where the words stood more than once
    const sole = once(then, words);
    if (!sole && then === text) return at(before.length);
    // What stood on both sides, on as many letters as tell the words from the same words elsewhere.
    let near = AROUND;
    const around = () => [before.slice(-near), after.slice(0, near)];
    while (!once(then, around().join(words)) && near < then.length) near *= 2;
    const [left, right] = around();
    /** @type {(start: number) => boolean} */
    const follows = (start) => text.slice(0, start).endsWith(left);
    /** @type {(start: number) => boolean} */
    const leads = (start) => text.startsWith(right, start + words.length);
    const both = found.filter((start) => follows(start) && leads(start));
    if (both.length === 1 && (left.length + right.length >= ENOUGH || found.length === 1)) return at(both[0]);
    // What stood on one side, if that tells them.
    const one = found.filter((start) =>
      (left.length >= ENOUGH && once(then, left + words) && follows(start))
      || (right.length >= ENOUGH && once(then, words + right) && leads(start)));
    if (one.length === 1) return at(one[0]);
    if (found.length === 1 && sole && words.length >= LONG) return at(found[0]);
    return { state: found.length ? "unsure" : "changed" };
  };

  /**
   * Where words that have changed may stand now: between what stood before and after them, if both still do.
   * @type {Anchor["propose"]}
   */
  const propose = ({ whole, words, before = "", after = "" }, text) => {
    if (whole) return { start: 0, end: text.length };
    const [left, right] = [before.slice(-AROUND), after.slice(0, AROUND)];
    const begins = left.length >= ENOUGH ? occurrences(text, left).map((at) => at + left.length) : before ? [] : [0];
    const ends = right.length >= ENOUGH ? occurrences(text, right) : after ? [] : [text.length];
    if (begins.length === 1 && ends.length === 1 && begins[0] < ends[0] && ends[0] - begins[0] < 3 * words.length + 80) return { start: begins[0], end: ends[0] };
    const found = occurrences(text, words);
    return found.length === 1 ? { start: found[0], end: found[0] + words.length } : null;
  };

  // Words and where in the document each letter of them stands.

  const ASIDE = ".para-no, .note-mark, .other-renderings, .cites, a.cite, .headerlink, .own-notes, .select-bar, .page-foot, button, form, script, svg, [hidden]";
  const BLOCK = new Set(["P", "LI", "DD", "DT", "DIV", "H1", "H2", "H3", "BLOCKQUOTE", "SECTION", "DETAILS", "SUMMARY", "TD", "TH", "BR", "FIGCAPTION"]);

  /** @type {Anchor["read"]} */
  const read = (holder) => {
    /** @type {Text[]} */
    const nodes = [];
    /** @type {number[]} */
    const offsets = [];
    let text = "";
    let gap = false; // a blank or the edge of a block, which shows once more letters follow
    let cut = false; // something that is not part of the text
    /** @type {(letter: string, node: Text, offset: number) => void} */
    const take = (letter, node, offset) => { text += letter; nodes.push(node); offsets.push(offset); };
    const walker = document.createTreeWalker(holder, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) => {
      if (!(node instanceof Element)) return NodeFilter.FILTER_ACCEPT;
      if (node.matches(ASIDE)) { cut = true; return NodeFilter.FILTER_REJECT; }
      if (BLOCK.has(node.tagName)) gap = true;
      return NodeFilter.FILTER_SKIP;
    });
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (!(node instanceof Text)) continue;
      for (let offset = 0; offset < node.data.length; offset++) {
        const letter = node.data[offset];
        if (/\s/.test(letter)) { gap = true; continue; }
        if (gap && text && !(cut && /[.,;:!?)]/.test(letter))) take(" ", node, Math.max(0, offset - 1));
        gap = cut = false;
        take(letter, node, offset);
      }
    }
    return { text, nodes, offsets };
  };

  /** @type {Anchor["range"]} */
  const range = ({ nodes, offsets }, start, end) => {
    const found = document.createRange();
    found.setStart(nodes[start], offsets[start]);
    found.setEnd(nodes[end - 1], offsets[end - 1] + 1);
    return found;
  };

  /**
   * Which letters a selection takes in, without the blanks at its ends.
   * @type {Anchor["within"]}
   */
  const within = ({ text, nodes, offsets }, chosen) => {
    /** @type {(holds: (at: number) => boolean) => number} */
    const first = (holds) => {
      let [low, high] = [0, text.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (holds(middle)) high = middle; else low = middle + 1;
      }
      return low;
    };
    let start = first((at) => chosen.comparePoint(nodes[at], offsets[at]) >= 0);
    let end = first((at) => chosen.comparePoint(nodes[at], offsets[at] + 1) > 0);
    while (start < end && text[start] === " ") start++;
    while (end > start && text[end - 1] === " ") end--;
    return start < end ? { start, end } : null;
  };

  window.dossier.anchor = { revision, describe, locate, propose, read, range, within };
})();
