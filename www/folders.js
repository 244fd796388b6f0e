// Folders are walked by a program of its own, which is fetched with the first one. Walks wait
// in `window.cartoWalks` until it takes them; the event `carto-walk` says that there are more.
//
// Folders are picked with a button, in the way that the browser has: its own dialogue for
// folders, which grants reading and nothing else, or an input for the files in one. Either
// becomes an object with the part of `FileSystemEntry` that the walk uses, so that a picked
// folder is read as one that was dropped. It goes to the page with the event `carto-files`
// (see launch.js). One of the dialogue keeps its handle as `handle`.
(function () {
  'use strict';

  /** How many entries a folder gives at once, as browsers do. */
  const PORTION_LEN = 100;

  /** After so long, in ms, the page gets its turn. */
  const TURN_MS = 10;

  let isRefused = false;
  let turnBeganMs = 0;

  window.cartoWalks = [];
  window.cartoEntryOf = ofHandle;
  window.addEventListener('carto-walk', fetchProgram, { once: true });
  document.addEventListener('click', openDialogue, true);
  document.addEventListener('change', takeList, true);

  /** Each walk ends with a function that gets what is found, and nothing without the program. */
  function fetchProgram() {
    const { content } = document.querySelector('meta[name="carto-folders"]');
    import(new URL(content, document.baseURI)).catch(() => {
      window.addEventListener('carto-walk', fetchProgram, { once: true });
      for (const walk of window.cartoWalks.splice(0)) walk.at(-1)(undefined, []);
    });
  }

  function isFolderInput(element) {
    return element instanceof HTMLInputElement && element.webkitdirectory;
  }

  async function openDialogue(event) {
    if (!isFolderInput(event.target) || !window.showDirectoryPicker || isRefused) return;
    event.preventDefault();
    try {
      offer(ofHandle(await window.showDirectoryPicker({ id: 'maps' })));
    } catch (error) {
      // Somebody changed their mind, or the browser does not hand this folder out: the next
      // press opens the other dialogue.
      isRefused = true;
      if (error.name !== 'AbortError') event.target.click();
      else explain(event.target);
    }
  }

  /** osu! keeps its folder `Songs` below AppData, which the dialogue does not hand out. */
  function explain(input) {
    const words = document.createElement('p');
    words.className = 'file-button__hint';
    words.setAttribute('role', 'status');
    words.textContent =
      'No folder was chosen. If the browser refused it, as it does below AppData, where osu! keeps Songs: drag the folder into this window, or press the button once more for another dialogue.';
    input.parentElement.after(words);
  }

  async function takeList(event) {
    const input = event.target;
    if (!isFolderInput(input)) return;
    event.stopImmediatePropagation();
    if (input.files.length === 0) return;
    const entry = await ofList(input.files);
    // So that choosing the same folder again is an event too; it empties the list.
    input.value = '';
    offer(entry);
  }

  function offer(entry) {
    for (const words of document.querySelectorAll('.file-button__hint')) words.remove();
    window.dispatchEvent(new CustomEvent('carto-files', { detail: [entry] }));
  }

  /** The entry of a `FileSystemHandle`. */
  function ofHandle(handle) {
    const isDirectory = handle.kind === 'directory';
    return {
      name: handle.name,
      isDirectory,
      handle,
      createReader() {
        const children = handle.values();
        return { readEntries: (take, fail) => portionOf(children).then(take, fail) };
      },
      file: (take, fail) => handle.getFile().then(take, fail),
    };
  }

  async function portionOf(children) {
    const portion = [];
    while (portion.length < PORTION_LEN) {
      const { done, value } = await children.next();
      if (done) break;
      portion.push(ofHandle(value));
    }
    await giveTurn();
    return portion;
  }

  /** The entry of the folder that all files of a list lie in. */
  async function ofList(list) {
    const folders = new Map();
    const folderAt = (path) => {
      if (!folders.has(path)) {
        const end = path.lastIndexOf('/');
        const folder = { name: path.slice(end + 1), children: [] };
        folders.set(path, folder);
        if (end >= 0) folderAt(path.slice(0, end)).children.push(folder);
      }
      return folders.get(path);
    };
    for (let idx = 0; idx < list.length; idx += 1) {
      const path = list[idx].webkitRelativePath;
      folderAt(path.slice(0, path.lastIndexOf('/'))).children.push(list[idx]);
      await giveTurn();
    }
    const [root] = list[0].webkitRelativePath.split('/');
    return ofFolder(folderAt(root));
  }

  /** The entry of a folder that was made of a list: its children are files and such folders. */
  function ofFolder({ name, children }) {
    const createReader = () => {
      let next = 0;
      const readEntries = async (take) => {
        await giveTurn();
        const portion = children.slice(next, next + PORTION_LEN);
        next += PORTION_LEN;
        take(portion.map((child) => (child instanceof File ? ofFile(child) : ofFolder(child))));
      };
      return { readEntries };
    };
    return { name, isDirectory: true, createReader };
  }

  function ofFile(file) {
    return { name: file.name, isDirectory: false, file: (take) => take(file) };
  }

  /** Lets the page draw and answer where enough was done at once. */
  async function giveTurn() {
    if (performance.now() - turnBeganMs < TURN_MS) return;
    await new Promise((go) => setTimeout(go));
    turnBeganMs = performance.now();
  }
})();
