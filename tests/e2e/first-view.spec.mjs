// The words that stand in index.html until the program runs are the program's own.

import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dropPaths } from './files.mjs';
import { pairsOfMaps, writeTree } from './maps.mjs';
import { browserTest } from './harness.mjs';
import { serveDist } from './server.mjs';
import { allDrawn, facesArrived } from './waits.mjs';

/** Selectors of what both draw, and must draw at the same place. */
const PARTS = ['.header', '.header__name', '.display', '.lede', '.drop-panel', '.drop-panel__demo'];

/** Text and place of the parts of the page as it is. */
async function look(page) {
  await facesArrived(page);
  return page.evaluate((parts) => {
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
    await early.locator('#boot-note').waitFor({ state: 'attached' }); // Behind the panel.
    assert.deepEqual(await look(early), drawn);
    assert.equal(await early.locator('main[data-state]').count(), 0);
    await early.close();
  });
}

browserTest('what is dropped before the program runs is read when it does', {}, async ({ page, url }) => {
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
    await page.locator('#boot-note').waitFor({ state: 'attached' });
    await dropPaths(page, [folder]);
    await page.getByText('what you dropped is read in a moment').waitFor();
    arrive();
    await page.locator('#announcement').filter({ hasText: /^Done: 2 pairs/ }).waitFor({ state: 'attached' });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

/** Runs in the page before anything of it: collects in `moved` what moves, and how far. */
function watchShifts() {
  window.moved = [];
  window.keepMoved = (entries) => {
    for (const { value, sources } of entries) {
      window.moved.push({ value, nodes: sources.map(({ node }) => node?.className ?? node?.nodeName) });
    }
  };
  window.shifts = new PerformanceObserver((list) => window.keepMoved(list.getEntries()));
  window.shifts.observe({ type: 'layout-shift', buffered: true });
}

/** Asserts that hardly anything has moved, once everything is drawn with its faces. */
async function assertStill(page) {
  await allDrawn(page);
  const moved = await page.evaluate(() => {
    window.keepMoved(window.shifts.takeRecords()); // What is seen, and not yet told.
    return window.moved;
  });
  const sum = moved.reduce((sum, { value }) => sum + value, 0);
  assert.ok(sum < 0.02, `cumulative layout shift: ${JSON.stringify(moved)}`);
}

browserTest('nothing of it remains, and nothing moves when the program starts', {
  before: watchShifts, serviceWorkers: 'allow',
}, async ({ page }) => {
  assert.equal(await page.locator('#boot').count(), 0);
  await assertStill(page);
});

/** The built page, whose faces take `ms` milliseconds to arrive. */
function siteWithSlowFaces(ms) {
  return () => serveDist({
    delay: ({ url }) => (url.startsWith('/fonts/') ? ms : 0),
  });
}

/** Whether this system has what stands in for the page's faces. */
async function hasStandIns(page) {
  const loaded = await page.evaluate(() => {
    const faces = [...document.fonts].filter(({ family }) => family.includes('Stand-in'));
    return Promise.all(faces.map((face) => face.load().then(() => true, () => false)));
  });
  assert.ok(loaded.length > 0, 'the page names faces that stand in');
  return loaded.every(Boolean);
}

for (const width of [360, 768, 1440]) {
  browserTest(`words keep their place when the faces come late, at ${width} px`, {
    viewport: { width, height: 900 }, before: watchShifts,
    site: siteWithSlowFaces(2000),
  }, async ({ page, skip }) => {
    if (!(await hasStandIns(page))) {
      skip('this system has neither Arial nor Liberation Sans');
      return;
    }
    // Without the faces that stand in it was 0.03 to 0.4.
    await assertStill(page);
  });
}
