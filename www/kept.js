// What the page itself keeps for the next visit in the browser's own database: the handle of a
// folder that a person picked, and the result of the last run.
//
// `window.cartoKept` has functions that give promises, which a browser rejects that keeps nothing:
//   get(key)         what is kept under a key, or undefined
//   put(key, value)  keeps something that can be cloned
//   forget(key)      keeps it no more
(function () {
  'use strict';

  // The names are those of the first thing that was kept: what earlier versions kept stays.
  const DATABASE = 'osu-cartography.folder';
  const STORE = 'handles';

  window.cartoKept = {
    get: (key) => change((store) => store.get(key), 'readonly'),
    put: (key, value) => change((store) => store.put(value, key)),
    forget: (key) => change((store) => store.delete(key)),
  };

  function settled(target, done, failed) {
    return new Promise((resolve, reject) => {
      target[done] = () => resolve();
      for (const event of failed) target[event] = () => reject(target.error);
    });
  }

  /** Does something with the store, and gives what comes of it once it is on the disk. */
  async function change(act, mode = 'readwrite') {
    const opening = indexedDB.open(DATABASE, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
    await settled(opening, 'onsuccess', ['onerror']);
    const database = opening.result;
    try {
      const transaction = database.transaction(STORE, mode);
      const request = act(transaction.objectStore(STORE));
      // A full disk aborts after the request.
      await settled(transaction, 'oncomplete', ['onabort', 'onerror']);
      return request.result;
    } finally {
      database.close();
    }
  }
})();
