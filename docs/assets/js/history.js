// What a paragraph has been: its wordings beside it, and #p20@1.0.0, a citation of words that may have changed since.
(() => {
  "use strict";
  const paragraphs = [...document.querySelectorAll(".para-text[data-paragraph]")];
  if (!paragraphs.length) return;
  const { load, element, root, say } = window.dossier;
  const { source = "" } = paragraphs[0].dataset;

  /** @returns {Promise<SourceHistory>} What is known of this source. */
  const index = async () => {
    await load(`history/${source}`);
    return window.dossierHistory[source];
  };

  /** @param {string} id @returns {Promise<ParagraphHistory>} What a paragraph has been; it must be among those that changed. */
  const past = async (id) => {
    await load(`history/${source}/${id}`);
    return window.dossierHistory[`${source}#${id}`];
  };

  /** @param {string} day @returns {string} 2026-11-24 as November 24, 2026. */
  const human = (day) => new Date(`${day}T00:00:00`).toLocaleDateString("en-US", { year: "numeric", month: "long", day: "numeric" });

  /**
   * Words with their Chinese marked as such.
   * @param {string} text @returns {(string | HTMLElement)[]}
   */
  const marked = (text) => text.split(/(\p{Script=Han}+)/u).map((part, at) => (at % 2 ? element("span", { lang: "zh-Hans" }, part) : part));

  /**
   * Pieces as text, what was cut and what was added marked; blanks stand outside the marks.
   * @type {(pieces: Piece[] | undefined, shown?: (kind: number) => boolean) => (string | HTMLElement)[]}
   */
  const drawn = (pieces = [], shown = () => true) => pieces.filter(([kind]) => shown(kind)).flatMap(([kind, text]) => {
    if (!kind) return marked(text);
    const [, before, bare, after] = /^(\s*)(.*?)(\s*)$/su.exec(text) ?? ["", "", text, ""];
    return [before, element(kind < 0 ? "del" : "ins", {}, ...marked(bare)), after];
  });

  /** @param {Wording} wording @returns {string} The release of a wording, as a line says it. */
  const when = ({ release, date }) => (release ? `in release ${release} (${human(date)})` : "since the newest release");

  /** @param {Wording} wording @returns {HTMLElement} Who changed what and why, in a line. */
  const reason = (wording) => element("p", { class: "revision-why" }, `Changed ${when(wording)} by ${wording.by}`, ...(wording.why ? [": ", ...marked(wording.why)] : ["."]));

  // The history of a paragraph, in its box beside it.
  document.addEventListener("toggle", async (event) => {
    const details = event.target;
    if (!(details instanceof HTMLDetailsElement) || !details.open || !details.matches(".note-history") || details.dataset.filled) return;
    details.dataset.filled = "";
    const id = details.closest(".para")?.id ?? "";
    try {
      const { wordings } = await past(id);
      const [first] = wordings;
      const list = element("ol", { class: "revisions" });
      for (const wording of wordings.slice(1).reverse()) list.append(element("li", {}, reason(wording), element("p", { class: "revision-words" }, ...drawn(wording.step))));
      list.append(element("li", {}, element("p", { class: "revision-why" }, `First published ${when(first)}. `, element("a", { href: `${root}/editions/${first.release}/${source}.html#${id}` }, "Read it there"))));
      details.lastElementChild?.replaceWith(list);
    } catch {
      delete details.dataset.filled; // the link stays
    }
  }, true);

  // Arriving from a citation of a wording: #p20@1.0.0, #p12-p14@1.0.0, or by its digest, #p20@f50305d7, where it was not released yet.
  const close = () => document.querySelectorAll(".wording-then").forEach((box) => box.remove());

  /**
   * @param {string} wanted The release or digest in the address.
   * @param {SourceHistory} found
   * @param {string} id
   * @param {ParagraphHistory | null} own What the paragraph has been, if it has changed.
   * @returns {number} Which of its wordings is meant: its number, -1 for one that is not known, NaN for today's.
   */
  const meant = (wanted, found, id, own) => {
    if (found.digests[id]?.startsWith(wanted)) return NaN;
    if (!own) return wanted in found.releases ? NaN : -1;
    const at = wanted in found.releases ? own.at[wanted] ?? -1 : own.wordings.findIndex(({ digest }) => digest.startsWith(wanted));
    return at >= 0 && !own.wordings[at].then ? NaN : at;
  };

  /**
   * What is shown under a paragraph: that its words are as they were, or both wordings.
   * @type {(wanted: string, found: SourceHistory, id: string, own: ParagraphHistory | null) => HTMLElement}
   */
  const compared = (wanted, found, id, own) => {
    const release = wanted in found.releases;
    const named = release ? `release ${wanted} of ${human(found.releases[wanted])}` : `the wording ${wanted}`;
    const at = meant(wanted, found, id, own);
    const number = id.slice(1);
    const button = element("button", { type: "button", class: "wording-close" }, "Close");
    const box = element("div", { class: "wording-then", role: "group", "aria-label": `Paragraph ${number} as it was cited`, tabindex: "-1" });
    button.addEventListener("click", () => {
      box.closest(".para")?.querySelector(".para-no")?.focus();
      box.remove();
    });
    if (Number.isNaN(at)) {
      box.append(element("p", {}, button, `Cited from ${named}: the words of paragraph ${number} are the same today.`));
      return box;
    }
    if (!own || at < 0) {
      const known = Object.keys(found.releases).join(", ");
      box.append(element("p", {}, button, release ? `Release ${wanted} had no paragraph ${number}.` : `This edition keeps no wording ${wanted} of paragraph ${number}; it has the releases ${known}.`));
      return box;
    }
    const { then } = own.wordings[at];
    const into = own.into ?? [id];
    box.append(
      element("p", {}, button, element("b", {}, `Cited from ${named}.`), ` Paragraph ${number} has changed since; ${into.length > 1 || into[0] !== id ? `its words now stand in ${into.join(" and ")}; ` : ""}both wordings, word by word:`),
      element("div", { class: "wordings" },
        element("div", {}, element("p", { class: "wording-name" }, release ? `Release ${wanted}` : "Then"), element("p", { class: "wording-words" }, ...drawn(then, (kind) => kind <= 0))),
        element("div", {}, element("p", { class: "wording-name" }, "Today"), element("p", { class: "wording-words" }, ...drawn(then, (kind) => kind >= 0)))),
      ...own.wordings.slice(at + 1).map(reason),
    );
    if (release) box.append(element("p", {}, element("a", { href: `${root}/editions/${wanted}/${source}.html#${id}` }, `The whole text of release ${wanted}`)));
    return box;
  };

  const arrive = async () => {
    close();
    const asked = /^#p(\d+)(?:-p(\d+))?@([\w.+]+)$/.exec(decodeURIComponent(location.hash));
    if (!asked) return;
    const [first, last] = [Number(asked[1]), Number(asked[2] ?? asked[1])].sort((a, b) => a - b);
    const ids = Array.from({ length: Math.min(last - first + 1, 200) }, (_, n) => `p${first + n}`);
    /** @type {(id: string) => HTMLElement | null} */
    const place = (id) => document.getElementById(id);
    place(ids[0])?.scrollIntoView();
    try {
      const found = await index();
      const boxes = [];
      // A range of words that were not released is known by a digest for each.
      const digests = asked[3].split("+");
      for (const [n, id] of ids.entries()) {
        const wanted = digests.length === ids.length ? digests[n] : asked[3];
        const own = found.changed.includes(id) ? await past(id) : null;
        const para = place(id) ?? place(own?.into?.[0] ?? "");
        if (!para) continue;
        const box = compared(wanted, found, id, own);
        para.querySelector(".para-text")?.after(box);
        para.classList.add("in-range");
        boxes.push(box);
      }
      boxes[0]?.closest(".para")?.scrollIntoView();
      boxes[0]?.focus({ preventScroll: true });
    } catch {
      say("The earlier wording could not be loaded: check the connection and try again");
    }
  };
  addEventListener("hashchange", arrive);
  arrive();
})();
