// Recordings that are heard where timing points leave a lag open.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { dropFiles, dropPaths } from './files.mjs';
import { browserTest, shoot } from './harness.mjs';
import { osuText, writeTree } from './maps.mjs';
import { music } from './music.mjs';
import { comparable, filesByCommand, filesOfPage, saveFile, waitForState, withFolder } from './study.mjs';
import { zipFile } from './zip.mjs';

const PROGRAM = /carto-audio-worker[^/]*_loader\.js$/;
const SECONDS = 40;
const LATER_MS = 1000;

/** Paths of the program that hears, as far as the page has asked for them, workers included. */
function watchProgram(page) {
  const paths = [];
  page.context().on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (/carto-audio-worker/.test(pathname)) paths.push(pathname);
  });
  return paths;
}

/** All times this much later. */
const later = (text, ms) => text
  .replace(/(\[TimingPoints\]\r\n)(\d+)/, (_, head, time) => head + (Number(time) + ms))
  .replaceAll(/^(\d+,\d+),(\d+),(?=\d+,\d+,0:0)/gm, (_, place, time) => `${place},${Number(time) + ms},`);

/** A map of 32 s, of which the same 16 s come twice. */
function map(creator, seed) {
  const text = osuText({ title: 'Tide', creator, seed }).replace('audio.mp3', 'audio.wav');
  const [head, objects] = text.split('[HitObjects]\r\n');
  return `${head}[HitObjects]\r\n${objects}${later(objects, 16_000)}`;
}

/** The same map with half as many beats: by its timing points it is of another tempo. */
const ofHalfTheBeats = (text) => text.replace(',400,4,', ',800,4,');

const archive = (text, audio) => zipFile([
  { name: 'map.osu', bytes: new TextEncoder().encode(text) },
  { name: 'audio.wav', bytes: audio },
]);

/** Two archives of one recording, the second a second later and with half of the beats. */
const openArchives = () => ({
  '1 ann.osz': archive(map('Ann', 1), music(1, SECONDS)),
  '2 bea.osz': archive(ofHalfTheBeats(later(map('Bea', 3), LATER_MS)), music(1, SECONDS, LATER_MS)),
});

async function drop(page, archives) {
  await page.locator('main[data-state]').waitFor({ state: 'attached' });
  await dropFiles(page, Object.entries(archives).map(([name, bytes]) => ({ name, bytes })));
}

/**
 * What the only pair of the only song says of its lag: what is added to the times of Ann's map.
 *
 * @param {import('playwright-core').Page} page
 * @param {string} [picture] the name of a picture of it
 */
async function lagOfPair(page, picture) {
  await page.locator('.songs__mappers').first().press('Enter');
  const pairs = page.getByRole('dialog', { name: /Tide/ }).getByRole('table', { name: /^Pairs/ });
  const row = pairs.getByRole('row').last();
  assert.match(await row.getByRole('rowheader').innerText(), /^Bea [\s\S]*Ann /);
  const text = await row.getByRole('cell').last().innerText();
  await row.getByRole('cell').last().scrollIntoViewIfNeeded();
  if (picture) await shoot(page, picture);
  await page.keyboard.press('Escape');
  return text;
}

const headline = (page) => page.locator('#stage-title');

/** Lets the program that hears arrive when the function that is given back is called. */
async function holdProgram(page) {
  let release;
  const held = new Promise((resolve) => { release = resolve; });
  await page.context().route(PROGRAM, async (route) => {
    await held;
    await route.continue().catch(() => {}); // Whoever asked may be gone.
  });
  return release;
}

browserTest('recordings settle a lag that timing points leave open, on the page as by the command', {
  timeoutMs: 200_000,
}, async ({ page }) => {
  const asked = watchProgram(page);
  await withFolder(async (folder) => {
    await writeTree(folder, openArchives());
    await dropPaths(page, Object.keys(openArchives()).map((name) => join(folder, name)));
    await waitForState(page, 'done');
    assert.match(await lagOfPair(page), /^\+1,000 ms aligned by audio \(the timing points say otherwise: other tempo/);
    assert.ok(asked.some((path) => PROGRAM.test(path)), asked.join(' '));
    assert.match(await saveFile(page, 'methods.txt'), /The recordings settled 1 pair:/);
    const [onPage, byCommand] = [await filesOfPage(page), await filesByCommand(folder, { isHeard: true })];
    assert.deepEqual(Object.keys(onPage), Object.keys(byCommand));
    for (const [name, text] of Object.entries(onPage)) {
      assert.equal(comparable(name, text), comparable(name, byCommand[name]), name);
    }
  });
});

browserTest('results stand while recordings are heard, and a stop ends that', { timeoutMs: 200_000 }, async ({ page }) => {
  const release = await holdProgram(page);
  await drop(page, openArchives());
  await headline(page).filter({ hasText: 'Hearing the recordings of 1 song' }).waitFor();
  assert.match(await lagOfPair(page), /another tempo: left out of aligned figures/);
  await page.getByText('Hearing the recordings of 1 song.', { exact: true }).waitFor({ state: 'attached' });
  for (const [colorScheme, width] of [['light', 1440], ['dark', 1440], ['light', 360], ['dark', 360]]) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 900 });
    await headline(page).scrollIntoViewIfNeeded();
    await shoot(page, `hearing-${width}-${colorScheme}`);
  }
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await waitForState(page, 'cancelled');
  release();
  await page.getByRole('button', { name: 'Resume' }).click();
  await waitForState(page, 'done');
  assert.match(await lagOfPair(page, 'heard-360-dark'), /aligned by audio/);
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.emulateMedia({ colorScheme: 'light' });
  await lagOfPair(page, 'heard-1440-light');
});

browserTest('without a program that hears, timing points hold and it is said', {
  expectedErrors: [/404|Failed to load/],
}, async ({ page }) => {
  await page.context().route(PROGRAM, (route) => route.fulfill({ status: 404, body: 'gone' }));
  await drop(page, openArchives());
  await waitForState(page, 'done');
  assert.match(await lagOfPair(page), /another tempo: left out of aligned figures/);
  const report = JSON.parse(await saveFile(page, 'report.json'));
  assert.match(JSON.stringify(report), /its audio is not heard, so lags come from timing points: the worker stopped/);
});

browserTest('a recording that cannot be heard is named, and timing points hold', {}, async ({ page }) => {
  const archives = openArchives();
  archives['2 bea.osz'] = archive(ofHalfTheBeats(map('Bea', 3)), music(1, 5));
  await drop(page, archives);
  await waitForState(page, 'done');
  assert.match(await lagOfPair(page), /another tempo: left out of aligned figures/);
  assert.match(await saveFile(page, 'report.json'), /its audio is not heard, so lags come from timing points: [^"]*12500 ms/);
});

browserTest('the program that hears is not asked for where timing points leave nothing open', {}, async ({ page }) => {
  const asked = watchProgram(page);
  await drop(page, {
    '1 ann.osz': archive(map('Ann', 1), music(1, SECONDS)),
    '2 bea.osz': archive(later(map('Bea', 3), 24), music(1, SECONDS, 24)),
  });
  await waitForState(page, 'done');
  assert.match(await lagOfPair(page), /^\+24 ms aligned by timing points$/);
  assert.deepEqual(asked, []);
});
