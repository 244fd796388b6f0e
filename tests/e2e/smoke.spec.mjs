import assert from 'node:assert/strict';
import { browserTest } from './harness.mjs';
import { allDrawn } from './waits.mjs';

browserTest('the page opens and says what it is', { serviceWorkers: 'allow' }, async ({ page }) => {
  const heading = page.getByRole('heading', { level: 1 });
  await heading.waitFor();
  assert.equal(await heading.count(), 1);
  assert.notEqual((await heading.innerText()).trim(), '');
});

browserTest('the worker is loaded with the first file, not before', {}, async ({ page }) => {
  const requested = [];
  page.on('request', (request) => requested.push(request.url()));
  await page.reload();
  await allDrawn(page);
  await page.waitForLoadState('networkidle');
  const programs = requested.filter((url) => /\.(wasm|js)$/.test(url));
  assert.ok(programs.some((url) => url.includes('osu-cartography')), programs.join(' '));
  assert.deepEqual(programs.filter((url) => url.includes('carto-worker')), []);
  assert.equal(page.workers().length, 0);
});
