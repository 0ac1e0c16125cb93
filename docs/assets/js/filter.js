// The checks, filtered by verdict, kind and part.
(() => {
  "use strict";
  const form = document.querySelector("form[data-filter=checks]");
  const count = form?.querySelector(".filter-count");
  if (!form || !count) return;
  const checks = [...document.querySelectorAll(".check-list > .check[data-verdict]")];
  form.hidden = false;
  // What is chosen stands in the address, so that it can be kept, sent and gone back to: ?verdict=contradicted.
  const NAMES = ["verdict", "type", "part"];
  /** @type {(name: string) => HTMLInputElement[]} */
  const boxes = (name) => [...form.querySelectorAll(`input[name=${name}]`)];
  const asked = new URLSearchParams(location.search);
  for (const name of NAMES) {
    const values = asked.getAll(name);
    if (boxes(name).some((box) => values.includes(box.value))) boxes(name).forEach((box) => { box.checked = values.includes(box.value); });
  }
  const note = () => {
    const query = new URLSearchParams();
    for (const name of NAMES) {
      const chosen = boxes(name).filter((box) => box.checked);
      if (chosen.length < boxes(name).length) for (const box of chosen) query.append(name, box.value);
    }
    try { history.replaceState(history.state, "", `${location.pathname}${query.size ? `?${query}` : ""}${location.hash}`); } catch { /* from disk the address may have to stay */ }
  };
  const apply = () => {
    /** @type {(name: string) => Set<string | undefined>} */
    const chosen = (name) => new Set(boxes(name).filter((box) => box.checked).map((box) => box.value));
    const sets = NAMES.map((name) => /** @type {const} */ ([name, chosen(name)]));
    let shown = 0;
    for (const check of checks) {
      check.hidden = !sets.every(([name, values]) => values.has(check.dataset[name]));
      if (!check.hidden) shown++;
    }
    count.textContent = shown === checks.length ? `All ${shown} checks` : `${shown} of ${checks.length} checks`;
  };
  form.addEventListener("change", () => { apply(); note(); });
  form.addEventListener("submit", (event) => event.preventDefault());
  apply();
})();
