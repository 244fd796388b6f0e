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

browserTest('files wait until somebody listens, and are taken once', {
  before: fakeQueue,
}, async ({ page }) => {
  const taken = await page.evaluate(async () => {
    const taken = [];
    const until = async (isSo) => {
      while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5));
    };
    // The page listens by now: its listener must not see these.
    window.addEventListener('carto-files', (event) => {
      event.stopImmediatePropagation();
      taken.push(event.detail.map((file) => file.name));
    }, true);
    window.cartoFiles = [];
    window.launch('a.osz', null, 'b.osz');
    window.launch();
    await until(() => window.cartoFiles.length === 2);
    taken.push(window.cartoFiles.map((file) => file.name));
    delete window.cartoFiles;
    window.launch('c.osz');
    await until(() => taken.length === 2);
    return taken;
  });
  assert.deepEqual(taken, [['a.osz', 'b.osz'], ['c.osz']]);
});
