// The text of a data file, changed in place: what stands where, the build has said (exports/proposals.py), so nothing is parsed
// here, and whatever is not changed stays byte for byte. Values are texts, lists and mappings of them, as the checks read them.
(() => {
  "use strict";

  const WIDTH = 118; // of a line, as the data files have it

  /** @type {(text: string, at: number) => number} */
  const lineStart = (text, at) => text.lastIndexOf("\n", at - 1) + 1;
  /** @type {(text: string, at: number) => number} Where a line ends, before its break. */
  const lineEnd = (text, at) => { const end = text.indexOf("\n", at); return end < 0 ? text.length : end; };
  /** @type {(lines: string[]) => string} Lines that YAML folds into one; an empty one is a break. */
  const folded = (lines) => lines.map((line) => line.trim()).reduce((all, line) => (!line ? `${all}\n` : all && !all.endsWith("\n") ? `${all} ${line}` : all + line), "");

  /** @type {Record<string, string>} */
  const ESCAPES = { n: "\n", t: "\t", "0": "\0", e: "\x1b" };
  /** @type {(raw: string) => string | null} */
  const scalar = (raw) => {
    if (/^(?:|~|null)$/.test(raw)) return null;
    if (raw[0] === '"') {
      return folded(raw.slice(1, -1).split("\n")).replace(/\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|U([0-9a-f]{8})|(.))/gi, (_, x, u, wide, sign) => (sign ? ESCAPES[sign] ?? sign : String.fromCodePoint(parseInt(x ?? u ?? wide, 16))));
    }
    if (raw[0] === "'") return folded(raw.slice(1, -1).split("\n")).replace(/''/g, "'");
    if (/^[>|]/.test(raw)) {
      const [head, ...lines] = raw.split("\n");
      return (head[0] === ">" ? folded(lines) : lines.map((line) => line.trim()).join("\n")).trim();
    }
    return folded(raw.split("\n"));
  };

  /** Where the mappings of a value came from. @type {WeakMap<object, Span>} */
  const origins = new WeakMap();
  /** @type {ProposeYaml["read"]} */
  const read = (text, span) => {
    const [start, end, parts] = span;
    if (!parts) return scalar(text.slice(start, end)) ?? "";
    if (Array.isArray(parts)) return parts.map((part) => read(text, part));
    const value = Object.fromEntries(Object.entries(parts).map(([name, [, part]]) => [name, read(text, part)]));
    origins.set(value, span);
    return value;
  };

  /** @type {(value: Value | undefined) => boolean} */
  const nothing = (value) => value === undefined || value === "" || (typeof value === "object" && !Object.values(value).some((part) => !nothing(part)));
  /** @type {(value: Value) => string} */
  const form = (value) => JSON.stringify(clean(value));
  /** @type {ProposeYaml["clean"]} Without what is empty; the mappings keep where they came from. */
  const clean = (value) => {
    if (typeof value === "string") return value.trim();
    if (Array.isArray(value)) return value.filter((part) => !nothing(part)).map((part) => clean(part));
    const kept = Object.fromEntries(Object.entries(value).filter(([, part]) => !nothing(part)).map(([name, part]) => [name, clean(part)]));
    const origin = origins.get(value);
    if (origin) origins.set(kept, origin);
    return kept;
  };

  // Writing

  /** @type {(words: string, indent: number, width: number) => string} */
  const wrapped = (words, indent, width) => {
    const lines = [""];
    for (const word of words.split(/\s+/)) {
      const line = lines[lines.length - 1];
      if (line && indent + line.length + 1 + word.length > width) lines.push(word);
      else lines[lines.length - 1] = line ? `${line} ${word}` : word;
    }
    return lines.map((line) => `\n${" ".repeat(indent)}${line}`).join("");
  };
  const PLAIN = /^[^\s\-?:,[\]{}#&*!|>'"%@`][^\n\t]*$/;
  const OTHERWISE = /:(?:\s|$)|\s#|^(?:y|n|yes|no|on|off|true|false|null|~)$|^[-+.\d][-+.\d_:,eE]*$/i; // what other readers of YAML take for something else
  /** @type {(text: string) => string} */
  const quoted = (text) => `"${text.replace(/[\\"]/g, "\\$&").replace(/\n/g, "\\n").replace(/\t/g, "\\t")}"`;
  /** @type {(value: string, shape: Shape | undefined, column: number, indent: number, old?: string) => string} */
  const written = (value, shape, column, indent, old = "") => {
    const type = shape?.type;
    if (type === "boolean" || type === "number" || type === "integer") return value;
    const role = shape?.["x-role"];
    const long = role === "prose" || column + value.length > WIDTH;
    if (old[0] === ">" || (long && !old && /\s/.test(value)) || column + value.length > WIDTH + 60) {
      const widest = Math.max(...old.split("\n").slice(1).map((line) => line.length), 0);
      return `>-${wrapped(value, indent + 2, old[0] === ">" && old.split("\n").length > 2 ? Math.max(widest, 80) : WIDTH)}`;
    }
    return role !== "date" && old[0] !== '"' && PLAIN.test(value) && !OTHERWISE.test(value) ? value : quoted(value);
  };
  /** @type {(value: string, shape: Shape | undefined) => string} Within brackets. */
  const within = (value, shape) => (/[,[\]{}]/.test(value) ? quoted(value) : written(value, shape, 0, 0, "plain"));

  /** @type {(shape: Shape | undefined) => Record<string, Shape>} */
  const fieldsOf = (shape) => shape?.properties ?? {};
  const LAST = ["standalone", "formerly"];
  /** @type {(fields: Record<string, Shape>) => string[]} The fields in the order in which a new entry has them. */
  const order = (fields) => [...Object.keys(fields).filter((name) => !LAST.includes(name)), ...LAST.filter((name) => name in fields)];

  /** @type {(name: string, value: Value, shape: Shape | undefined, indent: number) => string} A field, without the indentation before it. */
  const field = (name, value, shape, indent) => {
    const room = " ".repeat(indent + 2);
    if (typeof value === "string") return `${name}: ${written(value, shape, indent + name.length + 2, indent)}`;
    if (!Array.isArray(value)) return `${name}:\n${room}${mapping(value, shape, indent + 2)}`;
    if (value.some((item) => typeof item !== "string")) return `${name}:${value.map((item) => `\n${room}${item_(item, shape?.items, indent + 2)}`).join("")}`;
    const line = `${name}: [${value.map((item) => within(String(item), shape?.items)).join(", ")}]`;
    return indent + line.length <= WIDTH ? line : `${name}:${value.map((item) => `\n${room}- ${written(String(item), shape?.items, indent + 4, indent + 2)}`).join("")}`;
  };
  /** @type {(value: Value, shape: Shape | undefined, indent: number) => string} */
  const mapping = (value, shape, indent) => {
    const fields = fieldsOf(shape);
    const entries = Object.entries(value);
    const ranks = order(fields);
    return entries.sort(([a], [b]) => ranks.indexOf(a) - ranks.indexOf(b)).map(([name, part]) => field(name, part, fields[name], indent)).join(`\n${" ".repeat(indent)}`);
  };
  /** @type {ProposeYaml["item"]} */
  const item_ = (value, shape, indent) => `- ${typeof value === "string" ? written(value, shape, indent + 2, indent) : mapping(value, shape, indent + 2)}`;

  /**
   * What is to be changed in the text so that a mapping or a value has another value.
   * @type {(text: string, span: Span, value: Value, shape: Shape | undefined, indent: number, edits: TextEdit[]) => void}
   */
  const change = (text, span, value, shape, indent, edits) => {
    const [start, end, parts] = span;
    const raw = text.slice(start, end);
    if (form(read(text, span)) === form(value)) return;
    if (typeof value === "string") {
      const put = written(value, shape, start - lineStart(text, start), indent, raw);
      edits.push({ start, end, put: text[start - 1] === ":" ? ` ${put}` : put });
    } else if (Array.isArray(value)) {
      if (Array.isArray(parts) && raw[0] !== "[" && parts.some(([, , inner]) => inner)) items(text, parts, value, shape?.items, edits);
      else {
        // A list of words, in the form that it has.
        const inner = start - lineStart(text, start);
        const line = raw.startsWith("- ") ? value.map((one) => item_(one, shape?.items, inner)).join(`\n${" ".repeat(inner)}`) : field("", value, shape, indent).slice(2);
        // One that gets too long for its brackets begins on the next line.
        edits.push(line.startsWith(" ") ? { start: start - 1, end, put: `\n${line}` } : { start, end, put: line });
      }
    } else if (parts && !Array.isArray(parts) && raw[0] !== "{") {
      fields(text, parts, value, shape, start - lineStart(text, start), edits);
    } else {
      edits.push({ start, end, put: `{${Object.entries(value).map(([name, part]) => `${name}: ${Array.isArray(part) ? `[${part.map((one) => within(String(one), undefined)).join(", ")}]` : within(String(part), fieldsOf(shape)[name])}`).join(", ")}}` });
    }
  };

  /** @type {(text: string, parts: Record<string, [number, Span]>, value: Record<string, Value>, shape: Shape | undefined, indent: number, edits: TextEdit[]) => void} */
  const fields = (text, parts, value, shape, indent, edits) => {
    const known = Object.entries(parts);
    const described = fieldsOf(shape);
    const kept = known.filter(([name, [, part]]) => name in value || nothing(read(text, part)));
    known.forEach(([name, [key, part]], at) => {
      if (name in value) return change(text, part, value[name], described[name], indent, edits);
      if (nothing(read(text, part))) return undefined; // it was empty before
      const first = text.slice(lineStart(text, key), key).trim(); // behind a hyphen
      if (first && known[at + 1]) return edits.push({ start: key, end: known[at + 1][1][0], put: "" });
      return edits.push({ start: lineStart(text, key), end: Math.min(lineEnd(text, part[1]) + 1, text.length), put: "" });
    });
    const room = " ".repeat(indent);
    const ranks = order(described);
    /** @type {Map<string, string[]>} Behind which field new ones come. */
    const behind = new Map();
    for (const name of ranks.filter((one) => one in value && !(one in parts))) {
      // Behind the last of those that come before it, so that a file keeps the order that it has.
      const before = kept.filter(([other]) => ranks.indexOf(other) < ranks.indexOf(name)).map(([other]) => other).pop() ?? (LAST.includes(name) ? kept.at(-1)?.[0] : kept[0]?.[0]) ?? "";
      behind.set(before, [...(behind.get(before) ?? []), field(name, value[name], described[name], indent)]);
    }
    for (const [before, lines] of behind) {
      const at = lineEnd(text, parts[before][1][1]);
      edits.push({ start: at, end: at, put: lines.map((line) => `\n${room}${line}`).join("") });
    }
  };

  /** @type {(text: string, parts: Span[], value: Value[], shape: Shape | undefined, edits: TextEdit[]) => void} */
  const items = (text, parts, value, shape, edits) => {
    /** @type {(span: Span) => number} Where the hyphen of an item stands. */
    const dash = ([start]) => text.lastIndexOf("-", start - 1);
    const column = dash(parts[0]) - lineStart(text, dash(parts[0]));
    const room = " ".repeat(column);
    const kept = new Map(value.flatMap((one) => { const from = typeof one === "object" && origins.get(one); return from ? [[from, one]] : []; }));
    parts.forEach((part, n) => {
      const now = kept.get(part);
      if (now) change(text, part, now, shape, column + 2, edits);
      else edits.push(lines(text, dash(part), part[1], n === parts.length - 1));
    });
    const gap = parts.length > 1 && /\n\n/.test(text.slice(lineEnd(text, parts[0][1]), dash(parts[1]))) ? "\n" : "";
    const last = parts.filter((part) => kept.has(part)).pop();
    const at = last ? lineEnd(text, last[1]) : Math.max(0, lineStart(text, dash(parts[0])) - 1);
    const fresh = value.filter((one) => !(typeof one === "object" && origins.has(one)));
    if (fresh.length) edits.push({ start: at, end: at, put: fresh.map((one) => `${gap}\n${room}${item_(one, shape, column)}`).join("") });
  };

  /** @type {ProposeYaml["lines"]} */
  const lines = (text, first, last, closing) => {
    let start = lineStart(text, first);
    let end = Math.min(lineEnd(text, last) + 1, text.length);
    if (closing) while (text.slice(start - 2, start) === "\n\n") start--;
    else while (text[end] === "\n") end++;
    return { start, end, put: "" };
  };

  /** @type {ProposeYaml["edits"]} */
  const edits = (text, span, value, shape) => {
    /** @type {TextEdit[]} */
    const found = [];
    change(text, span, clean(value), shape, span[0] - lineStart(text, span[0]), found);
    return found;
  };
  /** @type {ProposeYaml["apply"]} */
  const apply = (text, found) => found.map((edit, n) => ({ ...edit, n })).sort((a, b) => b.start - a.start || b.n - a.n)
    .reduce((all, { start, end, put }) => all.slice(0, start) + put + all.slice(end), text);

  window.dossier.yaml = { read, clean, nothing, edits, apply, lines, mapping: (value, shape) => mapping(clean(value), shape, 0), item: (value, shape, indent) => item_(clean(value), shape, indent) };
})();
