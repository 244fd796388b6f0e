// Page and command say the same of a song and of a mapper.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dropPaths } from './files.mjs';
import { browserTest } from './harness.mjs';
import { assertCloseTexts, computedBy, useFile } from './latents.mjs';
import { measureLatents, openHeadToHead, openMapper } from './mappers.mjs';
import { openLatents } from './songs.mjs';
import { command, waitForState, withFolder, writeDemo, writeRandomEncoder } from './study.mjs';
import { eventually } from './waits.mjs';

/** What the address says of a key. */
const said = (page, key) => new URL(page.url()).searchParams.get(key);

/** Runs the demo set out of a folder, so that the command can read the same files. */
async function runDemo(page, folder) {
  await writeDemo(folder);
  await dropPaths(page, [folder]);
  await waitForState(page, 'done');
}

function run(args) {
  const { status, stderr } = spawnSync(command(), args, { encoding: 'utf8' });
  assert.equal(status, 0, stderr);
}

/**
 * Holds each file that the menu saves against the one that the command wrote; returns their number.
 *
 * @param {RegExp} [ofLatents] files of which only the numbers may differ, in their last digits: the
 *   instructions of browser and command round latents otherwise
 */
async function assertSameFiles(page, menuButton, buttonsOf, out, ofLatents) {
  await page.locator(menuButton).click();
  await buttonsOf().first().waitFor();
  const names = (await buttonsOf().allInnerTexts()).map((text) => /^\S+\.(csv|json|svg)/.exec(text.trim())?.[0]);
  let nSame = 0;
  for (const [idx, name] of names.entries()) {
    if (!name) continue;
    if (!(await buttonsOf().nth(idx).isVisible())) await page.locator(menuButton).click();
    const [download] = await Promise.all([page.waitForEvent('download'), buttonsOf().nth(idx).click()]);
    assert.equal(download.suggestedFilename(), name);
    const [ours, theirs] = await Promise.all([readFile(await download.path()), readFile(join(out, name))]);
    if (ofLatents?.test(name)) assertCloseTexts(ours.toString(), theirs.toString(), name);
    else assert.ok(ours.equals(theirs), `${name} is that of the command`);
    nSame += 1;
  }
  return nSame;
}

browserTest('page and command write the same files of a song, and the page shows their figures', {}, async ({ page }) => {
  await withFolder(async (folder) => {
    const [demo, out] = [join(folder, 'demo'), join(folder, 'out')];
    await runDemo(page, demo);
    await page.locator('.songs__open').first().click();
    await page.getByRole('slider', { name: /^Nine channels/ }).waitFor();
    await eventually(async () => assert.match(page.url(), /[?&]span=/));
    const [[a, difficultyA], [b, difficultyB]] = ['a', 'b'].map((key) => said(page, key).split('/'));
    run(['song', demo, '--song', said(page, 'song'), '--mappers', `${a},${b}`,
      '--difficulties', difficultyA, difficultyB, '--out', out]);

    const song = JSON.parse(await readFile(join(out, 'song.json'), 'utf8'));
    const shown = await page.locator('.song-strips__song').allInnerTexts();
    const figure = (text) => (text === '–' ? null : Number(text.replace('−', '-')));
    const { r } = song.song;
    assert.equal(shown.filter((text) => /\d/.test(text)).length, Object.values(r).filter((it) => it !== null).length);
    for (const [idx, name] of (await page.locator('.song-strips__name b').allInnerTexts()).entries()) {
      if (r[name] === null) assert.equal(figure(shown[idx]), null);
      else assert.ok(Math.abs(figure(shown[idx]) - r[name]) <= 0.005 + 1e-9, `${name}: ${shown[idx]} and ${r[name]}`);
    }
    const moments = await page.locator('.song-moment').allInnerTexts();
    assert.equal(moments.length, song.moments.length);
    for (const [idx, { mean }] of song.moments.entries()) {
      const last = /(−?\d\.\d\d)\s*$/.exec(moments[idx])[1];
      assert.ok(Math.abs(figure(last) - mean) <= 0.005 + 1e-9, `${moments[idx]} and ${mean}`);
    }

    const buttons = () => page.locator('.song-save button').filter({ hasNotText: 'still' });
    assert.equal(await assertSameFiles(page, '#song-save-button', buttons, out), 5);
  });
});

/** Shows a stretch of the open song, as a link to it does. */
async function showStretch(page, [fromMs, toMs]) {
  await page.evaluate((span) => {
    history.replaceState(history.state, '', location.href.replace(/(?<=[?&]span=)[^&]*/, span));
  }, `${fromMs}-${toMs}`);
  await page.getByRole('link', { name: 'Your maps' }).first().click();
  await page.locator('main[data-view="yours"]').waitFor();
  await page.goBack();
  await page.locator('main[data-view="song"]').waitFor();
}

/** Rows of a table, by the names in its first one; an empty cell is null. */
function rowsOf(text) {
  const [heads, ...rows] = text.trimEnd().split('\r\n').map((line) => line.split(','));
  return rows.map((row) => Object.fromEntries(heads.map((head, idx) => [head, row[idx] === '' ? null : Number(row[idx])])));
}

/** The r of each channel and their mean, as the strips say them of what is visible; null for none. */
async function shownHere(page) {
  const figure = (text) => (text === '–' ? null : Number(text.replace('−', '-')));
  const names = await page.locator('.song-strips__name b').allInnerTexts();
  const figures = await page.locator('.song-strips__r b').allInnerTexts();
  const [, mean] = /: (\S+) here,/.exec(await page.locator('.song-strips__mean').innerText());
  return { r: Object.fromEntries(names.map((name, idx) => [name, figure(figures[idx])])), mean: figure(mean) };
}

/** Two digits are shown; `slack` is what the numbers themselves may differ by. */
function assertShown(shown, expected, slack = 1e-9) {
  const isSame = (a, b) => (a === null || b === null ? a === b : Math.abs(a - b) <= 0.005 + slack);
  for (const [name, r] of Object.entries(expected.r)) assert.ok(isSame(shown.r[name], r), `${name}: ${shown.r[name]} and ${r}`);
  assert.ok(isSame(shown.mean, expected.mean), `mean: ${shown.mean} and ${expected.mean}`);
}

browserTest('the r of what is visible is that of the command, of a window and of many bars', {}, async ({ page }) => {
  await withFolder(async (folder) => {
    const [demo, out] = [join(folder, 'demo'), join(folder, 'out')];
    await runDemo(page, demo);
    await page.locator('.songs__open').first().click();
    await page.getByRole('slider', { name: /^Nine channels/ }).waitFor();
    await eventually(async () => assert.match(page.url(), /[?&]span=/));
    const [[a, difficultyA], [b, difficultyB]] = ['a', 'b'].map((key) => said(page, key).split('/'));
    const song = ['song', demo, '--song', said(page, 'song'), '--mappers', `${a},${b}`,
      '--difficulties', difficultyA, difficultyB, '--out', out];
    run(song);
    const windows = rowsOf(await readFile(join(out, 'agreement.csv'), 'utf8')).filter(({ mean }) => mean !== null);
    const { first_bar: _, from_ms, to_ms, frames, mean, reach_low, reach_high, shifts, ...r } = windows[windows.length >> 1];
    const window = [from_ms, to_ms].map(Math.round);
    const many = [from_ms - 7_777, to_ms + 12_345].map(Math.round);
    for (const stretch of [window, many]) {
      run([...song, '--from', String(stretch[0]), '--to', String(stretch[1])]);
      const expected = JSON.parse(await readFile(join(out, 'stretch.json'), 'utf8'));
      await showStretch(page, stretch);
      await eventually(async () => assertShown(await shownHere(page), expected));
      assert.equal(said(page, 'span'), stretch.join('-'));
      // The address has whole ms: at an end of the window another frame may count.
      if (stretch === window) assertShown(await shownHere(page), { r, mean }, 0.002);
    }
  });
});

browserTest('page and command write the same files of a mapper', {}, async ({ page }) => {
  await withFolder(async (folder) => {
    const [demo, out] = [join(folder, 'demo'), join(folder, 'out')];
    await runDemo(page, demo);
    await page.getByRole('link', { name: 'All mappers of these songs' }).click();
    await page.locator('.mapper-list__table tbody tr').first().waitFor();
    const name = await openMapper(page);
    const other = await openHeadToHead(page);
    run(['mapper', demo, '--mapper', name, '--against', other, '--out', out]);
    const buttons = () => page.locator('#mapper-save-list .menu__item:not(.menu__item--more)');
    assert.ok(await assertSameFiles(page, '#mapper-save-open', buttons, out) >= 4);
  });
});

browserTest('page and command write the same latents of a song', {}, async ({ page }) => {
  await withFolder(async (folder) => {
    const [demo, out] = [join(folder, 'demo'), join(folder, 'out')];
    await runDemo(page, demo);
    const encoder = writeRandomEncoder(folder);
    await useFile(page, encoder);
    await computedBy(page);
    await page.locator('.songs__open').first().click();
    await page.getByRole('slider', { name: /^Nine channels/ }).waitFor();
    await openLatents(page);
    await page.locator('.song-latents').getByRole('button', { name: 'All', exact: true }).click();
    await eventually(() => assert.equal(said(page, 'latents'), 'all'));
    const [[a, difficultyA], [b, difficultyB]] = ['a', 'b'].map((key) => said(page, key).split('/'));
    run(['song', demo, '--song', said(page, 'song'), '--mappers', `${a},${b}`,
      '--difficulties', difficultyA, difficultyB, '--latents', '--encoder', encoder, '--out', out]);

    const { latents } = JSON.parse(await readFile(join(out, 'song.json'), 'utf8'));
    const rows = page.locator('.song-latents .song-strips__row:not([hidden])');
    assert.equal(await rows.count(), latents.r.length);
    for (const text of await rows.allInnerTexts()) {
      const [name] = /z\d+/.exec(text);
      const r = latents.r[Number(name.slice(1))];
      const [, shown] = /(–|−?\d\.\d\d)\s*$/.exec(text);
      if (r === null) assert.equal(shown, '–');
      else assert.ok(Math.abs(Number(shown.replace('−', '-')) - r) <= 0.005 + 1e-4, `${text} and ${r}`);
    }
    const buttons = () => page.locator('.song-save button').filter({ hasNotText: 'still' });
    assert.equal(await assertSameFiles(page, '#song-save-button', buttons, out, /latent|song\.json/), 8);
  });
});

browserTest('page and command write the same files of a mapper with latents', {}, async ({ page }) => {
  await withFolder(async (folder) => {
    const [demo, out] = [join(folder, 'demo'), join(folder, 'out')];
    await runDemo(page, demo);
    const encoder = writeRandomEncoder(folder);
    await useFile(page, encoder);
    await computedBy(page);
    await page.getByRole('link', { name: 'All mappers of these songs' }).click();
    await page.locator('.mapper-list__table tbody tr').first().waitFor();
    const name = await openMapper(page);
    await measureLatents(page);
    run(['mapper', demo, '--mapper', name, '--latents', '--encoder', encoder, '--out', out]);
    const buttons = () => page.locator('#mapper-save-list .menu__item:not(.menu__item--more)');
    assert.ok(await assertSameFiles(page, '#mapper-save-open', buttons, out, /./) >= 3);
  });
});
