// Links to osu!'s site: plain ones, which the page never follows by itself.

import assert from 'node:assert/strict';
import { dropFiles } from './files.mjs';
import { browserTest, shoot } from './harness.mjs';
import { osuText } from './maps.mjs';
import { waitForState } from './study.mjs';

const SEARCH = 'https://osu.ppy.sh/beatmapsets?q=';

/** Drops maps of these mappers of one song. */
async function drop(page, maps) {
  const files = maps.map(({ id, ...map }, seed) => {
    const text = osuText({ ...map, seed }).replace(/^Version:.*$/m, `$&${id ? `\r\nBeatmapID:${id}` : ''}`);
    return { name: `${map.title}-${map.creator}.osu`, bytes: new TextEncoder().encode(text) };
  });
  await page.locator('main[data-state]').waitFor({ state: 'attached' });
  await dropFiles(page, files);
  await waitForState(page, 'done');
}

/** Address and attributes of a link by its text. */
async function linkOf(page, name) {
  const link = page.getByRole('link', { name, exact: true });
  const [href, target, rel] =
    await Promise.all(['href', 'target', 'rel'].map((attribute) => link.getAttribute(attribute)));
  assert.deepEqual([target, rel], ['_blank', 'noopener noreferrer'], name);
  return href;
}

browserTest('songs, mappers and maps link to osu!', {}, async ({ page }) => {
  await drop(page, [
    { title: 'Rain & Snow', creator: 'Ann [x]', version: 'Hard', id: 129_891 },
    { title: 'Rain & Snow', creator: 'bob', version: 'Own one' },
  ]);
  assert.equal(await linkOf(page, 'Rain & Snow'), `${SEARCH}nobody%20Rain%20%26%20Snow&m=0&s=any`);
  await page.locator('.songs__mappers').click();
  assert.equal(await linkOf(page, 'Ann [x]'), `${SEARCH}Ann%20%5Bx%5D&m=0&s=any`);
  assert.equal(await linkOf(page, 'bob'), `${SEARCH}bob&m=0&s=any`);
  assert.equal(await linkOf(page, 'Hard'), 'https://osu.ppy.sh/beatmaps/129891');
  // A map without a number has no page.
  assert.equal(await page.getByRole('link', { name: 'Own one' }).count(), 0);
  await page.getByRole('table', { name: 'Who mapped what' }).getByText('Own one').waitFor();
  await page.keyboard.press('Escape');
  for (const [colorScheme, width] of [['light', 1440], ['dark', 360]]) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 900 });
    await page.locator('.songs').scrollIntoViewIfNeeded();
    await shoot(page, `links-${width}-${colorScheme}`);
  }
});

browserTest('where nothing can be compared the page says what is needed and where it is', {}, async ({ page }) => {
  await drop(page, [
    { title: 'Alone', creator: 'ann' },
    { title: 'Lonely', creator: 'ann' },
  ]);
  await page.getByText(/Add a map of the same song by someone else/).waitFor();
  assert.equal(await linkOf(page, 'Find another mapper’s map of Alone'), `${SEARCH}nobody%20Alone&m=0&s=any`);
  assert.equal(await linkOf(page, 'Find another mapper’s map of Lonely'), `${SEARCH}nobody%20Lonely&m=0&s=any`);
  for (const [colorScheme, width] of [['dark', 1440], ['light', 360]]) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 900 });
    await page.locator('.songs').scrollIntoViewIfNeeded();
    await shoot(page, `links-alone-${width}-${colorScheme}`);
  }
});
