// The maps: pointing at a claim or an actor, or reaching it by keyboard, brings out its lines.
(() => {
  "use strict";
  const { closest } = window.dossier;
  for (const map of document.querySelectorAll(".case-map")) {
    const ties = [...map.querySelectorAll(".tie-line")];
    const claims = new Map([...map.querySelectorAll("a[data-number]")].map((link) => [link.dataset.number, link]));
    /** @type {(link: HTMLElement | null) => void} */
    const light = (link) => {
      const number = link?.dataset.number;
      map.classList.toggle("lit", Boolean(link));
      claims.forEach((claim) => claim.classList.toggle("lit", claim === link));
      for (const tie of ties) {
        const { from, to } = tie.dataset;
        const on = from === number || to === number;
        tie.classList.toggle("lit", on);
        tie.closest("a")?.classList.toggle("lit", on);
        if (on) for (const end of [from, to]) claims.get(end)?.classList.add("lit");
      }
    };
    for (const type of ["pointerover", "focusin"]) map.addEventListener(type, (event) => light(closest(event, "a[data-number]")));
    for (const type of ["pointerleave", "focusout"]) map.addEventListener(type, () => light(null));
  }
})();
