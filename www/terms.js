// Words of the glossary: shows their meaning on hover, focus or tap, until the
// pointer leaves both, focus goes on, or Escape is pressed.
(function () {
  'use strict';

  var tip = null;
  var owner = null;

  function meaning(word) {
    var names = document.querySelectorAll('.how__glossary dt');
    for (var i = 0; i < names.length; i += 1) {
      if (names[i].textContent === word) return names[i].nextElementSibling.textContent;
    }
    return null;
  }

  function hide() {
    if (!tip) return;
    tip.remove();
    if (owner) owner.removeAttribute('aria-describedby');
    tip = owner = null;
  }

  function show(term) {
    if (owner === term) return;
    hide();
    var words = meaning(term.dataset.term);
    if (!words) return;
    tip = document.createElement('div');
    tip.id = 'term-tip';
    tip.className = 'term-tip';
    tip.setAttribute('role', 'tooltip');
    tip.textContent = words;
    document.querySelector('main').appendChild(tip);
    owner = term;
    term.setAttribute('aria-describedby', tip.id);
    var at = term.getBoundingClientRect();
    // Within the column of the text that the term stands in.
    var column = (term.closest('section') || document.documentElement).getBoundingClientRect();
    var left = Math.max(8, column.left, Math.min(at.left, column.right - tip.offsetWidth));
    tip.style.left = left + window.scrollX + 'px';
    tip.style.top = at.bottom + 2 + window.scrollY + 'px';
  }

  function termOf(target) {
    return target && target.closest ? target.closest('.term') : null;
  }

  function isInside(target) {
    return Boolean(tip && target && (tip.contains(target) || owner.contains(target)));
  }

  document.addEventListener('pointerover', function (event) {
    var term = termOf(event.target);
    if (term) show(term);
    else if (!isInside(event.target)) hide();
  });
  document.addEventListener('focusin', function (event) {
    var term = termOf(event.target);
    if (term) show(term);
    else hide();
  });
  document.addEventListener('click', function (event) {
    var term = termOf(event.target);
    if (term) show(term);
  });
  document.addEventListener('keydown', function (event) {
    var term = termOf(event.target);
    if (event.key === 'Escape') hide();
    else if (term && (event.key === 'Enter' || event.key === ' ')) {
      event.preventDefault();
      show(term);
    }
  });
})();
