// The code of a person's own maps: a chunk of the page's program that comes when it is needed.

import assert from 'node:assert/strict';
import { browserTest } from './harness.mjs';
import { songTitles, waitForState } from './study.mjs';
import { allDrawn } from './waits.mjs';

const CHUNK = /osu-cartography.*_split_your_maps\.wasm$/;

/** Addresses of the chunk that the page asks for from now on. */
function chunksAskedFor(page) {
  const asked = [];
  page.on('request', (request) => {
    if (CHUNK.test(request.url())) asked.push(request.url());
  });
  return asked;
}

browserTest('the code of your maps is loaded once, when that view is opened', {}, async ({ page }) => {
  const asked = chunksAskedFor(page);
  await page.reload();
  await allDrawn(page);
  await page.waitForLoadState('networkidle');
  assert.deepEqual(asked, []);
  const nav = page.getByRole('navigation', { name: 'Views' });
  for (const name of ['Your maps', 'Published results', 'Your maps']) {
    await nav.getByRole('link', { name }).click();
    await page.getByRole('link', { name, current: 'page' }).waitFor();
    await page.getByRole('heading', { level: 1 }).waitFor();
  }
  assert.equal(asked.length, 1);
});

browserTest('the demo set on the first view loads the code of your maps', {}, async ({ page }) => {
  const asked = chunksAskedFor(page);
  await page.getByRole('button', { name: /demo/i }).first().click();
  await waitForState(page, 'done');
  assert.equal((await songTitles(page)).length, 12);
  assert.equal(asked.length, 1);
});

browserTest('where the code of your maps does not arrive, one tries again and keeps the run', {
  expectedErrors: [/404|WebAssembly.*status code is not ok/],
}, async ({ page, context }) => {
  await context.route(CHUNK, (route) => route.fulfill({ status: 404, body: 'gone' }));
  await page.getByRole('button', { name: /demo/i }).first().click();
  const alert = page.getByRole('alert').filter({ hasText: 'This view could not be loaded.' });
  await alert.waitFor();
  const answered = page.waitForResponse(CHUNK);
  await page.getByRole('button', { name: 'Try again' }).click();
  await answered;
  await alert.waitFor();
  await context.unroute(CHUNK);
  await page.getByRole('button', { name: 'Try again' }).click();
  await waitForState(page, 'done');
  assert.equal((await songTitles(page)).length, 12);
  assert.equal(await alert.count(), 0);
});
