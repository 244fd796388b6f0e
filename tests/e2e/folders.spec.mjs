// Extracted sets, as osu!stable keeps them in its folder `Songs`: dropped, picked, and mixed
// with archives.

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openSaveMenu } from './beatmaps.mjs';
import { extract, filesOfSet, folderOf } from './extracted.mjs';
import { dropPaths, pickFiles } from './files.mjs';
import { browserTest } from './harness.mjs';
import { writeTree } from './maps.mjs';
import { comparable, filesByCommand, filesOfPage, saveFile, waitForState, withFolder, writeDemo } from './study.mjs';

const CASE = fileURLToPath(new URL('../../../shared/cases/songs-folder/', import.meta.url));

/** Chooses the rules of osu!, and waits for the run by them. */
async function runAsOsu(page) {
  await waitForState(page, 'done');
  await page.getByRole('button', { name: /^As osu!/ }).click();
  await waitForState(page, 'done');
}

function assertSameFiles(byPage, expected, what) {
  assert.deepEqual(Object.keys(byPage), Object.keys(expected), what);
  for (const [name, text] of Object.entries(expected)) {
    assert.deepEqual(comparable(name, byPage[name]), comparable(name, text), `${what}: ${name}`);
  }
}

/** Its parts are boxes of their own, whose spaces a browser leaves out of the text. */
const heading = async (page) => (await page.locator('#run-title').innerText()).replaceAll(/,\s*/g, ', ');

/** What the page lists as left out or odd; empty where there is no such list. */
async function issuesOf(page) {
  const report = JSON.parse(await saveFile(page, 'report.json'));
  return report.issues.map(({ subject }) => subject);
}

browserTest('extracted sets give the files of their archives, byte for byte, alone and mixed with archives', {
  timeoutMs: 420_000,
}, async ({ page }) => {
  await withFolder(async (folder) => {
    const [packed, extracted, mixed] = ['packed', 'extracted', 'mixed'].map((name) => join(folder, name));
    for (const path of [packed, extracted, mixed]) await mkdir(path);
    const archives = await writeDemo(packed);
    for (const [idx, path] of archives.entries()) {
      await extract(path, extracted);
      await (idx % 2 ? copyFile(path, join(mixed, basename(path))) : extract(path, mixed));
    }
    const byArchives = await filesByCommand(packed, { mode: 'osu' });
    for (const path of [extracted, mixed]) {
      assertSameFiles(await filesByCommand(path, { mode: 'osu' }), byArchives, `the command, ${path}`);
    }
    for (const path of [extracted, mixed]) {
      await dropPaths(page, [path]);
      await runAsOsu(page);
      assert.match(await heading(page), new RegExp(`^${archives.length} sets, \\d+ beatmaps`));
      assertSameFiles(await filesOfPage(page), byArchives, `the page, ${path}`);
      await page.getByRole('button', { name: 'Clear', exact: true }).click();
    }
  });
});

browserTest('a songs folder is read with all that lies in it, and what is broken is named', {}, async ({ page }) => {
  await withFolder(async (folder) => {
    const archives = (await writeDemo(join(folder, 'demo'))).slice(0, 6);
    const songs = join(folder, 'osu', 'Songs');
    for (const [idx, path] of archives.entries()) {
      await extract(path, join(songs, ['', '__Stream Maps', 'a/b/c'][idx % 3]));
    }
    const whole = await readFile(archives[0]);
    await writeTree(songs, {
      'Failed/half.osz': whole.subarray(0, whole.length / 2),
      '9 only storyboard/x.osb': '',
      '9 only storyboard/bg.png': '',
      'desktop.ini': '',
    });
    await dropPaths(page, [join(folder, 'osu')]);
    await runAsOsu(page);
    assert.match(await heading(page), /^7 sets, /);
    const subjects = await issuesOf(page);
    assert.deepEqual(subjects.filter((subject) => !/^Songs\/.*\.osz/.test(subject)), [], 'nothing else is said');
    assert.ok(subjects.includes('Songs/Failed/half.osz'), subjects.join(', '));
    const report = JSON.parse(await saveFile(page, 'report.json'));
    assert.equal(report.counts.bare_maps, 0);
  });
});

browserTest('the songs folder beside the checkout gives one song by three mappers, with its audio', {}, async ({ page }) => {
  if (!existsSync(CASE)) {
    console.error('skipped: ../shared/cases is not there');
    return;
  }
  await dropPaths(page, [CASE]);
  await runAsOsu(page);
  assert.match(await heading(page), /^4 sets, 4 beatmaps, 1 song with two mappers or more/);
  assert.deepEqual(await issuesOf(page), ['Songs/Failed/half.osz']);
  const byCommand = await filesByCommand(CASE, { mode: 'osu' });
  assertSameFiles(await filesOfPage(page), byCommand, 'the page');
  const agreement = JSON.parse(byCommand['track_a_results.json']);
  assert.equal(agreement.pairs_compared.length ?? agreement.pairs_compared, 3);
});

/** Lets the dialogue for folders give a folder of the browser's own, with these files. */
async function offerFolder(page, files) {
  const texts = Object.entries(files).map(([path, bytes]) => [path, Buffer.from(bytes).toString('base64')]);
  await page.evaluate(async (texts) => {
    const root = await (await navigator.storage.getDirectory()).getDirectoryHandle('Songs', { create: true });
    for (const [path, base64] of texts) {
      const parts = path.split('/');
      const name = parts.pop();
      let folder = root;
      for (const part of parts) folder = await folder.getDirectoryHandle(part, { create: true });
      const writer = await (await folder.getFileHandle(name, { create: true })).createWritable();
      await writer.write(Uint8Array.from(atob(base64), (char) => char.charCodeAt(0)));
      await writer.close();
    }
    window.showDirectoryPicker = async () => root;
  }, texts);
}

browserTest('a folder is picked with the dialogue for folders where the browser has it', {}, async ({ page }) => {
  await withFolder(async (folder) => {
    const archives = (await writeDemo(join(folder, 'demo'))).slice(0, 6);
    const files = {};
    for (const path of archives) {
      await extract(path, join(folder, 'Songs'));
      for (const [name, bytes] of Object.entries(await filesOfSet(path))) files[`${folderOf(path)}/${name}`] = bytes;
    }
    await offerFolder(page, files);
    await page.getByText('Choose a folder', { exact: true }).click();
    await runAsOsu(page);
    const byCommand = await filesByCommand(join(folder, 'Songs'), { mode: 'osu' });
    assertSameFiles(await filesOfPage(page), byCommand, 'picked');
  });
});

browserTest('where that dialogue gives nothing, the page says so, and the next press opens an input', {}, async ({ page }) => {
  await withFolder(async (folder) => {
    const archives = (await writeDemo(join(folder, 'demo'))).slice(0, 6);
    for (const path of archives) await extract(path, join(folder, 'Songs'));
    await page.evaluate(() => {
      window.showDirectoryPicker = async () => {
        throw new DOMException('The user aborted a request.', 'AbortError');
      };
    });
    await page.getByText('Choose a folder', { exact: true }).click();
    await page.getByText(/drag the folder into this window, or press the button once more/).waitFor();
    const chooser = page.waitForEvent('filechooser');
    await page.getByText('Choose a folder', { exact: true }).click();
    await (await chooser).setFiles(join(folder, 'Songs'));
    await runAsOsu(page);
    assert.match(await heading(page), /^6 sets, /);
    const byCommand = await filesByCommand(join(folder, 'Songs'), { mode: 'osu' });
    assertSameFiles(await filesOfPage(page), byCommand, 'picked');
    // One that is added is read like it.
    const single = join(folder, 'more', '77 alone');
    await writeTree(single, await filesOfSet(archives[0]));
    await pickFiles(page, single, '#add-folder');
    await page.getByText(/^7 sets, /).first().waitFor();
  });
});

browserTest('the folder of osu!lazer is answered with the way out of it', {}, async ({ page }) => {
  await withFolder(async (folder) => {
    const archives = (await writeDemo(join(folder, 'demo'))).slice(0, 2);
    const lazer = join(folder, 'osu');
    await writeTree(lazer, { 'client.realm': '', 'files/0/00/00ab': 'osu file format v14', 'files/1/1f/1f00': 'x' });
    await dropPaths(page, [lazer]);
    await page.getByText(/osu!lazer keeps maps here.*Export/).first().waitFor();
    await mkdir(join(lazer, 'exports'));
    for (const [idx, path] of archives.entries()) {
      await copyFile(path, join(lazer, 'exports', `${idx}.${idx ? 'osz' : 'olz'}`));
    }
    await dropPaths(page, [lazer]);
    await runAsOsu(page);
    assert.match(await heading(page), /^2 archives, /);
  });
});

browserTest('the view of beatmaps reads extracted sets and the collections beside them', {
  path: '?view=beatmaps',
}, async ({ page }) => {
  await withFolder(async (folder) => {
    const archives = (await writeDemo(join(folder, 'demo'))).slice(0, 2);
    const osu = join(folder, 'osu');
    for (const path of archives) await extract(path, join(osu, 'Songs'));
    await writeFile(join(osu, 'collection.db'), Buffer.from([0x09, 0x2a, 0x35, 0x01, 0, 0, 0, 0]));
    await page.getByRole('heading', { name: /What kind of map is it/ }).waitFor();
    await dropPaths(page, [osu]);
    await page.locator('#beat-status').filter({ hasText: /^Read \d+ maps, classified/ })
      .waitFor({ state: 'attached', timeout: 90_000 });
    const features = page.waitForEvent('download');
    await openSaveMenu(page);
    await page.getByRole('button', { name: 'Save features (CSV)' }).click();
    const table = await readFile(await (await features).path(), 'utf8');
    assert.match(table, new RegExp(`Songs/${folderOf(archives[0]).replaceAll(/[.*+?^$()|[\]]/g, '\\$&')}/`));
    const lazer = join(folder, 'lazer');
    await writeTree(lazer, { 'client.realm': '', 'files/0/00/00ab': 'x' });
    await dropPaths(page, [lazer]);
    await page.getByText(/osu!lazer keeps maps here/).first().waitFor();
  });
});
