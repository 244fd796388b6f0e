// "Cite, source, licence" at the end of the page: links lead there and open it, and buttons
// put a text of it on the clipboard.
(function () {
  'use strict';

  function openPanel() {
    var panel = document.getElementById('cite');
    if (panel) panel.open = true;
    return panel;
  }

  document.addEventListener('click', function (event) {
    var link = event.target.closest && event.target.closest('a[href="#cite"]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    var panel = openPanel();
    if (!panel) return;
    event.preventDefault();
    panel.scrollIntoView();
    panel.querySelector('summary').focus({ preventScroll: true });
  });

  document.addEventListener('click', function (event) {
    var button = event.target.closest && event.target.closest('button[data-copy]');
    if (!button) return;
    var text = document.getElementById(button.dataset.copy).textContent.trim();
    var words = button.dataset.words || button.textContent;
    button.dataset.words = words;
    var say = function (what) { button.textContent = what; };
    var copied = navigator.clipboard
      ? navigator.clipboard.writeText(text)
      : Promise.reject(new Error('no clipboard'));
    copied.then(
      function () { say('Copied'); },
      function () { say('Copying is not allowed: select the text'); }
    ).then(function () {
      setTimeout(function () { say(words); }, 3000);
    });
  });

  // An address that ends in #cite; the program draws the panel last.
  if (location.hash === '#cite') {
    var look = setInterval(function () {
      if (openPanel()) clearInterval(look);
    }, 200);
  }
})();
