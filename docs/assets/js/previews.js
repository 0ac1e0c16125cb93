// Previews: a citation shows the paragraph or the work, an entry's link who or what it is.
(() => {
  "use strict";
  const { load, element } = window.dossier;
  const LINKS = "a.cite[data-cite], a.entry[data-entry]";
  let box = null;
  let owner = null;
  let timer = 0;

  const paragraphs = (target) => {
    const [source, range] = target.split("#");
    const [first, last = first] = range.split("-").map((id) => Number(id.slice(1)));
    const texts = window.dossierPreviews.paragraphs[source] ?? [];
    const shown = [];
    for (let n = first; n <= last && shown.length < 3; n++) {
      if (texts[n - 1]) shown.push(element("p", {}, element("b", {}, `${n} `), texts[n - 1].length > 420 ? `${texts[n - 1].slice(0, 420)}…` : texts[n - 1]));
    }
    if (last - first > 2) shown.push(element("p", { class: "preview-more" }, `… to paragraph ${last}`));
    return shown;
  };

  const content = (link) => {
    const { entries, works, mentions } = window.dossierPreviews;
    if (link.dataset.entry) {
      const found = entries[link.dataset.entry];
      if (!found) return [];
      const [name, zh, kind, text] = found;
      const count = mentions[link.dataset.entry]?.length ?? 0;
      const head = element("p", { class: "preview-head" }, element("b", {}, name));
      if (zh && zh !== name) head.append(" ", element("span", { lang: "zh-Hans" }, zh));
      head.append(element("span", { class: "preview-kind" }, ` ${kind}${count ? `, in ${count} ${count === 1 ? "paragraph" : "paragraphs"}` : ""}`));
      return [head, element("p", {}, text)];
    }
    if (link.dataset.cite.startsWith("@")) {
      const found = works[link.dataset.cite.slice(1)];
      if (!found) return [];
      const [title, publisher, date, basis] = found;
      return [element("p", {}, element("b", {}, title)), element("p", { class: "preview-kind" }, `${publisher}, ${date}${basis === "read" ? "" : "; known of, not opened"}`)];
    }
    return paragraphs(link.dataset.cite);
  };

  const hide = () => {
    clearTimeout(timer);
    if (!owner) return;
    owner.removeAttribute("aria-describedby");
    owner = null;
    box.hidden = true;
  };

  const place = (link) => {
    const at = link.getClientRects()[0] ?? link.getBoundingClientRect();
    const width = Math.min(416, innerWidth - 24);
    box.style.width = `${width}px`;
    box.style.left = `${Math.max(12, Math.min(at.left, innerWidth - width - 12)) + scrollX}px`;
    const height = box.offsetHeight;
    const below = at.bottom + 8 + height < innerHeight || at.top < height + 12;
    box.style.top = `${(below ? at.bottom + 6 : at.top - height - 6) + scrollY}px`;
  };

  const show = async (link, touched = false) => {
    await load("previews");
    const nodes = content(link);
    if (!nodes.length || !link.isConnected) return;
    hide();
    if (!box) {
      box = element("div", { id: "preview", class: "preview", role: "tooltip", hidden: "" });
      box.addEventListener("pointerenter", () => clearTimeout(timer));
      box.addEventListener("pointerleave", later);
      document.body.append(box);
    }
    box.replaceChildren(...nodes);
    if (touched) box.append(element("p", {}, element("a", { href: link.href, class: "preview-go" }, "Go there")));
    box.hidden = false;
    owner = link;
    link.setAttribute("aria-describedby", "preview");
    place(link);
  };

  const later = () => { clearTimeout(timer); timer = setTimeout(hide, 250); };
  const soon = (link) => { clearTimeout(timer); timer = setTimeout(() => show(link).catch(() => {}), 180); };
  const linkOf = (event) => event.target.closest?.(LINKS);

  document.addEventListener("pointerover", (event) => {
    const link = linkOf(event);
    if (link && event.pointerType === "mouse" && link !== owner) soon(link);
  });
  document.addEventListener("pointerout", (event) => { if (linkOf(event) && event.pointerType === "mouse") later(); });
  document.addEventListener("focusin", (event) => {
    const link = linkOf(event);
    if (link && link.matches(":focus-visible")) show(link).catch(() => {});
    else if (owner && !box.contains(event.target)) hide();
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });

  // A first tap previews, a second one goes on.
  let touch = false;
  document.addEventListener("pointerdown", (event) => { touch = event.pointerType === "touch"; });
  document.addEventListener("click", (event) => {
    const link = linkOf(event);
    if (touch && link && link !== owner && !event.defaultPrevented) {
      event.preventDefault();
      show(link, true).catch(() => { location.href = link.href; });
    } else if (owner && !box.contains(event.target)) {
      hide();
    }
  });
})();
