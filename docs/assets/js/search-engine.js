// Answers a question from the index that hooks/dossier/exports/search.py writes, whose form stands there. It knows
// no page: the box and the results page show what it finds, and the tests and the bench ask it themselves.
(() => {
  "use strict";

  /**
   * @typedef {{ ids: number[], weights: number[] }} Documents The documents of a term, and how much it says in each.
   * @typedef {Documents & { term: string, worth: number, begun?: boolean, other?: boolean }} Term What stands for a part of a question.
   * @typedef {{ label: string, kind: string, terms: Term[], known?: boolean }} Clause A part of the question; known if another has the words of it.
   * @typedef {Omit<Token, "start" | "end">} Word
   * @typedef {Token & { text: string, stop?: boolean }} Asked A token as it stands in the question.
   * @typedef {{ id: number, kind: string, score: number, covered: number, whole: number, holds?: boolean }} Scored
   */

  const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";
  const VALUE = Object.fromEntries(Array.from(DIGITS, (char, n) => [char, n]));
  // How much of a name a term is, by the lower bits of its weight.
  const SHARE = [0, 0.1, 0.15, 0.2, 0.25, 0.34, 0.5, 1];
  // What of two that are found alike comes first.
  /** @type {Record<string, number>} */
  const PRIOR = {
    actor: 1.15, policy: 1.2, product: 1.2, argument: 1, event: 1.2, figure: 1.05, term: 1.1, paragraph: 1.35, check: 0.7, page: 0.65,
    part: 1, year: 0.65, stance: 0.26, reference: 0.4,
  };
  const ENTITIES = new Set(["actor", "policy", "product", "term", "argument", "event", "figure"]);
  const PROPER = new Set(["actor", "policy", "product"]); // their names are theirs alone
  const SUBJECTS = new Set(["policy", "product", "event"]); // of which one asks why and who
  const CLAUSES = 28;
  const LOOKED = 16;
  const ENOUGH = 6; // results
  const LINKED = 0.58; // what it says of an entry that a text links to it
  const TITLED = 0.7; // what its name says in a text, where it is asked for in another script
  const NAMED = 0.7; // what a word in a name is worth at least
  const OTHER = 0.5; // of what more it is worth, where another kind is asked for
  const PARTLY = 0.3; // how much of that hangs on how much of the question the name is
  const TIED = 1.6; // for what is asked for and tied to the subject of the question
  const COUNTED = 1.8; // for a number of just that of which one asks how many
  const ALIKE = 1.5; // for a name that is the question but for a slip
  const COVER = 0.4; // what a document has of a clause, by which it has all of it

  // What of a sentence of the original is known, as hooks/dossier/read/digest.py has it.
  const HAN_PAIR = /^\p{Script=Han}{2}$/u;
  /** @type {(text: string) => string[]} */
  const digest = (text) => {
    const chars = Array.from(text.replace(/[^\p{L}\p{Nd}]/gu, ""));
    const found = new Set();
    for (let n = 0; n + 1 < chars.length; n++) {
      if (!HAN_PAIR.test(chars[n] + chars[n + 1])) continue;
      let value = 0x811c9dc5;
      for (const char of [chars[n], chars[n + 1]]) value = Math.imul(value ^ Number(char.codePointAt(0)), 0x01000193) >>> 0;
      if (value % 4 === 0) found.add(((value >>> 8) % 1024).toString(16).padStart(3, "0"));
    }
    return [...found];
  };

  // head: what head.js holds; part: gives a part of the index by its name, as a promise; traditional: simplified.js.
  globalThis.dossierEngine = (head, part, traditional, stemmer) => {
    const { fold, placed, analyze, stem, american } = globalThis.dossierAnalyzer(head.words, traditional, stemmer);
    const { count, kinds, parts, chunk } = head;
    const starts = kinds.map(([, first]) => first);
    /** @type {SearchEngine["kindOf"]} */
    const kindOf = (id) => kinds[starts.findLastIndex((first) => first <= id)][0];
    const intents = head.words.intents.map((intent) => ({ ...intent, pattern: new RegExp(intent.pattern, "u") }));
    const asking = new RegExp(head.words.asking, "gu");
    const later = { after: new RegExp(head.words.later.after, "u"), since: new RegExp(head.words.later.since, "u") };
    const particles = new RegExp(`[${head.words.particles}]`, "u");

    // A word or a few, as the texts have it: the terms that must all be there. (What is left of "break up" says something else.)
    /** @type {(text: string) => string[]} */
    const needed = (text) => {
      const all = analyze(fold(text));
      const own = all.filter(({ kind }) => kind !== "stop");
      return inOrder(own.length > 1 ? own : all);
    };
    /** @type {(tokens: Token[]) => string[]} */
    const inOrder = (tokens) => tokens.flatMap(({ kind, term }) => (kind === "han" && term.length > 1 ? pairsOf(term) : [term]));
    /** @type {(run: string) => string[]} */
    const pairsOf = (run) => { const chars = Array.from(run); return chars.slice(1).map((char, n) => chars[n] + char); };
    // By the terms of a word or a few: all that they may be called.
    /** @type {Map<string, string[]>} */
    const same = new Map();
    for (const group of head.words.same) {
      for (const text of group) {
        const name = inOrder(analyze(fold(text))).join(" ");
        same.set(name, [...(same.get(name) ?? []), ...group]);
      }
    }

    // The index

    /** @type {Map<string, Documents>} */
    const lists = new Map();
    /** @type {(text: string) => Documents} */
    const decode = (text) => {
      const ids = [];
      const weights = [];
      let gap = 0;
      let last = -1;
      for (let n = 0; n < text.length; n++) {
        const value = VALUE[text[n]];
        gap = gap * 32 + (value & 31);
        if (value > 31) continue;
        last += gap + 1;
        ids.push(last);
        weights.push(VALUE[text[++n]]);
        gap = 0;
      }
      return { ids, weights };
    };
    /** @type {(term: string) => number} */
    const partOf = (term) => Math.max(0, parts.findLastIndex((first) => first <= term));
    // Where in a part a term stands or would stand.
    /** @type {(terms: Listed[], term: string) => number} */
    const seek = (terms, term) => {
      let [low, high] = [0, terms.length / 2];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (terms[middle * 2] < term) low = middle + 1; else high = middle;
      }
      return low * 2;
    };
    /** @type {(term: string, found: Listed) => Promise<Documents>} */
    const documentsOf = async (term, found) => {
      const known = lists.get(term) ?? decode(typeof found === "string" ? found : (await part(`lists-${found[0]}`))[found[1]]);
      lists.set(term, known);
      return known;
    };
    // The documents of a term, or null where no text has it.
    /** @type {(term: string) => Promise<Documents | null>} */
    const lookup = async (term) => {
      const known = lists.get(term);
      if (known) return known;
      const terms = await part(`terms-${partOf(term)}`);
      const at = seek(terms, term);
      return terms[at] === term ? documentsOf(term, terms[at + 1]) : null;
    };
    // The documents that have all of some terms.
    /** @type {(terms: string[]) => Promise<Documents | null>} */
    const lookupAll = async (terms) => {
      const [first, ...others] = await Promise.all(terms.map(lookup));
      return others.reduce((all, found) => {
        if (!all || !found) return null;
        const own = new Map(found.ids.map((id, n) => [id, found.weights[n]]));
        /** @type {Documents} */
        const both = { ids: [], weights: [] };
        all.ids.forEach((id, n) => {
          const weight = own.get(id);
          if (weight === undefined) return;
          both.ids.push(id);
          both.weights.push(8 * Math.min(all.weights[n] >> 3, weight >> 3) + Math.min(all.weights[n] & 7, weight & 7));
        });
        return both;
      }, first);
    };
    // The terms that begin so, with what finds their documents.
    /** @type {(start: string) => Promise<[term: string, found: Listed][]>} */
    const beginning = async (start) => {
      /** @type {[term: string, found: Listed][]} */
      const found = [];
      for (let n = partOf(start); n < parts.length && parts[n] <= `${start}\uffff`; n++) {
        const terms = await part(`terms-${n}`);
        for (let at = seek(terms, start); at < terms.length; at += 2) {
          const term = String(terms[at]);
          if (!term.startsWith(start)) break;
          found.push([term, terms[at + 1]]);
        }
      }
      return found;
    };
    /** @type {SearchEngine["documents"]} */
    const documents = async (ids) => Promise.all(ids.map(async (id) => {
      const [title, url, names, text, related = [], others = []] = (await part(`documents-${Math.floor(id / chunk)}`))[id % chunk];
      return { id, kind: kindOf(id), title, url, names, text, related, others };
    }));

    // The question

    const OPERATORS = /(?:^|(?<=\s))(?:(-?)(kind|source):(\S+)|(-?)"([^"]+)"|-([\p{L}\p{N}][^\s"]*)|p(\d+)(?:\s?-\s?p?(\d+))?(?=\s|$))/gu;
    /** @param {string} question */
    const parse = (question) => {
      const asked = {
        words: "",
        beside: "", // the words outside the phrases
        phrases: /** @type {string[]} */ ([]),
        without: /** @type {string[]} */ ([]),
        kinds: /** @type {string[]} */ ([]),
        source: "",
        range: /** @type {[number, number] | null} */ (null),
      };
      const text = fold(question).replace(/[“”„«»「」『』″]/gu, '"');
      asked.words = text.replace(OPERATORS, (match, notField, field, value, notPhrase, phrase, word, first, last) => {
        if (field === "kind") asked.kinds.push(value);
        else if (field === "source") asked.source = value;
        else if (word) asked.without.push(word);
        else if (first) asked.range = [Number(first), Number(last ?? first)];
        else if (notPhrase) asked.without.push(phrase);
        else asked.phrases.push(phrase.trim());
        return phrase && !notPhrase ? ` ${phrase} ` : " ";
      });
      asked.beside = text.replace(OPERATORS, " ").replace(asking, " ").trim();
      // A paragraph alone is its name.
      if (asked.range && !/[\p{L}\p{N}]/u.test(asked.words) && asked.range[0] === asked.range[1]) {
        asked.words = `p${asked.range[0]}`;
        asked.range = null;
      }
      return asked;
    };

    // The steps, at most two, by which a slip of the fingers makes of one word another; transposed letters are one.
    /** @type {(a: string, b: string, most: number) => number} */
    const slips = (a, b, most) => {
      if (Math.abs(a.length - b.length) > most) return most + 1;
      let last = Array.from({ length: b.length + 1 }, (_, n) => n);
      let before = last;
      for (let n = 1; n <= a.length; n++) {
        const row = [n];
        for (let m = 1; m <= b.length; m++) {
          row[m] = Math.min(last[m] + 1, row[m - 1] + 1, last[m - 1] + (a[n - 1] === b[m - 1] ? 0 : 1));
          if (n > 1 && m > 1 && a[n - 1] === b[m - 2] && a[n - 2] === b[m - 1]) row[m] = Math.min(row[m], before[m - 2] + 1);
        }
        if (Math.min(...row) > most) return most + 1;
        [before, last] = [last, row];
      }
      return last[b.length];
    };

    /** @type {Record<number, (date: string) => [term: string, worth: number][]>} By the length of a date's term. */
    const DATES = { 10: (d) => [[`@${d}`, 1], [`@${d.slice(4)}`, 0.8], [`@${d.slice(0, 7)}`, 0.2]], 6: (d) => [[`@${d}`, 1]],
      7: (d) => [[`@${d}`, 1], [`@${d.slice(4)}`, 0.4]], 3: (d) => [[`@${d}`, 1]], 4: (d) => [[d, 1]] };

    // A part of the question with the terms that stand for it, each with its worth.
    /** @type {(token: Word, last: boolean, label: string) => Promise<Clause>} */
    const clauseOf = async (token, last, label) => {
      const { kind, term } = token;
      /** @type {Clause} */
      const clause = { label, kind, terms: [] };
      /** @type {(name: string, worth: number) => Promise<void>} */
      const add = async (name, worth) => { const found = await lookup(name); if (found) clause.terms.push({ term: name, worth, ...found }); };
      if (kind === "date") {
        for (const [name, worth] of DATES[term.length](term)) await add(name, worth);
      } else {
        await add(term, 1);
        if (kind === "number" && !clause.terms.length && term.length < 4) await add(`${term}%`, 0.7);
      }
      const typed = token.plain ?? term;
      if (last && (kind === "word" || kind === "number") && typed.length > 1) {
        const known = new Set(clause.terms.map((found) => found.term));
        const begun = (await beginning(typed)).filter(([name]) => !known.has(name)).sort((a, b) => a[0].length - b[0].length).slice(0, 40);
        const worth = clause.terms.length ? 0.35 : 0.75;
        for (const [name, found] of begun) clause.terms.push({ term: name, worth, begun: true, ...(await documentsOf(name, found)) });
      }
      return clause;
    };
    /** @type {(word: string) => string} */
    const letters = (word) => [...word].sort().join("");
    /** @type {(word: string) => string} */
    const single = (word) => word.replace(/(.)\1+/gu, "$1");
    // A word that no text has: cut short of its ending, two words written as one, or mistyped.
    const ENDING = /^(?:i|in|ing?|ings?|e|ed|er|ers?|es|ie|ies?|l|ly|a|at|ati|atio|ations?|m|me|men|ments?|s|t|ti|tio|tions?)$/u;
    /** @type {(token: Word, last: boolean) => Promise<{ terms: Term[], words?: string[], slip?: boolean } | null>} */
    const guess = async (token, last) => {
      const typed = token.plain ?? token.term;
      if (typed.length < 4) return null;
      if (last) {
        const alike = typed.replace(/y/gu, "i");
        for (let cut = typed.length - 1; cut >= Math.max(4, typed.length - 4); cut--) {
          const found = await lookup(alike.slice(0, cut));
          if (found && ENDING.test(typed.slice(cut))) return { terms: [{ term: alike.slice(0, cut), worth: 0.8, ...found }] };
        }
      }
      for (let cut = typed.length - 3; cut >= 3; cut--) {
        const first = await lookup(stem(typed.slice(0, cut)));
        const second = first && await lookup(stem(typed.slice(cut)));
        if (second) return { terms: [], words: [typed.slice(0, cut), typed.slice(cut)] };
      }
      const most = typed.length > 7 ? 2 : 1;
      /** @type {[far: number, name: string, found: Listed][]} */
      const near = [];
      for (const [name, found] of await beginning(typed[0])) {
        const far = Math.min(slips(typed, name, most), slips(token.term, name, most));
        if (far <= most) near.push([far, name, found]);
      }
      if (!near.length) return null;
      const best = Math.min(...near.map(([far]) => far));
      /** @type {Term[]} */
      const terms = [];
      // Letters that changed places or stand twice are what fingers do most.
      /** @type {(name: string) => boolean} */
      const common = (name) => [typed, token.term].some((word) => letters(word) === letters(name) || single(word) === single(name));
      const some = near.some(([far, name]) => far === best && common(name));
      for (const [far, name, found] of near) {
        if (far > best) continue;
        terms.push({ term: name, worth: some && !common(name) ? 0.6 : 0.9, ...(await documentsOf(name, found)) });
      }
      return { terms, slip: true };
    };

    // What else a clause may be called, for less.
    /** @type {(clause: Clause, terms: string[], notes: SearchNotes) => Promise<void>} */
    const widen = async (clause, terms, notes) => {
      const group = same.get(terms.join(" "));
      if (!group) return;
      const own = new Set(terms);
      for (const text of group) {
        const others = needed(text);
        if (others.every((term) => own.has(term)) || clause.terms.some(({ term }) => term === others[0])) continue;
        const found = await lookupAll(others);
        if (!found?.ids.length) continue;
        clause.terms.push({ term: others[0], worth: 0.5, other: true, ...found });
        notes.words.add(text);
      }
    };

    // The clauses of a Chinese word of which one character is wrong: the names that have all the others.
    /** @type {(chars: string[]) => Promise<Clause[]>} */
    const mistaken = async (chars) => {
      /** @type {Map<number, number>} */
      const tally = new Map();
      const found = await Promise.all(chars.map(lookup));
      for (const known of found) known?.ids.forEach((id, n) => { if (known.weights[n] & 7) tally.set(id, (tally.get(id) ?? 0) + 1); });
      return chars.flatMap((term, n) => {
        const ids = found[n]?.ids ?? [];
        const kept = ids.flatMap((id, m) => (chars.length > 2 && Number(tally.get(id)) >= chars.length - 1 ? [m] : []));
        if (!kept.length) return [];
        return [{ label: term, kind: "han", terms: [{ term, worth: 0.8, ids: kept.map((m) => ids[m]), weights: kept.map((m) => Number(found[n]?.weights[m])) }] }];
      });
    };

    /** @type {(tokens: Asked[], typing: boolean, notes: SearchNotes) => Promise<Clause[]>} */
    const clausesOf = async (tokens, typing, notes) => {
      /** @type {Clause[]} */
      const clauses = [];
      for (let n = 0; n < tokens.length && clauses.length < CLAUSES; n++) {
        const token = tokens[n];
        const last = typing && n === tokens.length - 1;
        if (token.kind === "han") {
          const chars = Array.from(token.term);
          // A numeral that is found by its value is not looked for by its characters.
          const value = tokens.find((other) => other.kind === "number" && other.start >= token.start && other.end <= token.end);
          const by = value && await lookup(value.term) ? [value.start - token.start, value.end - token.start] : [0, 0];
          const pairs = (chars.length === 1 ? chars : pairsOf(token.term))
            .filter((_, m) => m + 1 < by[0] || m + 1 > by[1] || by[1] === 0);
          if (!pairs.length) continue;
          /** @type {Clause[]} */
          const found = [];
          for (const term of pairs) {
            const ids = await lookup(term);
            found.push({ label: term, kind: "han", terms: ids ? [{ term, worth: 1, ...ids }] : [] });
          }
          for (let m = 0; m < pairs.length; m++) {
            for (const length of [3, 2, 1]) {
              const span = pairs.slice(m, m + length);
              if (span.length < length || !same.has(span.join(" "))) continue;
              for (let at = m; at < m + length; at++) await widen(found[at], span, notes);
              break;
            }
          }
          // A word of one character, as many verbs are.
          const alone = chars.flatMap((char, m) => (chars.length > 1 && same.has(char) && [m - 1, m].every((at) => !found[at]?.terms.length) ? [m] : []));
          for (const m of alone) {
            /** @type {Clause} */
            const clause = { label: chars[m], kind: "word", terms: [] };
            await widen(clause, [chars[m]], notes);
            if (!clause.terms.length) continue;
            clauses.push(clause);
            for (const at of [m - 1, m]) if (found[at]) found[at].known = true;
          }
          // Where a character is wrong, its pairs are unknown; in a short word the characters themselves may tell, all but one.
          if (by[1] === 0 && chars.length > 1 && chars.length < 5 && !found.some((clause) => clause.terms.length)) {
            const alike = await mistaken(chars);
            (alike.length ? notes.slips : notes.missing).push(token.term);
            clauses.push(...alike);
            continue;
          }
          if (by[1] === 0 && chars.length < 5 && !found.some((clause) => clause.terms.length)) notes.missing.push(token.term);
          clauses.push(...found.filter((clause) => clause.terms.length || (chars.length < 9 && by[1] === 0 && !clause.known && !particles.test(clause.label))));
          continue;
        }
        // B-12 and b 12 are B12 where a text has that; so are "light house" and "lamp makers".
        const next = tokens[n + 1];
        if (next && next.start - token.end <= 1 && /^(?:word|number)$/u.test(token.kind) && /^(?:word|number)$/u.test(next.kind)) {
          const joined = stem((token.plain ?? token.term) + (next.plain ?? next.term));
          const found = !/^\d+$/u.test(joined) && await lookup(joined);
          if (found && found.weights.some((weight) => weight & 7)) {
            const [a, b] = [await lookup(token.term), await lookup(next.term)];
            if (!a || !b || /^[a-z]{1,2}\d/u.test(joined) || found.ids.length * 2 > Math.min(a.ids.length, b.ids.length)) {
              clauses.push({ label: joined, kind: "word", terms: [{ term: joined, worth: 1, ...found }] });
              n++;
              continue;
            }
          }
        }
        // A name of which somebody writes each syllable by itself.
        /** @type {{ m: number, clause: Clause } | null} */
        let spelled = null;
        for (const m of [4, 3]) {
          const span = tokens.slice(n, n + m);
          /** @type {(token: Asked, k: number) => boolean} */
          const apart = ({ kind, start }, k) => kind !== "word" || (k > 0 && start - span[k - 1].end > 1);
          if (spelled || span.length < m || span.some(apart)) continue;
          const joined = stem(span.map(({ plain: typed, term }) => typed ?? term).join(""));
          const found = await lookup(joined);
          if (found?.weights.some((weight) => weight & 7)) spelled = { m, clause: { label: joined, kind: "word", terms: [{ term: joined, worth: 1, ...found }] } };
        }
        if (spelled) {
          clauses.push(spelled.clause);
          n += spelled.m - 1;
          continue;
        }
        // A few words that are one thing, by whatever name.
        const length = [3, 2].find((m) => tokens.length >= n + m && same.has(tokens.slice(n, n + m).map(({ term }) => term).join(" ")));
        if (length) {
          const terms = tokens.slice(n, n + length).map(({ term }) => term);
          const found = await lookupAll(terms);
          /** @type {Clause} */
          const clause = { label: terms.join(" "), kind: "word", terms: found ? [{ term: terms[0], worth: 1, ...found }] : [] };
          await widen(clause, terms, notes);
          if (clause.terms.length) {
            clauses.push(clause);
            n += length - 1;
            continue;
          }
        }
        const label = token.text;
        const clause = await clauseOf(token, last, label);
        if (!clause.terms.length && token.kind === "word") {
          const guessed = await guess(token, last);
          if (guessed?.words) {
            for (const word of guessed.words) clauses.push(await clauseOf({ kind: "word", term: stem(word), plain: word }, false, word));
            notes.slips.push(label);
            continue;
          }
          if (guessed) clause.terms = guessed.terms;
          if (guessed?.slip) notes.slips.push(label);
        }
        if (token.kind === "word") await widen(clause, [token.term], notes);
        if (!clause.terms.length) { notes.missing.push(label); continue; }
        clauses.push(clause);
      }
      return clauses;
    };

    // The answers

    /** @type {(text: string) => string} */
    const plain = (text) => ` ${text.replace(/[^\p{L}\p{N}]+/gu, " ").trim()} `;
    /** @type {(text: string, phrase: string) => boolean} */
    const holds = (text, phrase) => {
      const wanted = plain(phrase);
      return plain(text).includes(/^ \p{Script=Han}/u.test(wanted) ? wanted.trim() : wanted);
    };

    // How long a run of the question's words a text has, from 0 to 1.
    /** @type {(terms: string[], own: string[]) => number} */
    const run = (terms, own) => {
      let longest = 0;
      for (let n = 0; n < own.length; n++) {
        for (let m = 0; m < terms.length; m++) {
          let length = 0;
          while (length < terms.length - m && own[n + length] === terms[m + length]) length++;
          longest = Math.max(longest, length);
        }
      }
      return longest / terms.length;
    };

    // The year of the timeline in which one reads on, where nothing is asked but what came after a date, or after what the text tells.
    /** @type {(question: string, tokens: Asked[]) => Promise<Asked | null>} */
    const readOn = async (question, tokens) => {
      const after = later.after.test(question);
      if (tokens.length > 1 || !(after || later.since.test(question))) return null;
      const [year, month = "12", day = "31"] = (tokens[0]?.term ?? head.told).split("-");
      if (!/^\d{4}$/u.test(year)) return null;
      const over = (after || !tokens.length) && month === "12" && day === "31";
      const term = String(Number(year) + Number(over));
      return await lookup(term) ? { kind: "word", term, text: term, start: 0, end: 0 } : null;
    };

    // Whether what was typed is a name but for a slip.
    /** @type {(name: string, typed: string) => boolean} */
    const alike = (name, typed) => { const most = name.length > 7 ? 2 : 1; return slips(name, typed, most) <= most; };

    /** @type {(name: string) => string | undefined} */
    const kindNamed = (name) => kinds.map(([kind]) => kind).find((kind) => kind === name || `${kind}s` === name || kind.replace(/y$/u, "ies") === name
      || (name.length > 2 && kind.startsWith(name)));

    // typing: whether the last word may be unfinished.
    /** @type {SearchEngine["search"]} */
    const search = async (question, { typing = true } = {}) => {
      /** @type {SearchNotes} */
      const notes = { missing: [], slips: [], widened: [], words: new Set(), empty: false, unknown: [] };
      const asked = parse(question);
      /** @type {Answers} */
      const nothing = { total: 0, counts: [], ids: [], notes, terms: new Set(), phrases: [] };
      const stripped = asked.words.replace(asking, (match) => " ".repeat(match.length));
      const bare = !/[\p{L}\p{N}]/u.test(stripped); // nothing but what a question is made of
      const words = bare ? asked.words : stripped;
      /** @type {Asked[]} */
      const all = analyze(words).map((token) => ({ ...token, text: words.slice(token.start, token.end) }));
      let tokens = all.filter((token) => token.kind !== "stop");
      const next = await readOn(asked.words.trim(), bare ? [] : tokens);
      if (next) tokens = [next];
      if (!tokens.length) tokens = all.map((token) => ({ ...token, kind: "word", term: token.plain ?? token.term, stop: true }));
      const stopped = tokens.some((token) => token.stop);
      const allowed = asked.kinds.map(kindNamed);
      asked.kinds.forEach((name, n) => { if (!allowed[n]) notes.unknown.push(`kind:${name}`); });
      if (asked.source && head.source && !head.source.startsWith(asked.source)) { notes.unknown.push(`source:${asked.source}`); return nothing; }
      const clauses = stopped ? [] : await clausesOf(tokens, typing && !/[\s"”]$/u.test(question), notes);
      if (stopped) {
        // "about" is a page's name and says nothing else.
        for (const token of tokens) {
          const found = await lookup(token.term);
          if (found) clauses.push({ label: token.text, kind: "word", terms: [{ term: token.term, worth: 1, ...found }] });
        }
        notes.empty = !clauses.length;
      }
      const onlyFilter = !tokens.length && (allowed.some(Boolean) || asked.range || asked.source);
      if (!clauses.length && !onlyFilter) { notes.empty ||= !tokens.length; return nothing; }

      // What each document has of each clause.
      const said = clauses.map(() => new Float32Array(count));
      const named = clauses.map(() => new Float32Array(count));
      const idf = clauses.map((clause, n) => {
        let most = 0;
        for (const { ids, weights, worth } of clause.terms) {
          for (let m = 0; m < ids.length; m++) {
            const text = worth * (weights[m] >> 3) / 3.5;
            const name = worth * SHARE[weights[m] & 7];
            if (text > said[n][ids[m]]) said[n][ids[m]] = text;
            if (name > named[n][ids[m]]) named[n][ids[m]] = name;
          }
          if (!(most && clause.terms[0].worth === 1)) most = Math.max(most, ids.length);
        }
        return clause.terms.length ? Math.log(1 + count / (most + 0.5)) * (clause.kind === "han" ? 0.7 : 1) : 1.5;
      });
      const total = idf.reduce((sum, value) => sum + value, 0);

      // How much of its name each document has in the question, and how much of the question that is.
      const touched = new Set();
      clauses.forEach((clause) => clause.terms.forEach(({ ids }) => ids.forEach((id) => touched.add(id))));
      const name = new Map();
      /** @type {(id: number) => void} */
      const shareOf = (id) => {
        let [share, part_, mask] = [0, 0, 0];
        for (let n = 0; n < clauses.length; n++) if (named[n][id]) { share += named[n][id]; part_ += idf[n]; mask |= 1 << n; }
        if (share) name.set(id, { share: Math.min(1, share), part: part_ / total, mask });
      };
      touched.forEach(shareOf);

      // An entry that is named counts wherever a text links to it, whatever it is called there.
      const meant = [...name].filter(([id, { share }]) => share > 0.93 && ENTITIES.has(kindOf(id)))
        .sort((a, b) => b[1].part - a[1].part || a[0] - b[0]).filter(([, { part: part_ }], _, [[, best]]) => part_ > best.part * 0.6 || part_ > 0.3).slice(0, 4);
      for (const [id, { mask }] of meant) {
        const its = clauses.flatMap((_, n) => (mask & (1 << n) ? [n] : []));
        let wider = 0;
        // What has its name in another script speaks of it, too.
        const title = PROPER.has(kindOf(id)) && its.every((n) => clauses[n].kind === "han") ? needed((await documents([id]))[0].title) : [];
        const called = title.length ? await lookupAll(title) : null;
        called?.ids.forEach((other, m) => {
          touched.add(other);
          const share = TITLED * Math.min(1, SHARE[called.weights[m] & 7] * title.length) / its.length;
          const text = TITLED * (called.weights[m] >> 3) / 3.5;
          for (const n of its) {
            if (!said[n][other] && !named[n][other]) wider++;
            said[n][other] = Math.max(said[n][other], text);
            if (other !== id) named[n][other] = Math.max(named[n][other], share);
          }
          shareOf(other);
        });
        for (const other of (await lookup(`&${id}`))?.ids ?? []) {
          touched.add(other);
          for (const n of its) {
            if (!said[n][other] && !named[n][other]) wider++;
            said[n][other] = Math.max(said[n][other], LINKED) + LINKED;
          }
        }
        if (wider) notes.widened.push(id);
      }

      // A passage that is pasted asks nothing.
      const passage = all.length > 12 && !/[?？]/u.test(question);
      const meaning = passage ? [] : intents.filter(({ pattern }) => pattern.test(asked.words.trim()));
      const liked = new Set(next ? ["year"] : meaning.flatMap((intent) => intent.kinds ?? []));
      // Who opposes something is a stance; why somebody does so is an argument.
      const toward = meaning.some((intent) => intent.stance);
      const stance = toward && [...liked].every((kind) => kind === "actor");
      if (toward) liked.add("stance");
      // Who opposes asks for those who do.
      const sides = meaning.flatMap((intent) => (intent.stance ? [`=${intent.stance}`] : []));
      const sided = new Set((await Promise.all(sides.map(lookup))).flatMap((found) => found?.ids ?? []));

      // How long asks for years or hours, how much for money.
      const measures = meaning.flatMap(({ measure }) => (measure ? [`=${measure}`] : []));
      const measured = new Set((await Promise.all(measures.map(lookup))).flatMap((found) => found?.ids ?? []));

      /** @type {Scored[]} */
      let scored = [];
      const exact = clauses.filter((clause) => clause.terms.length).length;
      for (const id of onlyFilter ? Array.from({ length: count }, (_, n) => n) : touched) {
        const kind = kindOf(id);
        const known = name.get(id);
        const other = liked.size && !liked.has(kind) ? OTHER : 1;
        const share = 1 - PARTLY + PARTLY * (known?.part ?? 0);
        let [score, cover] = [0, 0];
        for (let n = 0; n < clauses.length; n++) {
          const own = 0.7 * said[n][id] + (named[n][id] ? (NAMED + 1.2 * named[n][id] * other) * share : 0);
          if (own) { score += idf[n] * own; cover += idf[n] * Math.min(1, own / COVER); }
        }
        const covered = total ? cover / total : 1;
        score *= covered ** 1.5;
        if (known) {
          const whole = known.share > 0.99 && known.part > 0.99 ? 2 : 1;
          const wanted = liked.size && !liked.has(kind) && kind !== "page" ? 0.15 : whole;
          score += 4.7 * total * known.share ** 2 * known.part ** 3.3 * covered * wanted;
        }
        score *= PRIOR[kind] ?? 1;
        score *= 1 + 0.03 * Number(head.weights[id] ?? 0);
        if (stance) score *= kind === "stance" ? 12 : kind === "page" ? 1.5 : 0.7;
        else if (liked.size) score *= liked.has(kind) ? 1.9 : 0.65;
        if (sides.length && kind === "stance" && !sided.has(id)) score *= 0.3;
        if (measured.size && kind === "figure") score *= measured.has(id) ? 1.5 : 0.5;
        scored.push({ id, kind, score, covered, whole: known && known.share > 0.93 ? known.part : 0 });
      }

      // A question of why or who is about what has the most of it; the answer is tied to that.
      if (liked.size && !stance) {
        /** @type {Scored | null} */
        let subject = null;
        for (const entry of scored) if (SUBJECTS.has(entry.kind) && entry.score > (subject?.score ?? 0)) subject = entry;
        const tied = new Set(subject && (await lookup(`&${subject.id}`))?.ids);
        for (const entry of scored) if (liked.has(entry.kind) && tied.has(entry.id)) entry.score *= TIED;
      }

      // The original is not published; a digest of its pairs of characters knows a sentence again.
      const sentence = digest(words);
      if (sentence.length > 2) {
        const bits = await Promise.all(sentence.map((bit) => lookup(`~${bit}`)));
        const tally = new Map();
        bits.forEach((found) => found?.ids.forEach((id) => tally.set(id, (tally.get(id) ?? 0) + 1)));
        const byId = new Map(scored.map((entry) => [entry.id, entry]));
        for (const [id, matched] of tally) {
          const share = matched / sentence.length;
          if (share < 0.8) continue;
          /** @type {Scored} */
          const entry = byId.get(id) ?? { id, kind: kindOf(id), score: 0, covered: 0, whole: 0 };
          if (!byId.has(id)) scored.push(entry);
          entry.score += 300 * share ** 8 * Math.min(1, sentence.length / 6);
          entry.covered = Math.max(entry.covered, share ** 4);
        }
      }

      // Filters
      /** @type {(kept: (entry: Scored) => boolean) => void} */
      const keep = (kept) => { scored = scored.filter(kept); };
      if (allowed.length) keep(({ kind }) => allowed.includes(kind));
      if (asked.range) {
        const [first, last] = [Math.min(...asked.range), Math.max(...asked.range)];
        const inside = new Set();
        for (let n = first; n <= Math.min(last, first + 200); n++) {
          const found = await lookup(`p${n}`);
          found?.ids.forEach((id, m) => { if ((found.weights[m] & 7) === 7) inside.add(id); });
        }
        keep(({ id, kind }) => kind === "paragraph" && inside.has(id));
        if (onlyFilter) scored.sort((a, b) => a.id - b.id).forEach((entry, n) => { entry.score = 1 - n / 1000; });
      }
      if (asked.source && !head.source) {
        const [first] = await beginning(`^${asked.source}`);
        const own = new Set(first ? (await documentsOf(...first)).ids : []);
        if (!own.size) notes.unknown.push(`source:${asked.source}`);
        keep(({ id }) => own.has(id));
      }
      for (const word of asked.without) {
        const unwanted = new Set();
        for (const token of analyze(word)) (await lookup(token.term))?.ids.forEach((id) => unwanted.add(id));
        keep(({ id }) => !unwanted.has(id));
      }

      // What has nearly as much of the question as the best has is an answer; where that is hardly anything, so is what has half.
      const best = scored.reduce((most, { covered }) => Math.max(most, covered), 0);
      const cuts = (exact > 5 ? [0.55, 0.4] : [0.72, 0.5, 0.34]).map((share) => best * share);
      /** @type {(least: number) => Scored[]} */
      const above = (least) => scored.filter(({ covered, whole }) => covered >= least || whole > 0.3);
      scored = above(cuts.find((least) => above(least).length >= ENOUGH) ?? cuts[cuts.length - 1]);
      scored.sort((a, b) => b.score - a.score || a.id - b.id);

      // The first are looked at as they are written: words in the order of the question, in its very forms.
      const ordered = all.map((token) => token.term);
      const forms = tokens.flatMap((token) => (token.plain ? american(token.plain) : []));
      const wanted = new Set(clauses.flatMap((clause) => clause.terms.map(({ term }) => term)));
      const counted = meaning.some((intent) => intent.counted);
      const typed = words.replace(/[^\p{L}\p{N}]+/gu, " ").trim();
      const looked = scored.slice(0, asked.phrases.length ? 120 : LOOKED);
      const texts = await documents(looked.map(({ id }) => id));
      looked.forEach((entry, n) => {
        const text = fold([texts[n].title, texts[n].names, ...texts[n].others, texts[n].text].join(" — "));
        if (asked.phrases.length) entry.holds = asked.phrases.every((phrase) => holds(text, phrase));
        const own = analyze(text);
        // How many of something asks for a number of just that.
        if (counted && own.some(({ kind }, m) => kind === "number" && own.slice(m + 1, m + 3).some(({ term }) => wanted.has(term)))) entry.score *= COUNTED;
        if (notes.slips.length && [texts[n].title, texts[n].names, ...texts[n].others].some((called) => alike(fold(called), typed))) entry.score *= ALIKE;
        if (ordered.length > 1) {
          const share = run(ordered, own.map(({ term }) => term));
          const length = share * ordered.length;
          if (length > 1.5) entry.score *= 1 + 1.2 * share ** 1.5;
          if (length > 3.5 && share > 0.7 && entry.kind === "paragraph") entry.score *= length > 5.5 ? 12 : 3;
        }
        if (forms.length) {
          const written = new Set(text.match(/[\p{L}\p{N}]+/gu));
          entry.score *= 0.7 + 0.3 * forms.filter((form) => written.has(form)).length / forms.length;
        }
      });
      if (asked.phrases.length) {
        // In a question such as “what does … mean”, a phrase that nobody wrote is looked for by its words.
        const held = looked.filter((entry) => entry.holds);
        notes.phrase = !held.length;
        if (held.length || !asked.beside || analyze(asked.beside).some(({ kind }) => kind !== "stop")) scored = held;
      }
      scored.sort((a, b) => b.score - a.score || a.id - b.id);

      // The text itself has a word among the first.
      const paragraphs = scored.filter(({ kind }) => kind === "paragraph").slice(0, 2);
      paragraphs.forEach((entry, n) => {
        const at = scored.indexOf(entry);
        if (at > 4 + n) scored.splice(4 + n, 0, ...scored.splice(at, 1));
      });

      const tally = new Map();
      scored.forEach(({ kind }) => tally.set(kind, (tally.get(kind) ?? 0) + 1));
      return {
        total: scored.length, counts: [...tally].sort((a, b) => b[1] - a[1]), ids: scored.map(({ id }) => id), notes,
        terms: wanted, phrases: asked.phrases,
      };
    };

    return { search, documents, kindOf, fold, placed, analyze };
  };
})();
