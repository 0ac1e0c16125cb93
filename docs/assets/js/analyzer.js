// How the search sees a text: words by their stems, quantities by their values, dates by the calendar.
// The same as hooks/dossier/exports/analyzer.py, with the same lexicon; a test holds the two together.
(() => {
  "use strict";

  const APOSTROPHES = /[’‘ʼ`´′＇]/u;
  const HYPHENS = /[‐‑‒–—―−]/u;

  // lexicon: analyzer.yml; traditional: two strings, the n-th character of the first traditional for the n-th of the second.
  globalThis.dossierAnalyzer = (lexicon, traditional, stemmer) => {
    const [from, to] = traditional.map((text) => Array.from(text));
    const simple = new Map(from.map((char, n) => [char, to[n]]));
    const stop = new Set(lexicon.stop.trim().split(/\s+/u).map((word) => word.replace(/'/gu, "")));
    const irregular = new Map(Object.entries(lexicon.irregular));
    const whole = new Map(Object.entries(lexicon.spelling));
    const endings = lexicon.endings.map(([pattern, replacement]) => ({ pattern: new RegExp(pattern, "u"), replacement }));
    const numbers = new Map(Object.entries(lexicon.numbers));
    const scales = new Map(Object.entries(lexicon.scales));
    const months = new Map(Object.entries(lexicon.months));
    const digits = new Map(Object.entries(lexicon.digits));
    /** @type {(text: string) => string} */
    const named = (text) => text.replace(/\{([A-Z]+)\}/gu, (_, name) => lexicon.parts[name]);
    const rules = lexicon.rules.map(({ kind, groups = "", stay = false, pattern }) => (
      { kind, groups, stay, pattern: new RegExp(named(named(pattern)), "gu") }
    ));

    /** @type {Map<string, string>} */
    const known = new Map();
    /** @type {(char: string) => string} */
    const folded = (char) => {
      let found = known.get(char);
      if (found === undefined) {
        const plain = APOSTROPHES.test(char) ? "'" : HYPHENS.test(char) ? "-" : char;
        found = Array.from(plain.normalize("NFKC"), (c) => simple.get(c) ?? c).join("")
          .toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
        known.set(char, found);
      }
      return found;
    };
    /** @type {Analyzer["fold"]} */
    const fold = (text) => Array.from(text, folded).join("").replace(/(?<![\p{L}\p{N}_])[a-z](?:\.[a-z])+(?![\p{L}\p{N}_])\.?/gu, (match) => match.replaceAll(".", "").replace(/^usa$/, "us").padEnd(match.length));

    /** @type {Analyzer["american"]} */
    const american = (word) => endings.reduce((w, { pattern, replacement }) => w.replace(pattern, replacement), whole.get(word) ?? word);
    /** @type {Map<string, string>} */
    const stems = new Map();
    /** @type {Analyzer["stem"]} */
    const stem = (word) => {
      if (!/^[a-z]{3,}$/u.test(word)) return word;
      const found = stems.get(word) ?? stemmer.stemWord(american(irregular.get(word) ?? word));
      stems.set(word, found);
      return found;
    };

    /** @type {(number: string, zeros: number) => string} */
    const shift = (number, zeros) => {
      const [before, after = ""] = number.split(".");
      const fraction = after.padEnd(zeros, "0");
      const rest = fraction.slice(zeros).replace(/0+$/u, "");
      return before + fraction.slice(0, zeros) + (rest && `.${rest}`);
    };

    /** @type {(text: string) => string | null} */
    const spelled = (text) => {
      let total = 0;
      let part = 0;
      for (const word of text.split(/[ -]/u)) {
        const number = numbers.get(word);
        const scale = scales.get(word);
        if (number !== undefined) part += number;
        else if (word === "hundred") part = (part || 1) * 100;
        else if (scale !== undefined) { total += (part || 1) * 10 ** scale; part = 0; }
      }
      return total + part ? String(total + part) : null;
    };

    /** @type {(text: string) => string | null} */
    const value = (text) => {
      if (/^\d/u.test(text)) return shift(text.replace(/,/gu, ""), 0);
      if (/^[ -~]/u.test(text)) return spelled(text);
      let total = 0;
      let section = 0;
      let digit = 0;
      for (const char of text) {
        const own = digits.get(char);
        if (own !== undefined) digit = own;
        else if ("十百千".includes(char)) { section += (digit || 1) * 10 ** (1 + "十百千".indexOf(char)); digit = 0; }
        else { total = (total + section + digit || 1) * 10 ** (char === "万" ? 4 : 8); section = digit = 0; }
      }
      return String(total + section + digit);
    };

    /** @type {(groups: string, match: RegExpMatchArray) => string | null} */
    const date = (groups, match) => {
      const parts = Object.fromEntries(Array.from(groups, (name, n) => [name, match[n + 1]]));
      /** @type {(text?: string) => number | null} */
      const count = (text) => (text === undefined ? null : months.get(text) ?? Number(value(text)));
      let [month, day] = [count(parts.m), count(parts.d)];
      if (month !== null && day !== null && month > 12 && day <= 12) [month, day] = [day, month];
      if ((month !== null && !(month >= 1 && month <= 12)) || (day !== null && !(day >= 1 && day <= 31))) return null;
      /** @type {(n: number | null) => string} */
      const two = (n) => (n === null ? "" : `-${String(n).padStart(2, "0")}`);
      return month === null ? parts.y : (parts.y ?? "") + two(month) + two(day);
    };

    /** @type {(rule: { kind: ValueKind, groups: string }, match: RegExpMatchArray) => string | null} */
    const valueOf = ({ kind, groups }, match) => {
      if (kind === "date") return date(groups, match);
      const number = value(match[1]);
      if (number === null) return null;
      if (kind === "percent") return `${number}%`;
      return match[2] ? shift(number, scales.get(match[2]) ?? 0) : number;
    };

    // The tokens of a folded text, by place: kind, term, start and end.
    /** @type {Analyzer["analyze"]} */
    const analyze = (text) => {
      /** @type {Token[]} */
      const tokens = [];
      let rest = text;
      for (const rule of rules) {
        for (const match of rest.matchAll(rule.pattern)) {
          const term = valueOf(rule, match);
          if (term === null) continue;
          const [start, end] = [match.index, match.index + match[0].length];
          tokens.push({ kind: rule.kind, term, start, end });
          if (!rule.stay) rest = rest.slice(0, start) + " ".repeat(end - start) + rest.slice(end);
        }
      }
      for (const match of rest.matchAll(/[\p{L}\p{N}]+(?:'[\p{L}\p{N}]+)*/gu)) {
        for (const part of match[0].matchAll(/\p{Script=Han}+|\P{Script=Han}+/gu)) {
          const start = match.index + part.index;
          const end = start + part[0].length;
          if (/^\p{Script=Han}/u.test(part[0])) {
            tokens.push({ kind: "han", term: part[0], start, end });
          } else {
            const plain = part[0].replace(/'s?$/u, "").replace(/'/gu, "");
            if (plain) tokens.push({ kind: stop.has(plain) ? "stop" : "word", term: stem(plain), start, end, plain });
          }
        }
      }
      return tokens.sort((a, b) => a.start - b.start || a.end - b.end);
    };

    // A folded text with the place in the text itself of each of its letters, and of its end.
    /** @type {Analyzer["placed"]} */
    const placed = (text) => {
      const places = [];
      let at = 0;
      for (const char of text) {
        for (let n = folded(char).length; n > 0; n--) places.push(at);
        at += char.length;
      }
      return [fold(text), [...places, at]];
    };

    return { fold, placed, analyze, stem, american };
  };
})();
