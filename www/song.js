// The view of one song is a program of its own. What it is to show waits here, as
// `[name, bytes, files]`: the song's name, and, once its files are there, what is known of it
// and the files. It is fetched when somebody opens it first.
(function () {
  'use strict';

  window.cartoSong = null;
  window.addEventListener('carto-song-open', open, { once: true });

  function open() {
    var script = document.createElement('script');
    script.type = 'module';
    script.src = document.querySelector('meta[name="carto-song-view"]').content;
    // No network, or a new version took the place of the one that this page is of.
    script.addEventListener('error', fail);
    window.addEventListener('unhandledrejection', fail);
    document.head.appendChild(script);
  }

  function fail() {
    var host = document.getElementById('song');
    if (!host || host.firstElementChild) return;
    var words = document.createElement('p');
    words.className = 'failure';
    words.setAttribute('role', 'alert');
    words.textContent = 'This view could not be loaded. Check the connection and reload the page.';
    host.appendChild(words);
  }
})();
