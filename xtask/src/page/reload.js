// Loads the page anew once it was built again; only in a page that `cargo xtask dev` serves.
(function () {
  'use strict';

  var shown = null;
  setInterval(function () {
    fetch('./version.txt', { cache: 'no-store' })
      .then(function (response) {
        return response.ok ? response.text() : shown;
      })
      .then(function (version) {
        if (shown !== null && version !== shown) location.reload();
        shown = version;
      })
      .catch(function () {}); // The server is stopped, or starts again.
  }, 500);
})();
