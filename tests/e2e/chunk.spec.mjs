// What stands below the first chart, and a person's own maps: a chunk of the page's program.

import assert from 'node:assert/strict';
import { browserTest } from './harness.mjs';
import { songTitles, waitForState } from './study.mjs';
import { allDrawn } from './waits.mjs';

const CHUNK = /osu-cartography.*_split_later\.wasm$/;

/** Addresses of the chunk that the page asks for from now on. */
function chunksAskedFor(page) {
  const asked = [];
  page.on('request', (request) => {
    if (CHUNK.test(request.url())) asked.push(request.url());
  });
  return asked;
}

browserTest('the code of the later parts is loaded once, after the first chart', {}, async ({ page }) => {
  // The first visit may still be at it; only the second is counted.
  await allDrawn(page);
  const asked = chunksAskedFor(page);
  await page.reload();
  await allDrawn(page);
  assert.equal(asked.length, 1);
  await page.locator('.latents figure').first().waitFor();
  const nav = page.getByRole('navigation', { name: 'Views' });
  for (const name of ['Your maps', 'Published results', 'Your maps']) {
    await nav.getByRole('link', { name }).click();
    await page.getByRole('link', { name, current: 'page' }).waitFor();
    await page.getByRole('heading', { level: 1 }).waitFor();
  }
  assert.equal(asked.length, 1);
});

browserTest('while the code of the later parts is on its way, the first chart and its words stand', {}, async ({ page, context }) => {
  let release;
  const held = new Promise((done) => { release = done; });
  await context.route(CHUNK, async (route) => {
    await held;
    await route.continue();
  });
  await page.reload();
  const main = page.locator('main');
  await main.locator('figure svg').first().waitFor();
  await page.getByRole('heading', { level: 1 }).waitFor();
  assert.equal(await page.locator('.latents').count(), 0);
  assert.equal(await page.locator('footer').count(), 0, 'the footer would be pushed down');
  release();
  await allDrawn(page);
  await page.locator('.latents figure').first().waitFor();
});

browserTest('where the code of the later parts does not arrive, one tries again and keeps the run', {
  expectedErrors: [/404|WebAssembly.*status code is not ok/],
}, async ({ page, context }) => {
  await context.route(CHUNK, (route) => route.fulfill({ status: 404, body: 'gone' }));
  await page.reload();
  const alert = page.getByRole('alert').filter({ hasText: 'The rest of this page could not be loaded.' });
  await alert.waitFor();
  await allDrawn(page);
  assert.ok(await page.locator('main figure svg').count() > 0, 'what is there stays');
  await page.getByRole('button', { name: /demo/i }).first().click();
  await page.getByRole('link', { name: 'Your maps', current: 'page' }).waitFor();
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
