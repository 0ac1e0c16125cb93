// What is wrong with a record, in the words of the checks (read/invalid.py, rules/invariants.py), as far as no other file is needed.
(() => {
  "use strict";
  const { parse, citation, standsIn, likest } = window.dossier.prose;

  /** @type {(value: unknown, limit?: number) => string} */
  const quoted = (value, limit = 60) => { const text = String(value); return `"${text.length > limit ? `${text.slice(0, limit - 1)}…` : text}"`; };

  /** @type {(one: string, other: string) => number} How many letters two texts have in common, block by block. */
  const common = (one, other) => {
    if (!one || !other) return 0;
    let [most, from, to] = [0, 0, 0];
    for (let a = 0; a < one.length; a++) {
      for (let b = 0; b < other.length; b++) {
        let n = 0;
        while (a + n < one.length && one[a + n] === other[b + n]) n++;
        if (n > most) [most, from, to] = [n, a, b];
      }
    }
    return most && most + common(one.slice(0, from), other.slice(0, to)) + common(one.slice(from + most), other.slice(to + most));
  };
  /** @type {(wrong: string, known: Iterable<string>) => string} What is most like it, as difflib finds it. */
  const nearest = (wrong, known) => {
    let [best, most] = ["", 0.6];
    for (const word of [...known].sort()) {
      const both = wrong.length + word.length;
      if (2 * Math.min(wrong.length, word.length) < most * both) continue;
      const alike = (2 * common(word, wrong)) / both;
      if (alike >= most) [best, most] = [word, alike];
    }
    return best && ` (did you mean "${best}"?)`;
  };

  // Dates, as dossier/dates.py has them.

  const POINT = /^(-?\d{4})(?:-(\d{2})(?:-(\d{2}))?)?[~?]?$/;
  /** @type {(year: number, month: number) => number} */
  const daysOf = (year, month) => new Date(Date.UTC(year > 0 ? year : 2000 + (((year % 400) + 400) % 400), month, 0)).getUTCDate();
  /** @type {(text: string, start: boolean) => number} As a number that sorts. */
  const edge = (text, start) => {
    if (text === "..") return start ? -Infinity : Infinity;
    const [, year, month = start ? "1" : "12", day] = POINT.exec(text) ?? [];
    return Number(year) * 10000 + Number(month) * 100 + Number(day ?? (start ? 1 : daysOf(Number(year), Number(month))));
  };
  /** @type {ProposeCheck["dateProblem"]} */
  const dateProblem = (text) => {
    if (/[“”‘’]/.test(text)) return "has curly quotation marks; write straight ones or none";
    const parts = text.split("/");
    if (parts.length > 2) return "has more than one slash";
    for (const part of parts) {
      if (part === ".." && parts.length === 2) continue;
      const found = POINT.exec(part);
      if (!found) return /^-?\d{1,3}(?:-[\d-]*)?$/.test(part) ? "is not a date; write the year with four digits, as in 0043" : "is not a date; write 2025, 2025-04, 2025-04-27 or start/end";
      const [year, month, day] = [Number(found[1]), Number(found[2] ?? 1), Number(found[3] ?? 1)];
      if (month < 1 || month > 12 || day < 1 || day > daysOf(year, month)) return "is not a day of the calendar";
    }
    if (parts[0] === ".." && parts[1] === "..") return "has no end at all";
    return edge(parts[0], true) > edge(parts[1] ?? parts[0], false) ? "ends before it begins" : "";
  };

  /** @type {ProposeCheck["shapeOf"]} What a schema says of a value, its references followed. */
  const shapeOf = (schema, definitions) => {
    const { $ref, anyOf, ...own } = schema ?? {};
    const [inner] = (anyOf ?? []).filter((one) => one.type !== "null");
    const base = $ref ? definitions[$ref.split("/").pop() ?? ""] : inner;
    if (!base) return schema ?? {};
    return { ...shapeOf(base, definitions), ...Object.fromEntries(Object.entries(own).filter(([name]) => name === "description" || !inner)) };
  };

  /** @type {(pattern: string, given: string) => string} What to write in a field, with the id that was given if it is one. */
  const hint = (pattern, given) => window.dossierPropose.hints[pattern].replace(/:id(?= or |$)/g, ID.test(given) ? `:${given}` : "$&");
  const ID = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
  const STATEMENT = "voice"; // what has it says something

  /** @type {(part: string, shape: Shape, name: string) => string} Why a text is not what its schema wants. */
  const wrongly = (part, shape, name) => {
    if (part.includes("TODO")) return `is not written yet (TODO); ${part === "TODO" && shape.enum ? `use one of ${shape.enum.join(", ")}` : "write it or remove the field"}`;
    if (shape.enum && !shape.enum.includes(part)) return `has ${quoted(part)} for "${name}"${nearest(part, shape.enum)}; use one of ${shape.enum.join(", ")}`;
    if ((shape.type === "number" || shape.type === "integer") && !/^[-+]?\d+(?:\.\d+)?$/.test(part)) return `has ${quoted(part)} for "${name}"; write a number, in digits`;
    if (shape.maxLength && part.length > shape.maxLength) return `has a "${name}" of more than ${shape.maxLength} characters; shorten it`;
    return shape.pattern && !new RegExp(shape.pattern).test(part) ? `has ${quoted(part)} for "${name}"; ${hint(shape.pattern, part)}` : "";
  };

  /** @type {ProposeCheck["unknown"]} What is wrong with a link to an entry, or to a fact of one that could not be written out. */
  const unknown = (target, added) => {
    const { entries } = window.dossierPreviews;
    const [key, fact] = target.split("#");
    const [kind, name] = key.split(":");
    const keys = [...Object.keys(entries), ...added.keys()];
    if (keys.includes(key) && !(fact && key in entries)) return "";
    if (keys.includes(key)) {
      const facts = window.dossierPropose.facts[key] ?? {};
      if (!(fact in facts)) return `cites the "${fact}" of ${key}, which it does not have${key in window.dossierPropose.facts ? `; write one of ${Object.keys(facts).join(", ")}` : ""}`;
      return `cites the "${fact}" of ${key}; between the brackets stands how it is written, one of ${Object.keys(facts[fact]).join(", ")}`;
    }
    const other = keys.find((one) => one.endsWith(`:${name}`));
    const meant = other ? ` (did you mean ${other}?)` : nearest(name, keys.filter((one) => one.startsWith(`${kind}:`)).map((one) => one.slice(kind.length + 1)));
    return `links to unknown ${kind} "${name}"${meant}; correct the id or add the entry`;
  };

  /** @type {ProposeCheck["check"]} */
  const check = ({ kind, id, value, fresh, linkedTo }) => {
    const { linked, devices, sources, default: only } = window.dossierPropose;
    const { works, paragraphs } = window.dossierPreviews;
    const added = linkedTo;
    /** @type {Fault[]} */
    const faults = [];
    /** @type {(path: Path, message: string) => void} */
    const say = (path, message) => { faults.push({ path, message }); };
    const form = window.dossierPropose.kinds[kind];
    const definitions = form.schema.$defs ?? {};
    const top = form.schema.type === "array" ? shapeOf(form.schema.items, definitions) : form.schema;
    const source = typeof value.source === "string" && value.source ? value.source : only ?? "";

    /** @type {(path: Path, key: string) => void} */
    const checkLink = (path, key) => { const wrong = unknown(key, added); if (wrong) say(path, wrong); };
    /** @type {(path: Path, one: ProseCitation) => void} */
    const checkCitation = (path, one) => {
      if (one.work) {
        if (!(one.work in works) && !added.has(`reference:${one.work}`)) say(path, `cites unknown reference "${one.work}"${nearest(one.work, Object.keys(works))}; correct the id or add it to data/references.yml`);
        return;
      }
      const of = one.source || source;
      const label = `p${one.first}${one.last > one.first ? `–p${one.last}` : ""}`;
      const texts = paragraphs[of];
      if (!of) say(path, `cites ${quoted(label)} without saying of which source; write source-id:${label} (known: ${Object.keys(sources).join(", ")})`);
      else if (!texts) say(path, `cites unknown source "${of}"${nearest(of, Object.keys(sources))}; correct the id`);
      else for (const number of new Set([one.first, one.last])) if (number < 1 || number > texts.length) say(path, `cites unknown paragraph "p${number}" (the source has p1 to p${texts.length})`);
      if (one.first > one.last) say(path, `cites the range "p${one.first}-p${one.last}" backwards; write p${one.last}-p${one.first}`);
    };
    /** @type {(path: Path, words: string, cited: ProseCitation[]) => void} */
    const checkQuotation = (path, words, cited) => {
      const of = cited.filter(({ work }) => !work);
      if (!of.length) {
        if (!cited.length) say(path, `quotes ${quoted(words)} without a citation; cite its paragraph after it, or drop the quotation marks`);
        return;
      }
      /** @type {Record<string, string>} */
      const texts = {};
      for (const one of of) for (let n = one.first; n <= Math.min(one.last, one.first + 500); n++) { const text = paragraphs[one.source || source]?.[n - 1]; if (text) texts[`p${n}`] = text; }
      const all = Object.values(texts);
      if (!all.length || all.some((text) => standsIn(words, text)) || standsIn(words, all.join(" "))) return;
      const elsewhere = (paragraphs[source] ?? []).findIndex((text) => standsIn(words, text));
      const found = likest(words, all);
      say(path, `quotes ${quoted(words)}, which does not stand in ${Object.keys(texts).join(" or ")}${elsewhere >= 0 ? `; it stands in p${elsewhere + 1}, cite that` : found ? ` (it has ${quoted(found, 160)})` : "; copy the words from the translation"}`);
    };

    /** @type {Group[]} */
    const groups = [];
    /** @type {(part: Value | undefined, shape: Shape, path: Path, group: Group) => void} */
    const walk = (part, shape, path, group) => {
      const name = [...path].reverse().find((step) => typeof step === "string") ?? "entry";
      if (part === undefined) return;
      if (typeof part === "object" && !Array.isArray(part)) {
        const described = shape.properties ?? {};
        const own = STATEMENT in described ? { path, value: part, statement: true, cites: [], prose: [], quotes: [] } : group;
        if (own !== group) groups.push(own);
        for (const needed of shape.required ?? []) if (!(needed in part)) say([...path, needed], `lacks the field "${needed}"; add it`);
        for (const [field, inner] of Object.entries(part)) walk(inner, shapeOf(described[field] ?? {}, definitions), [...path, field], own);
        return;
      }
      if (Array.isArray(part)) part.forEach((item, n) => walk(item, shapeOf(shape.items ?? {}, definitions), [...path, n], group));
      else {
        const wrong = wrongly(part, shape, name);
        if (wrong) say(path, wrong);
        else read(part, shape["x-role"], name, path, group);
      }
    };
    /** @type {(part: string, role: string | undefined, name: string, path: Path, group: Group) => void} What a text of its role must hold. */
    const read = (part, role, name, path, group) => {
      if (role === "date") { const problem = dateProblem(part); if (problem) say(path, `has ${quoted(part)}, which ${problem}`); }
      if (role === "link") { checkLink(path, part); if (part === `${kind}:${id}` && name !== "speaker") say(path, `links to itself ("${part}"); remove it`); }
      if (role === "name" || role === "quote") { const [tag] = /<\s*\/?\s*[A-Za-z!][^>]*>?/.exec(part) ?? []; if (tag) say(path, `holds HTML (${quoted(tag, 30)}); write plain text`); }
      if (role === "cite") { const one = citation(part); if (one) { group.cites.push({ path, one }); checkCitation(path, one); } }
      if (role === "quote") group.quotes.push({ path, words: part });
      if (role === "prose") {
        const prose = parse(part);
        group.prose.push({ path, prose });
        for (const problem of prose.problems) say(path, problem);
        for (const target of prose.links) {
          const [scheme] = target.split(":");
          if (linked.includes(scheme) && target.includes(":")) checkLink(path, target);
          else if (!target.includes(":")) say(path, `links to "${target.slice(0, 60)}" without saying what that is; write ${/^[a-z0-9-]{1,60}$/.test(target) ? `actor:${target}, policy:…, or a full address` : "actor:id, policy:id, or a full address"}`);
          else if (!/^(?:https?|mailto)$/i.test(scheme)) say(path, `links to "${target.slice(0, 60)}"; a link begins with one of ${[...linked, "https", "http", "mailto"].join(", ")}`);
        }
        for (const one of prose.citations) checkCitation(path, one);
      }
    };
    /** @type {Group} */
    const whole = { path: [], value, statement: false, cites: [], prose: [], quotes: [] };
    walk(value, top, [], whole);
    if (!(STATEMENT in (top.properties ?? {}))) groups.unshift(whole);

    for (const group of groups) {
      const cited = [...group.cites.map(({ one }) => one), ...group.prose.flatMap(({ prose }) => prose.citations)];
      for (const { path, prose } of group.prose) for (const { words, citations } of prose.quotations) checkQuotation(path, words, citations.length ? citations : cited);
      for (const { path, words } of group.quotes) {
        const beside = group.cites.filter((cite) => cite.path.slice(0, path.length - 1).join() === path.slice(0, -1).join()).map(({ one }) => one);
        checkQuotation(path, words, beside.length ? beside : cited);
      }
      const { voice, speaker } = group.value;
      if (!group.statement || !voice) continue;
      if (!cited.length) say([...group.path, "cites"], "is a statement that cites nothing; add cites: [p12] or a citation in its text");
      else if (voice === "author" && !cited.some(({ work }) => !work)) say([...group.path, "voice"], "is the author's statement but cites no paragraph; cite one, or set voice: editors");
      if (voice === "quoted" && !speaker) say([...group.path, "voice"], "has the voice of a quoted person but no speaker; add speaker: actor:id");
      if (voice !== "quoted" && speaker) say([...group.path, "speaker"], `names a speaker, but its voice is "${voice}"; set voice: quoted or remove the speaker`);
    }

    /** @type {(name: string) => ProseCitation[]} */
    const citesOf = (name) => { const text = value[name]; return typeof text === "string" ? parse(text).citations : []; };
    if (form.paged && value.summary && !value.cites && !citesOf("summary").length) say(["summary"], "has a summary that cites nothing; add [@p12] or [@reference-id]");
    if (kind === "argument") {
      if (value.claim && !value.quotations && !value.cites && !citesOf("claim").length) say(["claim"], "has a claim that cites nothing; add a quotation or cites: [p12]");
      if (value.maker === "quoted" && !value.speaker) say(["maker"], "is made by a quoted person but names no speaker; add speaker: actor:id");
      if (value.maker && value.maker !== "quoted" && value.speaker) say(["speaker"], `names a speaker, but its maker is "${value.maker}"; set maker: quoted or remove the speaker`);
      const related = ["supports", "attacks", "concedes"].flatMap((name) => value[name] ?? []);
      for (const [n, arrow] of Object.entries(value.arrows ?? [])) if (typeof arrow === "object" && !Array.isArray(arrow) && arrow.to && !related.includes(String(arrow.to))) say(["arrows", Number(n), "to"], `gives a reason for ${arrow.to}, to which it has no relation; add it to "supports", "attacks" or "concedes"`);
    }
    if (kind === "check" && value.type === "judgment") { if (value.verdict) say(["verdict"], "gives a judgment a verdict; remove it, or say which type of claim this is"); } else if (kind === "check" && value.type) {
      if (!value.verdict) say(["verdict"], `is a ${value.type} without a verdict; add verdict: bears out, imprecise, contradicted or not verifiable here`);
      else if (value.verdict !== "not verifiable here" && ![...[value.cites ?? []].flat().map((one) => citation(String(one))), ...citesOf("note")].some((one) => one?.work)) say(["verdict"], `has the verdict "${value.verdict}" without a reference; cite one in the note`);
    }
    if (kind === "event" && value.local) {
      if (!window.dossierPropose.clocks) say(["local"], "gives a date by another clock; name both places under clocks in data/edition.yml");
      if (value.local === value.date) say(["local"], "gives both clocks the same date; leave the field out where the dates agree");
    }
    if (kind === "term" && !value.zh && sources[source]?.translated) say(["zh"], 'lacks the field "zh", the headword of the source; add it');
    if (kind === "reference" && !value.url && !value.archived && !value.shelfmark) say(["url"], `is a reference that nobody can look up ("${id}"); give it a "url", an "archived" address or a "shelfmark", or cite another work`);

    if (fresh) {
      const at = ["id"];
      if (!ID.test(id)) say(at, `"${id}" is not an id; use lower-case letters, digits and single hyphens`);
      else if (id.length > 80) say(at, "an id has at most 80 characters; choose a shorter one");
      else if (Object.values(form.files).some((listed) => listed.some(([other]) => other === id))) say(at, `"${id}" is the id of an entry that is there already; choose another, or change that one`);
      else if (form.paged && (id === "index" || devices.includes(id))) say(at, id === "index" ? 'has the name "index", which is the list\'s own page; choose another' : `has the name "${id}", which Windows keeps for a device; choose another`);
      else if (form.anchors && new RegExp(`^(?:${form.anchors})$`).test(id)) say(at, `has the id "${id}", which its page uses itself; choose another`);
      if (linked.includes(kind) && !value.standalone && !added.get(`${kind}:${id}`)) say(["standalone"], `is an orphan: nothing refers to ${kind}:${id}; link to it, or say why not in "standalone"`);
      if (kind === "reference" && !value.standalone && !added.get(`reference:${id}`)) say(["standalone"], `is a reference that nothing cites ("${id}"); cite it, remove it, or say why not in "standalone"`);
    }
    return faults;
  };

  window.dossier.check = { check, shapeOf, dateProblem, unknown };
})();
