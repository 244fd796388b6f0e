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
  const KEY = 'folder';
  const kept = window.cartoKept;

  window.cartoFolder = {
    name: async () => (await stored())?.name ?? null,
    async pick() {
      const folder = await window.showDirectoryPicker({ id: 'maps' }).catch(orNull('AbortError'));
      if (folder) await kept.put(KEY, folder);
      return folder && window.cartoEntryOf(folder);
    },
    async read() {
      const folder = await stored();
      if (!folder || (await folder.requestPermission({ mode: 'read' })) !== 'granted') return null;
      return window.cartoEntryOf(folder);
    },
    forget: () => kept.forget(KEY),
  };

  function orNull(name) {
    return (error) => {
      if (error.name !== name) throw error;
      return null;
    };
  }

  /** The handle; null also where the browser keeps nothing. */
  function stored() {
    return kept.get(KEY).catch(() => null);
  }
})();
