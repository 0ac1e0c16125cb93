// The checks, filtered by verdict, kind and part.
(() => {
  "use strict";
  const form = document.querySelector("form[data-filter=checks]");
  if (!form) return;
  const checks = [...document.querySelectorAll(".check-list > .check[data-verdict]")];
  const count = form.querySelector(".filter-count");
  form.hidden = false;
  const apply = () => {
    const chosen = (name) => new Set([...form.querySelectorAll(`input[name=${name}]:checked`)].map((box) => box.value));
    const sets = ["verdict", "type", "part"].map((name) => [name, chosen(name)]);
    let shown = 0;
    for (const check of checks) {
      check.hidden = !sets.every(([name, values]) => values.has(check.dataset[name]));
      if (!check.hidden) shown++;
    }
    count.textContent = shown === checks.length ? `All ${shown} checks` : `${shown} of ${checks.length} checks`;
  };
  form.addEventListener("change", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  apply();
})();
