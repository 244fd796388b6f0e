// What is saved and sent of a result: it shows elsewhere what its run showed.

import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execFileSync } from 'node:child_process';
import { dropFiles } from './files.mjs';
import { browserTest, openPage, shoot } from './harness.mjs';
import { pairsOfMaps } from './maps.mjs';
import { serveDist } from './server.mjs';
import {
  command, comparable, filesByCommand, filesOfPage, runFewMaps, saveFile, waitForState, withFolder,
  writeDemo,
} from './study.mjs';
import { eventually } from './waits.mjs';
import { entriesOf } from './zip.mjs';

const encoded = (text) => new TextEncoder().encode(text);

/**
 * The rows of the songs table in words: names, counts, the nine figures and timing r; without the
 * link to a song, which only those have whose files are there.
 */
async function rowsOf(page) {
  await page.locator('.songs__body tr').first().waitFor({ state: 'attached' });
  await page.locator('.songs').scrollIntoViewIfNeeded();
  return page.locator('.songs__body tr').evaluateAll((rows) => rows.map((row) =>
    [...row.cells].map((cell) => cell.innerText.replace(/\s+/g, ' ').replace(' Open song', '').trim())
      .join(' | ')));
}

/** Where the songs' own maps lead. */
const mapsOf = (page) => page.locator('.songs__body .songs__who li').evaluateAll((items) =>
  items.map((item) => item.textContent));

async function runDemo(page) {
  await page.getByRole('button', { name: /demo/i }).first().click();
  await waitForState(page, 'done');
}

browserTest('a reopened result shows the songs and pairs of its run', {}, async ({ page }) => {
  await runDemo(page);
  const [rows, maps] = [await rowsOf(page), await mapsOf(page)];
  assert.ok(rows.length >= 12 && rows.some((row) => /\d\.\d\d$/.test(row)), rows.join('\n'));
  const result = await saveFile(page, 'result.json');
  await dropFiles(page, [{ name: 'result.json', bytes: encoded(result) }]);
  await page.locator('#result-title').waitFor();
  await eventually(async () => assert.deepEqual(await rowsOf(page), rows));
  assert.deepEqual(await mapsOf(page), maps);
  await page.getByRole('searchbox', { name: 'Find' }).fill('no such song');
  await page.locator('.songs__none').waitFor();
  await page.getByRole('searchbox', { name: 'Find' }).fill('');
  for (const [colorScheme, width] of [['light', 1440], ['dark', 360], ['dark', 1440], ['light', 360]]) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 900 });
    await page.locator('.songs').scrollIntoViewIfNeeded();
    await shoot(page, `reopened-songs-${width}-${colorScheme}`);
  }
});

let published = '';
browserTest('a result at an address shows its songs', {
  site: () => serveDist({
    answer(request, response) {
      if (!/^[^?]*\/run\.json$/.test(request.url)) return false;
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(published);
      return true;
    },
  }),
}, async ({ page, url }) => {
  await withFolder(async (folder) => {
    await writeDemo(join(folder, 'set'));
    published = (await filesByCommand(join(folder, 'set')))['result.json'];
  });
  const { songs } = JSON.parse(published);
  await page.goto(`${url}?results=./run.json`);
  await page.locator('#result-title').waitFor();
  const titles = page.locator('.songs__body .songs__title');
  await eventually(async () =>
    assert.deepEqual((await titles.allTextContents()).sort(), songs.map(({ title }) => title).sort()));
});

browserTest('a link with names shows them, and says before which do not fit', {}, async ({ page }) => {
  // Songs whose names nothing makes shorter.
  const files = Object.entries(pairsOfMaps(60)).map(([name, text]) => {
    const song = Number(name.slice(0, 4));
    const title = Array.from({ length: 6 }, (_, idx) => ((song + 1) * 7919 ** (idx + 1) % 1e9).toString(36)).join('');
    return { name, bytes: encoded(text.replace(/^Title:.*$/m, `Title:${title}`)) };
  });
  await dropFiles(page, files);
  await waitForState(page, 'done');
  await page.locator('#share').click();
  await page.locator('.share__link').waitFor();
  await page.getByRole('checkbox', { name: /titles of songs/ }).check();
  const holds = page.locator('#share-panel [role="status"]').filter({ hasText: /with the names of/ });
  await holds.waitFor();
  const [, nNamed, nLeft] = /names of (\d+) songs\. Those of (\d+) more do not fit/.exec(await holds.innerText());
  assert.equal(Number(nNamed) + Number(nLeft), 60);
  const link = await page.locator('.share__link').inputValue();
  assert.ok(link.length <= 2000, `${link.length} characters`);
  for (const width of [1440, 360]) {
    await page.setViewportSize({ width, height: 900 });
    await page.locator('#share').scrollIntoViewIfNeeded();
    await shoot(page, `share-menu-${width}`);
  }
  const fresh = await openPage({ path: new URL(link).hash });
  try {
    await fresh.page.locator('.run-head__origin').filter({ hasText: `It names ${nNamed} of 60 songs: no more did fit into it.` }).waitFor();
    const rows = await rowsOf(fresh.page);
    assert.ok(rows.every((row) => row.includes('nobody') && row.includes('ann, bob')), rows[0]);
    await fresh.page.getByText(`Song by song · ${nNamed} of 60 songs`).waitFor();
    await fresh.assertQuiet();
  } finally {
    await fresh.close();
  }
});

browserTest('all of a run is saved as one zip: what the command writes, and the name', {}, async ({ page }) => {
  await withFolder(async (folder) => {
    const set = join(folder, 'set');
    await writeDemo(set);
    const written = await filesByCommand(set);
    await runDemo(page);
    await page.locator('#save').click();
    await page.locator('#save-name').fill('My “spring” set');
    const [download] = await Promise.all([
      page.waitForEvent('download'), page.getByRole('button', { name: 'Save all as one zip' }).click(),
    ]);
    assert.equal(download.suggestedFilename(), 'my-spring-set.zip');
    await page.locator('#save-list').waitFor({ state: 'hidden' });
    const entries = entriesOf(await readFile(await download.path()));
    const texts = Object.fromEntries(Object.entries(entries).map(([name, bytes]) => [name, String(bytes)]));
    assert.deepEqual(Object.keys(texts).sort(), Object.keys(written).sort());
    for (const kind of ['.csv', '.json', '.svg', 'methods.txt']) {
      assert.ok(Object.keys(texts).some((name) => name.endsWith(kind)), kind);
    }
    for (const [name, text] of Object.entries(written)) {
      assert.equal(comparable(name, texts[name]), comparable(name, text), name);
    }
    const { name, origin } = JSON.parse(texts['result.json']);
    assert.equal(name, 'My “spring” set');
    assert.match(origin.date, /^\d{4}-\d\d-\d\d$/);

    const saved = join(folder, 'saved.json');
    await writeFile(saved, texts['result.json']);
    const said = execFileSync(command(), ['publish', saved, '--to', join(folder, 'site')], { encoding: 'utf8' });
    assert.match(said, /my-spring-set-\w+\.json: Track A/);
  });
});

browserTest('a result is named by its songs and the day, and the link says so too', {}, async ({ page }) => {
  await runFewMaps(page);
  const { name } = JSON.parse(await saveFile(page, 'result.json'));
  assert.match(name, /^2 songs, \d{4}-\d\d-\d\d$/);
  await page.locator('#share').click();
  await page.locator('.share__link').waitFor();
  assert.equal(await page.locator('#share-name').inputValue(), name);
  const link = await page.locator('.share__link').inputValue();
  await page.goto('about:blank');
  await page.goto(link);
  await page.getByRole('heading', { level: 1, name }).waitFor();
});

browserTest('the menu of files says what each is for, and closes after saving', {}, async ({ page }) => {
  await runDemo(page);
  await page.locator('#save').press('ArrowDown');
  await page.locator('#save-list').waitFor();
  await page.waitForFunction(() => document.activeElement.id === 'save-name');
  const items = await page.locator('#save-list .menu__row').evaluateAll((rows) => rows.map((row) =>
    [row.querySelector('.menu__name').textContent, row.querySelector('.menu__purpose').textContent]));
  assert.ok(items.length >= 14);
  for (const [name, purpose] of items) assert.ok(purpose.length > 8, `${name}: ${purpose}`);
  for (const width of [1440, 360]) {
    await page.setViewportSize({ width, height: 900 });
    await page.locator('#save').scrollIntoViewIfNeeded();
    await shoot(page, `save-menu-${width}`);
  }
  await page.locator('#save-name').press('End');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'save-name', 'End is the text’s own');
  await page.keyboard.press('ArrowUp');
  const last = await page.evaluate(() => document.activeElement.innerText);
  assert.match(last, /report\.json/);
  const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
  assert.equal(download.suggestedFilename(), 'report.json');
  await page.locator('#save-list').waitFor({ state: 'hidden' });
  await page.waitForFunction(() => document.activeElement.id === 'save');
});

browserTest('the files of the page are those of the command, tables and methods too', {}, async ({ page }) => {
  await withFolder(async (folder) => {
    await writeDemo(folder);
    const written = await filesByCommand(folder);
    await runDemo(page);
    const saved = await filesOfPage(page);
    assert.deepEqual(Object.keys(saved), Object.keys(written));
    assert.equal(saved['pairs.csv'], written['pairs.csv']);
    assert.equal(saved['methods.txt'], written['methods.txt']);
  });
});

browserTest('a saved zip keeps letters of any alphabet in its name', {}, async ({ page }) => {
  await runDemo(page);
  await page.locator('#save').click();
  await page.locator('#save-name').fill('Étude: 歌 1');
  const [download] = await Promise.all([
    page.waitForEvent('download'), page.getByRole('button', { name: 'Save all as one zip' }).click(),
  ]);
  assert.equal(download.suggestedFilename(), 'étude-歌-1.zip');
});
