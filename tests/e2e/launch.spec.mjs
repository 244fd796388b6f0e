// Archives with which the system opens the installed page.

import assert from 'node:assert/strict';
import { browserTest } from './harness.mjs';

/** A stand-in for what only an installed page has. */
function fakeQueue() {
  const handleOf = (name) => ({
    getFile: async () => {
      if (!name) throw new Error('gone');
      return new File(['x'], name);
    },
  });
  const setConsumer = (consumer) => {
    window.launch = (...names) => consumer({ files: names.map(handleOf) });
  };
  Object.defineProperty(window, 'launchQueue', { value: { setConsumer } });
}

browserTest('files wait until somebody takes them, and are taken once', {
  before: fakeQueue,
}, async ({ page }) => {
  const taken = await page.evaluate(async () => {
    const settle = () => new Promise((resolve) => setTimeout(resolve, 50));
    const taken = [];
    // Before anybody listens; the page itself may do so by now, hence in capture and stopped.
    const ignore = (event) => event.stopImmediatePropagation();
    window.addEventListener('carto-files', ignore, true);
    window.launch('a.osz', null, 'b.osz');
    window.launch();
    await settle();
    window.removeEventListener('carto-files', ignore, true);
    taken.push(window.cartoFiles.splice(0).map((file) => file.name));
    const take = (event) => {
      event.preventDefault();
      event.stopImmediatePropagation();
      taken.push(event.detail.map((file) => file.name));
    };
    window.addEventListener('carto-files', take, true);
    window.launch('c.osz');
    await settle();
    return [...taken, window.cartoFiles.length];
  });
  assert.deepEqual(taken, [['a.osz', 'b.osz'], ['c.osz'], 0]);
});
