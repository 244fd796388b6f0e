// What is saved or written by the command opens again, with the same figures.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { crossValidation } from './crossval.mjs';
import { dropFiles } from './files.mjs';
import { tablesOf } from './figures.mjs';
import { browserTest } from './harness.mjs';
import { useFile, waitForLatents } from './latents.mjs';
import {
  command, filesByCommand, saveFile, waitForState, withFolder, writeDemo, writeRandomEncoder,
} from './study.mjs';

const PUBLISHED = fileURLToPath(new URL('../../public/published/published.json', import.meta.url));

/** The published layouts, and which part each has the figures of. */
const LAYOUTS = {
  'track_a_results.json': 'part-a',
  'track_b_results.json': 'part-b',
  'synthesis_results.json': 'part-c',
};
const NAMES = Object.keys(LAYOUTS);

/** Drops texts and waits for the result that they make, whose title holds `title`. */
async function reopen(page, texts, title) {
  await dropFiles(page, Object.entries(texts).map(([name, text]) =>
    ({ name, bytes: new TextEncoder().encode(text) })));
  await page.locator('#result-title').filter({ hasText: title }).waitFor();
}

/** Saved by name. */
async function saveAll(page, names) {
  const texts = {};
  for (const name of names) texts[name] = await saveFile(page, name);
  return texts;
}

const byName = (rows) => rows.toSorted(([a], [b]) => (a < b ? -1 : 1));

/** The text; of the synthesis what it does not repeat of the other two layouts. */
function ownFigures(name, text) {
  if (name !== 'synthesis_results.json') return text;
  const { correlation_matrix, dim_names_9, n_latent, n_beatmaps_used } = JSON.parse(text);
  return { correlation_matrix, dim_names_9, n_latent, n_beatmaps_used };
}

/** Each file on its own, the layouts together, and the whole result: same figures, same bytes. */
async function assertAllReopen(page, saved, tables, resultTitle) {
  for (const [name, part] of Object.entries(LAYOUTS)) {
    await reopen(page, { [name]: saved[name] }, new RegExp(`^${name}$`));
    // Without part B there is no ranking that its latents could stand by.
    assert.deepEqual(byName((await tablesOf(page, [part]))[part]), byName(tables[part]), name);
    assert.deepEqual(ownFigures(name, await saveFile(page, name)), ownFigures(name, saved[name]), name);
  }
  const { 'result.json': result, ...layouts } = saved;
  await reopen(page, layouts, NAMES.join(', '));
  assert.deepEqual(await tablesOf(page), tables);
  assert.deepEqual(await saveAll(page, NAMES), layouts);

  await reopen(page, { 'result.json': result }, resultTitle);
  assert.deepEqual(await tablesOf(page), tables);
  assert.deepEqual(await saveAll(page, ['result.json', ...NAMES]), saved);
}

browserTest('every file of the published run opens again with its figures', {}, async ({ page }) => {
  const { name } = JSON.parse(await readFile(PUBLISHED, 'utf8'));
  const tables = await tablesOf(page);
  const saved = await saveAll(page, ['result.json', ...NAMES]);
  await assertAllReopen(page, saved, tables, name);
});

browserTest('every file of a run with latents opens again with its figures', {}, async ({ page }) => {
  await withFolder(async (folder) => {
    await page.getByRole('button', { name: /demo/i }).first().click();
    await waitForState(page, 'done');
    await useFile(page, writeRandomEncoder(folder));
    await waitForLatents(page);
    const saved = await saveAll(page, ['result.json', ...NAMES]);
    // The published figures stand beside one's own, and not beside a result.
    const { name } = JSON.parse(saved['result.json']);
    assert.match(name, /^\d+ songs, \d{4}-\d\d-\d\d$/);
    await reopen(page, { 'result.json': saved['result.json'] }, name);
    const tables = await tablesOf(page);
    const { track_a: trackA } = JSON.parse(saved['result.json']);
    assert.equal(Number(tables['part-a'][0][1]), Number(trackA.channels[0].pearson_mean.toFixed(3)));
    await assertAllReopen(page, saved, tables, name);
  });
});

browserTest('every file that the command writes opens, and is saved as it wrote it', {}, async ({ page }) => {
  await withFolder(async (folder) => {
    const set = join(folder, 'set');
    await writeDemo(set);
    const files = await filesByCommand(set, { encoder: writeRandomEncoder(folder) });
    const written = Object.fromEntries(['result.json', ...NAMES].map((name) => [name, files[name]]));
    await reopen(page, { 'result.json': written['result.json'] }, /^\d+ songs$/);
    await assertAllReopen(page, written, await tablesOf(page), /^\d+ songs$/);

    const imported = join(folder, 'imported.json');
    execFileSync(command(), ['import', PUBLISHED, '--name', 'Imported', '--out', imported]);
    const text = await readFile(imported, 'utf8');
    await reopen(page, { 'imported.json': text }, /^Imported$/);
    assert.equal(await saveFile(page, 'result.json'), text);
  });
});

browserTest('a cross-validation opens beside a result and again', { path: '?view=yours' }, async ({ page }) => {
  const bytes = new TextEncoder().encode(JSON.stringify(crossValidation()));
  const figures = () => page.locator('#crossval tbody').evaluateAll((bodies) =>
    bodies.map((body) => [...body.querySelectorAll('tr')].map((row) => row.textContent)));
  let first;
  for (let n = 0; n < 2; n += 1) {
    await page.evaluate(() => {
      for (const table of document.querySelectorAll('#crossval table')) table.dataset.isOld = '';
    });
    await dropFiles(page, [{ name: 'crossval_results.json', bytes }]);
    await page.locator('#crossval table:not([data-is-old])').nth(1).waitFor();
    const found = await figures();
    first ??= found;
    assert.deepEqual(found, first);
  }
  assert.match(first[0].join('|'), /0\.250/);
});
