// Latents on the page: which encoder, what computes, and that the command agrees.

import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { browserTest, shoot } from './harness.mjs';
import { crossValidation } from './crossval.mjs';
import { dropPaths } from './files.mjs';
import { assertClose, assertCloseTexts, computedBy, refusal, useBundled, useFile, waitForLatents } from './latents.mjs';
import {
  STUDY_TIMEOUT_MS, comparable, filesByCommand, filesOfPage, goldenFolder, runFewMaps, saveFile, waitForState, withFolder, writeDemo, writeRandomEncoder,
} from './study.mjs';

const FILES = ['track_b_results.json', 'synthesis_results.json'];

async function startDemo(page) {
  await page.getByRole('button', { name: /demo/i }).first().click();
  await waitForState(page, 'done');
}

browserTest('latents stream in behind the channels, and nothing of them loads before they are wanted', {}, async ({ page }) => {
  const requested = [];
  page.context().on('request', (request) => requested.push(new URL(request.url()).pathname));
  await startDemo(page);
  assert.deepEqual(requested.filter((path) => /encoder/.test(path)), []);
  await useBundled(page);
  assert.match(await computedBy(page), /Computed on your processor.*because this browser offers no graphics processor/s);
  await waitForLatents(page);
  assert.equal(await page.getByText(/This encoder has random weights/).count(), 0, 'the bundled encoder is a trained one');
  assert.ok(requested.some((path) => /carto-encoder-relaxed/.test(path)), requested.join(' '));
  const trackB = JSON.parse(await saveFile(page, 'track_b_results.json'));
  assert.equal(trackB.dim_ranking.length, 32);
  const report = JSON.parse(await saveFile(page, 'report.json'));
  assert.match(JSON.stringify(report), /"weights_sha256":"[0-9a-f]{64}"/);
});

browserTest('page and command give the same latent tables', { timeoutMs: 400_000 }, async ({ page }) => {
  const archives = goldenFolder('inputs/osz_main');
  const encoder = goldenFolder('checkpoints/small_init.encoder.safetensors');
  if (!archives || !encoder) return;
  const byCommand = await filesByCommand(archives, { encoder });
  await dropPaths(page, [archives]);
  await waitForState(page, 'done');
  await useFile(page, encoder);
  await waitForLatents(page);
  for (const name of FILES) {
    assertClose(JSON.parse(await saveFile(page, name)), JSON.parse(byCommand[name]), 1e-5);
  }
});

browserTest('a training checkpoint is an encoder too', {}, async ({ page }) => {
  const checkpoint = goldenFolder('checkpoints/small_trained__epoch=0-step=8.ckpt');
  if (!checkpoint) return;
  await runFewMaps(page);
  await useFile(page, checkpoint);
  await computedBy(page);
  await page.getByText(/small_trained__epoch=0-step=8\.ckpt, your file/).first().waitFor();
  await waitForLatents(page);
});

browserTest('the kernels give on the software adapter what the processor gives', { gpu: true, path: '?backend=webgpu', timeoutMs: 400_000 }, async ({ page }) => {
  await withFolder(async (folder) => {
    // A few maps: the adapter is a program. The self-test has already held single
    // latents against stored ones, or the page would not name the adapter.
    const archives = (await writeDemo(folder)).slice(0, 4);
    await dropPaths(page, archives);
    await waitForState(page, 'done');
    await useBundled(page);
    assert.match(await computedBy(page), /swiftshader/i);
    await waitForLatents(page);
    assert.match(await computedBy(page), /swiftshader/i, 'it never fell back');
    const byGpu = JSON.parse(await saveFile(page, 'track_b_results.json'));

    await page.goto(new URL('?backend=cpu', page.url()).href);
    // A drop before the program has started would meet no one.
    await page.locator('main[data-state]').waitFor({ state: 'attached' });
    await dropPaths(page, archives);
    await waitForState(page, 'done');
    await useBundled(page);
    assert.match(await computedBy(page), /your processor/);
    await waitForLatents(page);
    const byCpu = JSON.parse(await saveFile(page, 'track_b_results.json'));
    // The order of latents that agree to the last digit may differ.
    assertClose(byGpu.dim_summary, byCpu.dim_summary, 1e-4);
  });
});

browserTest('an imitated graphics processor is not chosen, and the page says so', { gpu: true }, async ({ page }) => {
  await runFewMaps(page);
  await useBundled(page);
  assert.match(await computedBy(page), /because this browser only imitates a graphics processor/);
});

browserTest('an encoder that was never trained says so, and page and command write the same files with it', {}, async ({ page }) => {
  await withFolder(async (folder) => {
    const set = join(folder, 'set');
    await writeDemo(set);
    const encoder = writeRandomEncoder(folder);
    await dropPaths(page, [set]);
    await waitForState(page, 'done');
    await useFile(page, encoder);
    await waitForLatents(page);
    await page.getByText(/This encoder has random weights/).first().waitFor();

    const [byPage, byCommand] = [await filesOfPage(page), await filesByCommand(set, { encoder })];
    assert.deepEqual(Object.keys(byPage), Object.keys(byCommand));
    for (const name of ['latent_manifest.json', ...FILES]) assert.ok(byCommand[name], name);
    for (const [name, text] of Object.entries(byCommand)) {
      assertCloseTexts(comparable(name, byPage[name]), comparable(name, text), name);
    }
  });
});

browserTest('the bundled encoder comes with its card', {}, async ({ page }) => {
  const requested = [];
  page.context().on('request', (request) => requested.push(new URL(request.url()).pathname));
  await runFewMaps(page);
  assert.deepEqual(requested.filter((path) => /card/.test(path)), [], 'nobody has asked for it');
  await page.getByText('Model card of the bundled encoder').click();
  await page.getByRole('columnheader', { name: 'mean squared error' }).waitFor();
  assert.equal(await page.getByRole('rowheader', { name: 'ONSET' }).count() > 0, true);
  await page.getByText('Finding the other map of a song').waitFor();
});

browserTest('a cross-validation that is dropped becomes part D', {}, async ({ page }) => {
  await withFolder(async (folder) => {
    const results = join(folder, 'crossval_results.json');
    await writeFile(results, JSON.stringify(crossValidation()));
    await dropPaths(page, [results]);
    await page.getByRole('heading', { name: /mappers agree at a mean r of 0\.250; 75 % of latents keep their class/ }).waitFor();
    assert.equal(await page.locator('#crossval table').count(), 2);
    await shoot(page, 'crossval', { fullPage: true });
    await writeFile(results, '{"format": "something else"}');
    await dropPaths(page, [results]);
    await page.getByRole('alert').filter({ hasText: /crossval_results\.json: it is no result of carto crossval/ }).waitFor();
  });
});

browserTest('a file that is no encoder is named, and the channels stay', {}, async ({ page }) => {
  await withFolder(async (folder) => {
    await runFewMaps(page);
    const bad = join(folder, 'holiday.safetensors');
    await writeFile(bad, 'not weights at all');
    await useFile(page, bad);
    assert.match(await refusal(page), /holiday\.safetensors holds no encoder/);
    const cut = join(folder, 'cut.safetensors');
    const header = JSON.stringify({ 'encoder.0.weight': { dtype: 'F32', shape: [24, 9, 1], data_offsets: [0, 864] } });
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(header.length));
    await writeFile(cut, Buffer.concat([length, Buffer.from(header), Buffer.alloc(864)]));
    await useFile(page, cut);
    await page.locator('.encoder-panel__failure').filter({ hasText: /encoder\.1\.blocks/ }).waitFor();
    await saveFile(page, 'track_a_results.json');
    // And a good one after it is taken.
    await useBundled(page);
    await waitForLatents(page);
  });
});

browserTest('latents can be stopped and resumed', {}, async ({ page }) => {
  await startDemo(page);
  await useBundled(page);
  // The panel is made anew when the encoder arrives, and a fast machine is soon done.
  await page.waitForFunction(() => {
    const stop = [...document.querySelectorAll('button')].find((button) => /Stop latents/.test(button.textContent));
    if (!stop || !document.querySelector('#heat')) return false;
    stop.click();
    return true;
  }, undefined, { timeout: STUDY_TIMEOUT_MS });
  await page.locator('#encoder-title').filter({ hasText: /stopped/ }).waitFor({ timeout: 1000 });
  await page.getByRole('button', { name: 'Resume latents' }).click();
  await waitForLatents(page);
});
