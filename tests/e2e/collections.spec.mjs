// Maps saved as collections of the game: the dialog, its counts and its files.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { VIEW, collectionDb, drop, maps, openCollections, saved } from './beatmaps.mjs';
import { dropFiles, pickFiles } from './files.mjs';
import { browserTest } from './harness.mjs';
import { hasFocus, reach } from './keys.mjs';
import { pairsOfMaps, writeTree } from './maps.mjs';
import { command, withFolder } from './study.mjs';

const N_SONGS = 4;
const MAPS = pairsOfMaps(N_SONGS);

/** The view with its maps, and the dialog open. */
function withDialog(body, options = VIEW) {
  return [options, async ({ page }) => withFolder(async (folder) => {
    const songs = join(folder, 'songs');
    await writeTree(songs, MAPS);
    await drop(page, songs, 2 * N_SONGS);
    await openCollections(page);
    await dialog(page).waitFor();
    await body(page, folder, songs);
  })];
}

const dialog = (page) => page.getByRole('dialog', { name: 'Save as collections' });

const choose = (page, name) => dialog(page).getByRole('radio', { name }).check();

const message = (page, pattern) =>
  dialog(page).getByRole('status').filter({ hasText: pattern }).waitFor({ timeout: 20_000 });

/** Maps of each collection, as the dialog says. */
async function counts(page) {
  const items = await dialog(page).locator('li').allInnerTexts();
  return Object.fromEntries(items.map((item) => {
    const [, name, nMaps] = /^(\S+)\s+(\d+) maps?$/.exec(item);
    return [name, Number(nMaps)];
  }));
}

/** The file that the command writes. */
async function byCommand(folder, name, ...args) {
  const file = join(folder, name);
  execFileSync(command(), ['classify', join(folder, 'songs'), '--collections', file, ...args], { stdio: 'ignore' });
  return readFile(file);
}

/** Collections of a `collection.db` by osu!'s own description: names, and MD5 sums. */
function readDb(bytes) {
  let at = 8;
  const int = () => bytes.readInt32LE((at += 4) - 4);
  const text = () => {
    assert.equal(bytes[at], 0x0b);
    at += 1;
    let length = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at];
      at += 1;
      length |= (byte & 0x7f) << shift;
      if (byte < 0x80) break;
    }
    at += length;
    return bytes.toString('utf8', at - length, at);
  };
  const found = Array.from({ length: bytes.readInt32LE(4) }, () => {
    const name = text();
    return [name, Array.from({ length: int() }, text)];
  });
  assert.equal(at, bytes.length, 'nothing behind the last collection');
  return found;
}

const lengths = (collections) => Object.fromEntries(collections.map(([name, sums]) => [name, sums.length]));

browserTest('page and command write the same collections, byte for byte', ...withDialog(async (page, folder) => {
  await dialog(page).getByText(`of ${2 * N_SONGS} maps`).waitFor();
  const db = await saved(page, 'Save collection.db');
  await message(page, /^Saved collection\.db: \d+ collections? of 8 maps\./);
  await message(page, /Close osu!, then replace/);
  assert.deepEqual(lengths(readDb(db)), await counts(page));
  assert.ok(db.equals(await byCommand(folder, 'command.db', '--first-label')));

  await choose(page, /\.osdb/);
  assert.equal(await dialog(page).getByText('Close osu! first.').count(), 0);
  const osdb = await saved(page, 'Save collections.osdb');
  await message(page, /^Saved collections\.osdb/);
  assert.ok(osdb.equals(await byCommand(folder, 'command.osdb', '--first-label')));

  await choose(page, /\.json/);
  await dialog(page).getByLabel('Probability in percent').fill('2');
  const ofShare = await counts(page);
  assert.ok(Object.values(ofShare).reduce((a, b) => a + b) > 2 * N_SONGS, 'several labels a map');
  const json = await saved(page, 'Save collections.json');
  await message(page, /^Saved collections\.json/);
  assert.deepEqual(lengths(Object.entries(JSON.parse(json))), ofShare);
  assert.ok(json.equals(await byCommand(folder, 'command.json', '--above', '0.02')));
}));

browserTest('collections are counted as they are chosen, and none are saved without maps', ...withDialog(async (page) => {
  const share = dialog(page).getByLabel('Probability in percent');
  const save = dialog(page).getByRole('button', { name: 'Save collection.db' });
  await share.fill('99');
  await dialog(page).getByText('8 maps without such a label are in none.').waitFor();
  assert.ok(await save.isDisabled());
  await share.fill('100');
  await dialog(page).getByText('Type a whole number of percent').waitFor();
  assert.ok(await save.isDisabled());
  await choose(page, /most probable/);
  await dialog(page).getByText('of 8 maps').waitFor();
  assert.ok(await save.isEnabled());
}));

browserTest('a collection.db is added to and keeps every byte, dropped or chosen', ...withDialog(async (page, folder) => {
  const [taken] = Object.keys(await counts(page));
  const own = collectionDb(taken, Object.values(MAPS).slice(0, 3));
  await dropFiles(page, [{ name: 'collection (1).db', bytes: own }], '#collections');
  await dialog(page).getByRole('radio', { name: 'your collection (1).db: 1 collection, kept', checked: true }).waitFor();
  const grown = await saved(page, 'Save collection.db');
  await message(page, /1 collection of collection \(1\)\.db as before, and \d+ new collections? of 8 maps/);
  await message(page, `so these got a number: ${taken} (2).`);
  assert.deepEqual(grown.subarray(0, 4), own.subarray(0, 4), 'the version');
  assert.deepEqual(grown.subarray(8, own.length), own.subarray(8), 'the collection of before');
  const [before, ...added] = readDb(grown);
  assert.equal(before[0], taken);
  const ofLabels = Object.fromEntries(Object.entries(await counts(page))
    .map(([name, nMaps]) => [name === taken ? `${name} (2)` : name, nMaps]));
  assert.deepEqual(lengths(added), ofLabels);

  // What was saved is taken again, chosen by the button.
  await writeTree(folder, { 'collection.db': grown, 'cut.db': grown.subarray(0, -1) });
  await pickFiles(page, join(folder, 'collection.db'), '#collections-file');
  const names = Object.keys(ofLabels).length + 1;
  await dialog(page).getByRole('radio', { name: `your collection.db: ${names} collections, kept`, checked: true }).waitFor();

  // One that is cut off is refused before anything is written; a new file can be saved all the same.
  await pickFiles(page, join(folder, 'cut.db'), '#collections-file');
  await dialog(page).getByRole('alert').filter({ hasText: 'nothing can be added to cut.db: it is cut short' }).waitFor();
  await dialog(page).getByRole('radio', { name: 'nothing: a new file', checked: true }).waitFor();
  const fresh = await saved(page, 'Save collection.db');
  assert.deepEqual(lengths(readDb(fresh)), await counts(page));
  // It was no label to train on.
  assert.equal(await page.locator('.beat-labels label').count(), 0);
}));

browserTest('collections that were dropped before are added to', VIEW, async ({ page }) => {
  await withFolder(async (folder) => {
    await writeTree(folder, { 'songs/a.osu': Object.values(MAPS)[0], 'collection.db': collectionDb('Mine', Object.values(MAPS)) });
    await drop(page, [join(folder, 'collection.db'), join(folder, 'songs')], 1);
    await page.locator('.beat-labels').getByText(/Mine.*1 map/).waitFor();
    await openCollections(page);
    await dialog(page).getByRole('radio', { name: 'your collection.db: 1 collection, kept', checked: true }).waitFor();
    const grown = await saved(page, 'Save collection.db');
    assert.deepEqual(readDb(grown).map(([name, sums]) => [name, sums.length])[0], ['Mine', 8]);
  });
});

browserTest('the dialog is used and left with the keyboard alone', ...withDialog(async (page) => {
  await reach(page, '[name=collections-rule]');
  await page.keyboard.press('ArrowDown');
  await reach(page, '.collections__share');
  await page.keyboard.press('Control+A');
  await page.keyboard.type('20');
  await dialog(page).getByRole('radio', { name: /each label/, checked: true }).waitFor();
  await reach(page, '[name=collections-format]');
  await page.keyboard.press('ArrowDown');
  await reach(page, '.collections button[type=submit]');
  const download = page.waitForEvent('download');
  await page.keyboard.press('Enter');
  assert.equal((await download).suggestedFilename(), 'collections.osdb');
  await message(page, /^Saved collections\.osdb/);
  await page.keyboard.press('Escape');
  await dialog(page).waitFor({ state: 'hidden' });
  await hasFocus(page, '#beat-save-open', 'it goes back to where it came from');
  // What was chosen is still chosen, and maps are still there.
  await openCollections(page);
  await dialog(page).getByRole('radio', { name: /\.osdb/, checked: true }).waitFor();
  assert.equal(await maps(page).count(), 2 * N_SONGS);
}));

for (const width of [360, 1440]) {
  browserTest(`the dialog fits a window of ${width} pixels`, ...withDialog(async (page) => {
    await page.setViewportSize({ width, height: 800 });
    const { left, right, overflow } = await dialog(page).evaluate((element) => {
      const { left, right } = element.getBoundingClientRect();
      return { left, right, overflow: element.scrollWidth - element.clientWidth };
    });
    assert.ok(left >= 0 && right <= width, `${left} to ${right}`);
    assert.equal(overflow, 0);
  }));
}
