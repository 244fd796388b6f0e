// The view of mappers: the list, one mapper, a head-to-head, keys, links, files, a narrow window.

import assert from 'node:assert/strict';
import { dropFiles } from './files.mjs';
import { browserTest, shoot } from './harness.mjs';
import { computedBy, useFile } from './latents.mjs';
import {
  listMappers, measureLatents, openDimension, openHeadToHead, openMapper, openMapperTable,
} from './mappers.mjs';
import { osuText, pairsOfMaps } from './maps.mjs';
import { waitForState, withFolder, writeRandomEncoder } from './study.mjs';
import { eventually } from './waits.mjs';

const focused = (page) => page.evaluate(() => document.activeElement?.id);
const parameter = (page, key) => new URL(page.url()).searchParams.get(key);

/** Presses a button and gives the text of the file that is saved. */
async function saved(page, button) {
  const [download] = await Promise.all([page.waitForEvent('download'), button.click()]);
  const chunks = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk);
  return { name: download.suggestedFilename(), bytes: Buffer.concat(chunks) };
}

browserTest('without files the view says what to do, and keeps what the address asks for', { path: '?view=mapper&mapper=ann' }, async ({ page }) => {
  await page.locator('#mapper h1').filter({ hasText: 'ann' }).waitFor();
  assert.match(await page.locator('#mapper .lede').innerText(), /Drop the .osz archives/);
  const files = Object.entries(pairsOfMaps(3)).map(([name, text]) => ({ name, bytes: new TextEncoder().encode(text) }));
  await dropFiles(page, files);
  await waitForState(page, 'done');
  await page.locator('.mapper-line').first().waitFor();
  assert.equal(parameter(page, 'mapper'), 'ann');
  // Three songs are too few for a direction, and the heading says so.
  assert.match(await page.locator('#mapper-finding').innerText(), /^Undetermined: in none of \d+ dimensions .* over 3 songs\.$/);
  assert.match(await page.locator('.mapper-head__about').innerText(), /^3 maps of ann compared, none of them a guest difficulty/);
  assert.match(await page.locator('#mapper-onset').getAttribute('aria-label'), /\. ONSET: undetermined, 3 of the 10 songs/);
});

browserTest('a mapper is found, compared, and shown by keys alone', {}, async ({ page }) => {
  await listMappers(page);
  assert.equal(await page.locator('.mapper-list__table tbody tr').count(), 5);
  const name = await openMapper(page);
  assert.equal(await page.locator('#mapper-title').innerText(), name);
  assert.equal(parameter(page, 'mapper'), name);
  assert.match(await page.locator('#mapper-finding').innerText(), /(maps have .* in \d+ songs: |^Undetermined: in none of)/);
  const badges = page.locator('.mapper-line__badge');
  assert.ok(await badges.count() >= 11 + 6, 'channels, movement, some features');
  for (const badge of await badges.all()) {
    assert.match(await badge.getAttribute('aria-label'), /\. \w+: .* over \d+ songs?/);
  }
  await page.locator('#mapper-onset').focus();
  await page.keyboard.press('ArrowDown');
  assert.equal(await focused(page), 'mapper-combo');
  assert.equal(await page.locator('.mapper-line__badge[tabindex="0"]').count(), 1, 'one stop for Tab');
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  const detail = page.locator('#mapper-detail');
  await detail.getByText('At equal stars').waitFor();
  await detail.getByRole('button', { name: 'Close' }).press('Enter');
  await detail.waitFor({ state: 'hidden' });
  assert.equal(await focused(page), 'mapper-onset');

  await page.locator('#mapper-more').click();
  assert.ok(await badges.count() > 40, 'all features');
  await openMapperTable(page);
  const rows = await page.locator('#mapper .table-scroll tbody tr').count();
  assert.ok(rows > 40, `${rows} rows`);

  // Back is a step of the history: to the list, and from there to one's maps.
  await page.goBack();
  await page.locator('.mapper-list__table').waitFor();
  await page.goBack();
  await page.locator('main[data-view="yours"]').waitFor();
});

browserTest('two mappers stand in two lanes, and the files are those of the command', {}, async ({ page }) => {
  await listMappers(page);
  const name = await openMapper(page);
  const other = await openHeadToHead(page);
  assert.equal(parameter(page, 'against'), other);
  for (const lane of ['a', 'b']) {
    const diamonds = page.locator(`.mapper-lane--${lane} .diamond`);
    await eventually(async () => assert.ok((await diamonds.count()) > 10, `${await diamonds.count()} in lane ${lane}`));
  }
  await openDimension(page);

  await page.locator('#mapper-save-open').click();
  const item = (file) => page.locator('#mapper-save-list .menu__item').filter({ hasText: file }).first();
  await item('mapper.json').waitFor();
  const json = await saved(page, item('mapper.json'));
  const report = JSON.parse(json.bytes.toString());
  assert.equal(report.format, 'carto-mapper/1');
  assert.equal(report.fingerprint.mapper, name);
  assert.equal(report.head_to_head.against, other);
  await page.locator('#mapper-save-open').click();
  const csv = await saved(page, item('head_to_head.csv'));
  assert.equal(csv.bytes.toString().trimEnd().split('\r\n').length, 1 + report.head_to_head.dimensions.length);
  await page.locator('#mapper-save-open').click();
  const png = await saved(page, page.getByRole('button', { name: 'head_to_head as PNG' }));
  assert.equal(png.bytes.subarray(1, 4).toString(), 'PNG');
});

browserTest('latents are measured too once the run has an encoder', {}, async ({ page }) => {
  await listMappers(page);
  const name = await openMapper(page);
  const notes = page.getByLabel('Reading the chart of a mapper');
  assert.match(await notes.innerText(), /Latents: choose an encoder under your maps/);
  assert.ok(await page.locator('#mapper-latents').isHidden());
  await page.getByRole('link', { name: 'Your maps' }).first().click();
  await withFolder(async (folder) => {
    await useFile(page, writeRandomEncoder(folder));
    await computedBy(page);
  });
  await page.getByRole('link', { name: 'All mappers of these songs' }).click();
  await openMapper(page);
  const offer = page.locator('.mapper-measuring').filter({ has: page.locator('#mapper-latents') });
  assert.match(await offer.innerText(), /Of \d+ maps, with the encoder random\.safetensors\./);

  await page.locator('#mapper-latents').click();
  const stop = page.locator('#mapper-latents-stop');
  await stop.click();
  await eventually(async () => assert.equal(await stop.innerText(), 'Resume'));
  await stop.click();
  await page.locator('.mapper-line__name').filter({ hasText: /z\d+/ }).first().waitFor();
  await stop.waitFor({ state: 'hidden' });
  assert.match(await notes.innerText(), /Latents: the mean of each over a map, by the encoder random\.safetensors\. Its weights are random/);
  for (const theme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme: theme });
    await shoot(page, `mapper-latents-1440-${theme}`, { fullPage: true });
  }
  await page.locator('#mapper-more').click();
  await page.locator('#mapper-z31').waitFor();

  await page.locator('#mapper-save-open').click();
  const item = page.locator('#mapper-save-list .menu__item').filter({ hasText: 'mapper.json' }).first();
  await item.waitFor();
  const report = JSON.parse((await saved(page, item)).bytes.toString());
  assert.equal(report.fingerprint.mapper, name);
  assert.equal(report.encoder.name, 'random.safetensors');
  assert.equal(report.fingerprint.dimensions.filter((it) => it.group === 'latent').length, 32);

  // Another mapper has them at once.
  await page.goBack();
  await page.locator('.mapper-list__table tbody a').nth(1).click();
  await page.locator('.mapper-line__name').filter({ hasText: /z\d+/ }).first().waitFor();
});

/** Twelve songs that ann maps with finishes and bob with claps; whose map is harder alternates. */
function finishesAndClaps() {
  const longer = (text) => {
    const [head, objects] = text.split('[HitObjects]\r\n');
    const later = objects.replaceAll(/^(\d+,\d+),(\d+),/gm, (_, place, time) => `${place},${Number(time) + 16_000},`);
    return `${head}[HitObjects]\r\n${objects}${later}`;
  };
  return Array.from({ length: 12 }, (_, idx) => ['ann', 'bob'].map((creator, place) => {
    const text = longer(osuText({ title: `Song ${idx}`, creator, seed: (idx + place) % 2 }));
    const own = creator === 'ann' ? text.replaceAll(',8,0:0:0:0:', ',4,0:0:0:0:') : text;
    return { name: `${idx}-${creator}.osu`, bytes: new TextEncoder().encode(own) };
  })).flat();
}

browserTest('what is typical has examples that lead to the song with both maps', { path: '?view=yours' }, async ({ page }) => {
  await page.locator('main[data-state="empty"]').waitFor({ state: 'attached' });
  await dropFiles(page, finishesAndClaps());
  await waitForState(page, 'done');
  await page.getByRole('link', { name: 'All mappers of these songs' }).click();
  await page.locator('.mapper-list__table').getByRole('link', { name: 'ann' }).click();
  const items = page.locator('.mapper-typical__item');
  await items.first().waitFor();
  const words = (await items.allInnerTexts()).join(' ');
  assert.match(words, /more finishes/);
  assert.match(words, /fewer claps/);
  assert.match(await page.locator('#mapper-finding').innerText(), /^ann’s maps have .* in 12 songs: /);
  assert.match(await page.locator('#mapper-finish').innerText(), /more finishes/);
  const finishes = items.filter({ hasText: 'more finishes' });
  await finishes.locator('.mapper-typical__moment').first().waitFor();
  await finishes.locator('.mapper-typical__song').first().click();
  await eventually(() => assert.equal(parameter(page, 'view'), 'song'));
  assert.match(parameter(page, 'song'), /^nobody - Song \d+$/);
  await eventually(() => {
    assert.equal(parameter(page, 'a'), 'ann/Normal');
    assert.equal(parameter(page, 'b'), 'bob/Normal');
  });
  await page.locator('#song').getByRole('link', { name: /^Compare bob with the other mappers/ }).click();
  await page.locator('#mapper-title').filter({ hasText: 'bob' }).waitFor();
});

/** In the page: presses Stop as soon as a song is measured, once. */
function stopAfterOneSong() {
  new MutationObserver((_, observer) => {
    const button = document.querySelector('.mapper-measuring:not([hidden]) #mapper-stop');
    if (!button || !/^Measured [1-9]/.test(button.previousElementSibling.textContent)) return;
    observer.disconnect();
    button.click();
  }).observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
}

/** What the lines of the mapper say, and of how many songs. */
const readLines = (page) => page.locator('.mapper-line__badge')
  .evaluateAll((badges) => badges.map((badge) => badge.getAttribute('aria-label')));

browserTest('measuring that is stopped goes on where it was, and ends with the same figures', {}, async ({ page }) => {
  await listMappers(page);
  const bar = page.locator('.mapper-measuring').first();
  await page.evaluate(stopAfterOneSong);
  await openMapper(page);
  await bar.getByText(/^Stopped after 1 of \d+ songs\. What is measured stays\.$/).waitFor();
  // What is measured is compared: of one song nothing is known yet.
  await page.locator('#mapper-finding').getByText(/^Undetermined: .* over 1 song\.$/).waitFor();
  const button = page.locator('#mapper-stop');
  assert.equal(await button.innerText(), 'Resume');
  await button.press('Enter');
  await bar.waitFor({ state: 'hidden' });
  await eventually(async () => assert.doesNotMatch(await page.locator('#mapper-finding').innerText(), /over 1 song\./));
  const resumed = await readLines(page);

  // The same without a stop.
  await page.reload();
  await listMappers(page);
  await openMapper(page);
  await bar.waitFor({ state: 'hidden' });
  assert.deepEqual(await readLines(page), resumed);
});

browserTest('the view fits a narrow window', { viewport: { width: 360, height: 740 } }, async ({ page }) => {
  await listMappers(page);
  await openMapper(page);
  await openHeadToHead(page);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(wide <= 360, `${wide} px`);
  const small = await page.locator('.mapper-line__badge').evaluateAll((all) =>
    all.filter((it) => it.getBoundingClientRect().height < 44).length);
  assert.equal(small, 0, 'targets are 44 px high');
});
