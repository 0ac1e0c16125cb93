// What pages need of the theme's script: its own weighs 35 kB or 57, as the engine is, most of it for searching,
// diagrams and code that this site has otherwise or not at all.
(() => {
  const one = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  document.documentElement.classList.replace("no-js", "js");

  // The colors: those chosen last, or else the system's.
  const choices = all("[data-md-component=palette] input");
  const paint = (index) => {
    const color = Object.fromEntries(["media", "scheme", "primary", "accent"].map((name) => [name, choices[index].getAttribute(`data-md-color-${name}`)]));
    for (const [name, value] of Object.entries(color)) document.body.setAttribute(`data-md-color-${name}`, value);
    choices[index].checked = true;
    choices.forEach((choice, n) => { choice.nextElementSibling.hidden = n !== index; });
    return { index, color };
  };
  if (choices.length) {
    const before = __md_get("__palette")?.index ?? choices.findIndex((choice) => matchMedia(choice.dataset.mdColorMedia).matches);
    paint(Math.min(Math.max(before, 0), choices.length - 1));
    choices.forEach((choice, n) => choice.addEventListener("change", () => __md_set("__palette", paint(n))));
    // Who has chosen nothing goes with the system.
    choices.forEach((choice, n) => matchMedia(choice.dataset.mdColorMedia).addEventListener("change", ({ matches }) => { if (matches && !__md_get("__palette")) paint(n); }));
  }

  // The navigation: a drawer on narrow screens, with folders that open.
  const drawer = one("#__drawer");
  for (const link of all("[data-md-component=sidebar] a")) link.addEventListener("click", () => { drawer.checked = false; });
  for (const label of all("label[tabindex]")) {
    label.addEventListener("keydown", (event) => { if (event.key === "Enter") label.click(); });
  }
  for (const toggle of all(".md-nav__toggle")) {
    const list = one(":scope ~ nav", toggle.parentNode) || one("nav[aria-expanded]", toggle.parentNode);
    toggle.addEventListener("change", () => list?.setAttribute("aria-expanded", String(toggle.checked)));
  }

  // A wide table scrolls by itself, and so does long code, which the keyboard then has to reach.
  for (const table of all(".md-content table:not([class])")) {
    const [wrap, inner] = ["md-typeset__scrollwrap", "md-typeset__table"].map((name) => Object.assign(document.createElement("div"), { className: name }));
    table.replaceWith(wrap);
    wrap.append(inner);
    inner.append(table);
  }
  const reach = () => {
    for (const code of all("pre > code")) {
      if (code.scrollWidth > code.clientWidth) code.tabIndex = 0;
      else code.removeAttribute("tabindex");
    }
  };

  // What is folded opens for an address within it, and on paper.
  const unfold = () => {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const folded = target && target.closest("details:not([open])");
    if (!folded) return;
    folded.open = true;
    target.scrollIntoView();
  };
  addEventListener("hashchange", unfold);
  unfold();
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = all("details:not([open])");
    for (const details of opened) details.open = true;
  });
  addEventListener("afterprint", () => { for (const details of opened) details.open = false; });

  // What follows the reader: header, title, table of contents, and sidebars as high as there is room.
  const [header, title, main] = ["header", "header-title", "main"].map((name) => one(`[data-md-component=${name}]`));
  const heading = one("article h1");
  const sidebars = all("[data-md-component=sidebar]");
  const entries = all(".md-sidebar--secondary [data-md-component=toc] a").map((link) => [link, document.getElementById(decodeURIComponent(link.hash.slice(1)))]).filter(([, target]) => target);
  let current;
  const follow = () => {
    const top = header.getBoundingClientRect().bottom;
    const { top: start, bottom: end } = main.getBoundingClientRect();
    // All is measured before anything is set, so that the page is laid out once.
    const heights = sidebars.map((sidebar) => {
      const room = Math.min(innerHeight, end) - sidebar.getBoundingClientRect().top;
      const { position, paddingTop, paddingBottom } = getComputedStyle(sidebar);
      return position === "sticky" ? `${Math.max(room - parseFloat(paddingTop) - parseFloat(paddingBottom), 0)}px` : "";
    });
    const gone = Boolean(heading) && heading.getBoundingClientRect().bottom < top;
    const passed = entries.filter(([, target]) => target.getBoundingClientRect().top < top + 24).length;
    header.classList.toggle("md-header--shadow", start <= top);
    title?.classList.toggle("md-header__title--active", gone);
    sidebars.forEach((sidebar, n) => { one(".md-sidebar__scrollwrap", sidebar).style.height = heights[n]; });
    entries.forEach(([link], n) => {
      link.classList.toggle("md-nav__link--passed", n < passed);
      link.classList.toggle("md-nav__link--active", n === passed - 1);
    });
    const link = entries[passed - 1]?.[0];
    if (link && link !== current) {
      const wrap = link.closest(".md-sidebar__scrollwrap");
      const { top: at } = link.getBoundingClientRect();
      const { top: from, height } = wrap.getBoundingClientRect();
      if (at < from || at > from + height) wrap.scrollTop += at - from - height / 2;
    }
    current = link;
  };
  let asked = false;
  const soon = () => {
    if (asked) return;
    asked = true;
    // Once the frame is drawn, so that nothing is laid out for the sake of measuring it.
    requestAnimationFrame(() => setTimeout(() => { asked = false; follow(); }));
  };
  addEventListener("scroll", soon, { passive: true });
  addEventListener("resize", () => { reach(); soon(); });
  requestAnimationFrame(() => setTimeout(reach));
  soon();
})();
