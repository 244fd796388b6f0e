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

    const buttons = () => page.locator('.song-save button');
    assert.equal(await assertSameFiles(page, '#song-save-button', buttons, out), 5);
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
    const buttons = () => page.locator('.song-save button');
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
