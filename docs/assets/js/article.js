// The annotated text: on a wide screen the notes of every paragraph stand open beside it.
(() => {
  "use strict";
  const all = document.querySelectorAll("details.apparatus");
  if (!all.length) return;
  const wide = window.matchMedia("(min-width: 76.25em)");
  const set = () => all.forEach((details) => { details.open = wide.matches; });
  wide.addEventListener("change", set);
  set();
  // A link to a note inside a closed box opens the boxes around it.
  const reveal = () => {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (let node = target; node; node = node.parentElement) if (node.tagName === "DETAILS") node.open = true;
    if (target && target.closest("details")) target.scrollIntoView();
  };
  window.addEventListener("hashchange", reveal);
  reveal();
})();
