// Packs: zip files with archives in them, stored or compressed.

import assert from 'node:assert/strict';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { dropPaths } from './files.mjs';
import { browserTest } from './harness.mjs';
import { comparable, filesByCommand, filesOfPage, waitForState, withFolder, writeDemo } from './study.mjs';
import { zipFile } from './zip.mjs';

/** Packs most of the demo set's archives into two packs; the others stay beside them. */
async function writePacks(folder) {
  await mkdir(join(folder, 'all'));
  const archives = await writeDemo(join(folder, 'all'));
  const files = await Promise.all(
    archives.map(async (path) => ({ name: basename(path), bytes: await readFile(path) })),
  );
  const packs = join(folder, 'packs');
  await mkdir(packs);
  const third = Math.floor(files.length / 3);
  await writeFile(join(packs, 'stored.zip'), zipFile(files.slice(0, third)));
  await writeFile(join(packs, 'compressed.zip'), zipFile(files.slice(third, 2 * third), { isDeflated: true }));
  for (const { name } of files.slice(2 * third)) await rename(join(folder, 'all', name), join(packs, name));
  return packs;
}

browserTest('the archives of packs are read as the command reads them', {}, async ({ page }) => {
  await withFolder(async (folder) => {
    const packs = await writePacks(folder);
    await page.locator('main[data-state]').waitFor({ state: 'attached' });
    await dropPaths(page, [packs]);
    await waitForState(page, 'done');
    const mine = await filesOfPage(page);
    const { mode } = JSON.parse(mine['report.json']);
    const others = await filesByCommand(packs, { mode });
    assert.deepEqual(Object.keys(mine), Object.keys(others));
    for (const [name, text] of Object.entries(mine)) {
      assert.equal(comparable(name, text), comparable(name, others[name]), name);
    }
    assert.ok(JSON.parse(mine['track_a_results.json']).pairs_compared > 10);
  });
});

browserTest('packs that are not read are named with what to do', {}, async ({ page }) => {
  await withFolder(async (folder) => {
    const [broken, other] = ['broken.zip', 'pack.7z'].map((name) => join(folder, name));
    await Promise.all([writeFile(broken, 'no zip'), writeFile(other, '7z')]);
    await page.locator('main[data-state]').waitFor({ state: 'attached' });
    await dropPaths(page, [broken, other]);
    for (const words of ['broken.zip is no beatmap archive', 'it is a 7-Zip archive']) {
      await page.getByText(words).first().waitFor({ state: 'attached' });
    }
    await page.getByText('None of these files is a beatmap archive').waitFor();
  });
});
