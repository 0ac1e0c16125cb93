// Reading beside one's own copy of the original: matched here in the browser by fingerprint, paragraph
// by paragraph. Nothing leaves the page. The reduction is that of hooks/dossier/read/fingerprint.py.
(() => {
  "use strict";
  const { load, run, element, remember, recall } = window.dossier;
  const box = document.querySelector(".parallel");
  const area = box?.querySelector("textarea.parallel-text");
  const keep = box?.querySelector("input.parallel-keep");
  const result = box?.querySelector(".parallel-result");
  const file = box?.querySelector("input.parallel-file");
  if (!box || !area || !keep || !result || !file) return;
  const { source = "" } = box.dataset;
  const key = `dossier-original-${source}`;
  box.hidden = false;

  const PINYIN = /(?<=\p{Script=Han})[(（][a-zàáèéìíòóùúāēěīńňōūǎǐǒǔǖǘǚǜüḿǹ]{1,6}[)）]/gu;
  /** @type {Map<string, string>} By traditional character the simplified one. */
  let simple = new Map();
  /** @type {(text: string) => string} */
  const reduce = (text) => {
    const bare = text.normalize("NFC").replace(PINYIN, "").normalize("NFKC");
    return Array.from(bare, (c) => simple.get(c) ?? c).join("").toLowerCase().replace(/[^\p{L}\p{Nd}]/gu, "");
  };

  const clear = () => {
    document.querySelectorAll(".original").forEach((node) => node.remove());
    document.documentElement.classList.remove("has-original");
    result.replaceChildren();
  };

  /** @type {(copy: string) => Promise<void>} */
  const show = async (copy) => {
    await Promise.all([load("originals"), load("simplified"), run("js/sha256")]);
    const { sha256 } = window.dossier;
    const [from, to] = window.dossierSimplified.map((text) => Array.from(text));
    if (!simple.size) simple = new Map(from.map((char, n) => [char, to[n]]));
    clear();
    // Paragraphs may be alike: each line of the copy is the next of them.
    const prints = window.dossierOriginals[source];
    /** @type {Map<string, number[]>} */
    const numbers = new Map();
    prints.forEach((print, n) => numbers.set(print, [...(numbers.get(print) ?? []), n + 1]));
    const found = new Set();
    /** @type {string[]} */
    const left = [];
    for (const raw of copy.split(/\r?\n/)) {
      const line = raw.replace(/^\s*\[p\d+\]\s*/, "").trim();
      if (!reduce(line)) continue;
      const alike = numbers.get(sha256(reduce(line)));
      const number = alike?.find((n) => !found.has(n));
      if (!alike) left.push(line);
      if (!number) continue;
      found.add(number);
      const original = element("p", { class: "original", lang: area.lang, dir: "auto" }, line);
      document.getElementById(`p${number}`)?.querySelector(".para-text")?.after(original);
    }
    const missing = prints.map((_, n) => n + 1).filter((n) => !found.has(n));
    document.documentElement.classList.toggle("has-original", found.size > 0);
    result.append(element("p", {}, `${found.size} of ${prints.length} paragraphs match.`));
    if (missing.length) result.append(element("p", {}, `Not found in your copy: ${missing.map((n) => `p${n}`).join(", ")}.`));
    if (left.length) {
      result.append(element("p", {}, "In your copy only:"), element("ul", {}, ...left.map((line) => element("li", { lang: area.lang, dir: "auto" }, line.length > 60 ? `${line.slice(0, 60)}…` : line))));
    }
    remember(key, keep.checked && found.size ? copy : null);
  };

  file.addEventListener("change", async () => {
    const given = file.files?.[0];
    if (!given) return;
    area.value = await given.text();
    await show(area.value);
  });
  box.querySelector(".parallel-go")?.addEventListener("click", () => show(area.value));
  box.querySelector(".parallel-clear")?.addEventListener("click", () => { clear(); area.value = ""; remember(key, null); });
  const kept = recall(key);
  if (kept) { keep.checked = true; area.value = kept; show(kept).catch(() => {}); }
})();
