// The maps: pointing at a claim or an actor, or reaching it by keyboard, brings out its lines. One can be held in focus,
// made larger or smaller, and, beside a guided reading, the map follows the step.
(() => {
  "use strict";
  const { closest, element } = window.dossier;
  const SIZES = [0.6, 0.8, 1, 1.3, 1.7];
  for (const map of /** @type {NodeListOf<HTMLElement & SVGSVGElement>} */ (document.querySelectorAll(".case-map"))) {
    const ties = [...map.querySelectorAll(".tie-line")];
    const claims = new Map([...map.querySelectorAll("a[data-number]")].map((link) => [link.dataset.number ?? "", link]));
    /** @type {string[]} What stays lit when nothing is pointed at. */
    let held = [];
    /** @type {(numbers: string[], around?: boolean) => void} */
    const light = (numbers, around = true) => {
      map.classList.toggle("lit", numbers.length > 0);
      map.classList.toggle("held", numbers === held && numbers.length > 0);
      const on = new Set(numbers);
      for (const tie of ties) {
        const { from = "", to = "" } = tie.dataset;
        const lit = around ? numbers.includes(from) || numbers.includes(to) : numbers.includes(from) && numbers.includes(to);
        tie.classList.toggle("lit", lit);
        tie.closest("a")?.classList.toggle("lit", lit);
        if (lit) on.add(from).add(to);
      }
      claims.forEach((claim, number) => claim.classList.toggle("lit", on.has(number)));
    };
    const walk = document.querySelector(".walk");
    const hold = () => light(held, !walk);
    for (const type of ["pointerover", "focusin"]) {
      map.addEventListener(type, (event) => {
        const link = closest(event, "a[data-number]");
        if (link) light([link.dataset.number ?? ""]); else hold();
      });
    }
    for (const type of ["pointerleave", "focusout"]) map.addEventListener(type, hold);

    // Into view within the frame, and of the page no more than must be.
    const frame = map.closest(".chart-frame");
    /** @type {(numbers: string[]) => void} */
    const show = (numbers) => {
      const boxes = numbers.flatMap((number) => claims.get(number)?.getBoundingClientRect() ?? []);
      if (!frame || !boxes.length) return;
      const { left, top, width, height } = frame.getBoundingClientRect();
      /** @type {(low: number[], high: number[]) => number} */
      const middle = (low, high) => (Math.min(...low) + Math.max(...high)) / 2;
      frame.scrollBy(middle(boxes.map((b) => b.left), boxes.map((b) => b.right)) - left - width / 2, middle(boxes.map((b) => b.top), boxes.map((b) => b.bottom)) - top - height / 2);
    };

    const [natural, high] = [map.viewBox.baseVal.width, map.viewBox.baseVal.height];
    let size = SIZES.indexOf(1);
    const [less, more] = [["−", "Smaller"], ["+", "Larger"]].map(([sign, label]) => element("button", { type: "button", "aria-label": label ?? "" }, sign ?? ""));
    const scale = () => {
      const by = SIZES[size] ?? 1;
      map.setAttribute("width", String(natural * by));
      map.setAttribute("height", String(high * by));
      less?.toggleAttribute("disabled", !size);
      more?.toggleAttribute("disabled", size === SIZES.length - 1);
    };
    less?.addEventListener("click", () => { size--; scale(); });
    more?.addEventListener("click", () => { size++; scale(); });
    const choice = element("select", {}, element("option", { value: "" }, "everything"));
    const names = [...claims].map(([number, claim]) => [number, (claim.textContent ?? "").replace(/\s+/g, " ").trim()]);
    for (const [number, name] of names) choice.append(element("option", { value: number ?? "" }, name ?? ""));
    const focus = () => {
      held = choice.value ? [choice.value] : [];
      hold();
      show(held);
    };
    choice.addEventListener("change", () => {
      focus();
      const query = choice.value ? `?focus=${encodeURIComponent(choice.value)}` : "";
      try { history.replaceState(history.state, "", `${location.pathname}${query}`); } catch { /* from disk the address may have to stay */ }
    });
    const tools = (walk ? null : frame?.previousElementSibling?.closest(".map-tools")) ?? element("div", { class: "map-tools screen-only" });
    tools.append(less ?? "", more ?? "");
    if (!walk) tools.append(element("label", {}, "Show ", choice, " with its ties"));
    if (walk) map.before(tools); // elsewhere they have their place already
    const asked = new URLSearchParams(location.search).get("focus");
    if (!walk && asked && claims.has(asked)) {
      choice.value = asked;
      focus();
    }
    if (!walk) continue;

    // The step that is being read, and the claims of which it speaks.
    const steps = [...walk.querySelectorAll("li")];
    /** @type {Element | undefined} */
    let now;
    /** @type {(step: HTMLElement) => void} */
    const at = (step) => {
      if (step === now) return;
      now = step;
      for (const each of steps) each.classList.toggle("step-now", each === step);
      const ids = [...step.querySelectorAll("a[href*='arguments/']")].map((link) => `argument:${/([^/]*)\.html/.exec(link.getAttribute("href") ?? "")?.[1]}`);
      held = [...claims].filter(([, claim]) => ids.includes(claim.dataset.entry ?? "")).map(([number]) => number);
      hold();
      show(held);
    };
    for (const type of ["pointerover", "focusin", "click"]) {
      walk.addEventListener(type, (event) => {
        const step = closest(event, ".walk li");
        if (step) at(step);
      });
    }
    const watch = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) if (isIntersecting && scrollY && target instanceof HTMLElement) at(target);
    }, { rootMargin: "-30% 0px -60% 0px" });
    steps.forEach((step) => watch.observe(step));
    if (steps[0]) at(steps[0]);
  }
})();
