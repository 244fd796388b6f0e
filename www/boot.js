// Before anything else: which hosts the page may ask, the colours a person chose,
// so that nothing flashes, and words for every way in which the page may fail to
// start. Written for old browsers too, since those are the ones that fail.
(function () {
  'use strict';

  // The policy of the page that the build writes cannot know the results that its
  // address names (`?results=`, `?compare=`). Policies intersect, so that one lets
  // any host be asked over https, and this one leaves of them the page's own, those
  // of `carto-connect`, and the named. It stands before anything of the page runs and
  // cannot be widened afterwards: another address is another page load.
  function limitConnections() {
    var sources = ["'self'"];
    var known = document.querySelector('meta[name="carto-connect"]');
    if (known) sources.push(known.content);
    if (typeof URLSearchParams === 'function') {
      var query = new URLSearchParams(location.search);
      query.getAll('results').concat(query.getAll('compare')).forEach(function (address) {
        var origin = originOf(address);
        if (origin) sources.push(origin);
      });
    }
    var policy = document.createElement('meta');
    policy.httpEquiv = 'Content-Security-Policy';
    policy.content = 'connect-src ' + sources.join(' ');
    document.head.appendChild(policy);
  }

  // A host may hold a semicolon, with which an address could write a policy of its
  // own: only plain names pass. Without https only this machine does.
  function originOf(address) {
    try {
      var origin = new URL(address, location.href).origin;
    } catch (error) {
      return null;
    }
    var isPlain = /^https:\/\/[a-z0-9.-]+(:\d+)?$/.test(origin);
    var isHere = /^http:\/\/(localhost|127\.0\.0\.1)(:\d+)?$/.test(origin);
    return isPlain || isHere ? origin : null;
  }

  limitConnections();

  var root = document.documentElement;
  try {
    var theme = localStorage.getItem('osu-cartography.theme.v1');
    if (theme === 'light' || theme === 'dark') root.classList.add(theme);
  } catch (error) {
    // A browser that keeps nothing shows the system's colours.
  }

  // The words that wait in index.html are those of the first view.
  var isOther = /[?&](view=(yours|beatmaps)|results=)/.test(location.search) || /^#r\d/.test(location.hash);
  if (isOther) root.classList.add('starts-elsewhere');
  if (/[?&](metric|table|compare)=/.test(location.search)) root.classList.add('has-other-chart');

  var words = null;

  function show() {
    var panel = document.getElementById('trouble');
    var boot = document.getElementById('boot');
    // Once the page runs, it speaks for itself.
    if (!words || !panel || !boot) return;
    document.getElementById('trouble-detail').textContent = words;
    panel.hidden = false;
    boot.hidden = true;
  }

  function fail(text) {
    words = words || text;
    show();
  }

  function stopped(reason) {
    fail('Reload it; if that does not help, try another browser. What the browser said: ' + reason);
  }

  if (typeof WebAssembly !== 'object') {
    fail(
      'This browser does not run WebAssembly, which does all the work here. Some browsers switch it off in a strict or lockdown mode: allow it for this page, or open the page in another browser.'
    );
  } else if (!('noModule' in document.createElement('script'))) {
    fail('This browser is too old for this page. A current Firefox, Chrome, Edge or Safari opens it.');
  }
  document.addEventListener('DOMContentLoaded', show);

  // On a slow network the program takes a while: what it is waited for, and what works already.
  setTimeout(function () {
    var note = document.getElementById('boot-note');
    if (words || !note || !note.classList.contains('visually-hidden')) return;
    note.textContent = 'Still loading: buttons work in a moment, links do now.';
    note.classList.remove('visually-hidden');
  }, 2500);

  // Until the page listens, a browser would open what is dropped on it instead. It
  // waits in `window.cartoDropped`, folders and files, which the program takes.
  function hold(event) {
    var boot = document.getElementById('boot');
    if (!boot && document.readyState !== 'loading') return;
    event.preventDefault();
    if (event.type !== 'drop') return;
    var items = [].slice.call(event.dataTransfer ? event.dataTransfer.items : []);
    window.cartoDropped = (window.cartoDropped || []).concat(
      items.filter(isFile).map(function (item) {
        var entry = item.webkitGetAsEntry();
        return entry && entry.isDirectory ? entry : item.getAsFile();
      })
    );
    var note = document.getElementById('boot-note');
    if (!note) return;
    note.textContent = 'Still loading: what you dropped is read in a moment.';
    note.classList.remove('visually-hidden');
  }
  function isFile(item) {
    return item.kind === 'file';
  }
  window.addEventListener('dragover', hold);
  window.addEventListener('drop', hold);

  // Folds that name a file of this site fetch it when they are opened first.
  document.addEventListener(
    'toggle',
    function (event) {
      var fold = event.target;
      var source = fold.open && fold.dataset && fold.dataset.source;
      if (!source) return;
      delete fold.dataset.source;
      var earlier = fold.querySelector('.fold-trouble');
      if (earlier) earlier.remove();
      var body = fold.appendChild(document.createElement('div'));
      body.textContent = 'Loading.';
      fetch(source)
        .then(function (response) {
          if (!response.ok) throw new Error('status ' + response.status);
          return response.text();
        })
        .then(function (html) {
          body.innerHTML = html;
        })
        .catch(function () {
          body.className = 'fold-trouble';
          body.textContent = 'This could not be loaded. Check the connection, then close this and open it again.';
          fold.dataset.source = source;
        });
    },
    true
  );

  // Scripts that do not arrive report to nobody but the capturing listener.
  window.addEventListener(
    'error',
    function (event) {
      var isScript = event.target && event.target.tagName === 'SCRIPT';
      if (isScript && location.protocol === 'file:') {
        fail('Browsers do not run this page from a folder. Serve it: cargo xtask serve prints the address.');
      } else if (isScript) {
        fail('A part of this page could not be loaded. Check the connection and reload.');
      } else if (event.message) {
        stopped(event.message);
      }
    },
    true
  );
  window.addEventListener('unhandledrejection', function (event) {
    stopped(event.reason);
  });
})();
