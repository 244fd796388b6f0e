// What is read is kept for the next visit, if a person says so.

import assert from 'node:assert/strict';
import { readFile, utimes, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { dropPaths } from './files.mjs';
import { browserTest } from './harness.mjs';
import { pairsOfMaps, writeTree } from './maps.mjs';
import { comparable, filesOfPage, songTitles, waitForState, withFolder, writeDemo } from './study.mjs';

const EARLIER = new Date('2024-02-03T04:05:06Z');
const LATER = new Date('2024-02-03T04:05:07Z');

const keepSwitch = (page) => page.getByRole('checkbox', { name: /^Keep what is read/ });
const deletion = (page) => page.getByRole('button', { name: 'Delete what is kept' });

/** Makes all of a file zeros that its size and time do not tell. */
async function damageUnseen(path) {
  await writeFile(path, Buffer.alloc((await readFile(path)).length));
  await utimes(path, EARLIER, EARLIER);
}

/** Drops a folder in a page that has nothing yet; gives all files of the run. */
async function filesOfVisit(page, folder) {
  await page.reload();
  await page.locator('main[data-state]').waitFor({ state: 'attached' });
  await dropPaths(page, [folder]);
  await waitForState(page, 'done');
  const files = Object.entries(await filesOfPage(page));
  return Object.fromEntries(files.map(([name, text]) => [name, comparable(name, text)]));
}

browserTest('a second visit reads nothing again but what changed, until what is kept is deleted', { path: '?view=yours' }, async ({ page }) => {
  await withFolder(async (folder) => {
    const archives = await writeDemo(folder);
    await Promise.all(archives.map((path) => utimes(path, EARLIER, EARLIER)));
    await keepSwitch(page).check();
    const first = await filesOfVisit(page, folder);
    assert.ok(first['track_a_results.json']);
    await page.getByText(/\d MB kept\./).waitFor();

    // What is not read cannot be missed.
    await Promise.all(archives.map(damageUnseen));
    assert.deepEqual(await filesOfVisit(page, folder), first);
    assert.ok(await keepSwitch(page).isChecked(), 'the choice is remembered');

    // Another time alone makes it another file.
    await utimes(archives[0], LATER, LATER);
    const changed = await filesOfVisit(page, folder);
    assert.notEqual(changed['track_a_results.json'], first['track_a_results.json']);
    assert.match(changed['report.json'], new RegExp(basename(archives[0]).replaceAll('.', '\\.')));

    await deletion(page).click();
    await deletion(page).waitFor({ state: 'hidden' });
    await page.reload();
    await page.locator('main[data-state]').waitFor({ state: 'attached' });
    await dropPaths(page, [folder]);
    await waitForState(page, 'done');
    assert.deepEqual(await songTitles(page), []);
  });
});

browserTest('nothing that is read is kept unless somebody asked for it', { path: '?view=yours' }, async ({ page }) => {
  await withFolder(async (folder) => {
    const archives = await writeDemo(folder);
    await Promise.all(archives.map((path) => utimes(path, EARLIER, EARLIER)));
    await dropPaths(page, [folder]);
    await waitForState(page, 'done');
    const names = await page.evaluate(async () => (await indexedDB.databases()).map((it) => it.name));
    assert.ok(!names.includes('osu-cartography.kept'), names.join(', '));
    await Promise.all(archives.map(damageUnseen));
    await page.reload();
    await page.locator('main[data-state]').waitFor({ state: 'attached' });
    await dropPaths(page, [folder]);
    await waitForState(page, 'done');
    assert.deepEqual(await songTitles(page), []);
  });
});

browserTest('of a long table the rows that a person sees are in the page, and each says which it is', { path: '?view=yours' }, async ({ page }) => {
  await withFolder(async (folder) => {
    await writeTree(folder, pairsOfMaps(200));
    await dropPaths(page, [folder]);
    await waitForState(page, 'done');
    const table = page.locator('.songs__table');
    assert.equal(await table.getAttribute('aria-rowcount'), '201');
    const rows = table.locator('.songs__body tr');
    const indexes = () => rows.evaluateAll((rows) => rows.map((row) => Number(row.ariaRowIndex ?? row.getAttribute('aria-rowindex'))));
    const expected = (first, n) => Array.from({ length: n }, (_, idx) => first + idx);
    assert.deepEqual(await indexes(), expected(2, 80));

    // As with a wheel, in steps; what a person sees is always there.
    const tableHeight = () => table.evaluate((table) => table.getBoundingClientRect().height);
    const [height, pageHeight] = [await tableHeight(), await page.evaluate(() => document.documentElement.scrollHeight)];
    for (let y = 0; y <= pageHeight; y += 700) {
      await page.evaluate((y) => window.scrollTo(0, y), y);
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      const gaps = await table.locator('tbody[role=presentation]').evaluateAll((gaps) => gaps.map((gap) => {
        const { top, bottom } = gap.getBoundingClientRect();
        return Math.max(0, Math.min(bottom, window.innerHeight) - Math.max(top, 0));
      }));
      assert.deepEqual(gaps.filter((seen) => seen > 1), [], `a gap is seen at ${y}`);
    }
    await rows.filter({ hasText: 'Song 0199' }).scrollIntoViewIfNeeded();
    const all = await indexes();
    assert.equal(all.at(-1), 201);
    assert.deepEqual(all, expected(all[0], all.length));
    // What is computed last may still come, in sheets below.
    assert.ok(Math.abs(await tableHeight() - height) < 2, `nothing jumps: ${await tableHeight()} px, ${height} px before`);
  });
});

/** In the place of the dialogue, which no test can operate: a folder of the browser's own. */
function pickOwnFolder() {
  window.ownFolder = async () => (await navigator.storage.getDirectory()).getDirectoryHandle('Songs', { create: true });
  window.showDirectoryPicker = window.ownFolder;
}

browserTest('a folder that was picked can be read again at the next visit', { path: '?view=yours', before: pickOwnFolder }, async ({ page }) => {
  await withFolder(async (folder) => {
    const archives = await Promise.all((await writeDemo(folder)).map(async (path) =>
      ({ name: basename(path), base64: (await readFile(path)).toString('base64') })));
    await page.evaluate(async (archives) => {
      for (const { name, base64 } of [...archives, { name: 'bg.jpg', base64: '' }]) {
        const file = await (await window.ownFolder()).getFileHandle(name, { create: true });
        const writing = await file.createWritable();
        await writing.write(Uint8Array.from(atob(base64), (char) => char.charCodeAt(0)));
        await writing.close();
      }
    }, archives);
    const choose = page.getByRole('button', { name: 'Choose a folder to come back to' });
    assert.ok(await choose.isHidden(), 'nothing is kept that nobody asked for');
    await keepSwitch(page).check();
    await choose.click();
    await waitForState(page, 'done');
    const titles = await songTitles(page);
    assert.ok(titles.length > 2);

    await page.reload();
    await page.locator('main[data-state]').waitFor({ state: 'attached' });
    await page.getByRole('button', { name: 'Read “Songs” again' }).click();
    await waitForState(page, 'done');
    assert.deepEqual(await songTitles(page), titles);

    await keepSwitch(page).uncheck();
    await deletion(page).waitFor({ state: 'hidden' });
    await page.reload();
    await keepSwitch(page).check();
    await choose.waitFor();
  });
});
