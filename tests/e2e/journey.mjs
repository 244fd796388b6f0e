// The main job from the first view to a saved result that opens again, in any browser.
//
// The other specs run in Chromium, and hold more. This one says that nothing that the
// page is built on is missing or different elsewhere.

import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dropPaths, waitUntil } from './drivers/page.mjs';
import { waitFor, waitForRun, waitForState } from './in-browser.mjs';
import { analyzeByCommand, writeDemo } from './study.mjs';

/** The demo set begins with the mappers of one song, and a few maps are enough. */
const N_ARCHIVES = 4;

/** @typedef {import('./drivers/page.mjs').Driver} Driver */

/**
 * Runs a study with latents, saves it and opens it again.
 *
 * @param {Driver} driver
 * @param {string} url of the page
 * @param {string} folder that is empty
 */
export async function journey(driver, url, folder) {
  const archives = await writeDemo(folder);
  for (const path of archives.splice(N_ARCHIVES)) await rm(path);
  const byCommand = await analyzeByCommand(folder);

  await openFirstView(driver, url);
  await runArchives(driver, archives);
  const titles = await readSongs(driver);
  await waitForEncoder(driver);
  assert.equal(await saveFile(driver, 'track_a_results.json'), byCommand.results);
  const text = await saveFile(driver, 'result.json');
  const result = JSON.parse(text);
  assertWhole(result, titles);
  await assertAgreement(driver, result);

  const saved = join(folder, 'result.json');
  await writeFile(saved, text);
  await reopen(driver, saved);
  await assertAgreement(driver, result);
  assert.equal(await saveFile(driver, 'result.json'), text);

  assert.deepEqual(await driver.errors(), [], 'errors in the page');
  await assertListens(driver);
}

/** The words of the first view, and the program that takes its place. */
async function openFirstView(driver, url) {
  // With a graphics processor the latents would say another thing on another machine.
  await driver.goto(new URL('?backend=cpu', url).href);
  await waitForState(driver, 'empty');
  const words = await driver.evaluate(() => document.querySelector('h1').innerText);
  assert.match(words, /Mappers agree on when/);
}

/** All but the last archive are dropped, the last one is added with a file input. */
async function runArchives(driver, archives) {
  const dropped = archives.slice(0, -1);
  await dropPaths(driver, dropped);
  await waitForRun(driver, dropped.length);
  await driver.setFiles('#add-files', archives.slice(-1));
  await waitForRun(driver, archives.length);
}

/** The titles in the songs table, whose rows must all have their figures. */
async function readSongs(driver) {
  const rows = await driver.evaluate(() =>
    [...document.querySelectorAll('.songs__body tr')].map((row) => ({
      title: row.querySelector('.songs__title').textContent,
      figures: [...row.querySelectorAll('.songs__r')].map((cell) => cell.innerText),
    })));
  assert.ok(rows.length > 0, 'a song has two mappers');
  for (const { title, figures } of rows) {
    assert.equal(figures.length, 9, title);
    assert.ok(figures.every((text) => /[01]?\.\d\d/.test(text)), `${title}: ${figures.join(' ')}`);
  }
  return rows.map(({ title }) => title);
}

/** Waits for the latents of all maps, which start by themselves with the page's encoder. */
async function waitForEncoder(driver) {
  await waitFor(driver, 'the latents', () => {
    const files = [...document.querySelectorAll('#save-list .menu__name')];
    return /^Latents\s+[1-9]\d* maps?$/.test(document.querySelector('#encoder-title')?.innerText ?? '')
      && document.querySelector('#heat') !== null
      // The last summary makes the files, some moments after the last song.
      && files.some((file) => file.textContent === 'track_b_results.json');
  });
  const lines = await driver.evaluate(() =>
    [...document.querySelectorAll('.computed__line')].map((line) => line.innerText));
  assert.match(lines.join('\n'), /encoder\.safetensors, served with the page.*your processor/s);
}

/** Saves one of the files through the menu, as a person does; returns its text. */
async function saveFile(driver, name) {
  await driver.click('#save');
  await driver.click('#save-list button', name);
  return driver.takeSaved(name);
}

/** The result holds all that the run has computed. */
function assertWhole(result, titles) {
  assert.equal(result.counts.n_archives, N_ARCHIVES);
  assert.equal(result.track_a.songs_analyzed, titles.length);
  assert.deepEqual(result.songs.map((song) => song.title).sort(), titles.toSorted());
  assert.equal(result.track_a.channels.length, 9);
  assert.equal(result.track_b.dims.length, 32);
  assert.ok(result.synthesis.n_maps > 0);
}

/** The table of part A shows the figures of this result. */
async function assertAgreement(driver, result) {
  const { channels } = result.track_a;
  const shown = await waitUntil('the table of part A', async () => {
    // The table that stands there may be that of a view which is about to go.
    const isChart = await driver.evaluate(() =>
      [...document.querySelectorAll('#part-a button')].some((button) => button.textContent.includes('Show as table')));
    if (isChart) await driver.click('#part-a button', 'Show as table');
    const cells = await driver.evaluate(() =>
      [...document.querySelectorAll('#part-a table tbody tr')].map((row) => row.cells[1].textContent.trim()));
    return cells.length === channels.length && cells;
  });
  for (const [idx, { name, pearson_mean: mean }] of channels.entries()) {
    // Three digits, with a minus sign that is not the one of programs.
    const error = Math.abs(Number(shown[idx].replace('\u2212', '-')) - mean);
    assert.ok(error < 0.000_501, `${name}: ${shown[idx]} for ${mean}`);
  }
}

async function reopen(driver, path) {
  await dropPaths(driver, [path]);
  await waitFor(driver, 'the opened result', () =>
    /, \d{4}-\d\d-\d\d$/.test(document.querySelector('#result-title')?.textContent));
}

/** That there were no errors is worth nothing if they cannot be heard. */
async function assertListens(driver) {
  await driver.evaluate(() => {
    setTimeout(() => {
      throw new Error('planted fault');
    });
  });
  await waitUntil('the planted fault', async () => /planted fault/.test((await driver.errors()).join('\n')));
}
