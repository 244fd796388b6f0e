// Takes the archives with which the system opens the installed page.
//
// They come before the page's program runs, or while it does:
//
// - A cancelable `CustomEvent` named `carto-files` on `window`, with the files as
//   `detail` (an array of `File`). Who takes them calls `preventDefault()`.
// - Files that nobody took wait in the array `window.cartoFiles`, in the order of
//   their arrival. The program adds its listener, then takes what waits and sets
//   the array's length to 0. So every file is taken once.
(function () {
  'use strict';

  if (!('launchQueue' in window)) return;
  window.cartoFiles = [];
  window.launchQueue.setConsumer(function (launch) {
    var handles = launch.files || [];
    if (handles.length === 0) return;
    Promise.all(
      handles.map(function (handle) {
        return handle.getFile().catch(function () {
          return null; // Gone since, or not to be read: the others come without it.
        });
      })
    ).then(function (files) {
      offer(files.filter(Boolean));
    });
  });

  function offer(files) {
    var event = new CustomEvent('carto-files', { detail: files, cancelable: true });
    var isTaken = !window.dispatchEvent(event);
    if (!isTaken) window.cartoFiles.push.apply(window.cartoFiles, files);
  }
})();
