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
    var panel = document.createElement('div');
    panel.id = 'update';
    panel.className = 'update';
    panel.setAttribute('role', 'status');
    document.body.appendChild(panel);
    var words = document.createElement('p');
    words.textContent = 'A new version is ready.';
    // Into a region that is there already, so that screen readers say it.
    panel.appendChild(words);
    panel.appendChild(button('Reload', 'button button--small', function () {
      replaceBy(worker);
    }));
    panel.appendChild(button('Later', 'button button--small', function () {
      panel.remove();
    }));
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
