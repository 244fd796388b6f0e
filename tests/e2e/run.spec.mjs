// The main job: drop archives, watch, read, take home.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { browserTest } from './harness.mjs';
import { dropFiles, dropPaths } from './files.mjs';
import {
  analyzeByCommand, comparable, filesByCommand, filesOfPage, goldenFolder, saveFile, songTitles, waitForState,
  withFolder, writeDemo,
} from './study.mjs';

browserTest('the demo runs without a file, with the keyboard alone', { serviceWorkers: 'allow' }, async ({ page }) => {
  const demo = page.getByRole('button', { name: /demo/i }).first();
  await demo.waitFor();
  for (let n = 0; n < 30; n += 1) {
    await page.keyboard.press('Tab');
    if (await demo.evaluate((button) => button === document.activeElement)) break;
  }
  assert.ok(await demo.evaluate((button) => button === document.activeElement), 'reached by Tab');
  await page.keyboard.press('Enter');
  await waitForState(page, 'done');

  const titles = await songTitles(page);
  assert.ok(titles.length >= 12, `${titles.length} songs`);
  for (const bar of await page.getByRole('progressbar').all()) {
    assert.equal(await bar.getAttribute('aria-valuenow'), '100');
  }
  for (const row of await page.locator('.songs__body tr').all()) {
    const cells = await row.locator('.songs__r').allInnerTexts();
    assert.equal(cells.length, 9, await row.innerText());
    assert.ok(cells.every((text) => /[01]?\.\d\d/.test(text)), cells.join(' '));
  }
  assert.match(await page.locator('#announcement').innerText(), /\w/);
});

/** Every file of the run is the command's, to the last byte; of the report, all but its times. */
function assertSameFiles(byPage, byCommand) {
  assert.deepEqual(Object.keys(byPage), Object.keys(byCommand));
  for (const [name, text] of Object.entries(byCommand)) {
    assert.deepEqual(comparable(name, byPage[name]), comparable(name, text), name);
  }
}

browserTest('page and command write the same files of the demo set by both rules, byte for byte', {}, async ({ page }) => {
  await withFolder(async (folder) => {
    await writeDemo(folder);
    await dropPaths(page, [folder]);
    await waitForState(page, 'done');
    const asOsu = await filesOfPage(page);
    assertSameFiles(asOsu, await filesByCommand(folder));
    assert.ok(Object.keys(asOsu).length >= 8, Object.keys(asOsu).join(' '));
    assert.match(asOsu['cross_mapper_agreement.svg'], /^<svg[\s\S]*<\/svg>\s*$/);

    await page.getByRole('button', { name: 'As published' }).click();
    await waitForState(page, 'done');
    const published = await filesOfPage(page);
    assertSameFiles(published, await filesByCommand(folder, { mode: 'published' }));
    assert.notEqual(asOsu['result.json'], published['result.json']);
  });
});

for (const [set, mode] of [['osz_main', 'published'], ['osz_torture', 'published'], ['osz_main', 'osu']]) {
  const name = `page and command write the same results for ${set} by ${mode} rules, byte for byte`;
  browserTest(name, {}, async ({ page }) => {
    const folder = goldenFolder(`inputs/${set}`);
    if (!folder) return;
    const byCommand = await analyzeByCommand(folder, mode);
    await dropPaths(page, [folder]);
    if (mode === 'published') {
      await waitForState(page, 'done');
      // The click itself takes the page out of this state.
      await page.getByRole('button', { name: 'As published' }).click();
    }
    await waitForState(page, 'done');
    assert.equal(await saveFile(page, 'track_a_results.json'), byCommand.results);
    const report = JSON.parse(await saveFile(page, 'report.json'));
    assert.equal(report.mode, mode);
  });
}

browserTest('a run can be stopped within a second, kept and resumed', {}, async ({ page }) => {
  await withFolder(async (folder) => {
    const archives = [];
    for (let seed = 1; seed <= 4; seed += 1) {
      archives.push(...(await writeDemo(`${folder}/${seed}`, seed)));
    }
    await dropPaths(page, [folder]);
    const maps = page.getByRole('progressbar', { name: /channels/i });
    // Pressed in the frame that sees it: on a fast machine a later one sees the end.
    await page.waitForFunction((bar) => {
      if (Number(bar.getAttribute('aria-valuenow')) === 0) return false;
      const buttons = [...document.querySelectorAll('main button')];
      buttons.find((button) => button.textContent.trim() === 'Stop').click();
      return true;
    }, await maps.elementHandle(), { timeout: 60_000 });
    const start = Date.now();
    await waitForState(page, 'cancelled');
    assert.ok(Date.now() - start < 1000, `${Date.now() - start} ms`);

    const report = JSON.parse(await saveFile(page, 'report.json'));
    assert.equal(report.is_cancelled, true);
    await page.getByRole('button', { name: 'Resume' }).click();
    await waitForState(page, 'done');
    const byCommand = await analyzeByCommand(folder);
    assert.equal(await saveFile(page, 'track_a_results.json'), byCommand.results);
    assert.equal(archives.length > 40, true);
  });
});

browserTest('broken files are named, and the others are compared', {}, async ({ page }) => {
  await withFolder(async (folder) => {
    const archives = await writeDemo(folder);
    const good = await readFile(archives[0]);
    await dropFiles(page, [
      ...archives.map((path) => ({ path })),
      { name: 'cut.osz', bytes: good.subarray(0, good.length / 2) },
      { name: 'empty.osz', bytes: new Uint8Array() },
      { name: 'picture.osu', bytes: Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]) },
      { name: 'notes.txt', bytes: new TextEncoder().encode('x') },
    ]);
    await waitForState(page, 'done');
    const list = page.getByRole('region', { name: 'Skipped files and warnings' });
    const text = await list.innerText();
    for (const name of ['cut.osz', 'empty.osz', 'picture.osu']) assert.ok(text.includes(name), name);
    const byCommand = await analyzeByCommand(folder);
    assert.equal(await saveFile(page, 'track_a_results.json'), byCommand.results);
  });
});

browserTest(
  'a worker that breaks down is named and replaced', { expectedErrors: [/planted fault/] },
  async ({ page }) => {
    await withFolder(async (folder) => {
      await writeDemo(folder);
      await page.waitForFunction(() => document.querySelector('main[data-state="empty"]'));
      await dropPaths(page, [folder]);
      await waitForState(page, 'running');
      const worker = page.workers()[0] ?? await page.waitForEvent('worker');
      await worker.evaluate(() => { setTimeout(() => { throw new Error('planted fault'); }, 0); });
      await waitForState(page, 'done');
      const titles = await songTitles(page);
      assert.ok(titles.length >= 10, 'the other songs are there');
    });
  },
);

browserTest('a step back in the history changes no rules, and computes nothing anew', {}, async ({ page }) => {
  await page.getByRole('link', { name: 'Your maps' }).click();
  await page.getByRole('button', { name: /demo/i }).first().click();
  await waitForState(page, 'done');
  await page.getByRole('button', { name: 'As published' }).click();
  await waitForState(page, 'done');
  await page.waitForFunction(() => location.search.includes('rules=published'));
  const states = () => page.evaluate(() => window.states);
  await page.evaluate(() => {
    window.states = [];
    new MutationObserver(() => window.states.push(document.querySelector('main').dataset.state))
      .observe(document.querySelector('main'), { attributeFilter: ['data-state'] });
  });
  for (const [go, view] of [['goBack', 'published'], ['goForward', 'yours']]) {
    await page[go]();
    await page.locator(`main[data-view="${view}"]`).waitFor();
    await page.waitForFunction(() => location.search.includes('rules=published'));
  }
  assert.ok((await songTitles(page)).length >= 12);
  assert.deepEqual(await states(), [], 'it is still the same run');
  const report = JSON.parse(await saveFile(page, 'report.json'));
  assert.equal(report.mode, 'published');
});

browserTest('a second run starts where the first was cleared', {}, async ({ page }) => {
  await page.getByRole('button', { name: /demo/i }).first().click();
  await waitForState(page, 'done');
  await page.getByRole('button', { name: 'Clear', exact: true }).click();
  await waitForState(page, 'empty');
  await page.getByRole('button', { name: /demo/i }).first().click();
  await waitForState(page, 'done');
  assert.ok((await songTitles(page)).length >= 12);
});
