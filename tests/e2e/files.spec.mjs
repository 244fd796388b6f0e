// The helpers that drop files, seen from inside the page.

import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dropFiles, dropPaths } from './files.mjs';
import { browserTest } from './harness.mjs';

/** Listens before the app does, and keeps the drop from it. */
async function catchDrop(page, isAccepting = true) {
  await page.evaluate((isAccepting) => {
    const swallow = (event) => {
      event.stopImmediatePropagation();
      if (isAccepting) event.preventDefault();
    };
    window.addEventListener('dragenter', swallow, true);
    window.addEventListener('dragover', swallow, true);
    window.dropped = new Promise((resolve) => {
      window.addEventListener(
        'drop',
        async (event) => {
          swallow(event);
          const items = [...event.dataTransfer.items];
          const entries = items.map((item) => item.webkitGetAsEntry());
          const files = [...event.dataTransfer.files];
          const texts = await Promise.all(files.map((file) => file.text().catch(() => 'a folder')));
          const inFolder = await Promise.all(
            entries
              .filter((entry) => entry?.isDirectory)
              .map((entry) => new Promise((done) => entry.createReader().readEntries(done))),
          );
          resolve({
            isTrusted: event.isTrusted,
            names: files.map((file) => file.name),
            texts,
            inFolder: inFolder.flat().map((entry) => entry.fullPath),
          });
        },
        true,
      );
    });
  }, isAccepting);
}

browserTest('files made up by a test arrive as files', {}, async ({ page }) => {
  await catchDrop(page);
  await dropFiles(page, [
    { name: 'a.osz', bytes: new TextEncoder().encode('first') },
    { name: 'b.osu', bytes: new TextEncoder().encode('second') },
  ]);
  const dropped = await page.evaluate(() => window.dropped);
  assert.deepEqual(dropped.names, ['a.osz', 'b.osu']);
  assert.deepEqual(dropped.texts, ['first', 'second']);
});

browserTest('a page that takes no drop gets none', {}, async ({ page }) => {
  await catchDrop(page, false);
  await assert.rejects(dropFiles(page, [{ name: 'a.osz', bytes: new Uint8Array(1) }]), /does not accept/);
});

browserTest('a folder from the disk can be walked', {}, async ({ page }) => {
  const dir = await mkdtemp(join(tmpdir(), 'carto-drop-'));
  try {
    await mkdir(join(dir, 'songs'));
    await writeFile(join(dir, 'songs', 'one.osz'), 'one');
    await writeFile(join(dir, 'alone.osu'), 'alone');
    await catchDrop(page);
    await dropPaths(page, [join(dir, 'songs'), join(dir, 'alone.osu')]);
    const dropped = await page.evaluate(() => window.dropped);
    assert.ok(dropped.isTrusted);
    assert.deepEqual(dropped.names.sort(), ['alone.osu', 'songs']);
    assert.ok(dropped.texts.includes('alone'));
    assert.deepEqual(dropped.inFolder, ['/songs/one.osz']);
  } finally {
    await rm(dir, { recursive: true });
  }
});
