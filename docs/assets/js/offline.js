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

  // What could not be kept is named where the archive is offered.
  /** @type {(registration: ServiceWorkerRegistration) => void} */
  const tell = (registration) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = (/** @type {MessageEvent<string[]>} */ { data: missing }) => {
      if (!missing.length) return;
      const some = missing.length > 3 ? `${missing.slice(0, 3).join(", ")} and others` : missing.join(", ");
      const files = missing.length === 1 ? "1 file" : `${missing.length} files`;
      document.querySelector(".page-foot")?.append(
        element("p", { class: "kept" }, `${files} of this edition could not be kept for reading without a connection: ${some}.`),
      );
    };
    registration.active?.postMessage("what is missing", [port2]);
  };

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
      const ask = () => {
        if (document.hidden || Date.now() - last < HOUR) return;
        last = Date.now();
        registration.update().catch(() => {});
      };
      document.addEventListener("visibilitychange", ask);
      window.addEventListener("focus", ask);
      if (workers.controller) tell(registration);
    } catch { /* private windows may have no workers; the page is read without */ }
  });
})();
