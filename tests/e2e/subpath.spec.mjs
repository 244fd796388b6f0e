// The page below a folder of its host, as a project's page on GitHub is.

import assert from 'node:assert/strict';
import { browserTest } from './harness.mjs';
import { serveDist } from './server.mjs';
import { songTitles, waitForState } from './study.mjs';

const BASE = '/osu-cartography/';

browserTest('the page works below a folder and asks nothing outside of it', {
  serviceWorkers: 'allow', site: () => serveDist({ base: BASE }),
}, async ({ page, network, url }) => {
  assert.ok(url.endsWith(BASE));
  await page.getByRole('button', { name: /demo/i }).first().click();
  await waitForState(page, 'done');
  assert.ok((await songTitles(page)).length >= 12);

  const scope = await page.evaluate(async () => (await navigator.serviceWorker.ready).scope);
  assert.equal(scope, url);
  const manifest = await page.evaluate(async () => {
    const { href } = document.querySelector('link[rel="manifest"]');
    const { start_url, scope, icons, file_handlers } = await (await fetch(href)).json();
    const paths = [start_url, scope, ...icons.map((icon) => icon.src), file_handlers[0].action];
    return paths.map((path) => new URL(path, href).href);
  });
  for (const address of manifest) {
    assert.ok(address.startsWith(url), address);
    assert.equal((await fetch(address)).status, 200, address);
  }
  const outside = network.requests.filter((request) => !request.url.startsWith(url));
  assert.deepEqual(outside, []);
});
