// A list that is cut into parts: an address of something that has moved to another part leads on to it.
(() => {
  "use strict";
  const { load, root } = window.dossier;
  const list = document.querySelector("[data-parts]")?.dataset.parts;
  if (!list) return;
  const follow = async () => {
    const id = decodeURIComponent(location.hash.slice(1));
    if (!id || document.getElementById(id)) return;
    try { await load(`places/${list.replace("/", "-")}`); } catch { return; }
    const places = window.dossierPlaces[list];
    // Of what has many anchors, paragraphs and pairs, the first part that has any is known (exports/places.py).
    const page = places[id] ?? places[id.replace(/-p\d+$|--.*$/, "")];
    if (page) location.replace(`${root}/${page}${location.search}#${id}`);
  };
  addEventListener("hashchange", () => void follow());
  void follow();
})();
