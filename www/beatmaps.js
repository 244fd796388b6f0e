// The view of beatmaps is a program of its own. Files for it wait here as
// `[path, file]` until it takes them; it is fetched when somebody opens it first.
window.cartoBeatmaps = [];
window.addEventListener(
  'carto-beatmaps-open',
  function () {
    var script = document.createElement('script');
    script.type = 'module';
    script.src = document.querySelector('meta[name="carto-beatmaps-view"]').content;
    document.head.appendChild(script);
  },
  { once: true }
);
