// The words that stand in index.html until the program runs are the program's own.

import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { dropPaths } from './files.mjs';
import { pairsOfMaps, writeTree } from './maps.mjs';
import { browserTest } from './harness.mjs';
import { serveDist } from './server.mjs';
import { allDrawn, facesArrived } from './waits.mjs';

/** Selectors of what both draw, and must draw at the same place. */
const PARTS = [
  '.header', '.header__name', '.display', '.lede', '.drop-panel', '.drop-panel__demo',
  // The chart, down to the single mark.
  '.kicker', '.heading', '.agreement', '.segments', '.agreement__as-table', '.agreement__chart',
  '.agreement__zone', '.agreement__row', '.agreement__row .agreement__figure', '.agreement__family',
  '.agreement__row .class', '.agreement .icon path', '.agreement__row .diamond', '.agreement__row .whisker', '.agreement__tick', '.scale-bar',
  '.agreement__reading',
];

/** Text, place and colours of the parts of the page as it is; of the chart those of part A. */
async function look(page) {
  await facesArrived(page);
  return page.evaluate((parts) => {
    // Of several sheets the first is meant; nothing of it before it is drawn.
    const first = document.querySelector('.printed .sheet');
    const isMeant = (element) => element.closest('.hero, .header') || first.contains(element);
    return parts.flatMap((selector) => {
      const elements = [...document.querySelectorAll(selector)].filter(isMeant);
      if (elements.length === 0) return [`no ${selector}`];
      return elements.map((element) => {
        const { x, y, width, height } = element.getBoundingClientRect();
        const place = [x, y, width, height].map(Math.round).join(' ');
        const { color, backgroundColor, borderColor, fill } = getComputedStyle(element);
        const words = (element.innerText ?? '').replaceAll(/\s+/g, ' ').trim();
        // Of the chart as a whole the program says which keys move in it.
        const label = element.matches('.agreement__row') ? element.getAttribute('aria-label') : '';
        return `${selector} at ${place}, ${color} ${backgroundColor} ${borderColor} ${fill}: ${words} ${label}`;
      });
    });
  }, PARTS);
}

/** Makes nothing arrive but the page itself and the script that stands in its head. */
async function blockAllButThePage(page) {
  await page.route('**/*', (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname.endsWith('/') || /\/boot-[0-9a-f]+\.js$/.test(pathname)) return route.continue();
    return undefined; // It never arrives.
  });
}

for (const width of [360, 768, 1440]) {
  browserTest(`a first visit paints the first view before the program, at ${width} px`, {
    viewport: { width, height: 900 },
  }, async ({ page, context, url }) => {
    await allDrawn(page);
    const drawn = await look(page);
    assert.equal(drawn.filter((part) => part.startsWith('.agreement__row .diamond')).length, 9);
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

/** What is sent of the page before its first view can be painted: 0.4 s at 50 kB/s. */
const MOST_BYTES = 20_000;

browserTest('words and chart need nothing but the page itself, which is small', {}, async ({ context, url }) => {
  const early = await context.newPage();
  await blockAllButThePage(early);
  await early.goto(url, { waitUntil: 'commit' });
  await early.locator('#boot .drop-panel').waitFor();
  assert.equal(await early.locator('#boot .agreement__row').count(), 9);
  for (const part of ['h1', '.lede', '.agreement']) {
    assert.ok(await early.locator(`#boot ${part}`).isVisible(), part);
  }
  const [, boot] = /src="\.\/(boot-[0-9a-f]+\.js)"/.exec(await early.content());
  await early.close();
  const sent = await Promise.all(['', boot].map(async (name) => {
    const response = await fetch(new URL(name, url));
    return gzipSync(Buffer.from(await response.arrayBuffer())).length;
  }));
  const nBytes = sent.reduce((sum, n) => sum + n, 0);
  assert.ok(nBytes < MOST_BYTES, `${sent.join(' + ')} bytes after gzip`);
});

browserTest('the chart stays where it is while the program takes over', {
  before: watchChart,
}, async ({ page }) => {
  await allDrawn(page);
  const seen = await page.evaluate(() => window.charts);
  assert.ok(seen.length > 0, 'no frame was seen');
  assert.deepEqual(seen.filter((charts) => charts.length === 0), [], 'frames without a chart');
  // Of two that lie on one another both are meant.
  const places = seen.flat();
  for (const side of ['x', 'y', 'width', 'height']) {
    const values = places.map((place) => place[side]);
    const range = Math.max(...values) - Math.min(...values);
    assert.ok(range <= 1, `${side} moves by ${range} px`);
  }
});

/** Runs in the page before anything of it: notes at every frame where whole charts of part A stand. */
function watchChart() {
  window.charts = [];
  const look = () => {
    requestAnimationFrame(look);
    const charts = [...document.querySelectorAll('.agreement')]
      .filter((chart) => chart.querySelectorAll('.diamond').length === 9);
    // The page itself is on its way at first.
    if (charts.length === 0 && window.charts.length === 0) return;
    window.charts.push(charts.map((chart) => {
      const { x, y, width, height } = chart.getBoundingClientRect();
      return { x, y, width, height };
    }));
  };
  requestAnimationFrame(look);
}

browserTest('before the program runs, links lead to their view and buttons look as if they wait', {}, async ({ context, url }) => {
  const early = await context.newPage();
  await early.route('**/osu-cartography-*', () => {}); // It never arrives.
  await early.goto(url, { waitUntil: 'commit' });
  await early.locator('#boot .drop-panel').waitFor();
  const opacity = (selector) => early.locator(selector).first().evaluate((element) => Number(getComputedStyle(element).opacity));
  assert.ok(await opacity('#boot .drop-panel .button') < 1);
  await early.getByText('Still loading: buttons work in a moment, links do now.').waitFor();
  await early.getByRole('link', { name: 'Your maps' }).click({ noWaitAfter: true });
  await early.waitForURL(/[?]view=yours/, { waitUntil: 'commit' });
  await early.close();
});

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
