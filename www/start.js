// Starts the page's program, with no bindings on `window` and no event that nobody waits for.
//
// The words of index.html and their fonts have the network and the processor until they
// are painted: the program, four times as large as all of them, is fetched after that. A
// window that nobody looks at paints nothing, hence the timer.
import init from './osu-cartography.js';

await new Promise((go) => {
  setTimeout(go, 1000);
  new PerformanceObserver(go).observe({ type: 'paint', buffered: true });
});
await init({ module_or_path: './osu-cartography_bg.wasm' });
