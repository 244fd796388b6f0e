// Latents that nobody asked for: they start, wait, ask and stay off as a person wants.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { dropPaths } from './files.mjs';
import { browserTest, shoot } from './harness.mjs';
import { assertCloseTexts, computedBy, useMobileLine, waitForLatents } from './latents.mjs';
import {
  STUDY_TIMEOUT_MS, comparable, filesByCommand, filesOfPage, runFewMaps, waitForState, withFolder, writeDemo,
} from './study.mjs';

const SETTING = 'Compute latents automatically';
/** Widths and themes of the pictures that people look at. */
const LOOKS = [['light', 1440], ['dark', 1440], ['light', 360], ['dark', 360]];

/** Paths of the encoder and of its program that the page has asked for, workers included. */
function watchEncoder(page) {
  const paths = [];
  page.context().on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (/carto-encoder|models\/encoder\.safetensors/.test(pathname)) paths.push(pathname);
  });
  return paths;
}

const title = (page, text) => page.locator('#encoder-title').filter({ hasText: text });

async function takePictures(page, name) {
  for (const [colorScheme, width] of LOOKS) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 900 });
    await page.locator('.encoder-panel').scrollIntoViewIfNeeded();
    await shoot(page, `${name}-${width}-${colorScheme}`);
  }
  await page.setViewportSize({ width: 1280, height: 900 });
}

browserTest('latents follow the nine channels by themselves, and page and command write the same files', {
  automaticLatents: true, path: '?backend=cpu', timeoutMs: 400_000,
}, async ({ page }) => {
  const asked = watchEncoder(page);
  await withFolder(async (folder) => {
    const set = join(folder, 'set');
    await writeDemo(set);
    await page.evaluate(() => {
      // How many songs had their figures when the encoder's panel first spoke of loading it.
      new MutationObserver((_, observer) => {
        const text = document.querySelector('#encoder-title')?.textContent ?? '';
        if (!/loading/.test(text)) return;
        document.body.dataset.compared = document.querySelectorAll('.songs__figure').length;
        observer.disconnect();
      }).observe(document.body, { subtree: true, childList: true, characterData: true });
    });
    assert.deepEqual(asked, [], 'nothing is loaded for a page without songs');
    await dropPaths(page, [set]);
    await waitForState(page, 'done');
    await waitForLatents(page);
    assert.ok(Number(await page.locator('body').getAttribute('data-compared')) > 0, 'songs came first');
    assert.match(await page.locator('.computed').first().innerText(), /encoder\.safetensors, served with the page/);
    assert.match(await computedBy(page), /Computed on your processor/);
    const [byPage, byCommand] = [await filesOfPage(page), await filesByCommand(set, { encoder: 'bundled' })];
    assert.deepEqual(Object.keys(byPage), Object.keys(byCommand));
    assert.match(byPage['evidence.json'], /"kind":"latent excess over whole-bar shifts"/);
    for (const name of ['track_b_results.json', 'synthesis_results.json', 'report.json', 'result.json', 'evidence.json']) {
      assertCloseTexts(comparable(name, byPage[name]), comparable(name, byCommand[name]), name);
    }
    await takePictures(page, 'automatic');
  });
});

browserTest('automatic latents can be stopped and resumed', { automaticLatents: true }, async ({ page }) => {
  await page.getByRole('button', { name: /demo/i }).first().click();
  await page.getByRole('button', { name: 'Stop latents' }).click({ timeout: STUDY_TIMEOUT_MS });
  await title(page, /stopped/).waitFor();
  await waitForState(page, 'done');
  await title(page, /stopped/).waitFor();
  await page.getByRole('button', { name: 'Resume latents' }).click();
  await waitForLatents(page);
});

browserTest('switched off they stay off, at the next visit too', { automaticLatents: true }, async ({ page }) => {
  await runFewMaps(page);
  await waitForLatents(page);
  await page.getByLabel(SETTING).uncheck();
  await page.reload();
  const asked = watchEncoder(page);
  await runFewMaps(page);
  await title(page, /not computed yet: choose an encoder/).waitFor();
  assert.equal(await page.getByLabel(SETTING).isChecked(), false);
  await page.locator('#save:enabled').waitFor();
  assert.deepEqual(asked, []);
  await page.getByLabel(SETTING).check();
  await waitForLatents(page);
  await page.reload();
  await runFewMaps(page);
  await waitForLatents(page);
});

/** As in a browser that is told to save data; not all have this. */
function saveData() {
  Object.defineProperty(navigator, 'connection', { value: { saveData: true }, configurable: true });
}

browserTest('where data is saved the page asks before it fetches anything', {
  automaticLatents: true, before: saveData,
}, async ({ page }) => {
  const asked = watchEncoder(page);
  await runFewMaps(page);
  const question = page.getByRole('group', { name: 'Compute latents?' });
  await question.getByText(/0\.9 MB.*measured on the first map/).waitFor();
  await page.locator('#save:enabled').waitFor();
  assert.deepEqual(asked, []);
  await takePictures(page, 'automatic-fetch');
  await question.getByRole('button', { name: 'Compute latents' }).click();
  await waitForLatents(page);
  assert.equal(await question.isVisible(), false);
});

browserTest('on a mobile line a no is taken for the visit', {
  automaticLatents: true, before: useMobileLine,
}, async ({ page }) => {
  const asked = watchEncoder(page);
  await runFewMaps(page);
  const question = page.getByRole('group', { name: 'Compute latents?' });
  await question.getByRole('button', { name: 'Not now' }).click();
  await title(page, /not computed yet: choose an encoder/).waitFor();
  await page.getByRole('button', { name: 'Clear' }).click();
  await runFewMaps(page);
  await page.locator('#save:enabled').waitFor();
  assert.deepEqual([await question.isVisible(), asked], [false, []]);
});

/** A clock on which every map takes minutes. */
function slowClock() {
  const now = performance.now.bind(performance);
  performance.now = () => 2000 * now();
}

browserTest('work of more than two minutes is measured, told and begun with a word only', {
  automaticLatents: true, before: slowClock,
}, async ({ page }) => {
  await runFewMaps(page, 4);
  const question = page.getByRole('group', { name: 'Compute latents?' });
  await question.getByText(/Measured on \d of 8 maps: about \d+ (min|h) left\. Compute the rest\?/)
    .waitFor({ timeout: STUDY_TIMEOUT_MS });
  await title(page, /waiting for your answer/).waitFor();
  await takePictures(page, 'automatic-time');
  await question.getByRole('button', { name: 'Not now' }).click();
  await title(page, /stopped after \d of 8 maps/).waitFor();
  await page.getByRole('button', { name: 'Resume latents' }).click();
  await waitForLatents(page);
});
