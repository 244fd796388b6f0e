// What is not lost: a run that is reloaded, closed or cleared.

import assert from 'node:assert/strict';
import { dropFiles } from './files.mjs';
import { browserTest, shoot } from './harness.mjs';
import { pairsOfMaps } from './maps.mjs';
import { runFewMaps, saveFile, songTitles, waitForState } from './study.mjs';
import { eventually } from './waits.mjs';

/** Whether the browser would ask before it leaves the page now. */
const asks = (page) =>
  page.evaluate(() => !window.dispatchEvent(new Event('beforeunload', { cancelable: true })));

const keepSwitch = (page) => page.getByRole('checkbox', { name: 'Keep the result of the last run' });

async function reloaded(page) {
  await page.reload();
  await page.locator('main[data-state]').waitFor({ state: 'attached' });
}

/** Waits until the page says that the run is kept. */
const kept = (page) => page.locator('.keep-panel').getByText(/Kept: \d+ songs, \d{4}-/).waitFor();

browserTest('the last run is offered after a reload, with its songs, and can be deleted', {}, async ({ page }) => {
  await runFewMaps(page, 3);
  await kept(page);
  assert.equal(await asks(page), false, 'what is kept is not lost');
  const titles = await songTitles(page);
  await reloaded(page);
  const open = page.getByRole('button', { name: 'Open its result' });
  await open.waitFor();
  for (const [colorScheme, width] of [['light', 1440], ['dark', 360], ['dark', 1440], ['light', 360]]) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 900 });
    await shoot(page, `last-run-${width}-${colorScheme}`);
  }
  await open.click();
  await page.getByRole('heading', { level: 1, name: /^3 songs, \d{4}-\d\d-\d\d$/ }).waitFor();
  await eventually(async () => assert.deepEqual(await songTitles(page), titles));

  await page.getByRole('link', { name: 'Your maps' }).click();
  await page.getByRole('button', { name: 'Delete this result' }).click();
  await open.waitFor({ state: 'detached' });
  await reloaded(page);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await keepSwitch(page).waitFor();
  assert.equal(await open.count(), 0);
  assert.equal(await page.evaluate(() => window.cartoKept.get('run')), undefined);
});

browserTest('nothing is kept where that is switched off, and the browser asks until it is saved', {
  path: '?view=yours',
}, async ({ page }) => {
  assert.equal(await asks(page), false);
  await keepSwitch(page).uncheck();
  await runFewMaps(page);
  await eventually(async () => assert.equal(await asks(page), true));
  assert.equal(await page.evaluate(() => window.cartoKept.get('run')), undefined);
  await saveFile(page, 'report.json');
  assert.equal(await asks(page), true, 'a part is not the whole');
  await saveFile(page, 'result.json');
  await eventually(async () => assert.equal(await asks(page), false));
  await reloaded(page);
  await keepSwitch(page).waitFor();
  assert.equal(await keepSwitch(page).isChecked(), false, 'the choice is remembered');
});

browserTest('a browser that keeps nothing says so, and asks before the run is lost', {
  before: () => {
    IDBFactory.prototype.open = () => { throw new DOMException('there is no room', 'QuotaExceededError'); };
  },
}, async ({ page }) => {
  await runFewMaps(page);
  await page.getByText(/The result of this run is not kept: there is no room/).waitFor();
  assert.equal(await asks(page), true);
  const asked = [];
  page.on('dialog', (dialog) => {
    asked.push(dialog.type());
    return dialog.accept();
  });
  await page.locator('#run-title').click();
  await reloaded(page);
  assert.deepEqual(asked, ['beforeunload']);
});

browserTest('a run in the middle is asked for, the demo set is not', {}, async ({ page }) => {
  await page.getByRole('button', { name: /demo/i }).first().click();
  await waitForState(page, 'running', 'done');
  assert.equal(await asks(page), false);
  await waitForState(page, 'done');
  assert.equal(await asks(page), false);
  assert.equal(await page.evaluate(() => window.cartoKept.get('run')), undefined);
  const files = Object.entries(pairsOfMaps(150)).map(([name, text]) =>
    ({ name, bytes: new TextEncoder().encode(text) }));
  await dropFiles(page, files);
  await waitForState(page, 'running');
  assert.equal(await asks(page), true);
});

browserTest('clearing can be undone, and the demo set gives a run back', {}, async ({ page }) => {
  await runFewMaps(page, 3);
  const titles = await songTitles(page);
  await page.getByRole('button', { name: 'Clear', exact: true }).click();
  await waitForState(page, 'empty');
  const undo = page.getByRole('button', { name: 'Undo' });
  await page.getByText(/Cleared: .*3 songs with two mappers/).waitFor();
  await page.waitForFunction(() => document.activeElement.id === 'undo-clear');
  for (const [colorScheme, width] of [['light', 1440], ['dark', 360]]) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 900 });
    await shoot(page, `cleared-${width}-${colorScheme}`);
  }
  await undo.press('Enter');
  await waitForState(page, 'done');
  assert.deepEqual(await songTitles(page), titles);
  await page.waitForFunction(() => document.activeElement.id === 'run-title');

  await page.getByRole('link', { name: 'Published results' }).click();
  await page.getByRole('button', { name: /demo/i }).first().click();
  await page.locator('main[data-view="yours"]').waitFor();
  await waitForState(page, 'done');
  await page.getByRole('button', { name: 'Back to your maps' }).click();
  await eventually(async () => assert.deepEqual(await songTitles(page), titles));
});
