// What changed since a day, or since the reader's last visit, which this browser alone remembers.
(() => {
  "use strict";
  const form = document.querySelector("form[data-changes]");
  const count = form?.querySelector(".filter-count");
  const date = form?.querySelector("input[name=day]");
  const [, visit, day] = form?.querySelectorAll("input[name=since]") ?? [];
  if (!form || !count || !date || !visit || !day) return;
  const { recall, remember } = window.dossier;
  const KEY = "dossier-seen";
  const items = [...document.querySelectorAll("[data-key]")];
  form.hidden = false;

  /**
   * A visit: its day, and the digest of everything that had changed by then, by key.
   * @typedef {{day: string, seen: Record<string, string | undefined>}} Visit
   */

  /** @returns {{last?: Visit, now?: Visit}} What the browser remembers, if anything. */
  const kept = () => {
    try { return JSON.parse(recall(KEY) ?? "{}") ?? {}; } catch { return {}; }
  };
  const now = new Date();
  const today = `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, "0")}-${String(now.getDate()).padStart(2, "0")}`;
  const current = { day: today, seen: Object.fromEntries(items.map(({ dataset }) => [dataset.key, dataset.now])) };

  // A whole day counts as one visit, so that reading on does not turn what is new into old.
  const visits = kept();
  if (visits.now && visits.now.day !== today) visits.last = visits.now;
  visits.now = current;
  remember(KEY, JSON.stringify(visits));
  const { last } = visits;
  visit.disabled = !last;
  form.querySelector(".visit-day")?.replaceChildren(last ? last.day : "(this is the first that your browser remembers)");

  /** @param {HTMLElement} item @returns {boolean} Whether it is to be shown. */
  const wanted = ({ dataset: { key, day: changed = "", now: digest } }) => {
    if (visit.checked && last) return key ? last.seen[key] !== digest : changed >= last.day;
    return !day.checked || !date.value || changed >= date.value;
  };
  const apply = () => {
    let shown = 0;
    for (const item of document.querySelectorAll("[data-day]")) {
      item.hidden = !wanted(item);
      if (!item.hidden && item.dataset.key) shown++;
    }
    for (const group of document.querySelectorAll("details.touched")) {
      const left = group.querySelectorAll("li:not([hidden])").length;
      group.hidden = !left;
      group.querySelector(".n")?.replaceChildren(String(left));
      group.open = visit.checked || day.checked;
    }
    count.textContent = `${shown === items.length ? "All " : ""}${shown} paragraphs, entries, and works${shown === items.length ? "" : ` of ${items.length}`}`;
  };
  form.addEventListener("change", apply);
  date.addEventListener("input", () => { day.checked = true; apply(); });
  form.addEventListener("submit", (event) => event.preventDefault());
  apply();
})();
