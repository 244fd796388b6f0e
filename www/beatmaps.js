// The view of beatmaps is a program of its own. Files for it wait here as
// `[path, file, is_demo]` until it takes them; it is fetched when somebody opens it first.
(function () {
  'use strict';

  window.cartoBeatmaps = [];
  window.addEventListener('carto-beatmaps-open', open, { once: true });

  function open() {
    var script = document.createElement('script');
    script.type = 'module';
    script.src = document.querySelector('meta[name="carto-beatmaps-view"]').content;
    // No network, or a new version took the place of the one that this page is of.
    script.addEventListener('error', fail);
    window.addEventListener('unhandledrejection', fail);
    document.head.appendChild(script);
  }

  function fail() {
    var host = document.getElementById('beatmaps');
    if (!host || host.firstElementChild) return;
    var words = document.createElement('p');
    words.className = 'failure';
    words.setAttribute('role', 'alert');
    words.textContent = 'This view could not be loaded. Check the connection and reload the page.';
    host.appendChild(words);
  }
})();
