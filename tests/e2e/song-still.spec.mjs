// A picture of what the view of one song shows, and the view's program that arrives before it is asked for.

import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { savedFile } from './beatmaps.mjs';
import { OUT_DIR, browserTest } from './harness.mjs';
import { waitForState } from './study.mjs';
import { eventually } from './waits.mjs';

async function runDemo(page) {
  await page.getByRole('button', { name: /demo/i }).first().click();
  await waitForState(page, 'done');
}

/** Opens the first song of the demo set, until r of what is visible stands there. */
async function openSong(page) {
  await runDemo(page);
  await page.locator('.songs__open').first().click();
  await eventually(async () => {
    const figures = await page.locator('.song-strips__r b').allInnerTexts();
    assert.ok(figures.some((text) => /\d/.test(text)), figures.join(' '));
  });
}

/** What the browser reads of an SVG: null where it is none. */
const read = (page, text) => page.evaluate((text) => {
  const root = new DOMParser().parseFromString(text, 'image/svg+xml').documentElement;
  if (root.nodeName !== 'svg' || root.querySelector('parsererror')) return null;
  return {
    size: [root.getAttribute('width'), root.getAttribute('height')].map(Number),
    title: root.querySelector('title').textContent,
    says: root.querySelector('desc').textContent,
    texts: [...root.querySelectorAll('text')].map((it) => it.textContent),
    nShapes: root.querySelectorAll('path, rect').length,
  };
}, text);

browserTest('what is visible is saved as SVG and PNG, with r of it and the moment', {}, async ({ page }) => {
  await openSong(page);
  await page.locator('.song-moment').first().click();
  const moment = await page.locator('.song-moment b').first().innerText();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  const { name, bytes } = await savedFile(page, 'still.svg');
  await writeFile(join(OUT_DIR, 'still.svg'), bytes);
  assert.equal(name, 'still.svg');
  const svg = await read(page, bytes.toString());
  assert.ok(svg, 'it is no SVG');
  const mean = await page.locator('.song-strips__mean').innerText();
  assert.match(mean, /\d\.\d\d here/);
  assert.ok(svg.says.endsWith(mean), `${svg.says} for ${mean}`);
  assert.ok(svg.says.includes(`Playfields at ${moment}.`), `${svg.says} for ${moment}`);
  assert.match(svg.title, / – /);
  for (const name of ['ONSET', 'Y', 'r here', 'song']) assert.ok(svg.texts.includes(name), `${name}: ${svg.texts}`);
  const here = await page.locator('.song-strips__r b').allInnerTexts();
  for (const r of here) assert.ok(svg.texts.includes(r), `${r}: ${svg.texts}`);
  assert.ok(svg.nShapes > 60, `${svg.nShapes} shapes`);

  const { name: pngName, bytes: png } = await savedFile(page, 'still.png');
  await writeFile(join(OUT_DIR, 'still.png'), png);
  assert.equal(pngName, 'still.png');
  assert.deepEqual([...png.subarray(0, 8)], [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  // Three pixels for each of the drawing.
  assert.deepEqual([png.readUInt32BE(16), png.readUInt32BE(20)], svg.size.map((px) => 3 * px));
});

/** Names of the view's files that the page asked for, as they come. */
function askedFor(page) {
  const names = [];
  page.on('request', (request) => {
    if (/carto-song-view/.test(request.url())) names.push(request.url().split('/').at(-1));
  });
  return names;
}

browserTest('the program of the view of one song arrives once a run has songs', {}, async ({ page }) => {
  const names = askedFor(page);
  await runDemo(page);
  await eventually(async () => assert.ok(names.some((name) => name.endsWith('.wasm')), names.join(' ')));
  await page.locator('.songs__open').first().click();
  await page.getByRole('slider', { name: /^Nine channels/ }).waitFor();
  assert.equal(names.filter((name) => name.endsWith('.wasm')).length, 1, 'it is fetched once');
});

browserTest('where data is saved it arrives when a link to it is pointed at', {
  before: () => Object.defineProperty(navigator, 'connection', { value: { saveData: true }, configurable: true }),
}, async ({ page }) => {
  const names = askedFor(page);
  await runDemo(page);
  await page.evaluate(() => new Promise((go) => { requestIdleCallback(go); }));
  assert.deepEqual(names, []);
  await page.locator('.songs__open').first().hover();
  await eventually(async () => assert.ok(names.length > 0));
});
