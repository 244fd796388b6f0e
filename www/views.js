// Some views are programs of their own, fetched when somebody opens them first or is about to. What
// they are to show waits here until they take it: files for the view of beatmaps as
// `[path, file, is_demo]`, and what the others show as `[words.., bytes, files]`.
(function () {
  'use strict';

  window.cartoBeatmaps = [];
  window.cartoSong = null;
  window.cartoMapper = null;
  // By name: views that are there or on their way, those that somebody wants to see, and those that
  // may not have started, before anybody wanted them.
  var loaded = {};
  var wanted = {};
  var doubtful = {};
  ['beatmaps', 'song', 'mapper'].forEach(function (name) {
    window.addEventListener('carto-' + name + '-open', function () {
      wanted[name] = true;
      if (doubtful[name]) say(name);
      load(name);
    });
    // Somebody will want it next. Without a network it may not be there.
    window.addEventListener('carto-' + name + '-soon', function () {
      if (!navigator.onLine || !('requestIdleCallback' in window)) return;
      requestIdleCallback(function () { load(name); });
    });
  });

  // Between pointing at a link and the end of a press on it much of a program arrives.
  document.addEventListener('pointerover', loadLinked, { passive: true });
  document.addEventListener('focusin', loadLinked);

  function loadLinked(event) {
    var link = event.target.closest && event.target.closest('a[href^="./?view="]');
    var name = link && /=(song|mapper)\b/.exec(link.getAttribute('href'));
    if (name) load(name[1]);
  }

  function load(name) {
    if (loaded[name]) return;
    loaded[name] = true;
    var script = document.createElement('script');
    script.type = 'module';
    script.src = document.querySelector('meta[name="carto-' + name + '-view"]').content;
    // No network, or a new version took the place of the one that this page is of.
    script.addEventListener('error', function () {
      if (wanted[name]) say(name);
      else loaded[name] = false;
    });
    window.addEventListener('unhandledrejection', function () {
      if (wanted[name]) say(name);
      else doubtful[name] = true;
    });
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
