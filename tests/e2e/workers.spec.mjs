// What goes wrong below the page: workers that break down, files that vanish,
// a person who stops. The page says so and goes on.

import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { browserTest } from './harness.mjs';
import { dropPaths } from './files.mjs';
import { osuText, pairsOfMaps, writeTree } from './maps.mjs';
import { STUDY_TIMEOUT_MS } from './study.mjs';

const announcement = (page) => page.locator('#announcement');
/** Waits for the end of a run; hundreds of files take a while where every answer comes late. */
const ended = (page) => announcement(page).filter({ hasText: /^Done: / })
  .waitFor({ state: 'attached', timeout: STUDY_TIMEOUT_MS });
const archivesRead = (page) =>
  page.getByRole('progressbar', { name: 'Read archives' }).getAttribute('aria-valuetext');
const issues = (page) => page.getByRole('region', { name: 'Skipped files and warnings' }).innerText();

/** The text of a result file, saved as a person would. */
async function saved(page, name) {
  await page.getByRole('button', { name: /Save results/ }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: new RegExp(`^${name}`) }).click();
  const text = await readFile(await (await download).path(), 'utf8');
  await page.keyboard.press('Escape');
  return text;
}

/** What a worker runs: its own script is a line that the page made. */
const programOf = (worker) => worker.evaluate(() => self.name);

async function withFolder(body) {
  const folder = await mkdtemp(join(tmpdir(), 'carto-maps-'));
  try {
    await body(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Runs one song, which leaves workers that wait for more. */
async function warmUp(page, folder) {
  await writeTree(folder, {
    'warm/warm-ann.osu': osuText({ title: 'Warm', creator: 'ann' }),
    'warm/warm-bob.osu': osuText({ title: 'Warm', creator: 'bob', seed: 1 }),
  });
  await dropPaths(page, [join(folder, 'warm')]);
  await ended(page);
  assert.ok((await analysisWorkers(page, 1)).length > 0, 'a worker waits for more');
}

/** The workers that analyse; waits for `nExpected`, since the browser tells of them late. */
async function analysisWorkers(page, nExpected) {
  const deadline = Date.now() + 10_000;
  for (;;) {
    const workers = page.workers();
    const programs = await Promise.all(workers.map(programOf));
    const analysing = workers.filter((_, idx) => programs[idx] === 'carto-worker');
    if (analysing.length >= nExpected || Date.now() > deadline) return analysing;
    await page.waitForTimeout(50);
  }
}

browserTest('a folder is read to its last file, however deep', {}, async ({ page }) => {
  await withFolder(async (folder) => {
    const files = {};
    // The browser lists folders in portions of a hundred.
    for (const [name, text] of Object.entries(pairsOfMaps(115))) files[`songs/set/${name}`] = text;
    files['songs/set/a/b/c/deep-ann.osu'] = osuText({ title: 'Deep', creator: 'ann' });
    files['songs/set/a/b/c/deep-bob.osu'] = osuText({ title: 'Deep', creator: 'bob', seed: 1 });
    // Beside a set; the pictures of a set belong to it.
    for (let idx = 0; idx < 12; idx += 1) files[`songs/covers/${idx}.jpg`] = 'no picture';
    await writeTree(folder, files);

    await dropPaths(page, [join(folder, 'songs')]);
    await ended(page);
    assert.equal(await archivesRead(page), '232 of 232 archives');
    assert.match(await announcement(page).innerText(), /^Done: 116 pairs of maps compared in 116 songs/);
    // Nothing is wrong with them: their group is folded.
    const list = page.getByRole('region', { name: 'Skipped files and warnings' });
    assert.match(await list.textContent(), /Files that are no beatmaps: .*12 other files/);
  });
});

browserTest('a picked folder and a dropped one give the same names', {}, async ({ page }) => {
  await withFolder(async (folder) => {
    const files = { 'songs/more/tide-bob.osu': osuText({ title: 'Tide', creator: 'bob', seed: 1 }) };
    files['songs/tide-ann.osu'] = osuText({ title: 'Tide', creator: 'ann' });
    await writeTree(folder, files);
    const fileNames = async () => {
      await ended(page);
      const index = JSON.parse(await saved(page, 'multi_mapper_index.json'));
      return index.flatMap((song) => song.beatmapsets.map((set) => set.filename));
    };
    await dropPaths(page, [join(folder, 'songs')]);
    assert.deepEqual(await fileNames(), ['more/tide-bob.osu', 'tide-ann.osu']);
    await page.getByRole('button', { name: 'Clear' }).click();
    await page.locator('input[type=file]').nth(1).setInputFiles(join(folder, 'songs'));
    assert.deepEqual(await fileNames(), ['more/tide-bob.osu', 'tide-ann.osu']);
  });
});

browserTest('the number of workers changes no byte of the results', {}, async ({ page }) => {
  await withFolder(async (folder) => {
    await writeTree(folder, pairsOfMaps(12));
    const results = [];
    for (const nProcessors of [2, 8]) {
      await page.addInitScript((nProcessors) => {
        Object.defineProperty(Navigator.prototype, 'hardwareConcurrency', {
          get: () => nProcessors,
        });
      }, nProcessors);
      await page.reload();
      // A browser forgets a drag whose target goes while it hovers, as at the start of the page.
      await page.locator('main[data-state]').waitFor({ state: 'attached' });
      await dropPaths(page, [folder]);
      await ended(page);
      // Results have a worker of their own, whatever the number.
      assert.equal((await analysisWorkers(page, nProcessors - 1)).length, nProcessors - 1);
      results.push([
        await saved(page, 'track_a_results.json'),
        await saved(page, 'beatmap_registry.json'),
        await saved(page, 'encoding_manifest.json'),
      ]);
    }
    assert.deepEqual(results[0], results[1]);
    assert.equal(JSON.parse(results[0][0]).pairs_compared, 12);
  });
});

browserTest(
  'a worker that breaks down costs one file, and the others go on',
  { expectedErrors: [/planted/] },
  async ({ page }) => {
    await withFolder(async (folder) => {
      await warmUp(page, folder);
      // An exception where the worker's program expects none ends it as a panic would.
      const [worker] = await analysisWorkers(page, 1);
      await worker.evaluate(() => {
        Object.defineProperty(Blob.prototype, 'size', {
          get() {
            throw new Error('planted');
          },
        });
      });
      await writeTree(folder, Object.fromEntries(
        Object.entries(pairsOfMaps(3)).map(([name, text]) => [`more/${name}`, text]),
      ));
      await dropPaths(page, [join(folder, 'more')]);
      await page.getByText(/^Done: 3 pairs of maps compared in 3 songs/).waitFor({ state: 'attached' });
      assert.equal(await archivesRead(page), '8 of 8 archives');
      const text = await issues(page);
      assert.match(text, /0000-ann\.osu\s+the worker stopped: .*planted/);
      assert.equal(text.match(/the worker stopped/g).length, 1);
    });
  },
);

browserTest(
  'a worker that cannot be loaded is said once, and it can be tried again',
  { expectedErrors: [/404|Failed to load/] },
  async ({ page }) => {
    await withFolder(async (folder) => {
      await writeTree(folder, pairsOfMaps(2));
      let nAsked = 0;
      await page.context().route(/carto-worker.*_loader\.js$/, (route) => {
        nAsked += 1;
        return route.fulfill({ status: 404, body: 'gone' });
      });
      await dropPaths(page, [folder]);
      const failure = page.locator('.failure:visible');
      await failure.waitFor();
      assert.match(await failure.innerText(), /the worker stopped: its script could not be loaded/);
      assert.ok(nAsked >= 3 && nAsked <= 20, `asked ${nAsked} times`);

      await page.context().unroute(/carto-worker.*_loader\.js$/);
      await page.getByRole('button', { name: 'Resume' }).click();
      await ended(page);
      assert.ok(await failure.isHidden(), 'the words go when it works');
      assert.equal(await archivesRead(page), '4 of 4 archives');
    });
  },
);

/** Lets every read in the workers that wait, or only the first in each, take this long. */
async function slowDown(page, readMs, { firstOnly = false } = {}) {
  for (const worker of await analysisWorkers(page, 1)) {
    await worker.evaluate(({ readMs, firstOnly }) => {
      // What is asked for ahead, and what is read on the way.
      const ways = [[Blob.prototype, 'arrayBuffer'], [FileReaderSync.prototype, 'readAsArrayBuffer']]
        .map(([of, name]) => ({ of, name, read: of[name] }));
      for (const { of, name, read } of ways) {
        of[name] = function slowly(...args) {
          const end = performance.now() + readMs;
          while (performance.now() < end);
          if (firstOnly) for (const way of ways) way.of[way.name] = way.read;
          return read.apply(this, args);
        };
      }
    }, { readMs, firstOnly });
  }
}

browserTest('stopping takes effect within a second and keeps what is done', {}, async ({ page }) => {
  await withFolder(async (folder) => {
    await warmUp(page, folder);
    await slowDown(page, 30_000);
    await writeTree(folder, Object.fromEntries(
      Object.entries(pairsOfMaps(20)).map(([name, text]) => [`more/${name}`, text]),
    ));
    await dropPaths(page, [join(folder, 'more')]);
    await page.locator('main[data-state="running"]').waitFor();

    const startMs = Date.now();
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await page.getByRole('button', { name: 'Resume' }).waitFor();
    await announcement(page).filter({ hasText: /^Stopped/ }).waitFor({ state: 'attached' });
    assert.ok(Date.now() - startMs < 1000, `took ${Date.now() - startMs} ms`);
    // The song of the first drop is still there, and so are its files.
    await page.getByText('Warm').first().waitFor();
    await page.getByRole('button', { name: /Save results/ }).and(page.locator(':enabled')).waitFor();

    await page.getByRole('button', { name: 'Resume' }).click();
    await page.getByText(/^Done: 21 pairs of maps compared in 21 songs/).waitFor({ state: 'attached' });
    assert.equal(await archivesRead(page), '42 of 42 archives');
  });
});

browserTest('a file that vanishes after the drop is named, and the others go on', {}, async ({ page }) => {
  await withFolder(async (folder) => {
    await warmUp(page, folder);
    // Nothing is read for eight seconds: time for `rm` on a busy machine too.
    await slowDown(page, 8000, { firstOnly: true });
    await writeTree(folder, Object.fromEntries(
      Object.entries(pairsOfMaps(4)).map(([name, text]) => [`more/${name}`, text]),
    ));
    await dropPaths(page, [join(folder, 'more')]);
    // Once the folder is listed, and long before a slow worker is there. Asked every frame.
    await page.waitForFunction(() => document.querySelector('main[data-state="running"]'));
    await rm(join(folder, 'more', '0003-bob.osu'));
    await page.getByText(/^Done: 4 pairs of maps compared in 4 songs/).waitFor({ state: 'attached' });
    assert.match(await issues(page), /0003-bob\.osu.*\s+.*moved or deleted after it was dropped/);
  });
});
