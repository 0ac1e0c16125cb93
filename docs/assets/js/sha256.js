// SHA-256 (FIPS 180-4) of a text, since the browser's own is closed to pages that are not secure.
(() => {
  "use strict";
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

  /** @type {Dossier["sha256"]} In hexadecimal digits. */
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

  window.dossier.sha256 = sha256;
})();
