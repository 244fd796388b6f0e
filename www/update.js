// Registers the service worker, and asks before a new version takes the page's place.
//
// Nothing here is needed to use the page, so whatever fails does so in silence: a
// browser in private mode, a host that serves no such file, a person who forbids it.
(function () {
  'use strict';

  var isLocal = /^(localhost|127\.0\.0\.1|\[::1\])$/.test(location.hostname);
  var canKeep = 'serviceWorker' in navigator && (location.protocol === 'https:' || isLocal);
  if (!canKeep) return;

  // After everything that the visit itself needs.
  window.addEventListener('load', function () {
    if ('requestIdleCallback' in window) requestIdleCallback(register, { timeout: 5000 });
    else setTimeout(register, 1000);
  });

  function register() {
    navigator.serviceWorker.register('./sw.js').then(watch).catch(function () {});
    if (!isMetered()) navigator.serviceWorker.ready.then(keepRest);
  }

  // As in src/settings.rs: what is fetched unasked may cost the person.
  function isMetered() {
    var line = navigator.connection;
    return Boolean(line && (line.saveData || line.type === 'cellular'));
  }

  // What the other views need, so that they open without a network after one visit.
  function keepRest(registration) {
    var ask = function () {
      registration.active.postMessage('keep-rest');
    };
    if ('requestIdleCallback' in window) requestIdleCallback(ask, { timeout: 20000 });
    else setTimeout(ask, 5000);
  }

  // Without a network it is said beforehand which views cannot be opened: those of which
  // something is not kept yet, by the names that its files begin with.
  var NEEDED = [
    ['Your maps', [/^carto-worker-/, /_split_later/]],
    ['Beatmaps', [/^carto-beatmaps-view-/, /^carto-beatmaps-worker-/, /^models\/classifier\.bin/]],
    ['Song', [/^carto-song-view-/, /^carto-song-worker-/]],
    ['Mappers', [/^carto-mapper-view-/, /^carto-mapper-worker-/]],
    ['latents', [/^carto-encoder-/, /^models\/encoder\.safetensors/]]
  ];
  window.addEventListener('offline', sayWhatIsMissing);
  window.addEventListener('online', removeNote);
  window.addEventListener('load', function () {
    if (!navigator.onLine) sayWhatIsMissing();
  });

  function sayWhatIsMissing() {
    if (!('caches' in window)) return;
    var scope = new URL('./', location.href).href;
    caches
      .open('osu-cartography ' + scope)
      .then(function (cache) { return cache.keys(); })
      .then(function (requests) {
        var names = requests.map(function (request) {
          return request.url.slice(scope.length);
        });
        var isKept = function (pattern) {
          return names.some(function (name) { return pattern.test(name); });
        };
        var missing = NEEDED.filter(function (view) { return !view[1].every(isKept); });
        if (missing.length === 0) return;
        var list = missing.map(function (view) { return view[0]; }).join(', ');
        removeNote();
        var note = panelWith('offline-note', 'There is no network. Not loaded yet, so not there without one: ' + list + '.');
        note.appendChild(button('Close', 'button button--small', removeNote));
      })
      .catch(function () {});
  }

  function removeNote() {
    var note = document.getElementById('offline-note');
    if (note) note.remove();
  }

  function watch(registration) {
    // Without a controller this is the first visit, and there is nothing older to replace.
    if (registration.waiting && navigator.serviceWorker.controller) ask(registration.waiting);
    // One that was found before anybody listened, and all that are found later.
    if (registration.installing) askOnceInstalled(registration.installing);
    registration.addEventListener('updatefound', function () {
      askOnceInstalled(registration.installing);
    });
  }

  function askOnceInstalled(worker) {
    worker.addEventListener('statechange', function () {
      if (worker.state === 'installed' && navigator.serviceWorker.controller) ask(worker);
    });
  }

  function ask(worker) {
    var old = document.getElementById('update');
    if (old) old.remove();
    var panel = panelWith('update', 'A new version is ready.');
    panel.appendChild(button('Reload', 'button button--small', function () {
      replaceBy(worker);
    }));
    panel.appendChild(button('Later', 'button button--small', function () {
      panel.remove();
    }));
  }

  // The words go into a region that is there already, so that screen readers say it.
  function panelWith(id, text) {
    var panel = document.createElement('div');
    panel.id = id;
    panel.className = 'update';
    panel.setAttribute('role', 'status');
    document.body.appendChild(panel);
    var words = document.createElement('p');
    words.textContent = text;
    panel.appendChild(words);
    return panel;
  }

  function button(label, classes, onClick) {
    var made = document.createElement('button');
    made.type = 'button';
    made.className = classes;
    made.textContent = label;
    made.addEventListener('click', onClick);
    return made;
  }

  function replaceBy(worker) {
    navigator.serviceWorker.addEventListener('controllerchange', function () {
      location.reload();
    }, { once: true });
    worker.postMessage('take-over');
  }
})();
