// The encoder's half of a study, as a person asks for it.

import assert from 'node:assert/strict';
import { STUDY_TIMEOUT_MS } from './study.mjs';

/** How long the latents of a study and their evidence may take: the encoder reads the maps of each
 * pair once more for it. */
const LATENTS_TIMEOUT_MS = 2 * STUDY_TIMEOUT_MS;

/** The line that says what computes; waits until it is there. */
export async function computedBy(page) {
  const line = page.locator('.computed__line').getByText(/processor/).first();
  await line.waitFor({ timeout: STUDY_TIMEOUT_MS });
  return line.innerText();
}

/** Waits until all maps have their latents and the tables are drawn. */
export async function waitForLatents(page) {
  await page.locator('#encoder-title').filter({ hasText: /^Latents\s+[1-9]\d* maps?$/ })
    .waitFor({ timeout: LATENTS_TIMEOUT_MS });
  await page.locator('#heat').waitFor({ timeout: LATENTS_TIMEOUT_MS });
  // The last summary makes the files, some moments after the last song.
  await page.locator('#save-list .menu__name').filter({ hasText: /^track_b_results\.json$/ })
    .waitFor({ state: 'attached', timeout: LATENTS_TIMEOUT_MS });
}

/** Takes the encoder that is served with the page. */
export async function useBundled(page) {
  await page.getByRole('button', { name: 'Use the bundled encoder' }).click();
}

/** Takes an encoder from a file. */
export async function useFile(page, path) {
  await page.locator('#pick-encoder').setInputFiles(path);
}

/** What the panel says when there is no encoder. */
export async function refusal(page) {
  const line = page.locator('.encoder-panel__failure').filter({ hasText: /\w/ });
  await line.waitFor({ timeout: STUDY_TIMEOUT_MS });
  return line.innerText();
}

const NUMBER = /-?\d+(?:\.(\d+))?(?:e[-+]?\d+)?/gi;

/**
 * Two texts that differ in nothing but their numbers, and in those by no more than
 * arithmetic in another order does: 1e-5, or the last digit that is written.
 */
export function assertCloseTexts(found, expected, name) {
  const [words, expectedWords] = [found, expected].map((text) => text.replaceAll(NUMBER, '#'));
  // Around the first difference: the whole of it may be a megabyte.
  let start = 0;
  while (start < words.length && words[start] === expectedWords[start]) start += 1;
  const excerpt = (text) => text.slice(Math.max(0, start - 80), start + 80);
  assert.equal(excerpt(words), excerpt(expectedWords), name);
  const numbers = [...found.matchAll(NUMBER)];
  [...expected.matchAll(NUMBER)].forEach(([value, decimals = ''], idx) => {
    const tolerance = Math.max(1e-5, decimals ? 1.001 * 10 ** -decimals.length : 0);
    const difference = Math.abs(Number(numbers[idx][0]) - Number(value));
    assert.ok(difference <= tolerance, `${name}: ${numbers[idx][0]} instead of ${value}, number ${idx}`);
  });
}

/** Two JSON values of one shape, with numbers that differ by at most `tolerance`. */
export function assertClose(found, expected, tolerance, path = '$') {
  if (typeof expected === 'number') {
    assert.ok(Math.abs(found - expected) <= tolerance, `${path}: ${found} instead of ${expected}`);
  } else if (expected !== null && typeof expected === 'object') {
    assert.deepEqual(Object.keys(found), Object.keys(expected), path);
    for (const key of Object.keys(expected)) {
      assertClose(found[key], expected[key], tolerance, `${path}.${key}`);
    }
  } else {
    assert.equal(found, expected, path);
  }
}

/** In the page, before anything of it runs: as on a telephone. */
export function useMobileLine() {
  Object.defineProperty(navigator, 'connection', { value: { type: 'cellular' }, configurable: true });
}
