// The items of a list, filtered with one click per facet, and sorted.
(() => {
  "use strict";
  const form = document.querySelector("form[data-filter]");
  const count = form?.querySelector(".filter-count");
  if (!form || !count) return;
  const items = [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(String(form.dataset.filter)))];
  const lists = new Set(items.map((item) => item.parentElement));
  form.hidden = false;
  // What is chosen stands in the address, so that it can be kept, sent and gone back to: ?verdict=contradicted.
  const buttons = [...form.querySelectorAll("input")];
  const chosen = () => buttons.filter((button) => button.checked && button.value).map(({ name, value }) => [name, value]);
  // Sorted, the items stand in the first list, whichever they came from; unsorted each is back in its own.
  const [first] = lists;
  const homes = items.map((item) => item.parentElement);
  const { compare } = new Intl.Collator("en", { numeric: true });
  /** @type {(by: string) => void} */
  const sort = (by) => {
    const name = by.replace("-", "");
    /** @type {(item: HTMLElement) => string} */
    const key = (item) => item.getAttribute(`data-by-${name}`) ?? "";
    const order = [...items].sort((a, b) => (by.startsWith("-") ? compare(key(b), key(a)) : compare(key(a), key(b))));
    if (by) first?.append(...order);
    else items.forEach((item, at) => homes[at]?.append(item));
    first?.previousElementSibling?.toggleAttribute("data-sorted", Boolean(by));
  };
  // To the other parts of a list that is cut the choice is taken along.
  const onward = /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll(".parts-row a, .turn a[rel]"));
  let sorted = "";
  const asked = new URLSearchParams(location.search);
  for (const button of buttons) if (button.value && asked.get(button.name) === button.value) button.checked = true;
  const note = () => {
    const query = new URLSearchParams(chosen());
    for (const link of onward) link.search = String(query);
    try { history.replaceState(history.state, "", `${location.pathname}${query.size ? `?${query}` : ""}${location.hash}`); } catch { /* from disk the address may have to stay */ }
  };
  /** @type {(item: HTMLElement, wanted: string[][]) => boolean} */
  const fits = (item, wanted) => wanted.every(([name, value]) => Boolean(item.dataset[name]?.split("|").includes(value)));
  // Each choice says how many it would show beside what is chosen of the others. Where the list is cut its numbers are
  // those of the whole, which is not here to be counted.
  const numbers = document.querySelector(".parts-row") ? [] : buttons.filter((button) => button.name !== "sort");
  /** @type {(wanted: string[][]) => void} */
  const recount = (wanted) => {
    for (const { name, value, parentElement } of numbers) {
      const others = wanted.filter(([other]) => other !== name);
      const number = parentElement?.querySelector(".n");
      if (!(number instanceof HTMLElement)) continue;
      number.style.minWidth ||= `${number.textContent?.length}ch`; // so that no choice moves under the pointer
      number.textContent = String(items.filter((item) => fits(item, value ? [...others, [name, value]] : others)).length);
    }
  };
  const apply = () => {
    const by = chosen().find(([name]) => name === "sort")?.[1] ?? "";
    if (by !== sorted) sort(by);
    sorted = by;
    const wanted = chosen().filter(([name]) => name !== "sort");
    let shown = 0;
    for (const item of items) {
      item.hidden = !fits(item, wanted);
      if (!item.hidden) shown++;
    }
    recount(wanted);
    // A heading with nothing under it is hidden, and its line in the contents.
    for (const list of lists) {
      const empty = [...list?.children ?? []].every((item) => item instanceof HTMLElement && item.hidden);
      const heading = list?.previousElementSibling;
      for (const part of [list, heading]) if (part instanceof HTMLElement) part.hidden = empty || part.hasAttribute("data-sorted");
      for (const link of heading?.id ? document.querySelectorAll(`li > a[href="#${CSS.escape(heading.id)}"]`) : []) link.parentElement?.toggleAttribute("hidden", empty);
    }
    count.textContent = `${shown === items.length ? `All ${shown}` : `${shown} of ${items.length}`} ${form.dataset.called}`;
  };
  // Whoever follows a link to an item sees it, and what is folded in it.
  const open = () => {
    const item = items.find(({ id }) => id && id === decodeURIComponent(location.hash.slice(1)));
    if (!item) return;
    if (item.hidden) {
      for (const button of buttons) button.checked = !button.value;
      apply();
      note();
      item.scrollIntoView();
    }
    const folded = item.querySelector("details:not(.thread)");
    if (folded instanceof HTMLDetailsElement) folded.open = true;
  };
  form.addEventListener("change", () => { apply(); note(); });
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("hashchange", open);
  apply();
  open();
  if (onward.length) note();
  delete document.documentElement.dataset.asked;
})();
