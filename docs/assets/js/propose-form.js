// The form of a record, made from its schema: fields explained, words to choose from, entries and paragraphs found by name.
(() => {
  "use strict";
  const { element, chinese, composing } = window.dossier;
  const { shapeOf, dateProblem } = window.dossier.check;
  const { draw, citation, parse } = window.dossier.prose;
  const { nothing } = window.dossier.yaml;

  /** @type {(name: string) => string} */
  const words = (name) => { const text = name === "zh" ? "Chinese" : name.replace(/_/g, " "); return text.length > 2 ? text[0].toUpperCase() + text.slice(1) : text; };
  /** @type {(text: string, limit: number) => string} */
  const clip = (text, limit) => (text.length > limit ? `${text.slice(0, limit).replace(/\s+\S*$/, "")} …` : text);
  /** @type {(label: string, act: () => void, says?: string) => HTMLButtonElement} */
  const button = (label, act, says) => {
    const made = element("button", { type: "button", class: "propose-button", ...(says ? { "aria-label": says } : {}) }, label);
    made.addEventListener("click", act);
    return made;
  };

  // What a value means, by name or by its words.

  /** @type {(key: string) => string} */
  const nameOf = (key) => window.dossierPreviews.entries[key]?.[0] ?? "";
  /** @type {(text: string, source: string) => string} */
  const wordsOf = (text, source) => {
    const one = citation(text);
    if (!one) return "";
    const { works, paragraphs } = window.dossierPreviews;
    if (one.work) return works[one.work] ? `${works[one.work][0]} (${works[one.work][1]}, ${works[one.work][2]})` : "";
    return clip(paragraphs[one.source || source]?.[one.first - 1] ?? "", 180);
  };

  // Choosing among all that there is.

  /** @type {(text: string) => string} */
  const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const SHOWN = 30;
  /** @type {HTMLDialogElement | null} */
  let dialog = null;
  /** @type {ProposeForm["choose"]} */
  const choose = (title, offers) => new Promise((done) => {
    const box = dialog ??= document.body.appendChild(element("dialog", { class: "cite-dialog propose-dialog", "aria-labelledby": "choose-heading" }));
    const input = element("input", { type: "search", class: "search-input", autocomplete: "off", spellcheck: "false", "aria-label": "Words to look for" });
    const status = element("p", { class: "search-status", role: "status" });
    const list = element("ul", { class: "propose-offers" });
    const sought = offers.map((offer) => ({ offer, head: folded(offer.head), all: folded(`${offer.value} ${offer.head} ${offer.more}`) }));
    /** @type {string | null} */
    let chosen = null;
    const show = () => {
      const asked = folded(input.value).split(/\s+/).filter(Boolean);
      const found = sought.filter(({ all }) => asked.every((word) => all.includes(word)))
        .map((one) => ({ ...one, rank: asked.length && (one.head.startsWith(asked.join(" ")) || one.offer.value === asked[0]) ? 0 : asked.every((word) => one.head.includes(word)) ? 1 : 2 }))
        .sort((a, b) => a.rank - b.rank);
      status.textContent = found.length > SHOWN ? `${found.length} found, ${SHOWN} of them shown: go on typing` : `${found.length || "Nothing"} found`;
      list.replaceChildren(...found.slice(0, SHOWN).map(({ offer }) => {
        // What was looked for stands somewhere in it.
        const at = asked.length ? Math.max(0, folded(offer.more).indexOf(asked[0])) : 0;
        const from = at > 120 ? offer.more.lastIndexOf(" ", at - 40) + 1 : 0;
        const one = button("", () => { chosen = offer.value; box.close(); });
        one.replaceChildren(element("b", {}, ...chinese(offer.head)), " ", element("span", {}, ...chinese(`${from ? "… " : ""}${clip(offer.more.slice(from), 200)}`)));
        return element("li", {}, one);
      }));
    };
    input.addEventListener("input", show);
    box.onkeydown = (event) => {
      if (composing(event)) return;
      const all = [...list.querySelectorAll("button")];
      const at = all.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
      if (event.key === "Enter" && document.activeElement === input && all[0]) { event.preventDefault(); all[0].click(); }
      if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
      event.preventDefault();
      (all[at + (event.key === "ArrowDown" ? 1 : -1)] ?? (event.key === "ArrowUp" ? input : all.at(-1)))?.focus();
    };
    box.onclose = () => done(chosen);
    box.replaceChildren(element("h2", { id: "choose-heading" }, title), input, status, list, button("Close", () => box.close()));
    show();
    box.showModal();
    input.focus();
  });

  /** @type {ProposeForm["offers"]} */
  const offers = (kinds, extra) => [...Object.entries(window.dossierPreviews.entries).filter(([key]) => kinds.includes(key.split(":")[0])).map(([key, [name, zh, kind, text]]) => ({ value: key, head: name, more: `${zh && `${zh} · `}${kind} · ${text}` })),
    ...extra.filter(({ value }) => kinds.includes(value.split(":")[0]))];
  /** @type {ProposeForm["citable"]} */
  const citable = (source, extra) => {
    const { paragraphs, works } = window.dossierPreviews;
    const several = Object.keys(paragraphs).length > 1;
    return [
      ...Object.entries(paragraphs).flatMap(([id, texts]) => texts.map((text, n) => ({ value: several && id !== source ? `${id}:p${n + 1}` : `p${n + 1}`, head: several ? `${window.dossierPropose.sources[id].short}, p${n + 1}` : `p${n + 1}`, more: text }))),
      ...Object.entries(works).map(([id, [title, publisher, date]]) => ({ value: id, head: title, more: `${publisher}, ${date}` })),
      ...extra.filter(({ value }) => value.startsWith("reference:")).map((one) => ({ ...one, value: one.value.slice(10) })),
    ];
  };

  /** @type {ProposeForm["form"]} */
  const form = ({ schema, value, source, extra, changed }) => {
    const definitions = schema.$defs ?? {};
    const top = schema.type === "array" ? shapeOf(schema.items, definitions) : schema;
    /** By path where a field stands. @type {Map<string, FormPlace>} */
    const places = new Map();

    /** @type {(path: Path, control: HTMLElement) => HTMLElement} */
    const faultOf = (path, control) => {
      const fault = element("p", { class: "propose-fault", id: `${control.id}-fault`, hidden: "" });
      control.setAttribute("aria-describedby", `${control.getAttribute("aria-describedby") ?? ""} ${fault.id}`.trim());
      places.set(path.join("."), { control, fault, seen: false });
      return fault;
    };
    /** @type {(path: Path) => void} */
    const touch = (path) => { const place = places.get(path.join(".")); if (place) place.seen = true; };

    /**
     * The control of a text, number, word or date; `set` takes what it holds.
     * @type {(path: Path, shape: Shape, now: string, set: (next: string) => void, how: { label: string, help?: string }) => HTMLElement[]}
     */
    const control = (path, shape, now, set, { label, help = "" }) => {
      const id = `f-${path.join("-")}`;
      const role = shape["x-role"];
      const given = { id, name: path.join("."), ...(help ? { "aria-describedby": `${id}-help` } : {}), "aria-label": label };
      /** @type {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} */
      let box;
      /** @type {Node[]} */
      const beside = [];
      if (shape.enum) {
        const select = element("select", given, ...(now ? [] : [element("option", { value: "" }, "choose …")]), ...shape.enum.map((word, n) => {
          const means = shape.enumDescriptions?.[n];
          return element("option", { value: word }, means && means.toLowerCase() !== word ? `${word} — ${means}` : word);
        }));
        if (now) select.prepend(element("option", { value: "" }, "—"));
        box = select;
      } else if (shape.type === "boolean") {
        const tick = element("input", { ...given, type: "checkbox" });
        tick.checked = now === "true";
        tick.addEventListener("change", () => { set(tick.checked ? "true" : ""); touch(path); changed(); });
        return [tick, faultOf(path, tick)];
      } else if (role === "prose" || role === "quote" || (shape.maxLength ?? 0) > 1000) {
        const area = element("textarea", { ...given, rows: String(Math.min(12, Math.max(2, Math.ceil(now.length / 90) + 1))) });
        box = area;
        if (role === "prose") {
          /** @type {(put: (chosen: string, marked: string) => string) => (chosen: string | null) => void} */
          const insert = (put) => (chosen) => {
            area.focus();
            if (!chosen) return;
            const { selectionStart: from, selectionEnd: to } = area;
            area.setRangeText(put(chosen, area.value.slice(from, to)), from, to, "end");
            area.dispatchEvent(new Event("input", { bubbles: true }));
          };
          beside.push(element("p", { class: "propose-tools" },
            button("Cite …", () => choose("Cite a paragraph or a work", citable(source, extra())).then(insert((chosen, marked) => `${marked}${area.value[area.selectionEnd - 1] === " " ? "" : " "}[@${chosen}]`)), `Cite a paragraph or a work in ${label}`),
            button("Link …", () => choose("Link to an entry", offers(window.dossierPropose.linked, extra())).then(insert((chosen, marked) => `[${marked || nameOf(chosen) || chosen}](${chosen})`)), `Link to an entry in ${label}`)));
          const look = element("p", { class: "propose-look", hidden: "" });
          const show = () => { look.hidden = area.value.trim() === now.trim() || !area.value.trim(); if (!look.hidden) look.replaceChildren(element("b", {}, "As it will look: "), ...draw(area.value, source)); };
          area.addEventListener("input", show);
          beside.push(look);
        }
      } else {
        box = element("input", { ...given, type: "text", autocomplete: "off", spellcheck: role === "name" ? "true" : "false", ...(shape.type === "number" || shape.type === "integer" ? { inputmode: "decimal" } : {}) });
      }
      box.value = now;
      if (role === "link" || role === "cite") {
        const means = element("span", { class: "propose-means" });
        const tell = () => means.replaceChildren(...chinese(role === "link" ? nameOf(box.value.trim()) : wordsOf(box.value.trim(), source)));
        const [, kinds = ""] = /^\^\(\?:([a-z|]+)\):/.exec(shape.pattern ?? "") ?? [];
        beside.push(button("Choose …", async () => {
          const chosen = await (role === "link" ? choose(`Choose: ${label}`, offers(kinds.split("|"), extra())) : choose("Cite a paragraph or a work", citable(source, extra())));
          if (chosen) { box.value = chosen; box.dispatchEvent(new Event("input", { bubbles: true })); }
          box.focus();
        }, `Choose: ${label}`), means);
        box.addEventListener("input", tell);
        tell();
      }
      if (role === "date") {
        const means = element("span", { class: "propose-means" });
        const tell = () => { means.textContent = box.value.trim() && !dateProblem(box.value.trim()) ? human(box.value.trim()) : ""; };
        box.addEventListener("input", tell);
        tell();
        beside.push(means);
      }
      box.addEventListener("input", () => { set(box.value); changed(); });
      box.addEventListener("change", () => { touch(path); changed(); });
      box.addEventListener("blur", () => { if (box.value !== now) { touch(path); changed(); } });
      return [box, ...beside.map((node) => /** @type {HTMLElement} */ (node)), faultOf(path, box)];
    };

    /** @type {(holder: Record<string, Value>, name: string, path: Path, shape: Shape, needed: boolean) => HTMLElement} */
    const field = (holder, name, path, shape, needed) => {
      const id = `f-${path.join("-")}`;
      const help = [shape.description, shape["x-role"] === "date" ? "Write 2025, 2025-01, or 2025-01-31; ~ behind it means about, ? uncertain; start/end for a time between." : ""].filter(Boolean).join(" ");
      const head = [words(name), ...(needed ? [" ", element("span", { class: "propose-needed" }, "needed")] : [])];
      const helped = help ? [element("p", { class: "propose-help", id: `${id}-help` }, ...told(help))] : [];
      /** @type {(next: Value) => void} */
      const set = (next) => { const box = holder; box[name] = next; };
      const now = holder[name];
      if (shape.type === "array") {
        if (!Array.isArray(now)) set([]);
        const all = /** @type {Value[]} */ (holder[name]);
        const inner = shapeOf(shape.items, definitions);
        const group = element("fieldset", { class: "propose-list", id, tabindex: "-1" }, element("legend", {}, ...head), ...helped);
        const rows = element("div", {});
        const one = singular(words(name)).toLowerCase();
        /** @type {(add: Value) => void} */
        const push = (add) => { all.push(add); draw_(); changed(); const last = rows.lastElementChild; if (last instanceof HTMLDetailsElement) last.open = true; last?.querySelector("input, textarea, select")?.focus(); };
        const draw_ = () => rows.replaceChildren(...all.map((item, n) => (typeof item === "string" ? row(all, n, [...path, n], inner, `${words(name)} ${n + 1}`, draw_) : part(all, n, [...path, n], inner, one, draw_))));
        draw_();
        const role = inner["x-role"];
        const add = inner.properties ? button(`Add ${/^[aeiou]/.test(one) ? "an" : "a"} ${one}`, () => push({})) : button(role === "cite" ? "Cite a paragraph or a work …" : role === "link" ? "Choose an entry …" : `Add ${/^[aeiou]/.test(one) ? "an" : "a"} ${one}`, async () => {
          if (role !== "cite" && role !== "link") return push("");
          const [, kinds = ""] = /^\^\(\?:([a-z|]+)\):/.exec(inner.pattern ?? "") ?? [];
          const chosen = await (role === "link" ? choose(`Choose: ${words(name)}`, offers(kinds.split("|"), extra())) : choose("Cite a paragraph or a work", citable(source, extra())));
          return chosen ? push(chosen) : add.focus();
        });
        group.append(rows, element("p", { class: "propose-tools" }, add), faultOf(path, group));
        return group;
      }
      if (shape.properties) {
        if (typeof now !== "object" || Array.isArray(now)) set({});
        const group = element("fieldset", { class: "propose-list", id, tabindex: "-1" }, element("legend", {}, ...head), ...helped, ...fields(/** @type {Record<string, Value>} */ (holder[name]), path, shape));
        group.append(faultOf(path, group));
        return group;
      }
      return element("div", { class: `propose-field${shape.type === "boolean" ? " propose-tick" : ""}` }, element("label", { for: id }, ...head), ...helped, ...control(path, shape, typeof now === "string" ? now : "", set, { label: words(name), help }));
    };

    /** @type {(all: Value[], n: number, path: Path, shape: Shape, label: string, again: () => void) => HTMLElement} A text of a list. */
    const row = (all, n, path, shape, label, again) => element("div", { class: "propose-row" }, ...control(path, shape, String(all[n]), (next) => { const box = all; box[n] = next; }, { label }),
      button("Remove", () => { all.splice(n, 1); again(); changed(); }, `Remove ${label} ${all[n]}`));

    /** @type {(all: Value[], n: number, path: Path, shape: Shape, one: string, again: () => void) => HTMLElement} A mapping of a list, folded until it is needed. */
    const part = (all, n, path, shape, one, again) => {
      const inner = /** @type {Record<string, Value>} */ (all[n]);
      const summary = element("summary", {});
      const tell = () => summary.replaceChildren(element("b", {}, `${words(one)} ${n + 1}`), " ", ...chinese(clip(inWords(inner, shape), 110)));
      const box = element("details", { class: "propose-part" }, summary);
      const body = () => {
        if (box.childElementCount > 1) return;
        box.append(...fields(inner, path, shape), element("p", { class: "propose-tools" }, button(`Remove this ${one}`, () => { all.splice(n, 1); again(); changed(); }, `Remove this ${one}: number ${n + 1}`)));
      };
      box.addEventListener("toggle", () => { if (box.open) body(); else tell(); });
      Object.defineProperty(box, "fill", { value: body });
      tell();
      if (nothing(inner)) { body(); box.open = true; }
      return box;
    };

    /** @type {(holder: Record<string, Value>, path: Path, shape: Shape) => HTMLElement[]} The fields that are needed or filled in, then the others, folded. */
    const fields = (holder, path, shape) => {
      const described = Object.entries(shape.properties ?? {}).filter(([name]) => name !== "id" && name !== "formerly" && !(path.length === 0 && name === "source" && Object.keys(window.dossierPropose.sources).length < 2));
      const needed = shape.required ?? [];
      /** @type {(name: string) => boolean} */
      const open = (name) => needed.includes(name) || !nothing(holder[name]) || name === "cites" || (name === "text" && "quote" in (shape.properties ?? {})) || (path.length === 0 && name === "account");
      /** @type {(name: string) => number} */
      const rank = (name) => (!needed.includes(name) ? 2 : name === "name" || name === "title" ? 0 : 1);
      const sorted = described.sort(([a], [b]) => rank(a) - rank(b));
      /** @type {(those: typeof described) => HTMLElement[]} */
      const made = (those) => those.map(([name, inner]) => field(holder, name, [...path, name], shapeOf(inner, definitions), needed.includes(name)));
      const rest = sorted.filter(([name]) => !open(name));
      if (!rest.length) return made(sorted);
      const more = element("details", { class: "propose-more" }, element("summary", {}, `More fields: ${rest.map(([name]) => name.replace(/_/g, " ")).join(", ")}`), ...made(rest));
      return [...made(sorted.filter(([name]) => open(name))), more];
    };

    const node = element("div", { class: "propose-form" }, ...fields(value, [], top));

    /** @type {ReturnType<ProposeForm["form"]>["show"]} */
    const show = (faults, all) => {
      for (const { fault, control: box } of places.values()) { fault.hidden = true; fault.textContent = ""; box.removeAttribute("aria-invalid"); }
      for (const { path, message } of faults) {
        const place = reach(path, false);
        if (!place || !(all || place.seen)) continue;
        place.fault.hidden = false;
        place.fault.append(element("span", {}, `${message[0].toUpperCase()}${message.slice(1)}.`), " ");
        place.control.setAttribute("aria-invalid", "true");
      }
    };
    /** @type {(path: Path, open: boolean) => FormPlace | undefined} The place of a fault, or of what holds it. */
    const reach = (path, open) => {
      if (open) for (const [n] of path.entries()) unfold(path.slice(0, n + 1));
      for (let n = path.length; n > 0; n--) { const place = places.get(path.slice(0, n).join(".")); if (place) return place; }
      return places.get("name") ?? places.get("title");
    };
    /** @type {(path: Path) => void} */
    const unfold = (path) => {
      const last = path.at(-1);
      if (typeof last !== "number") return;
      const holder = places.get(path.slice(0, -1).join("."))?.control;
      const box = holder?.querySelectorAll(":scope > div > details")[last];
      if (box instanceof HTMLDetailsElement) { /** @type {any} */ (box).fill(); box.open = true; }
    };
    /** @type {ReturnType<ProposeForm["form"]>["go"]} */
    const go = (path) => {
      const place = reach(path, true);
      if (!place) return;
      for (let box = place.control.closest("details"); box; box = box.parentElement?.closest("details") ?? null) box.open = true;
      place.control.scrollIntoView({ block: "center" });
      place.control.focus({ preventScroll: true });
    };
    /** @type {ReturnType<ProposeForm["form"]>["add"]} */
    const add = (name, fault) => { const place = { control: name, fault, seen: false }; places.set("id", place); name.addEventListener("change", () => { place.seen = true; changed(); }); };
    return { node, show, go, add };
  };

  /** @type {(help: string) => (Node | string)[]} What stands in `marks` is code. */
  const told = (help) => help.split(/`([^`]+)`/).map((piece, n) => (n % 2 ? element("code", {}, piece) : piece));
  /** @type {(name: string) => string} */
  const singular = (name) => ({ Aliases: "Name", Cites: "Citation", Account: "Passage", English: "Rendering", About: "Entry", Toward: "Entry", Forms: "Form", Design: "Passage", Status: "Step", Others: "Rendering" }[name] ?? name.replace(/ies$/, "y").replace(/s$/, ""));
  /** @type {(value: Record<string, Value>, shape: Shape) => string} What a mapping of a list is about. */
  const inWords = (value, shape) => {
    /** @type {(name: string) => string} */
    const text = (name) => { const found = value[name]; return typeof found !== "string" ? "" : found.includes(":") && nameOf(found) ? nameOf(found) : name === "text" || name === "because" ? parse(found).plain : found; };
    const order = ["voice", "stance", "type", "state", "title", "words", "english", "aspect", "to", "toward", "date", "text", "quote", "because"];
    return order.filter((name) => name in (shape.properties ?? {})).map(text).filter(Boolean).join(" · ");
  };

  const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
  /** @type {(text: string) => string} A date in words, as dossier/dates.py has it. */
  const human = (text) => {
    /** @type {(one: string) => string} */
    const point = (one) => {
      const [, year, month, day, doubt] = /^(-?\d{4})(?:-(\d{2})(?:-(\d{2}))?)?([~?]?)$/.exec(one) ?? [];
      const n = Number(year);
      const spoken = n < 1 ? `${1 - n} BC` : n > 999 ? String(n) : `AD ${n}`;
      const said = day ? `${MONTHS[Number(month) - 1]} ${Number(day)}, ${spoken}` : month ? `${MONTHS[Number(month) - 1]} ${spoken}` : spoken;
      return doubt === "~" ? `about ${said}` : doubt ? `${said} (uncertain)` : said;
    };
    const [first, last] = text.split("/");
    if (!last) return point(first);
    return first === ".." ? `until ${point(last)}` : last === ".." ? `since ${point(first)}` : `${point(first)} to ${point(last)}`;
  };

  window.dossier.form = { form, choose, offers, citable, button, clip };
})();
