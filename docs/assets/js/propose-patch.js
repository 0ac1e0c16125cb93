// What has changed between two texts of a file, as `git apply` takes it.
(() => {
  "use strict";
  const AROUND = 3; // lines that stay, before and behind a change
  const MOST = 4e6; // pairs of lines that are compared; of more the whole is replaced

  /** @type {(before: string[], after: string[]) => PatchLine[]} */
  const compared = (before, after) => {
    let top = 0;
    while (top < before.length && top < after.length && before[top] === after[top]) top++;
    let end = 0;
    while (end < before.length - top && end < after.length - top && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
    const [old, now] = [before.slice(top, before.length - end), after.slice(top, after.length - end)];
    /** @type {PatchLine[]} */
    const found = before.slice(0, top).map((line) => [" ", line]);
    const wide = now.length + 1;
    // How many lines two rests have in common.
    const common = old.length * now.length <= MOST ? new Uint16Array((old.length + 1) * wide) : null;
    if (common) {
      for (let a = old.length - 1; a >= 0; a--) {
        for (let b = now.length - 1; b >= 0; b--) {
          common[a * wide + b] = old[a] === now[b] ? common[(a + 1) * wide + b + 1] + 1 : Math.max(common[(a + 1) * wide + b], common[a * wide + b + 1]);
        }
      }
    }
    let [a, b] = [0, 0];
    while (a < old.length || b < now.length) {
      if (common && a < old.length && b < now.length && old[a] === now[b]) { found.push([" ", old[a]]); a++; b++; } else if (a < old.length && (b >= now.length || !common || common[(a + 1) * wide + b] >= common[a * wide + b + 1])) found.push(["-", old[a++]]);
      else found.push(["+", now[b++]]);
    }
    return [...found, ...before.slice(before.length - end).map((line) => /** @type {PatchLine} */ ([" ", line]))];
  };

  /** @type {(text: string) => string[]} Its lines, each with its break; the last may have none. */
  const linesOf = (text) => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

  /** @type {ProposePatch["hunks"]} */
  const hunks = (before, after) => {
    const lines = compared(linesOf(before), linesOf(after));
    /** @type {ReturnType<ProposePatch["hunks"]>} */
    const found = [];
    let [a, b] = [1, 1];
    /** @type {{ from: number, to: number, a: number, b: number } | null} */
    let open = null;
    lines.forEach(([sign], at) => {
      if (sign !== " ") {
        const from = Math.max(0, at - AROUND);
        if (!open || from > open.to) {
          if (open) found.push({ a: open.a, b: open.b, lines: lines.slice(open.from, open.to) });
          open = { from, to: at, a: a - (at - from), b: b - (at - from) };
        }
        open.to = Math.min(lines.length, at + AROUND + 1);
      }
      if (sign !== "+") a++;
      if (sign !== "-") b++;
    });
    if (open) found.push({ a: /** @type {any} */ (open).a, b: /** @type {any} */ (open).b, lines: lines.slice(/** @type {any} */ (open).from, /** @type {any} */ (open).to) });
    return found;
  };

  /** @type {ProposePatch["patch"]} */
  const patch = (path, before, after) => {
    if (before === after) return "";
    const head = [`diff --git a/${path} b/${path}`, ...(before === null ? ["new file mode 100644"] : after === null ? ["deleted file mode 100644"] : []), `--- ${before === null ? "/dev/null" : `a/${path}`}`, `+++ ${after === null ? "/dev/null" : `b/${path}`}`];
    const body = hunks(before ?? "", after ?? "").flatMap(({ a, b, lines }) => {
      /** @type {(other: string, first: number) => string} */
      const range = (other, first) => { const count = lines.filter(([sign]) => sign !== other).length; return `${count ? first : 0},${count}`; };
      return [`@@ -${range("+", a)} +${range("-", b)} @@`, ...lines.map(([sign, line]) => sign + (line.endsWith("\n") ? line.slice(0, -1) : `${line}\n\\ No newline at end of file`))];
    });
    return `${[...head, ...body].join("\n")}\n`;
  };

  window.dossier.patch = { hunks, patch };
})();
