// The words that stand in index.html until the program runs are the program's own.

import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dropPaths } from './files.mjs';
import { pairsOfMaps, writeTree } from './maps.mjs';
import { browserTest } from './harness.mjs';

/** Selectors of what both draw, and must draw at the same place. */
const PARTS = ['.header', '.header__name', '.display', '.lede', '.drop-panel', '.drop-panel__demo'];

/** Text and place of the parts of the page as it is. */
function look(page) {
  return page.evaluate(async (parts) => {
    await document.fonts.ready;
    return parts.map((selector) => {
      const element = document.querySelector(selector);
      const { x, y, width, height } = element.getBoundingClientRect();
      const place = [x, y, width, height].map(Math.round).join(' ');
      return `${selector} at ${place}: ${element.innerText.replaceAll(/\s+/g, ' ').trim()}`;
    });
  }, PARTS);
}

for (const width of [360, 768, 1440]) {
  browserTest(`a first visit paints the first view before the program, at ${width} px`, {
    viewport: { width, height: 900 }, serviceWorkers: 'block',
  }, async ({ page, context, url }) => {
    const drawn = await look(page);
    const early = await context.newPage();
    await early.setViewportSize({ width, height: 900 });
    await early.route('**/osu-cartography-*', () => {}); // It never arrives.
    await early.goto(url, { waitUntil: 'commit' });
    await early.locator('#boot .drop-panel').waitFor();
    assert.deepEqual(await look(early), drawn);
    assert.equal(await early.locator('main[data-state]').count(), 0);
    await early.close();
  });
}

browserTest('what is dropped before the program runs is read when it does', {
  serviceWorkers: 'block',
}, async ({ page, url }) => {
  const folder = await mkdtemp(join(tmpdir(), 'carto-maps-'));
  try {
    await writeTree(folder, pairsOfMaps(2));
    let arrive;
    const isHere = new Promise((resolve) => { arrive = resolve; });
    await page.route('**/osu-cartography-*.wasm', async (route) => {
      await isHere;
      await route.continue();
    });
    await page.goto(url, { waitUntil: 'commit' });
    await page.locator('#boot .drop-panel').waitFor();
    await dropPaths(page, [folder]);
    await page.getByText('what you dropped is read in a moment').waitFor();
    arrive();
    await page.locator('#announcement').filter({ hasText: /^Done: 2 pairs/ }).waitFor({ state: 'attached' });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

browserTest('nothing of it remains, and nothing moves when the program starts', {
  before: () => {
    window.moved = [];
    new PerformanceObserver((list) => {
      for (const { value, sources } of list.getEntries()) {
        window.moved.push({ value, nodes: sources.map(({ node }) => node?.className ?? node?.nodeName) });
      }
    }).observe({ type: 'layout-shift', buffered: true });
  },
}, async ({ page }) => {
  assert.equal(await page.locator('#boot').count(), 0);
  await page.waitForTimeout(500);
  const moved = await page.evaluate(() => window.moved);
  const sum = moved.reduce((sum, { value }) => sum + value, 0);
  assert.ok(sum < 0.02, `cumulative layout shift: ${JSON.stringify(moved)}`);
});
