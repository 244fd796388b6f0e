// Song by song: rows that open, doubtful pairs, why songs are missing, what was skipped.

import assert from 'node:assert/strict';
import { dropFiles } from './files.mjs';
import { browserTest, shoot } from './harness.mjs';
import { osuText, silence } from './maps.mjs';
import { runFewMaps, saveFile, waitForState } from './study.mjs';
import { eventually } from './waits.mjs';
import { zipFile } from './zip.mjs';

const bytesOf = (text) => new TextEncoder().encode(text);
const partA = (page) => page.locator('#agreement-title');

/** A single map, of the song Tide unless another is named. */
const map = ({ title = 'Tide', version = 'Insane', change = (text) => text, ...more }) =>
  bytesOf(change(osuText({ title, version, ...more })));

/** A set by one host: one difficulty, and audio of some seconds. */
function set({ seconds = 20, ...more }) {
  const change = (text) => text.replace('audio.mp3', 'audio.wav');
  return zipFile([
    { name: 'a.osu', bytes: map({ change, ...more }) },
    { name: 'audio.wav', bytes: silence(seconds) },
  ]);
}

async function drop(page, files) {
  await page.locator('main[data-state]').waitFor({ state: 'attached' });
  await dropFiles(page, Object.entries(files).map(([name, bytes]) => ({ name, bytes })));
}

/** Pictures of a part at both widths and in both themes. */
async function shootAll(page, selector, name) {
  for (const [colorScheme, width] of [['light', 1440], ['dark', 1440], ['light', 360], ['dark', 360]]) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 900 });
    await page.locator(selector).first().scrollIntoViewIfNeeded();
    await shoot(page, `${name}-${width}-${colorScheme}`);
  }
  await page.setViewportSize({ width: 1280, height: 900 });
}

browserTest('a row opens: who mapped what, and every pair with its nine figures', {}, async ({ page }) => {
  await page.getByRole('button', { name: /demo/i }).first().click();
  await waitForState(page, 'done');
  const row = page.locator('.songs__body tr').first();
  const nPairs = Number(await row.locator('.songs__count').last().innerText());
  const names = row.locator('.songs__mappers');
  await names.press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  const maps = dialog.getByRole('table', { name: 'Who mapped what' });
  for (const map of (await maps.getByRole('row').all()).slice(1)) {
    assert.match(await map.innerText(), /\d\.\d\d[\s\S]*\d:\d\d[\s\S]*audio\.mp3/, 'stars, length and audio');
  }
  const pairs = (await dialog.getByRole('table', { name: /^Pairs/ }).getByRole('row').all()).slice(1);
  assert.equal(pairs.length, nPairs);
  for (const pair of pairs) {
    const figures = (await pair.getByRole('cell').allInnerTexts()).slice(0, 9);
    assert.ok(figures.every((text) => /^−?\d?\.\d\d$/.test(text)), figures.join(' '));
  }
  await shootAll(page, 'dialog[open]', 'song');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  assert.ok(await names.evaluate((button) => button === document.activeElement), 'the focus is back');
});

browserTest('on a phone every map and pair of an opened song is a card with all of its figures', {
  viewport: { width: 360, height: 800 },
}, async ({ page }) => {
  await page.getByRole('button', { name: /demo/i }).first().click();
  await waitForState(page, 'done');
  await page.locator('.songs__mappers').first().press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  const hidden = await dialog.evaluate((element) => [...element.querySelectorAll('.table-scroll')]
    .map((table) => table.scrollWidth - table.clientWidth));
  assert.deepEqual(hidden, [0, 0], 'nothing is cut at the side');
  const pair = dialog.getByRole('table', { name: /^Pairs/ }).getByRole('row').nth(1);
  assert.equal(await pair.getByRole('cell').count(), 13, 'nine channels, timing r, cosine, audio, lag');
  assert.equal(await dialog.getByText('This song on osu').count(), 0, 'nobody there knows invented songs');
});

browserTest('the search finds mappers and difficulties', {}, async ({ page }) => {
  await drop(page, {
    '1.osz': set({ creator: 'Ann', title: 'Tide', version: 'Undertow' }),
    '2.osz': set({ creator: 'Bea', title: 'Tide', seed: 1 }),
    '3.osz': set({ creator: 'Cid', title: 'Moon' }),
    '4.osz': set({ creator: 'Bea', title: 'Moon', seed: 1 }),
  });
  await waitForState(page, 'done');
  const find = page.locator('.songs').getByRole('searchbox', { name: 'Find' });
  const titles = () => page.locator('.songs__body .songs__title').allInnerTexts();
  for (const [words, found] of [['cid', ['Moon']], ['undertow', ['Tide']], ['BEA', ['Moon', 'Tide']]]) {
    await find.fill(words);
    await eventually(async () => assert.deepEqual((await titles()).sort(), found, words));
  }
  await find.fill('nobody at all');
  await page.getByText(/No song here has this in its title, artist, mappers or difficulties/).waitFor();
});

browserTest('doubtful pairs are marked, counted and can be left out', {}, async ({ page }) => {
  await drop(page, {
    '1.osz': set({ creator: 'Ann' }),
    '2.osz': set({ creator: 'Bea', seed: 1 }),
    '3.osz': set({ creator: 'Cid', seed: 2, seconds: 25 }),
  });
  await waitForState(page, 'done');
  const kicker = page.locator('#part-a .kicker');
  const text = () => kicker.innerText();
  assert.match(await text(), /3 pairs/i);
  const choice = page.getByRole('checkbox', { name: /Leave out doubtful pairs: 2 with audio of another or unknown length/ });
  await page.locator('.songs__mappers').press('Enter');
  const marks = page.getByRole('dialog').getByText(/^Doubtful: audio of another or unknown length/);
  assert.equal(await marks.count(), 2);
  await page.keyboard.press('Escape');

  await choice.press('Space');
  await page.waitForFunction(() => /1 pair of/i.test(document.querySelector('#part-a .kicker').innerText));
  await waitForState(page, 'done');
  await page.locator('#part-a .notes').getByText(/2 pairs: 2 with audio of another or unknown length/).waitFor();
  const result = JSON.parse(await saveFile(page, 'result.json'));
  assert.equal(result.parameters.left_out.n_other_audio, 2);
  assert.equal(result.songs[0].pairs.length, 1);
  await shootAll(page, '.songs', 'doubtful');
  await choice.press('Space');
  await page.waitForFunction(() => /3 pairs/i.test(document.querySelector('#part-a .kicker').innerText));
});

browserTest('a guest against their own map is doubtful as published', {}, async ({ page }) => {
  // Single maps: the published rules measure no .wav.
  await drop(page, {
    'ann.osu': map({ creator: 'Ann' }),
    'bea.osu': map({ creator: 'Bea', seed: 1, version: 'Ann\'s Insane' }),
  });
  await waitForState(page, 'done');
  await page.getByRole('button', { name: 'As published' }).click();
  await waitForState(page, 'done');
  await page.getByRole('checkbox', { name: /1 with one mapper on both sides/ }).waitFor();
  const before = await saveFile(page, 'result.json');
  assert.equal(JSON.parse(before).format, 'carto-result/1', 'its bytes are as before');
});

browserTest('one sentence says why songs are not compared, and one click helps', {}, async ({ page }) => {
  // The published rules refuse what starts before the one before it ends.
  const overlap = (text) => text.replace(/(\[HitObjects\]\r\n)/, '$1256,192,1000,12,0,60000,0:0:0:0:\r\n');
  await drop(page, {
    '1.osu': map({ creator: 'Ann' }),
    '2.osu': map({ creator: 'Bea', seed: 1, change: overlap }),
    '3.osu': map({ creator: 'Ann', title: 'Moon' }),
    '4.osu': map({ creator: 'Bea', title: 'Moon', seed: 1 }),
  });
  await waitForState(page, 'done');
  await page.getByRole('button', { name: 'As published' }).click();
  await waitForState(page, 'done');
  const why = page.locator('.songs__why');
  await why.getByText(/^1 of 2 songs is compared\. .*published rules.*overlapping objects/).waitFor();
  await shootAll(page, '.songs', 'why');
  await why.getByRole('button', { name: 'Compare as osu! players know it' }).press('Enter');
  await waitForState(page, 'done');
  await why.getByText('Both songs are compared.').waitFor();
});

browserTest('what was skipped is grouped by what to do, and a song by one mapper is no error', {}, async ({ page }) => {
  // A refused drop leaves nothing behind in the next list.
  await drop(page, { 'refused.txt': bytesOf('x') });
  await page.getByText(/None of these files is a beatmap archive/).waitFor();
  await drop(page, {
    '1.osz': set({ creator: 'Ann' }),
    '2.osz': set({ creator: 'Bea', seed: 1 }),
    '3.osz': set({ creator: 'Ann', title: 'Alone' }),
    'cut.osz': set({ creator: 'Cid' }).subarray(0, 400),
    'notes.txt': bytesOf('x'),
  });
  await waitForState(page, 'done');
  await page.getByRole('heading', { name: '1 skipped, 2 notes' }).waitFor();
  const list = page.getByRole('region', { name: 'Skipped files and warnings' });
  const kinds = await list.locator('summary').allInnerTexts();
  assert.deepEqual(kinds, [
    'Damaged or unreadable files: 1', 'Sets of songs by one mapper: 1', 'Files that are no beatmaps: 1',
  ]);
  await list.getByText('Download them again, then drop them once more.').waitFor();
  assert.doesNotMatch(await list.textContent(), /refused\.txt/);
  await shootAll(page, '.issues', 'skipped');
});

browserTest('few songs get no confident headline, however many their pairs', {}, async ({ page }) => {
  await runFewMaps(page, 2);
  assert.match(await partA(page).innerText(), /^Too few songs to say: 2 pairs of 2 songs, and an interval needs three songs\.\s*Nobody uses SLIDE/);
  const classes = await page.locator('#part-a .agreement__row .agreement__class').allInnerTexts();
  const said = ['too few songs', 'not used'].map((word) => classes.filter((text) => text.trim() === word).length);
  assert.deepEqual(said, [5, 4], classes.join());
  // The picture says the same.
  const svg = await saveFile(page, 'cross_mapper_agreement.svg');
  assert.match(svg, /five with too few songs, four not used<\/title>/);
  assert.equal((svg.match(/>\s*too few songs\s*</g) ?? []).length, 5, 'in each row');
});

browserTest('a run that was stopped does not say that no song has two mappers', {}, async ({ page }) => {
  await page.locator('main[data-state]').waitFor({ state: 'attached' });
  // Stopped in the frame in which it begins.
  await page.evaluate(() => {
    new MutationObserver((_, observer) => {
      const stop = [...document.querySelectorAll('main button')].find((it) => it.textContent.trim() === 'Stop');
      if (!stop || document.querySelector('main').dataset.state !== 'running') return;
      observer.disconnect();
      stop.click();
    }).observe(document.body, { subtree: true, childList: true, attributes: true });
  });
  await drop(page, { '1.osz': set({ creator: 'Ann' }), '2.osz': set({ creator: 'Bea', seed: 1 }) });
  await waitForState(page, 'cancelled');
  assert.equal(await partA(page).innerText(), 'Stopped before the first pair was compared.');
  assert.doesNotMatch(await page.locator('main').innerText(), /no song here|by two mappers/i);
  await page.getByRole('button', { name: 'Resume' }).click();
  await waitForState(page, 'done');
});

browserTest('pairs of one song are no independent figures, and what nobody uses is no disagreement', {}, async ({ page }) => {
  // Ten pairs of one song, of circles alone.
  await drop(page, Object.fromEntries(['Ann', 'Bea', 'Cid', 'Dee', 'Eve'].map((creator, seed) =>
    [`${seed}.osz`, set({ creator, seed })])));
  await waitForState(page, 'done');
  assert.match(await partA(page).innerText(), /^Too few songs to say: 10 pairs of 1 song, .*Nobody uses .*SLIDE/);
  const sliders = page.locator('#channel-2 .agreement__class');
  assert.equal((await sliders.innerText()).trim(), 'not used');
  assert.doesNotMatch(await page.locator('main').innerText(), /follows? the (song|mapper|music)/);
});

browserTest('where all pairs are left out as doubtful, nothing says that there were none', {}, async ({ page }) => {
  await drop(page, { '1.osu': map({ creator: 'Ann' }), '2.osu': map({ creator: 'Bea', seed: 1 }) });
  await waitForState(page, 'done');
  assert.match(await page.locator('#run-title').innerText(), /^2 single beatmaps,/);
  await page.locator('.songs__artist').getByText(/audio of unknown length in 1 pair/).waitFor();
  await page.getByRole('checkbox', { name: /Leave out doubtful pairs/ }).press('Space');
  await page.waitForFunction(() => /left to compare/.test(document.querySelector('#agreement-title').innerText));
  await waitForState(page, 'done');
  assert.equal(await partA(page).innerText(), 'Nothing is left to compare: the one pair there is was left out as doubtful.');
  await page.locator('.songs__why').getByText('The song is not compared. All its pairs are left out as doubtful.').waitFor();
  await page.getByText(/Take the tick off/).waitFor();
});

browserTest('as published without a song of two mappers, one click leads to the other rules', {}, async ({ page }) => {
  // Two hosts by the guests' names alone: the published rules know one.
  await drop(page, {
    'ann.osu': map({ creator: 'Ann' }),
    'guest.osu': map({ creator: 'Ann', seed: 1, version: 'Bea\'s Insane' }),
  });
  await waitForState(page, 'done');
  await page.getByRole('button', { name: 'As published' }).click();
  await waitForState(page, 'done');
  assert.match(await partA(page).innerText(), /^Nothing to compare: by the published rules no song here/);
  const why = page.locator('.songs__why');
  await why.getByText(/^By the published rules no song here has two mappers/).waitFor();
  assert.equal(await page.locator('.songs__needed li').count(), 0, 'nobody is sent for another map');
  await why.getByRole('button', { name: 'Compare as osu! players know it' }).press('Enter');
  await waitForState(page, 'done');
  assert.doesNotMatch(await partA(page).innerText(), /Nothing to compare/);
});

browserTest('a refusal goes with the next run, and a map that cannot be used counts once', {}, async ({ page }) => {
  await drop(page, { 'x.json': bytesOf('{}') });
  const refusal = page.locator('.message.failure:not(.message--none)');
  await refusal.waitFor();
  const empty = (text) => text.replace(/\[HitObjects\][\s\S]*/, '[HitObjects]\r\n');
  await drop(page, {
    '1.osz': set({ creator: 'Ann' }),
    '2.osz': set({ creator: 'Bea', seed: 1 }),
    'bad.osz': zipFile([{ name: 'a.osu', bytes: bytesOf('osu file format v14\r\n[General]\r\nMode: x\r\n') }]),
    'none.osz': zipFile([{ name: 'a.osu', bytes: map({ creator: 'Cid', change: empty }) }]),
  });
  await waitForState(page, 'done');
  await refusal.waitFor({ state: 'detached' });
  const list = page.getByRole('region', { name: 'Skipped files and warnings' });
  assert.equal((await list.locator('.issue__subject').getByText(/bad\.osz/).count()), 1);
});
