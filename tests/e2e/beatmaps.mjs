// The view of beatmaps, and what is dropped on it.

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { dropPaths } from './files.mjs';

/** Rows of a long table that are in the page at a time. */
const ROWS_IN_PAGE = 80;

export const VIEW = { path: '?view=beatmaps' };

/** Long enough for one map on a busy machine, whose worker is heard late (`slow.mjs`). */
const MOST_MS_A_MAP = 200;

/** Waits until the view says of its maps what the pattern asks for. */
export const said = (page, pattern, timeout = 90_000) =>
  page.locator('#beat-status').filter({ hasText: pattern }).waitFor({ state: 'attached', timeout });

export const maps = (page) => page.locator('.beat-row');

/** One collection of these maps, as osu!stable keeps it. */
export function collectionDb(name, texts) {
  const number = (value) => {
    const bytes = Buffer.alloc(4);
    bytes.writeInt32LE(value);
    return bytes;
  };
  const text = (value) => Buffer.concat([Buffer.from([0x0b, value.length]), Buffer.from(value)]);
  const sums = texts.map((map) => text(createHash('md5').update(map).digest('hex')));
  return Buffer.concat([number(20260101), number(1), text(name), number(sums.length), ...sums]);
}

/** What the button of that name saves: the file's name and its bytes. */
export async function savedFile(page, button) {
  if (MENU.test(button)) await openSaveMenu(page);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: button }).click();
  const file = await download;
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
}

/** The bytes that the button of that name saves. */
export const saved = async (page, button) => (await savedFile(page, button)).bytes;

/** What the menu for saving has. */
const MENU = /^Save (features|label|as)/;

export const openSaveMenu = (page) => page.getByRole('button', { name: 'Save', exact: true }).press('Enter');

/** Opens the dialog that saves maps as collections. */
export async function openCollections(page) {
  await openSaveMenu(page);
  await page.getByRole('button', { name: 'Save as collections' }).press('Enter');
}

/** Drops what lies there on the view and waits until the table has all its maps, classified. */
export async function drop(page, paths, nMaps) {
  await page.getByRole('heading', { name: /What kind of map is it/ }).waitFor();
  // Maps that are read again have rows of their own: those of before go.
  await page.evaluate(() => {
    for (const row of document.querySelectorAll('.beat-row')) row.dataset.isOld = '';
  });
  await dropPaths(page, [paths].flat());
  await said(page, new RegExp(`^Read ${nMaps.toLocaleString('en')} maps?, classified`), 90_000 + nMaps * MOST_MS_A_MAP);
  await showsRows(page, Math.min(nMaps, ROWS_IN_PAGE));
}

/** Waits until the table, which follows its status a moment later, has so many rows, all classified. */
export function showsRows(page, nRows) {
  return page.waitForFunction((nRows) => {
    const { length } = document.querySelectorAll('.beat-row');
    return length === nRows && !document.querySelector('.beat-bars__pending, .beat-row[data-is-old]');
  }, nRows);
}
