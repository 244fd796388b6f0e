// The words that stand in index.html until the program runs are the program's own.

import assert from 'node:assert/strict';
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
    viewport: { width, height: 900 },
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

browserTest('nothing of it remains, and nothing moves when the program starts', {
  before: () => {
    window.moved = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) window.moved += entry.value;
    }).observe({ type: 'layout-shift', buffered: true });
  },
}, async ({ page }) => {
  assert.equal(await page.locator('#boot').count(), 0);
  await page.waitForTimeout(500);
  assert.ok(await page.evaluate(() => window.moved) < 0.02, 'cumulative layout shift');
});
