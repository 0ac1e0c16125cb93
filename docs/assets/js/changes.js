// What changed since a day, or since the reader's last visit, which this browser alone remembers.
(() => {
  "use strict";
  const form = document.querySelector("form[data-changes]");
  if (!form) return;
  const { recall, remember } = window.dossier;
  const KEY = "dossier-seen";
  const items = [...document.querySelectorAll("[data-key]")];
  const count = form.querySelector(".filter-count");
  form.hidden = false;

  /**
   * A visit: its day, and the digest of everything that had changed by then, by key.
   * @typedef {{day: string, seen: Record<string, string>}} Visit
   */

  /** @returns {{last?: Visit, now?: Visit}} What the browser remembers, if anything. */
  const kept = () => {
    try { return JSON.parse(recall(KEY)) ?? {}; } catch { return {}; }
  };
  const date = new Date();
  const today = `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, "0")}-${String(date.getDate()).padStart(2, "0")}`;
  const current = { day: today, seen: Object.fromEntries(items.map(({ dataset }) => [dataset.key, dataset.now])) };

  // All of one day is one visit, so that reading on does not make what is new old.
  const visits = kept();
  if (visits.now && visits.now.day !== today) visits.last = visits.now;
  visits.now = current;
  remember(KEY, JSON.stringify(visits));
  const { last } = visits;
  const [, visit, day] = form.querySelectorAll("input[name=since]");
  visit.disabled = !last;
  form.querySelector(".visit-day").textContent = last ? last.day : "(this is the first that your browser remembers)";

  /** @param {HTMLElement} item @returns {boolean} Whether it is to be shown. */
  const wanted = ({ dataset }) => {
    if (visit.checked) return dataset.key ? last.seen[dataset.key] !== dataset.now : dataset.day >= last.day;
    return !day.checked || !form.day.value || dataset.day >= form.day.value;
  };
  const apply = () => {
    let shown = 0;
    for (const item of document.querySelectorAll("[data-day]")) {
      item.hidden = !wanted(item);
      if (!item.hidden && item.dataset.key) shown++;
    }
    for (const group of document.querySelectorAll(".touched")) {
      const left = group.querySelectorAll("li:not([hidden])").length;
      group.hidden = !left;
      group.querySelector(".n").textContent = left;
      group.open = visit.checked || day.checked;
    }
    count.textContent = `${shown === items.length ? "All " : ""}${shown} paragraphs, entries, and works${shown === items.length ? "" : ` of ${items.length}`}`;
  };
  form.addEventListener("change", apply);
  form.day.addEventListener("input", () => { day.checked = true; apply(); });
  form.addEventListener("submit", (event) => event.preventDefault());
  apply();
})();
