// The views of results with the keyboard alone.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { dropFiles } from './files.mjs';
import { browserTest } from './harness.mjs';
import { allStops, allStopsBack, hasFocus, reach } from './keys.mjs';
import { useFile, waitForLatents } from './latents.mjs';
import { serveDist } from './server.mjs';
import { waitForState, withFolder, writeRandomEncoder } from './study.mjs';
import { allDrawn, eventually } from './waits.mjs';

const PUBLISHED = fileURLToPath(new URL('../../public/published/published.json', import.meta.url));
const published = await readFile(PUBLISHED, 'utf8');

/** The way through the page, there and back. */
async function assertNoTrap(page, ids) {
  const there = await allStops(page);
  for (const id of ids) assert.ok(there.some((stop) => stop.includes(id)), `${id}: ${there.join(', ')}`);
  assert.equal(new Set(there).size, there.length, 'each once');
  assert.deepEqual((await allStopsBack(page)).reverse(), there);
}

/** Reaches a button by its words and presses it. */
async function press(page, part, words, key = 'Enter') {
  await page.locator(`${part} button`).filter({ hasText: words }).first()
    .evaluate((button) => button.setAttribute('data-wanted', ''));
  await reach(page, '[data-wanted]');
  await page.keyboard.press(key);
  await page.evaluate(() => document.querySelector('[data-wanted]')?.removeAttribute('data-wanted'));
}

const isPressed = (page, part, words) => page.locator(`${part} button`).filter({ hasText: words }).first()
  .and(page.locator('[aria-pressed="true"]')).waitFor({ state: 'attached' });

/** Part A: figure, rows, table and back. */
async function walkChannels(page) {
  await press(page, '#part-a', 'Cosine', 'Space');
  await isPressed(page, '#part-a', 'Cosine');
  await reach(page, '#channel-0');
  await page.keyboard.press('ArrowDown');
  await hasFocus(page, '#channel-1');
  await page.keyboard.press('End');
  await hasFocus(page, '#channel-8');
  await page.locator('.agreement__reading').filter({ hasText: /\d/ }).waitFor();
  await walkTable(page, '#part-a');
}

/** To the table and back; focus stays on the button. */
async function walkTable(page, part) {
  await press(page, part, 'Show as table');
  await page.locator(`${part} tbody th`).first().waitFor();
  await hasFocus(page, `${part} button[aria-pressed="true"]`);
  await page.keyboard.press('Space');
  await page.locator(`${part} [role="group"]`).first().waitFor();
}

/** Parts B and C: order, latents, threshold, values, frames, cell and what it says. */
async function walkLatents(page) {
  await press(page, '#part-b', 'Number');
  await isPressed(page, '#part-c', 'Number');
  await reach(page, '.ranks__item');
  await page.keyboard.press('Home');
  await hasFocus(page, '#latent-0');
  await page.keyboard.press('ArrowRight');
  await hasFocus(page, '#latent-1');
  await walkTable(page, '#part-b');

  await press(page, '#part-c', 'Up-sampled', 'Space');
  await reach(page, '#heat-fade');
  const fade = Number(await page.locator('#heat-fade').inputValue());
  for (let n = 0; n < 3; n += 1) await page.keyboard.press('ArrowRight');
  assert.equal(Number(await page.locator('#heat-fade').inputValue()), fade + 3);
  await reach(page, '#heat');
  const name = page.locator('.inspector__name');
  const before = await name.innerText();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  await eventually(async () => assert.notEqual(await name.innerText(), before));
  await page.locator('.inspector__figure').filter({ hasText: /\d\.\d\d/ }).waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.heat__line:not([hidden])').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('.heat__line[hidden]').waitFor({ state: 'attached' });
  await hasFocus(page, '#heat', 'Escape lets go of the latent, not of the focus');
  await walkTable(page, '#part-c');
}

/** The evidence: a badge, its neighbours, its panel, and back. */
async function walkEvidence(page) {
  await reach(page, '.evidence__badge');
  await page.keyboard.press('Home');
  await hasFocus(page, '#evidence-onset');
  await page.keyboard.press('ArrowDown');
  await hasFocus(page, '#evidence-combo');
  await page.keyboard.press('Enter');
  await page.locator('.evidence-panel[open]').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('.evidence-panel').waitFor({ state: 'hidden' });
  await hasFocus(page, '#evidence-combo');
}

/** A menu by its button; Escape folds it up and leads back. */
async function walkMenus(page) {
  await reach(page, '#share');
  await page.keyboard.press('Enter');
  await reach(page, '.share__names input');
  await page.keyboard.press('Space');
  await page.locator('.share__names input:checked').waitFor();
  // Another link is made, and stands before the button that copies it.
  await page.locator('.share__link').waitFor();
  await reach(page, '.share__link');
  await reach(page, '#share-copy');
  await page.keyboard.press('Enter');
  await page.locator('#share-panel [role="status"]').filter({ hasText: /Copied|by hand/ }).waitFor();
  await page.keyboard.press('Escape');
  await page.locator('#share-panel').waitFor({ state: 'hidden' });
  await hasFocus(page, '#share');

  await reach(page, '#save');
  await page.keyboard.press('Space');
  await page.locator('#save-list .menu__item').first().waitFor();
  await hasFocus(page, '#save');
  await page.keyboard.press('ArrowDown');
  await hasFocus(page, '#save-name', 'arrows go into the menu');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowDown');
  await hasFocus(page, '#save-name', 'and around its ends');
  await page.keyboard.press('ArrowDown');
  await hasFocus(page, '#save-all');
  await page.keyboard.press('ArrowDown');
  const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
  assert.equal(download.suggestedFilename(), 'result.json');
  await page.locator('#save-list').waitFor({ state: 'hidden' });
  await hasFocus(page, '#save');
  // A menu that focus leaves covers nothing.
  await page.keyboard.press('Enter');
  await reach(page, '#share', 'Shift+Tab');
  await page.locator('#save-list').waitFor({ state: 'hidden' });
}

browserTest('the published results by keys', {
  site: () => serveDist({ rewrite: (html) => html.replace(/(name="carto-live-site" content=")[^"]+/, '$1./live/') }),
  expectedErrors: [/404/], timeoutMs: 300_000,
}, async ({ page }) => {
  await allDrawn(page);
  await assertNoTrap(page, ['channel-0', 'latent-', 'heat', 'refresh', 'share', 'save', 'theme']);
  await walkChannels(page);
  await walkLatents(page);
  await reach(page, '#refresh');
  await page.keyboard.press('Enter');
  await page.locator('#refreshed').getByText(/The figures shown are those/).waitFor();
  await hasFocus(page, '#refresh');
  await walkMenus(page);
  await reach(page, '.term');
  await page.locator('#term-tip').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('#term-tip').waitFor({ state: 'detached' });
  await hasFocus(page, '.term');
  await reach(page, '#theme');
  await page.keyboard.press('Enter');
  await page.locator('html.light').waitFor();
  await reach(page, 'a[href="./?view=yours"]');
  await page.keyboard.press('Enter');
  await page.locator('main[data-view="yours"]').waitFor();
});

browserTest('your maps by keys', { path: '?view=yours', timeoutMs: 300_000 }, async ({ page }) => {
  await withFolder(async (folder) => {
    await press(page, '.drop-panel', 'demo');
    await waitForState(page, 'done');
    await hasFocus(page, '#run-title', 'what came takes the focus');
    await useFile(page, writeRandomEncoder(folder));
    await waitForLatents(page);
    await page.locator('#differences table').first().waitFor({ state: 'attached' });
    await assertNoTrap(page, ['channel-0', 'latent-', 'heat', 'share', 'save', 'Tables of differences']);
    await walkChannels(page);
    await walkEvidence(page);
    await walkLatents(page);
    await walkMenus(page);
    await reach(page, '.songs__find input');
    await page.keyboard.type('no such song');
    await page.locator('.songs__none').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.songs__body tr').first().waitFor();
    await press(page, '.songs__table', 'pairs');
    await page.locator('.songs__table [aria-sort]').first().waitFor();
    await reach(page, '#differences [tabindex]');
    await press(page, '.run-head', 'Clear');
    await waitForState(page, 'empty');
    await hasFocus(page, '#undo-clear');
  });
});

browserTest('an opened result with an overlay, by keys', {
  path: '?compare=./published/published.json', timeoutMs: 300_000,
}, async ({ page }) => {
  const bytes = new TextEncoder().encode(published);
  await dropFiles(page, [{ name: 'result.json', bytes }]);
  await page.locator('#result-title').waitFor();
  await page.locator('#differences table').first().waitFor({ state: 'attached' });
  await hasFocus(page, '#result-title');
  await assertNoTrap(page, ['channel-0', 'heat', 'open-result', 'share', 'save', 'Tables of differences']);
  await walkChannels(page);
  await walkLatents(page);
  await walkMenus(page);
  await reach(page, '#differences [tabindex]');
  await press(page, '.run-head', 'Back to the published run');
  await page.getByRole('heading', { name: /Mappers agree on when/ }).waitFor();
  await hasFocus(page, '#main');
});
