// Some views are programs of their own, fetched when somebody opens them first. What they are to
// show waits here until they take it: files for the view of beatmaps as `[path, file, is_demo]`,
// and what the others show as `[words.., bytes, files]`.
(function () {
  'use strict';

  window.cartoBeatmaps = [];
  window.cartoSong = null;
  window.cartoMapper = null;
  ['beatmaps', 'song', 'mapper'].forEach(function (name) {
    window.addEventListener('carto-' + name + '-open', function () { open(name); }, { once: true });
  });

  function open(name) {
    var fail = function () { say(name); };
    var script = document.createElement('script');
    script.type = 'module';
    script.src = document.querySelector('meta[name="carto-' + name + '-view"]').content;
    // No network, or a new version took the place of the one that this page is of.
    script.addEventListener('error', fail);
    window.addEventListener('unhandledrejection', fail);
    document.head.appendChild(script);
  }

  function say(name) {
    var host = document.getElementById(name);
    if (!host || host.firstElementChild) return;
    var words = document.createElement('p');
    words.className = 'failure';
    words.setAttribute('role', 'alert');
    words.textContent = 'This view could not be loaded. Check the connection and reload the page.';
    host.appendChild(words);
  }
})();
