// Online, keep the edition for when the connection drops; from a folder on disk there is nothing to keep.
(() => {
  "use strict";
  const online = location.protocol === "https:" || location.protocol === "http:";
  for (const link of document.querySelectorAll(".online-only")) link.hidden = !online;
  if (!online || !("serviceWorker" in navigator)) return;
  const root = document.querySelector("link[rel=manifest]")?.href;
  if (!root) return;
  window.addEventListener("load", () => {
    navigator.serviceWorker.register(new URL("service-worker.js", root)).catch(() => {});
  });
})();
