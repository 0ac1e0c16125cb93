// Online, keep the edition for when the connection drops, and say when a newer one has come; from a folder on
// disk there is nothing to keep.
(() => {
  "use strict";
  const { element } = window.dossier;
  const online = location.protocol === "https:" || location.protocol === "http:";
  for (const link of document.querySelectorAll(".online-only")) link.hidden = !online;
  if (!online || !("serviceWorker" in navigator)) return;
  const root = document.querySelector("link[rel=manifest]")?.href;
  if (!root) return;
  const workers = navigator.serviceWorker;

  // One line, one click.
  /** @type {HTMLElement | null} */
  let line = null;
  /** @type {(text: string, act: () => void) => void} */
  const offer = (text, act) => {
    if (line) return;
    const button = element("button", { type: "button" }, "Read it");
    button.addEventListener("click", () => { button.disabled = true; act(); });
    const later = element("button", { type: "button", "aria-label": "Later" }, "✕");
    const shown = element("div", { class: "newer", role: "status" });
    later.addEventListener("click", () => shown.remove());
    document.body.append(shown);
    shown.append(text, " ", button, " ", later);
    line = shown;
  };

  // The new worker takes over when the reader asks for it, and then for every open page.
  let asked = false;
  const controlled = Boolean(workers.controller);
  workers.addEventListener("controllerchange", () => {
    if (!controlled) return; // the first one
    window.dossier.replaced = true; // what this page loads from now on would be of another edition
    if (asked || document.hidden) location.reload();
    else { line?.remove(); line = null; offer("A newer edition has taken this one’s place.", () => location.reload()); }
  });
  /** @type {(registration: ServiceWorkerRegistration) => void} */
  const ready = (registration) => {
    if (!registration.waiting || !workers.controller) return;
    offer("A newer edition is ready.", () => {
      asked = true;
      if (registration.waiting) registration.waiting.postMessage("take over");
      else location.reload(); // another tab was first
    });
  };

  /** @type {(registration: ServiceWorkerRegistration, message: string, answer: (data: any) => void) => void} */
  const ask = (registration, message, answer) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => answer(data);
    registration.active?.postMessage(message, [port2]);
  };

  // What could not be kept is named where the archive is offered.
  /** @type {(missing: string[]) => void} */
  const tellMissing = (missing) => {
    if (!missing.length) return;
    const some = missing.length > 3 ? `${missing.slice(0, 3).join(", ")} and others` : missing.join(", ");
    const files = missing.length === 1 ? "1 file" : `${missing.length} files`;
    document.querySelector(".page-foot")?.append(
      element("p", { class: "kept" }, `${files} of this edition could not be kept for reading without a connection: ${some}.`),
    );
  };
  /** @type {(registration: ServiceWorkerRegistration) => void} */
  const tell = (registration) => ask(registration, "what is missing", tellMissing);

  // The worker keeps what is read; the whole edition it keeps if it is told to, at the foot of a page.
  const READ = "What you read is kept in this browser, to be read without a connection.";
  const ALL = "The whole edition is kept in this browser, to be read without a connection.";
  /** @type {(registration: ServiceWorkerRegistration) => void} */
  const offerWhole = (registration) => ask(registration, "how much", ({ whole, bytes }) => {
    const said = element("p", { class: "keeping", role: "status" }, whole ? ALL : `${READ} `);
    document.querySelector(".page-foot")?.append(said);
    if (whole) return;
    const button = element("button", { type: "button" }, `Keep the whole edition (${(bytes / 1e6).toFixed(1)} MB)`);
    said.append(button);
    button.addEventListener("click", () => {
      said.textContent = "Keeping the whole edition…";
      ask(registration, "keep the whole", ({ done, of, missing }) => {
        if (!missing) said.textContent = `Keeping the whole edition: ${done} of ${of} files…`;
        else if (missing.length) { said.textContent = READ; tellMissing(missing); }
        else said.textContent = ALL;
      });
    });
  });
  // A page that came before the worker tells it what it has loaded.
  /** @type {(registration: ServiceWorkerRegistration) => void} */
  const tellRead = ({ active }) => active?.postMessage({
    read: [location.href, ...performance.getEntriesByType("resource").map(({ name }) => name)],
  });

  const HOUR = 3_600_000;
  window.addEventListener("load", async () => {
    try {
      const registration = await workers.register(new URL("service-worker.js", root));
      ready(registration);
      registration.addEventListener("updatefound", () => {
        const { installing } = registration;
        installing?.addEventListener("statechange", () => ready(registration));
      });
      // A page that stays open asks again when one comes back to it.
      let last = Date.now();
      const look = () => {
        if (document.hidden || Date.now() - last < HOUR) return;
        last = Date.now();
        registration.update().catch(() => {});
      };
      document.addEventListener("visibilitychange", look);
      window.addEventListener("focus", look);
      if (workers.controller) tell(registration);
      const active = await workers.ready;
      if (!controlled) tellRead(active);
      offerWhole(active);
    } catch { /* private windows may have no workers; the page is read without */ }
  });
})();
