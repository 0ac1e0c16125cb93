// Prose as the checks read it (read/prose.py, marks.py, quotations.py): what it links to, cites and quotes, and how it will look.
(() => {
  "use strict";
  const { element, chinese, address, root } = window.dossier;

  const ITEM = /^@(?:([a-z0-9-]+):)?p(0|[1-9]\d*)(?:-p(0|[1-9]\d*))?$/;
  /** @type {ProposeProse["citation"]} */
  const citation = (text) => {
    const [, source = "", first, last = first] = ITEM.exec(`@${text}`) ?? [];
    if (first) return { source, first: Number(first), last: Number(last), work: "" };
    return /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(text) ? { source: "", first: 0, last: 0, work: text } : null;
  };

  const MARKUP = /(`[^`]*`)|\[(@[A-Za-z0-9][^[\]]*)\]|\[((?:[^[\]]|\[[^[\]]*\])+)\]\(([^\s()]+)\)|\*\*([^*]+)\*\*|\*([^*\s](?:[^*]*[^*\s])?)\*/g;
  /** @type {(text: string) => ProsePart} */
  const plainly = (text) => ({ is: "text", text, target: "" });
  /** @type {(text: string) => ProsePart[]} */
  const parts = (text) => {
    /** @type {ProsePart[]} */
    const found = [];
    let at = 0;
    for (const match of text.matchAll(MARKUP)) {
      const [all, code, cites, words, target, strong, em] = match;
      if (match.index > at) found.push(plainly(text.slice(at, match.index)));
      if (code) found.push({ is: "code", text: code.slice(1, -1), target: "" });
      else if (cites) found.push({ is: "cites", text: cites, target: "" });
      else if (words) found.push({ is: "link", text: words, target, parts: parts(words) });
      else found.push({ is: strong ? "strong" : "em", text: strong ?? em, target: "", parts: parts(strong ?? em) });
      at = match.index + all.length;
    }
    if (at < text.length) found.push(plainly(text.slice(at)));
    return found;
  };
  const FACT = /\[([^[\]]*)\]\(([a-z]+:[a-z0-9-]+)#([a-z_-]+)\)/g;
  /** @type {(text: string) => string} With the dates and numbers of entries written out that it cites. */
  const written = (text) => text.replace(FACT, (all, style, key, field) => { const words = window.dossierPropose.facts[key]?.[field]?.[style]; return words ? `[${words}](${key})` : all; });
  /** @type {(text: string) => string} One line, with its facts written out and curly apostrophes, but in code. */
  const line = (text) => text.trim().split(/\s+/).join(" ").split(/(`[^`]*`)/).map((piece, at) => (at % 2 ? piece : written(piece).replace(/(?<=[\p{L}\p{N}_)*])'/gu, "’"))).join("");

  /** @type {(plain: string, at: number) => boolean} Whether a straight mark stands where none can close. */
  const onlyOpens = (plain, at) => at > 0 && /^[\s([—–]"[\p{L}\p{N}_[‘']/u.test(plain.slice(at - 1, at + 2));
  /** @type {(plain: string, at: number) => boolean} Whether it stands where none can open. */
  const onlyCloses = (plain, at) => at > 0 && /^[\p{L}\p{N}_.,!?)\]’…%]"(?![\p{L}\p{N}_[(“‘'])/u.test(plain.slice(at - 1, at + 2));

  /** @type {(plain: string, problems: string[]) => { start: number, words: string }[]} What stands in quotation marks. */
  const marked = (plain, problems) => {
    /** @type {{ start: number, words: string }[]} */
    const found = [];
    for (let at = 0; at < plain.length; at++) {
      const mark = plain[at];
      if (mark === "”" || (mark === '"' && onlyCloses(plain, at))) problems.push(`closes a quotation with ${mark} that nothing opens; write “ before its first word`);
      else if (mark === "“" || mark === '"') {
        let end = at;
        if (mark === '"') { end = plain.indexOf('"', at + 1); if (onlyOpens(plain, end)) end = -1; }
        else for (let depth = 0, n = at; n < plain.length; n++) { depth += plain[n] === "“" ? 1 : plain[n] === "”" ? -1 : 0; if (!depth) { end = n; break; } }
        if (end <= at) problems.push(`opens a quotation with ${mark} and does not close it; write ” after its last word`);
        else { found.push({ start: at, words: plain.slice(at + 1, end) }); at = end; }
      } else if (mark === "‘") {
        const [all] = /^[^“”"]*?(?:(?<!s)’(?!\p{L})|’(?![\p{L}\p{N}])(?! [a-z]))/u.exec(plain.slice(at + 1)) ?? [];
        if (all && all.split(/\s+/).length > 2) { found.push({ start: at, words: all.slice(0, -1) }); at += all.length; }
      }
    }
    return found;
  };

  /** @type {(text: string) => string[]} What is nearly markup: read/nearly.py has the patterns. */
  const nearly = (text) => {
    /** @type {string[]} */
    const found = [];
    let rest = text;
    for (const [pattern, remedy] of window.dossierPropose.nearly) {
      const expression = new RegExp(pattern, "g");
      for (const match of rest.matchAll(expression)) found.push(`has "${match[0].trim().slice(0, 60)}", which ${remedy.replace("{}", (match.groups?.is ?? "").replace(/\s/g, "").replace("：", ":"))}`);
      rest = rest.replace(expression, (all) => " ".repeat(all.length));
    }
    return found;
  };

  /** @type {ProposeProse["parse"]} */
  const parse = (text) => {
    /** @type {ReturnType<ProposeProse["parse"]>} */
    const prose = { plain: "", links: [], citations: [], quotations: [], problems: [] };
    /** @type {[at: number, citations: ProseCitation[]][]} */
    const groups = [];
    let bare = ""; // with an x for every character of code
    /** @type {(found: ProsePart[]) => void} */
    const go = (found) => {
      for (const part of found) {
        if (part.is === "cites") {
          const cited = part.text.split(";").flatMap((item) => {
            const one = item.trim().startsWith("@") ? citation(item.trim().slice(1)) : null;
            if (!one) prose.problems.push(`has the citation "${item.trim()}", which is neither @p12 nor @p12-p14 nor @reference-id`);
            return one ? [one] : [];
          });
          groups.push([prose.plain.length, cited]);
          prose.citations.push(...cited);
        } else {
          if (part.is === "link") prose.links.push(part.target);
          if (part.parts) go(part.parts);
          else { prose.plain += part.text; bare += part.is === "code" ? "x".repeat(part.text.length) : part.text; }
        }
      }
    };
    const clean = line(text);
    go(parts(clean));
    prose.quotations = marked(bare, prose.problems).map(({ start, words }) => ({ words: prose.plain.slice(start + 1, start + 1 + words.length), citations: groups.find(([at]) => at > start)?.[1] ?? [] }));
    const [tag] = /<\s*\/?\s*[A-Za-z!][^>]*>?/.exec(clean.replace(/`[^`]*`|<https?:\/\/[^>\s]*>/g, "")) ?? [];
    if (tag) prose.problems.push(`holds HTML ("${tag.slice(0, 30)}"); write plain text or Markdown`);
    if (/!\[/.test(clean.replace(/`[^`]*`/g, ""))) prose.problems.push("holds an image, which a field cannot show; write words");
    prose.problems.push(...nearly(bare));
    if (/\n\s*\n/.test(text.trim())) prose.problems.push("holds more than one paragraph; split it or join the lines");
    return prose;
  };

  /** @type {ProposeProse["href"]} */
  const href = (one, source) => (one.work ? `${root}/bibliography.html#${one.work}` : `${root}/sources/${one.source || source}.html#p${one.first}${one.last > one.first ? `-p${one.last}` : ""}`);
  /** @type {ProposeProse["label"]} */
  const label = ({ source, first, last, work }) => {
    const [, publisher, date] = window.dossierPreviews.works[work] ?? [];
    if (work) return publisher ? `${publisher.split(/ \(| \/ |, /)[0]}, ${date}` : work;
    const short = source && Object.keys(window.dossierPropose.sources).length > 1 ? `${window.dossierPropose.sources[source]?.short ?? source}, ` : "";
    return `${short}p${first}${last > first ? `–p${last}` : ""}`;
  };

  /** @type {ProposeProse["draw"]} */
  const draw = (text, source) => {
    /** @type {(found: ProsePart[]) => (Node | string)[]} */
    const go = (found) => found.flatMap((part) => {
      if (part.is === "text") return chinese(part.text);
      if (part.is === "code") return [element("code", {}, part.text)];
      if (part.is === "cites") return part.text.split(";").flatMap((item, n) => { const one = citation(item.trim().slice(1)); return [n ? " " : "", one ? element("a", { class: "cite", href: href(one, source), target: "_blank", rel: "noopener" }, label(one)) : item]; });
      if (part.is === "link") {
        const entry = window.dossierPreviews.entries[part.target];
        const known = part.target.split(":")[0] in window.dossierPropose.kinds;
        return [element("a", known ? { class: "entry", href: entry ? `${root}/${address(part.target)}` : "#", target: "_blank", rel: "noopener" } : { href: /^(?:https?|mailto):/i.test(part.target) ? part.target : "#", rel: "external noopener noreferrer", target: "_blank" }, ...go(part.parts ?? []))];
      }
      return [element(part.is === "em" ? "em" : "strong", {}, ...go(part.parts ?? []))];
    });
    return go(parts(line(text)));
  };

  // Whether words stand in a passage.

  /** @type {(text: string) => string} */
  const fold = (text) => text.replace(/[‘’“”"]/g, "'").replace(/\u00a0/g, " ").replace(/[–—]/g, "-").trim().split(/\s+/).join(" ").replace(/[.,](?=')/g, "");
  const WORD = /[\p{L}\p{N}_]/u;
  /** @type {(needle: string, haystack: string, from: number) => number} */
  const endOf = (needle, haystack, from) => {
    for (let at = haystack.indexOf(needle, from); at >= 0; at = haystack.indexOf(needle, at + 1)) {
      const end = at + needle.length;
      if (!(/[\p{L}\p{N}]/u.test(needle[0]) && (WORD.test(haystack[at - 1] ?? "") || WORD.test(haystack[end] ?? "")))) return end;
    }
    return -1;
  };
  /** @type {ProposeProse["standsIn"]} */
  const standsIn = (words, passage) => {
    let haystack = fold(passage);
    let text = words.replace(/\[([A-Za-z])\](?=[a-z])/g, "$1");
    if (text !== words) [text, haystack] = [text.toLowerCase(), haystack.toLowerCase()];
    let at = 0;
    for (const piece of text.split(/\s*(?:\[…\]|\[\.\.\.\]|…|\[[^\]]*\])\s*/)) {
      const needle = fold(piece).replace(/[.,]+$/, "").trim();
      if (needle) at = endOf(needle, haystack, at);
      if (at < 0) return false;
    }
    return at > 0;
  };

  /** @type {ProposeProse["likest"]} */
  const likest = (words, passages) => {
    const wanted = fold(words).toLowerCase().split(" ");
    const known = new Set(wanted);
    let [best, most] = ["", 0];
    for (const passage of passages) {
      const have = passage.split(/\s+/);
      const same = have.map((word) => fold(word).toLowerCase());
      for (let start = 0; start + wanted.length <= Math.max(have.length, wanted.length); start++) {
        const window_ = same.slice(start, start + wanted.length);
        const alike = window_.filter((word, n) => word === wanted[n]).length + window_.filter((word) => known.has(word)).length;
        if (alike > most) [best, most] = [have.slice(start, start + wanted.length).join(" "), alike];
      }
    }
    return most >= wanted.length ? best : "";
  };

  window.dossier.prose = { citation, parse, draw, href, label, standsIn, likest };
})();
