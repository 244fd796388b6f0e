// Keeps the folder that a person picked, so that the next visit can ask for it again.
//
// `window.cartoFolder` is there where the browser has such handles. Its functions give
// promises:
//   name()    the name of the folder that is kept, or null
//   pick()    lets a person pick a folder, keeps it, and gives its files
//   read()    asks for permission, and gives the files of the folder that is kept
//   forget()  keeps it no more
// Files are an array of `File`, each with its `webkitRelativePath` as an input for folders
// has it; null where a person gave none. `isRead(name)` says of which files that is to be.
(function () {
  'use strict';

  if (!('showDirectoryPicker' in window)) return;
  const STORE = 'handles';
  const KEY = 'folder';

  window.cartoFolder = {
    name: async () => (await stored())?.name ?? null,
    async pick(isRead) {
      const folder = await window.showDirectoryPicker({ id: 'maps' }).catch(orNull('AbortError'));
      if (folder) await change((store) => store.put(folder, KEY));
      return folder && filesOf(folder, isRead);
    },
    async read(isRead) {
      const folder = await stored();
      if (!folder || (await folder.requestPermission({ mode: 'read' })) !== 'granted') return null;
      return filesOf(folder, isRead);
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

  /** All files below a folder that are read, folder by folder: no list of all others is kept. */
  async function filesOf(root, isRead) {
    const files = [];
    const folders = [[root, root.name]];
    while (folders.length > 0) {
      const [folder, path] = folders.pop();
      const asked = [];
      for await (const entry of folder.values()) {
        if (entry.kind === 'directory') folders.push([entry, path + '/' + entry.name]);
        else if (isRead(entry.name)) asked.push(entry.getFile().catch(orNull('NotFoundError')));
      }
      for (const file of await Promise.all(asked)) {
        if (!file) continue; // Gone since.
        Object.defineProperty(file, 'webkitRelativePath', { value: path + '/' + file.name });
        files.push(file);
      }
    }
    return files;
  }
})();
