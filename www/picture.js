// Draws an SVG as a PNG and hands it to the person: `carto-picture` on the window,
// with the file's name and its text.
(function () {
  'use strict';

  // Fine enough for print at the size the figure has on a page.
  var SCALE = 3;

  window.addEventListener('carto-picture', function (event) {
    var name = event.detail[0].replace(/\.svg$/, '.png');
    var url = URL.createObjectURL(new Blob([event.detail[1]], { type: 'image/svg+xml' }));
    var image = new Image();
    image.onload = function () {
      var canvas = document.createElement('canvas');
      canvas.width = Math.round(image.width * SCALE);
      canvas.height = Math.round(image.height * SCALE);
      var context = canvas.getContext('2d');
      context.fillStyle = '#fff';
      context.fillRect(0, 0, canvas.width, canvas.height);
      context.drawImage(image, 0, 0, canvas.width, canvas.height);
      URL.revokeObjectURL(url);
      canvas.toBlob(function (blob) {
        if (!blob) return;
        var anchor = document.createElement('a');
        anchor.href = URL.createObjectURL(blob);
        anchor.download = name;
        anchor.click();
        setTimeout(function () {
          URL.revokeObjectURL(anchor.href);
        }, 20000);
      }, 'image/png');
    };
    image.src = url;
  });
})();
