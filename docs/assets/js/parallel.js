// Reading beside one's own copy of the original: matched here in the browser by fingerprint, paragraph
// by paragraph. Nothing leaves the page. The reduction is that of hooks/dossier/fingerprint.py.
(() => {
  "use strict";
  const { load, element, remember, recall } = window.dossier;
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

  // SHA-256 (FIPS 180-4), since the browser's own is closed to pages that are not secure.
  /** @type {number[]} */
  const K = [];
  /** @type {number[]} */
  const H0 = [];
  for (let n = 2, found = 0; found < 64; n++) {
    let prime = true;
    for (let d = 2; d * d <= n; d++) if (n % d === 0) { prime = false; break; }
    if (!prime) continue;
    if (found < 8) H0.push((Math.sqrt(n) * 2 ** 32) | 0);
    K.push((Math.cbrt(n) * 2 ** 32) | 0);
    found++;
  }
  /** @type {(text: string) => string} */
  const sha256 = (text) => {
    const data = new TextEncoder().encode(text);
    const length = ((data.length + 8) >> 6) + 1 << 4;
    const words = new Int32Array(length);
    data.forEach((byte, n) => { words[n >> 2] |= byte << (24 - (n % 4) * 8); });
    words[data.length >> 2] |= 0x80 << (24 - (data.length % 4) * 8);
    words[length - 1] = data.length * 8;
    const hash = Int32Array.from(H0);
    const w = new Int32Array(64);
    /** @type {(x: number, n: number) => number} */
    const turn = (x, n) => (x >>> n) | (x << (32 - n));
    for (let at = 0; at < length; at += 16) {
      for (let n = 0; n < 64; n++) {
        w[n] = n < 16 ? words[at + n]
          : (w[n - 16] + w[n - 7] + (turn(w[n - 15], 7) ^ turn(w[n - 15], 18) ^ (w[n - 15] >>> 3)) + (turn(w[n - 2], 17) ^ turn(w[n - 2], 19) ^ (w[n - 2] >>> 10))) | 0;
      }
      let [a, b, c, d, e, f, g, h] = hash;
      for (let n = 0; n < 64; n++) {
        const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + K[n] + w[n]) | 0;
        const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
        [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
      }
      [a, b, c, d, e, f, g, h].forEach((value, n) => { hash[n] = (hash[n] + value) | 0; });
    }
    return Array.from(hash, (value) => (value >>> 0).toString(16).padStart(8, "0")).join("");
  };

  const clear = () => {
    document.querySelectorAll(".original").forEach((node) => node.remove());
    document.documentElement.classList.remove("has-original");
    result.replaceChildren();
  };

  /** @type {(copy: string) => Promise<void>} */
  const show = async (copy) => {
    await Promise.all([load("originals"), load("simplified")]);
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
