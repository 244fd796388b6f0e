// Guest difficulties: one archive is a comparison, and a person corrects who made what.

import assert from 'node:assert/strict';
import { dropFiles } from './files.mjs';
import { browserTest } from './harness.mjs';
import { osuText, silence } from './maps.mjs';
import { saveFile, waitForState } from './study.mjs';
import { zipFile } from './zip.mjs';

const bytesOf = (text) => new TextEncoder().encode(text);

/** A zip archive of files by their names. */
const archive = (files) => zipFile(Object.entries(files).map(([name, bytes]) => ({ name, bytes: Buffer.from(bytes) })));

/** A set of hosty's with a guest that the tags confirm, one that they do not, and a hidden one. */
function guestSet() {
  const osu = (version, seed) =>
    osuText({ title: 'Tide', creator: 'hosty', version, seed })
      .replace('audio.mp3', 'audio.wav')
      .replace('[Difficulty]', 'Tags:rock inaba-tan\r\n\r\n[Difficulty]');
  return archive({
    'a.osu': osu('Insane', 0),
    'b.osu': osu("Inaba's Hard", 1),
    'c.osu': osu("Dora's Extra", 2),
    'd.osu': osu('Reuse', 3),
    'audio.wav': silence(20),
  });
}

const drop = (page, name, bytes) => dropFiles(page, [{ name, bytes }]);

browserTest('one archive with guests is compared, and a correction is kept with the result', {}, async ({ page }) => {
  await page.locator('main[data-state="empty"]').waitFor({ state: 'attached' });
  await drop(page, '7.osz', guestSet());
  await waitForState(page, 'done');
  const mappers = page.locator('.songs__body .songs__mappers');
  assert.equal(await mappers.innerText(), 'Dora?, hosty, inaba-tan');
  assert.equal(await page.locator('.songs__row > .songs__count').last().innerText(), '3');
  // Pairs of one set give no evidence, and no empty chart.
  await page.locator('#evidence-title').filter({ hasText: /^No evidence: all 3 pairs are of two mappers in one set/ }).waitFor();
  assert.equal(await page.locator('#evidence figure').count(), 0);

  // By the keyboard alone: open, find, say who, close.
  await mappers.press('Enter');
  const song = page.getByRole('dialog', { name: 'Tide – nobody' });
  const known = song.getByRole('table', { name: 'Who mapped what' });
  await known.getByRole('row', { name: /Dora/ }).getByText('its name says so: likely').waitFor();
  await known.getByRole('row', { name: /inaba-tan/ }).getByText(/tags have that name/).waitFor();
  await song.getByRole('button', { name: 'Correct who made a difficulty' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Who made each difficulty' });
  await dialog.waitFor();
  assert.equal(await dialog.getByRole('listitem').count(), 4);
  await dialog.getByRole('searchbox', { name: 'Find' }).fill('reuse');
  const field = dialog.getByRole('textbox', { name: /Reuse/ });
  assert.equal(await field.inputValue(), 'hosty');
  await field.fill('Cid');
  await field.press('Enter');
  await dialog.getByText('you say so').waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  await page.locator('.songs__mappers', { hasText: 'Cid' }).waitFor();
  await waitForState(page, 'done');
  assert.equal(await page.locator('.songs__row > .songs__count').last().innerText(), '6');
  const text = await saveFile(page, 'result.json');
  const result = JSON.parse(text);
  assert.deepEqual(result.owners.map((row) => row.mappers), [['Cid']]);
  assert.ok(result.songs[0].pairs.every((pair) => pair.audio === 'SameFile'));

  // The published rules know hosts alone.
  await page.getByRole('button', { name: 'As published' }).click();
  await waitForState(page, 'done');
  assert.equal(await page.locator('.songs__body tr').count(), 0);
  await page.getByRole('button', { name: 'As osu! players know it', exact: true }).click();
  await waitForState(page, 'done');
  await page.locator('.songs__mappers', { hasText: 'Cid' }).waitFor();

  // Read again with the result, on a page that was never told.
  await page.reload();
  await page.locator('main[data-state="empty"]').waitFor({ state: 'attached' });
  await drop(page, 'result.json', bytesOf(text));
  await page.locator('#result-title').waitFor();
  await drop(page, '7.osz', guestSet());
  await waitForState(page, 'done');
  await page.locator('.songs__mappers', { hasText: 'Cid' }).waitFor();
  assert.equal(await saveFile(page, 'result.json'), text);
});

browserTest('a set by one mapper becomes a comparison when a person says who made what', {}, async ({ page }) => {
  const osu = (version, seed) =>
    osuText({ title: 'Ebb', creator: 'hosty', version, seed }).replace('audio.mp3', 'audio.wav');
  const set = archive({ 'a.osu': osu('Hard', 0), 'b.osu': osu('Insane', 1), 'audio.wav': silence(20) });
  await page.locator('main[data-state="empty"]').waitFor({ state: 'attached' });
  await drop(page, '8.osz', set);
  await waitForState(page, 'done');
  assert.equal(await page.locator('.songs__body tr').count(), 0);
  await page.getByRole('button', { name: 'Correct who made a difficulty' }).press('Enter');
  const field = page.getByRole('textbox', { name: /Insane/ });
  await field.fill('Ann; Bea');
  await field.press('Enter');
  await page.keyboard.press('Escape');
  await page.locator('.songs__mappers', { hasText: 'Ann & Bea, hosty' }).waitFor();
});
