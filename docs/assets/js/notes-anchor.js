// Where a note stands. A place is a paragraph, an entry, or a page; its words are what stands there without numbers, marks of
// notes and buttons. A note knows the words it was made on and what stood around them, and is shown on words only where there
// is no doubt that they are the same: it may say that it lost its place, and never takes another by itself.
(() => {
  "use strict";
  const { sha256 } = window.dossier;

  /**
   * Where a note stands, as it was when the note was made.
   * @typedef {object} Spot
   * @property {string} at fragment of the place on its page: `p18`, `h20-halt`; empty for the page itself
   * @property {boolean} whole whether the whole place is meant and not some words in it
   * @property {string} words the words meant; of a whole place, all of them
   * @property {string} [before] what stood before them: some letters, or everything where the words stood more than once
   * @property {string} [after] what stood after them
   * @property {string} [revision] of the place, such as `p18@1a2b3c4d`; unknown of notes that were made elsewhere
   */
  /**
   * @typedef {object} Found
   * @property {"stands" | "changed" | "unsure" | "gone"} state whether the words stand where they stood; `unsure` if they
   *   stand in the place, but perhaps not where they stood
   * @property {number} [start]
   * @property {number} [end]
   */

  /** How many letters around the words are kept. */
  const AROUND = 32;
  /** How many letters on one side are enough to know a place by, and of how many letters words are known by themselves. */
  const ENOUGH = 16;
  const LONG = 20;

  /**
   * The name of a wording of a place: its id and the first digits of the words' digest, which the review lock has as well.
   * @param {string} at
   * @param {string} text the place's plain words
   * @param {string} [release] the release that has this wording, where it is known
   */
  const revision = (at, text, release) => `${at || "page"}@${release ? `${release}+` : ""}${sha256(text).slice(0, 8)}`;

  /** @param {string} text @param {string} words @returns {number[]} where they begin */
  const occurrences = (text, words) => {
    const found = [];
    for (let at = text.indexOf(words); words && at >= 0; at = text.indexOf(words, at + 1)) found.push(at);
    return found;
  };
  /** @param {string} text @param {string} words */
  const once = (text, words) => occurrences(text, words).length === 1;

  /**
   * @param {string} at
   * @param {string} text the place's plain words
   * @param {number} [start] of the words that are meant; without, the whole place
   * @param {number} [end]
   * @returns {Spot}
   */
  const describe = (at, text, start, end) => {
    if (start === undefined) return { at, whole: true, words: text, revision: revision(at, text) };
    const words = text.slice(start, end);
    const reach = once(text, words) ? AROUND : text.length;
    return { at, whole: false, words, before: text.slice(Math.max(0, start - reach), start), after: text.slice(end, end + reach), revision: revision(at, text) };
  };

  /**
   * Whether a spot's words stand where they stood.
   * @param {Spot} spot
   * @param {string | null} text the words of its place as they are now; `null` where the place is gone
   * @returns {Found}
   */
  const locate = ({ whole, words, before = "", after = "" }, text) => {
    if (text === null) return { state: "gone" };
    if (whole) return { state: !words || words === text ? "stands" : "changed", start: 0, end: text.length };
    const found = occurrences(text, words);
    const at = (start) => ({ state: "stands", start, end: start + words.length });
    const then = before + words + after; // all of it, where the words stood more than once
    const sole = once(then, words);
    if (!sole && then === text) return at(before.length);
    // What stood on both sides, on as many letters as tell the words from the same words elsewhere.
    let near = AROUND;
    const around = () => [before.slice(-near), after.slice(0, near)];
    while (!once(then, around().join(words)) && near < then.length) near *= 2;
    const [left, right] = around();
    const follows = (start) => text.slice(0, start).endsWith(left);
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
   * @param {Spot} spot @param {string} text
   * @returns {{start: number, end: number} | null}
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

  /**
   * @typedef {object} Words
   * @property {string} text with single spaces
   * @property {Text[]} nodes by letter
   * @property {number[]} offsets by letter
   */
  /** @param {Element} holder @returns {Words} */
  const read = (holder) => {
    const nodes = [];
    const offsets = [];
    let text = "";
    let gap = false; // a blank or the edge of a block, which shows once more letters follow
    let cut = false; // something that is no part of the text
    const take = (letter, node, offset) => { text += letter; nodes.push(node); offsets.push(offset); };
    const walker = document.createTreeWalker(holder, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) => {
      if (node.nodeType === Node.TEXT_NODE) return NodeFilter.FILTER_ACCEPT;
      if (node.matches(ASIDE)) { cut = true; return NodeFilter.FILTER_REJECT; }
      if (BLOCK.has(node.tagName)) gap = true;
      return NodeFilter.FILTER_SKIP;
    });
    while (walker.nextNode()) {
      const node = walker.currentNode;
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

  /** @param {Words} words @param {number} start @param {number} end @returns {Range} */
  const range = ({ nodes, offsets }, start, end) => {
    const found = document.createRange();
    found.setStart(nodes[start], offsets[start]);
    found.setEnd(nodes[end - 1], offsets[end - 1] + 1);
    return found;
  };

  /**
   * Which letters a selection takes in, without the blanks at its ends.
   * @param {Words} words @param {Range} chosen
   * @returns {{start: number, end: number} | null}
   */
  const within = ({ text, nodes, offsets }, chosen) => {
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
