// What a text is to the search: words by their stems, quantities by their values, dates by the calendar.
// The same as hooks/dossier/exports/analyzer.py, from the same tables; a test holds the two together.
(() => {
  "use strict";

  const APOSTROPHES = /[’‘ʼ`´′＇]/u;
  const HYPHENS = /[‐‑‒–—―−]/u;

  // tables: analyzer.yml; traditional: two strings, the n-th character of the first traditional for the n-th of the second.
  globalThis.dossierAnalyzer = (tables, traditional, stemmer) => {
    const [from, to] = traditional.map((text) => Array.from(text));
    const simple = new Map(from.map((char, n) => [char, to[n]]));
    const stop = new Set(tables.stop.trim().split(/\s+/u).map((word) => word.replace(/'/gu, "")));
    const whole = new Map(Object.entries(tables.spelling));
    const endings = tables.endings.map(([pattern, replacement]) => [new RegExp(pattern, "u"), replacement]);
    const numbers = new Map(Object.entries(tables.numbers));
    const scales = new Map(Object.entries(tables.scales));
    const months = new Map(Object.entries(tables.months));
    const digits = new Map(Object.entries(tables.digits));
    const named = (text) => text.replace(/\{([A-Z]+)\}/gu, (_, name) => tables.parts[name]);
    const rules = tables.rules.map(({ kind, groups = "", stay = false, pattern }) => (
      { kind, groups, stay, pattern: new RegExp(named(named(pattern)), "gu") }
    ));

    const known = new Map();
    const folded = (char) => {
      if (!known.has(char)) {
        const plain = APOSTROPHES.test(char) ? "'" : HYPHENS.test(char) ? "-" : char;
        known.set(char, Array.from(plain.normalize("NFKC"), (c) => simple.get(c) ?? c).join("")
          .toLowerCase().normalize("NFD").replace(/\p{M}/gu, ""));
      }
      return known.get(char);
    };
    const fold = (text) => Array.from(text, folded).join("").replace(/(?<![\p{L}\p{N}_])u\.s\.(?:a\.)?/gu, (match) => "us".padEnd(match.length));

    const american = (word) => endings.reduce((w, [pattern, replacement]) => w.replace(pattern, replacement), whole.get(word) ?? word);
    const stems = new Map();
    const stem = (word) => {
      if (!/^[a-z]{3,}$/u.test(word)) return word;
      if (!stems.has(word)) stems.set(word, stemmer.stemWord(american(word)));
      return stems.get(word);
    };

    const shift = (number, zeros) => {
      const [before, after = ""] = number.split(".");
      const fraction = after.padEnd(zeros, "0");
      const rest = fraction.slice(zeros).replace(/0+$/u, "");
      return before + fraction.slice(0, zeros) + (rest && `.${rest}`);
    };

    const spelled = (text) => {
      let total = 0;
      let part = 0;
      for (const word of text.split(/[ -]/u)) {
        if (numbers.has(word)) part += numbers.get(word);
        else if (word === "hundred") part = (part || 1) * 100;
        else if (scales.has(word)) { total += (part || 1) * 10 ** scales.get(word); part = 0; }
      }
      return total + part ? String(total + part) : null;
    };

    const value = (text) => {
      if (/^\d/u.test(text)) return shift(text.replace(/,/gu, ""), 0);
      if (/^[ -~]/u.test(text)) return spelled(text);
      let total = 0;
      let section = 0;
      let digit = 0;
      for (const char of text) {
        if (digits.has(char)) digit = digits.get(char);
        else if ("十百千".includes(char)) { section += (digit || 1) * 10 ** (1 + "十百千".indexOf(char)); digit = 0; }
        else { total = (total + section + digit || 1) * 10 ** (char === "万" ? 4 : 8); section = digit = 0; }
      }
      return String(total + section + digit);
    };

    const date = (groups, match) => {
      const parts = Object.fromEntries(Array.from(groups, (name, n) => [name, match[n + 1]]));
      const count = (text) => (text === undefined ? null : months.get(text) ?? Number(value(text)));
      let [month, day] = [count(parts.m), count(parts.d)];
      if (month !== null && day !== null && month > 12 && day <= 12) [month, day] = [day, month];
      if ((month !== null && !(month >= 1 && month <= 12)) || (day !== null && !(day >= 1 && day <= 31))) return null;
      const two = (n) => (n === null ? "" : `-${String(n).padStart(2, "0")}`);
      return month === null ? parts.y : (parts.y ?? "") + two(month) + two(day);
    };

    const valueOf = ({ kind, groups }, match) => {
      if (kind === "date") return date(groups, match);
      const number = value(match[1]);
      if (number === null) return null;
      if (kind === "percent") return `${number}%`;
      return match[2] ? shift(number, scales.get(match[2])) : number;
    };

    // The tokens of a folded text, by place: kind, term, start and end.
    const analyze = (text) => {
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
