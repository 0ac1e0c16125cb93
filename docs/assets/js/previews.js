// Previews: a citation shows the paragraph or the work, an entry's link who or what it is.
(() => {
  "use strict";
  const { load, element, chinese, closest, composing } = window.dossier;
  const LINKS = "a.cite[data-cite], a.entry[data-entry]";
  const WHOLE = 900; // letters of a single paragraph; of several, each gets fewer
  const SEVERAL = 300;

  /** @type {(text: string, limit: number) => string} */
  const shorten = (text, limit) => (text.length > limit ? `${text.slice(0, limit).replace(/\s+\S*$/, "")}…` : text);

  /** @type {(target: string) => Node[]} */
  const paragraphs = (target) => {
    const [source, range = ""] = target.split("#");
    const [first, last = first] = range.split("-").map((id) => Number(id.slice(1)));
    const texts = window.dossierPreviews.paragraphs[source] ?? [];
    const shown = [];
    for (let n = first; n <= last && shown.length < 3; n++) {
      if (texts[n - 1]) shown.push(element("p", { class: "preview-text" }, element("b", {}, `${n} `), ...chinese(shorten(texts[n - 1], first === last ? WHOLE : SEVERAL))));
    }
    if (last - first > 2) shown.push(element("p", { class: "preview-more" }, `and on to paragraph ${last}`));
    return shown;
  };

  /** @type {(key: string) => Node[]} */
  const entry = (key) => {
    const { entries, mentions } = window.dossierPreviews;
    if (!entries[key]) return [];
    const [name, zh, kind, text] = entries[key];
    const count = mentions[key]?.length ?? 0;
    const head = element("p", { class: "preview-head" }, element("b", {}, ...chinese(name)));
    if (zh && zh !== name) head.append(" ", element("span", { lang: "zh-Hans" }, zh));
    head.append(element("span", { class: "preview-kind" }, ` · ${kind}${count ? ` · in ${count} ${count === 1 ? "paragraph" : "paragraphs"}` : ""}`));
    return [head, element("p", {}, ...chinese(text))];
  };

  /** @type {(id: string) => Node[]} */
  const work = (id) => {
    const found = window.dossierPreviews.works[id];
    if (!found) return [];
    const [title, publisher, date, basis] = found;
    return [
      element("p", {}, element("b", {}, ...chinese(title))),
      element("p", { class: "preview-kind" }, ...chinese(`${publisher}, ${date}${basis === "read" ? "" : " · known of, not read by the editors"}`)),
    ];
  };

  /** @type {(link: HTMLElement) => Node[]} */
  const content = (link) => {
    const { entry: key, cite = "" } = link.dataset;
    return key ? entry(key) : cite.startsWith("@") ? work(cite.slice(1)) : paragraphs(cite);
  };

  /** @typedef {{ x: number, y: number }} Point */

  const box = element("div", { id: "preview", class: "preview", hidden: "" });
  /** @type {HTMLAnchorElement | null} */
  let owner = null; // the link whose preview is shown
  /** @type {HTMLAnchorElement | null} */
  let wanted = null; // the link whose preview is on its way
  let timer = 0;

  const hide = () => {
    clearTimeout(timer);
    wanted = null;
    if (!owner) return;
    owner.removeAttribute("aria-describedby");
    owner = null;
    box.hidden = true;
  };
  const later = () => { clearTimeout(timer); wanted = null; timer = setTimeout(hide, 300); };

  // Under or over that line of the link at which one points, so that the pointer is never covered.
  /** @type {(link: HTMLAnchorElement, point?: Point) => void} */
  const place = (link, point) => {
    const lines = [...link.getClientRects()];
    const at = lines.find((line) => point && point.y >= line.top - 2 && point.y <= line.bottom + 2) ?? lines[0] ?? link.getBoundingClientRect();
    const width = Math.min(440, document.documentElement.clientWidth - 24);
    box.style.width = `${width}px`;
    box.style.left = `${Math.max(12, Math.min(at.left, document.documentElement.clientWidth - width - 12)) + scrollX}px`;
    const height = box.offsetHeight;
    const below = at.bottom + 8 + height < innerHeight || innerHeight - at.bottom > at.top;
    box.style.top = `${(below ? at.bottom + 5 : at.top - height - 5) + scrollY}px`;
  };

  box.addEventListener("pointerenter", () => clearTimeout(timer));
  box.addEventListener("pointerleave", (event) => { if (event.pointerType === "mouse") later(); });

  // A tooltip describes its link; after a tap it holds a link itself, and so is a group by the name of what it shows.
  /** @type {(link: HTMLAnchorElement, how?: { point?: Point, tapped?: boolean }) => Promise<void>} */
  const show = async (link, { point, tapped } = {}) => {
    clearTimeout(timer); // the data may take longer than the last link's preview stays
    wanted = link;
    await load("previews");
    if (wanted !== link || !link.isConnected) return;
    const nodes = content(link);
    hide();
    if (!nodes.length) { if (tapped) location.href = link.href; return; }
    if (!box.isConnected) document.body.append(box);
    box.replaceChildren(...nodes);
    if (tapped) {
      box.setAttribute("role", "group");
      box.setAttribute("aria-label", `Preview of ${link.textContent}`);
      box.append(element("p", {}, element("a", { href: link.href, class: "preview-go" }, `Go to ${link.textContent}`)));
    } else {
      box.setAttribute("role", "tooltip");
      box.removeAttribute("aria-label");
    }
    box.hidden = false;
    owner = link;
    link.setAttribute("aria-describedby", "preview");
    place(link, point);
  };

  /** @type {(event: Event) => HTMLAnchorElement | null} */
  const linkOf = (event) => closest(event, LINKS);

  /** @type {(target: EventTarget | null) => boolean} */
  const within = (target) => target instanceof Node && box.contains(target);

  document.addEventListener("pointerover", (event) => {
    const link = linkOf(event);
    if (!link || event.pointerType !== "mouse") return;
    clearTimeout(timer);
    const point = { x: event.clientX, y: event.clientY };
    if (link !== owner) timer = setTimeout(() => show(link, { point }).catch(() => {}), 200);
  });
  document.addEventListener("pointerout", (event) => { if (linkOf(event) && event.pointerType === "mouse") later(); });
  document.addEventListener("focusin", (event) => {
    const link = linkOf(event);
    if (link?.matches(":focus-visible")) show(link).catch(() => {});
    else if (owner && !within(event.target)) hide();
  });
  document.addEventListener("focusout", (event) => { if (owner && linkOf(event) === owner && !within(event.relatedTarget)) later(); });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && !composing(event)) hide(); });

  // A first tap previews, a second one goes on.
  let touch = false;
  document.addEventListener("pointerdown", (event) => { touch = event.pointerType === "touch"; });
  document.addEventListener("click", (event) => {
    const link = linkOf(event);
    if (touch && link && link !== owner && !event.defaultPrevented) {
      event.preventDefault();
      show(link, { tapped: true }).catch(() => { location.href = link.href; });
    } else if (owner && !within(event.target)) {
      hide();
    }
  });
})();
