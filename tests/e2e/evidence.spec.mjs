// Is it real? The evidence of each channel, its panel, lags of pairs, and results without any.

import assert from 'node:assert/strict';
import { dropFiles } from './files.mjs';
import { tableOf } from './figures.mjs';
import { browserTest, shoot } from './harness.mjs';
import { osuText } from './maps.mjs';
import { saveFile, waitForState } from './study.mjs';
import { eventually } from './waits.mjs';

const CHANNELS = ['ONSET', 'COMBO', 'SLIDE', 'SUSTAIN', 'WHISTLE', 'FINISH', 'CLAP', 'X', 'Y'];
const heading = (page) => page.locator('#evidence-title');
const badges = (page) => page.locator('.evidence__badge');
const panel = (page) => page.locator('dialog.evidence-panel[open]');
const focused = (page) => page.evaluate(() => document.activeElement?.id);

async function runDemo(page) {
  await page.getByRole('button', { name: /demo/i }).first().click();
  await waitForState(page, 'done');
}

/** The same map with all times later, its beat with them. */
const later = (text, ms) => text
  .replace(/(\[TimingPoints\]\r\n)(\d+)/, (_, head, time) => head + (Number(time) + ms))
  .replaceAll(/^(\d+,\d+),(\d+),(?=\d+,\d+,0:0)/gm, (_, place, time) => `${place},${Number(time) + ms},`);

/** The same objects once more behind themselves: ten bars are too few for evidence. */
function twice(text) {
  const [head, objects] = text.split('[HitObjects]\r\n');
  const again = later(objects, 16_000);
  return `${head}[HitObjects]\r\n${objects}${again}`;
}

/** The same map of another tempo. */
const faster = (text) => text.replace('1000,400,4', '1000,380,4');

async function dropMaps(page, maps) {
  await page.locator('main[data-state]').waitFor({ state: 'attached' });
  await dropFiles(page, Object.entries(maps).map(([name, text]) => ({ name, bytes: new TextEncoder().encode(text) })));
  await waitForState(page, 'done');
}

/** Nothing is wider than the window, or than the panel. */
async function assertFits(page, width) {
  const wide = await page.evaluate(() => ({
    page: document.documentElement.scrollWidth,
    panel: [...document.querySelectorAll('dialog[open]')].map((it) => it.scrollWidth - it.clientWidth),
  }));
  assert.ok(wide.page <= width, `${wide.page} px`);
  assert.ok(wide.panel.every((beyond) => beyond <= 0), `${wide.panel} px beyond the panel`);
}

browserTest('every channel has a badge that opens its evidence, by the pointer', {}, async ({ page }) => {
  await runDemo(page);
  assert.match(await heading(page).innerText(), /^(\w+ of nine channels agrees? beyond the grid\.|No channel surely|None of nine|Undetermined:)/);
  assert.match(await page.locator('#evidence .sheet__head .kicker').innerText(), /^Is it real\? · 5\d pairs of 12 songs$/);
  assert.equal(await badges(page).count(), CHANNELS.length);
  const words = await badges(page).allInnerTexts();
  assert.ok(words.every((word) => ['agree', 'no agreement', 'undetermined'].includes(word)), words.join());
  assert.ok(words.includes('agree'), 'the demo set has planted agreement');
  // The heading says what the badges say.
  const nAgree = words.filter((word) => word === 'agree').length;
  const inWords = ['', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine'][nAgree];
  assert.match(await heading(page).innerText(), new RegExp(`^${inWords} of nine channels`));
  for (const badge of await badges(page).all()) {
    assert.match(await badge.getAttribute('aria-label'), /^[A-Z]+: (agree|no agreement|undetermined).* over \d+ songs?/);
    assert.ok(await badge.locator('.icon__fill[d], .icon__line[d]').count() > 0, 'a symbol, not colour alone');
  }

  await page.locator('#evidence-onset').click();
  await panel(page).getByRole('heading', { name: /^ONSET / }).waitFor();
  const figures = panel(page).locator('.evidence-panel__figures dt');
  assert.equal(await figures.count(), 4);
  assert.match(await panel(page).locator('.evidence-panel__figures').innerText(), /12 songs/);
  for (const part of ['What the grid reaches', 'As is against aligned', 'The songs that carry it', 'Density', 'The pairs behind it', 'Where this comes from']) {
    await panel(page).getByRole('region', { name: part }).waitFor();
  }
  assert.ok(await panel(page).locator('.reach__bin').count() > 0, 'the shifts of whole bars');
  assert.match(await panel(page).getByRole('region', { name: 'The pairs behind it' }).innerText(), /5\d of 5\d aligned/);
  assert.match(await panel(page).getByRole('region', { name: 'Where this comes from' }).innerText(), /no seeds/);
  assert.equal(await panel(page).locator('.carrying .carrying__row').count(), 10);
  await panel(page).getByRole('button', { name: 'Close' }).click();
  await panel(page).waitFor({ state: 'hidden' });
  assert.equal(await focused(page), 'evidence-onset');

  // A song leads to its row.
  await page.locator('#evidence-onset').click();
  const link = panel(page).locator('.carrying a').first();
  const title = await link.innerText();
  await link.click();
  await panel(page).waitFor({ state: 'hidden' });
  await eventually(async () => assert.match(await focused(page), /^song-\d+$/));
  assert.ok((await page.locator('.songs__body tr').allInnerTexts()).every((row) => row.includes(title)));
});

browserTest('the evidence is reached and left by keys', {}, async ({ page }) => {
  await runDemo(page);
  await page.locator('#evidence-onset').focus();
  await page.keyboard.press('ArrowDown');
  assert.equal(await focused(page), 'evidence-combo');
  await page.keyboard.press('End');
  assert.equal(await focused(page), 'evidence-y');
  assert.equal(await page.locator('.evidence__badge[tabindex="0"]').count(), 1, 'one stop for Tab');
  await page.keyboard.press('Enter');
  await panel(page).getByRole('heading', { name: /^Y / }).waitFor();
  await panel(page).getByRole('button', { name: 'next: ONSET' }).press('Enter');
  await panel(page).getByRole('heading', { name: /^ONSET / }).waitFor();
  await panel(page).getByRole('button', { name: 'next: COMBO' }).press('Enter');
  await panel(page).getByRole('heading', { name: /^COMBO / }).waitFor();
  await page.keyboard.press('Escape');
  await panel(page).waitFor({ state: 'hidden' });
  assert.equal(await focused(page), 'evidence-combo', 'the badge of what was shown last');
});

browserTest('a pair says its lag, and one of another tempo is named and left out', {}, async ({ page }) => {
  // Of odd seeds, whose rhythm is not the same in every bar.
  const map = (creator, seed) => twice(osuText({ title: 'Tide', creator, seed }));
  await dropMaps(page, { '1.osu': map('Ann', 1), '2.osu': later(map('Bea', 3), 24), '3.osu': faster(map('Cid', 5)) });
  await page.locator('.songs__artist', { hasText: 'another tempo in 2 pairs' }).waitFor();
  await page.locator('.songs__mappers').first().press('Enter');
  const pairs = page.getByRole('dialog', { name: /Tide/ }).getByRole('table', { name: /^Pairs/ });
  const lag = async (names) => (await pairs.getByRole('row', { name: names }).getByRole('cell').last().innerText());
  assert.match(await lag(/Ann[\s\S]*Bea/), /^−24 ms aligned by timing points$/);
  assert.match(await lag(/Bea[\s\S]*Cid/), /another tempo: left out of aligned figures/);
  await page.keyboard.press('Escape');
  assert.match(await page.locator('.evidence__left-out').innerText(), /2 of another tempo/);
  // One song is no evidence yet, and says how many it takes.
  assert.equal(await heading(page).innerText(), 'Undetermined: 1 of the 10 songs that an interval needs.');
  assert.deepEqual(new Set(await badges(page).allInnerTexts()), new Set(['undetermined']));
  await page.locator('#evidence-onset').click();
  assert.match(await panel(page).innerText(), /1 of the 10 songs that a verdict needs/);
});

browserTest('what has no evidence says why in one sentence', {}, async ({ page }) => {
  await page.locator('#evidence').waitFor({ state: 'attached' });
  assert.equal(await heading(page).innerText(), 'No evidence: the published files hold means only.');
  assert.equal(await page.locator('#evidence figure').count(), 0, 'no empty chart');
  await runDemo(page);
  await page.getByRole('button', { name: 'As published' }).click();
  await waitForState(page, 'done');
  assert.match(await heading(page).innerText(), /^No evidence: as published, means alone are compared\./);
  assert.equal(await badges(page).count(), 0);
  await page.getByRole('button', { name: 'As osu! players know it', exact: true }).click();
  await waitForState(page, 'done');
  assert.equal(await badges(page).count(), CHANNELS.length);
});

browserTest('a reopened result shows the evidence of its run', {}, async ({ page }) => {
  await runDemo(page);
  const [found, rows] = [await heading(page).innerText(), await tableOf(page, 'evidence')];
  assert.equal(rows.length, CHANNELS.length);
  assert.ok(rows.some((row) => row.includes('agree')));
  const open = async () => {
    await page.locator('#evidence').getByRole('button', { name: 'Show as table' }).click();
    await page.locator('#evidence-clap').click();
    const text = await panel(page).innerText();
    await page.keyboard.press('Escape');
    return text;
  };
  const words = await open();
  const result = await saveFile(page, 'result.json');
  await dropFiles(page, [{ name: 'result.json', bytes: new TextEncoder().encode(result) }]);
  await page.locator('#result-title').waitFor();
  await badges(page).first().waitFor();
  assert.equal(await heading(page).innerText(), found);
  assert.deepEqual(await tableOf(page, 'evidence'), rows);
  assert.equal(await open(), words, 'titles of songs included');
});

browserTest('the evidence fits at every width, in both themes and in forced colours', { timeoutMs: 300_000 }, async ({ page }) => {
  await runDemo(page);
  for (const width of [1440, 1100, 720, 360]) {
    await page.setViewportSize({ width, height: 900 });
    await assertFits(page, width);
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      await page.locator('#evidence').scrollIntoViewIfNeeded();
      await shoot(page.locator('#evidence'), `evidence-${width}-${colorScheme}`);
    }
    await page.locator('#evidence-onset').click();
    await assertFits(page, width);
    const small = await panel(page).getByRole('button').evaluateAll((buttons) => buttons
      .map((button) => button.getBoundingClientRect()).filter(({ height }) => height < 24).length);
    assert.equal(small, 0, 'every target can be hit');
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      await shoot(page, `evidence-panel-${width}-${colorScheme}`);
    }
    await page.keyboard.press('Escape');
  }
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
  const ground = await page.locator('.evidence__row .diamond').first()
    .evaluate((mark) => [getComputedStyle(mark).backgroundColor, getComputedStyle(document.body).backgroundColor]);
  assert.notEqual(ground[0], ground[1], 'the mark stands out');
  await shoot(page.locator('#evidence'), 'evidence-forced');
  await page.locator('#evidence-onset').click();
  await shoot(page, 'evidence-panel-forced');
});
