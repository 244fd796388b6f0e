// On paper, without background graphics: what browsers print unless a person asks for more.

import assert from 'node:assert/strict';
import { browserTest } from './harness.mjs';
import { countFilled, countTexts, pagesOf } from './pdf.mjs';
import { waitForState } from './study.mjs';
import { allDrawn } from './waits.mjs';

/** `--yours` and `--ink` in the light theme. */
const YOURS = '#a71b6b';
const INK = '#11202a';

const printed = async (page) => pagesOf(await page.pdf({ format: 'A4', printBackground: false }));

for (const theme of ['light', 'dark']) {
  browserTest(`a person’s own marks are on paper, and no page has a heading alone (${theme})`, {}, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme });
    await page.getByRole('button', { name: /demo/i }).first().click();
    await waitForState(page, 'done');
    await allDrawn(page);
    const nSongs = await page.locator('.songs__body tr').count();
    const pages = await printed(page);
    const nOwn = pages.reduce((sum, operators) => sum + countFilled(operators, YOURS), 0);
    // Nine channels with their whiskers, and nine sticks for each song.
    assert.ok(nOwn >= 9 + 9 * nSongs, `${nOwn} marks for ${nSongs} songs`);
    pages.forEach((operators, idx) => {
      const nTexts = countTexts(operators);
      assert.ok(nTexts >= 12, `page ${idx + 1} of ${pages.length} has ${nTexts} pieces of text`);
    });
  });
}

browserTest('the published rings are on paper', {}, async ({ page }) => {
  await allDrawn(page);
  const pages = await printed(page);
  const nInk = pages.reduce((sum, operators) => sum + countFilled(operators, INK), 0);
  assert.ok(nInk >= 9, `${nInk} whiskers and segments`);
  pages.forEach((operators, idx) => {
    assert.ok(countTexts(operators) >= 12, `page ${idx + 1} of ${pages.length}`);
  });
});

browserTest('every latent is on paper, in the ink of the study', {}, async ({ page }) => {
  await allDrawn(page);
  await page.setViewportSize({ width: 700, height: 900 });
  const items = page.locator('#part-b .ranks__item');
  assert.equal(await items.count(), 32);
  assert.ok(await page.locator('#part-b .ranks__item:visible').count() < 32, 'folded on a screen');
  const colour = await page.locator('#part-b .ranks__mean').first().evaluate((it) => getComputedStyle(it).color);
  const ink = await page.locator('#part-b').evaluate((it) => getComputedStyle(it).color);
  assert.equal(colour, ink, 'magenta is a person’s own');
  await page.emulateMedia({ media: 'print' });
  assert.equal(await page.locator('#part-b .ranks__item:visible').count(), 32);
});
