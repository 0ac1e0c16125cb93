// Where a reader's own notes are kept: in this browser (IndexedDB), and as long as the page is open where it keeps nothing.
(() => {
  "use strict";
  const NAME = "dossier-notes";
  const OWN = "own";
  const PATIENCE = 5000; // milliseconds until what waits for its turn to be kept is told as not kept

  /** @type {() => Layer} */
  const own = () => ({ id: OWN, name: "Your notes", color: 0, shown: true });
  /** @type {(layers: Layer[]) => Layer[]} */
  const inOrder = (layers) => [...(layers.some(({ id }) => id === OWN) ? [] : [own()]), ...layers].sort((a, b) => a.color - b.color);

  /** @type {() => KeptNotes} */
  const memory = () => {
    /** @type {Map<string, Note>} */
    const notes = new Map();
    /** @type {Map<string, Layer>} */
    const layers = new Map();
    return {
      all: async () => [...notes.values()],
      on: async (page) => [...notes.values()].filter((note) => note.page === page),
      put: async (those) => those.forEach((note) => notes.set(note.id, note)),
      remove: async (ids) => ids.forEach((id) => notes.delete(id)),
      layers: async () => [...layers.values()],
      putLayer: async (layer) => void layers.set(layer.id, layer),
      removeLayer: async (id) => {
        layers.delete(id);
        for (const note of [...notes.values()]) if (note.layer === id) notes.delete(note.id);
      },
      clear: async () => { notes.clear(); layers.clear(); },
    };
  };

  /** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
  const answer = (request) => new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });

  const open = async () => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      const notes = request.result.createObjectStore("notes", { keyPath: "id" });
      notes.createIndex("page", "page");
      notes.createIndex("layer", "layer");
      request.result.createObjectStore("layers", { keyPath: "id" });
    };
    return answer(request);
  };

  /** @type {(first: IDBDatabase) => KeptNotes} */
  const database = (first) => {
    /** @type {IDBDatabase | null} */
    let db = null;
    // Another page that deletes the database is not kept waiting, and what the browser itself has closed is opened again.
    /** @type {(found: IDBDatabase) => IDBDatabase} */
    const watched = (found) => {
      db = found;
      found.onversionchange = () => { found.close(); db = null; };
      found.onclose = () => { db = null; };
      return found;
    };
    watched(first);
    /**
     * What is done in one transaction is done whole or not at all.
     * @type {<T>(mode: "readonly" | "readwrite", act: (notes: IDBObjectStore, layers: IDBObjectStore) => T | Promise<T>) => Promise<T>}
     */
    const within = async (mode, act) => {
      const transaction = (db ?? watched(await open())).transaction(["notes", "layers"], mode);
      /** @type {Promise<void>} */
      const done = new Promise((fine, failed) => {
        transaction.oncomplete = () => fine();
        transaction.onabort = () => failed(transaction.error ?? new Error("not kept"));
      });
      done.catch(() => {}); // told below
      const notes = transaction.objectStore("notes");
      if (mode === "readwrite") {
        // In WebKit a page that was left while it read, and sleeps, may keep all others from writing.
        const late = setTimeout(() => transaction.abort(), PATIENCE);
        notes.count().onsuccess = () => clearTimeout(late);
        done.catch(() => {}).then(() => clearTimeout(late));
      }
      const value = await act(notes, transaction.objectStore("layers"));
      if (mode === "readwrite") await done;
      return value;
    };
    return {
      all: () => within("readonly", (notes) => answer(notes.getAll())),
      on: (page) => within("readonly", (notes) => answer(notes.index("page").getAll(page))),
      put: (those) => within("readwrite", (notes) => { for (const note of those) notes.put(note); }),
      remove: (ids) => within("readwrite", (notes) => { for (const id of ids) notes.delete(id); }),
      layers: () => within("readonly", (_, layers) => answer(layers.getAll())),
      putLayer: (layer) => within("readwrite", (_, layers) => { layers.put(layer); }),
      removeLayer: (id) => within("readwrite", async (notes, layers) => {
        layers.delete(id);
        for (const key of await answer(notes.index("layer").getAllKeys(id))) notes.delete(key);
      }),
      // Emptied, not deleted: a deletion waits for every other page, even one that sleeps, and a database that is made
      // anew asks for room that a full disk may refuse.
      clear: () => within("readwrite", (notes, layers) => { notes.clear(); layers.clear(); }),
    };
  };

  /**
   * The store, with what cannot be kept held as long as the page is open, and a word on it.
   * @type {() => Promise<NoteStore>}
   */
  const opened = async () => {
    const held = memory();
    const kept = await open().then(database, () => null); // forbidden, or a private window of some browsers
    if (!kept) return { ...held, layers: async () => inOrder(await held.layers()), problem: "forbidden" };
    /** @type {<T extends { id: string }>(those: T[], over: T[]) => T[]} */
    const merged = (those, over) => [...new Map([...those, ...over].map((one) => [one.id, one])).values()];
    /** @type {(act: () => Promise<void>, refused: (error: unknown) => Problem | Promise<Problem>) => Promise<void>} */
    const tried = async (act, refused) => {
      try {
        await act();
        if (!(await held.all()).length && !(await held.layers()).length) store.problem = "";
      } catch (error) {
        store.problem = await refused(error);
      }
    };
    /** @type {(error: unknown) => Problem} */
    const why = (error) => (error instanceof DOMException && error.name === "QuotaExceededError" ? "full" : "refused");
    // What was refused before is tried again with whatever comes next.
    /** @type {(notes: Note[], layers: Layer[]) => Promise<void>} */
    const keep = (notes, layers) => tried(async () => {
      for (const layer of merged(await held.layers(), layers)) await kept.putLayer(layer);
      const all = merged(await held.all(), notes);
      if (all.length) await kept.put(all);
      await held.clear();
    }, async (error) => {
      for (const layer of layers) await held.putLayer(layer);
      await held.put(notes);
      return why(error);
    });
    /** @type {(act: (from: KeptNotes) => Promise<void>) => Promise<void>} */
    const drop = (act) => tried(async () => { await act(kept); await act(held); }, () => "undeleted");
    /** @type {NoteStore} */
    const store = {
      problem: "",
      all: async () => merged(await kept.all(), await held.all()),
      on: async (page) => merged(await kept.on(page), await held.on(page)),
      layers: async () => inOrder(merged(await kept.layers(), await held.layers())),
      put: (notes) => keep(notes, []),
      putLayer: (layer) => keep([], [layer]),
      remove: (ids) => drop((from) => from.remove(ids)),
      removeLayer: (id) => drop((from) => from.removeLayer(id)),
      clear: () => drop((from) => from.clear()),
    };
    return store;
  };

  window.dossier.noteStore = { OWN, open: opened };
})();
