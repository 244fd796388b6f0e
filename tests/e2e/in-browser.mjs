// A test in a browser that is not Chromium, by its driver.

import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { waitUntil } from './drivers/page.mjs';
import { serveDist } from './server.mjs';
import { STUDY_TIMEOUT_MS, withFolder } from './study.mjs';

/** Pictures of failed tests, which git ignores. */
const OUT_DIR = fileURLToPath(new URL('./out/', import.meta.url));

/** How long a test may take on a slow machine, starting the browser included. */
export const BROWSER_TIMEOUT_MS = 300_000;

/** @typedef {import('./drivers/page.mjs').Driver} Driver */

/**
 * The body of the test of one browser; skips it where the browser is missing.
 *
 * The file of the browser calls `test`, since node names a test after the file that does.
 *
 * @param {import('node:test').TestContext} running
 * @param {object} browser
 * @param {string | undefined} browser.path of the program
 * @param {string} browser.missing what to say where there is no path
 * @param {(path: string) => Promise<Driver>} browser.open
 * @param {(driver: Driver, url: string, folder: string) => Promise<void>} body is told the address of the page and an
 *   empty folder
 */
export async function testIn(running, { path, missing, open }, body) {
  if (!path) {
    console.error(`skipped: ${missing}`);
    running.skip(missing);
    return;
  }
  const site = process.env.CARTO_URL ? { url: process.env.CARTO_URL, close() {} } : await serveDist();
  try {
    await withDriver(() => open(path), body.name, (driver) => withFolder((folder) => body(driver, site.url, folder)));
  } finally {
    await site.close();
  }
}

async function withDriver(open, name, body) {
  const driver = await open();
  try {
    await body(driver);
  } catch (error) {
    await mkdir(OUT_DIR, { recursive: true });
    await driver.screenshot(join(OUT_DIR, `failed-${name}-${driver.name}.png`)).catch(() => {});
    throw error;
  } finally {
    await driver.close();
  }
}

/** Waits until a function of the page says true; an error of the page ends the wait. */
export async function waitFor(driver, what, fn, ...args) {
  return waitUntil(what, async () => {
    assert.deepEqual(await driver.errors(), [], `errors in the page, while it waited for ${what}`);
    return driver.evaluate(fn, ...args);
  }, STUDY_TIMEOUT_MS);
}

export async function waitForState(driver, state) {
  await waitFor(driver, `the state ${state}`, (state) =>
    document.querySelector('main[data-state]')?.dataset.state === state, state);
}

/** Waits until the page has run this many archives. */
export async function waitForRun(driver, nArchives) {
  await waitFor(driver, `${nArchives} archives`, (begin) =>
    document.querySelector('#run-title')?.textContent.startsWith(begin), `${nArchives} archives,`);
  await waitForState(driver, 'done');
}
