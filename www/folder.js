// Keeps the folder that a person picked, so that the next visit can ask for it again.
//
// `window.cartoFolder` is there where the browser has such handles. Its functions give
// promises:
//   name()    the name of the folder that is kept, or null
//   pick()    lets a person pick a folder, keeps it, and gives it
//   read()    asks for permission, and gives the folder that is kept
//   forget()  keeps it no more
// A folder is what `www/folders.js` makes of a handle; null where a person gave none.
(function () {
  'use strict';

  if (!('showDirectoryPicker' in window)) return;
  const STORE = 'handles';
  const KEY = 'folder';

  window.cartoFolder = {
    name: async () => (await stored())?.name ?? null,
    async pick() {
      const folder = await window.showDirectoryPicker({ id: 'maps' }).catch(orNull('AbortError'));
      if (folder) await change((store) => store.put(folder, KEY));
      return folder && window.cartoEntryOf(folder);
    },
    async read() {
      const folder = await stored();
      if (!folder || (await folder.requestPermission({ mode: 'read' })) !== 'granted') return null;
      return window.cartoEntryOf(folder);
    },
    forget: () => change((store) => store.delete(KEY)),
  };

  function orNull(name) {
    return (error) => {
      if (error.name !== name) throw error;
      return null;
    };
  }

  function result(request) {
    return new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  }

  /** Does something with the store of handles, and gives what comes of it. */
  async function change(act, mode = 'readwrite') {
    const opening = indexedDB.open('osu-cartography.folder', 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
    const database = await result(opening);
    try {
      return await result(act(database.transaction(STORE, mode).objectStore(STORE)));
    } finally {
      database.close();
    }
  }

  /** The handle; null also where the browser keeps nothing. */
  function stored() {
    return change((store) => store.get(KEY), 'readonly').catch(() => null);
  }
})();
