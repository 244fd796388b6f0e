// Takes the archives with which the system opens the installed page.
//
// They come before the page's program runs, or while it does. As long as nobody
// listens, they wait in the array `window.cartoFiles`, in the order of their arrival.
// The program adds a listener to `window` for `carto-files`, a `CustomEvent` with an
// array of `File` as its detail, then takes what waits and deletes `window.cartoFiles`,
// which says that it listens. So every file is taken once. The view of beatmaps sends
// the same event with `demo`, which asks for the demo set.
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
    if (window.cartoFiles) window.cartoFiles.push.apply(window.cartoFiles, files);
    else window.dispatchEvent(new CustomEvent('carto-files', { detail: files }));
  }
})();
