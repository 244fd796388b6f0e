// Accessibility as far as a program can tell: axe-core's rules of WCAG 2.2 AA and its
// own good practice, on every view, in both themes, narrow and wide.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { browserTest } from './harness.mjs';
import { useBundled, waitForLatents } from './latents.mjs';
import { waitForState } from './study.mjs';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const THEMES = ['light', 'dark'];
const WIDTHS = [360, 1440];

/** What is looked at, one after the other in one visit: each goes on from the one before. */
const VIEWS = [
  { name: 'the first view', open: async () => {} },
  { name: 'the demo, finished', open: runDemo },
  { name: 'with all that folds opened', open: openFolds },
  { name: 'with latents', open: addLatents },
];

async function runDemo(page) {
  await page.getByRole('button', { name: /demo/i }).first().click();
  await waitForState(page, 'done');
}

async function openFolds(page) {
  await page.evaluate(() => {
    for (const fold of document.querySelectorAll('details')) fold.open = true;
  });
}

async function addLatents(page) {
  await useBundled(page);
  await waitForLatents(page);
  await openFolds(page);
}

/** Faults in words, one a line and element. */
async function faults(page) {
  await page.evaluate(() => document.fonts.ready);
  await settle(page);
  const violations = await page.evaluate(async (tags) => {
    const { violations } = await window.axe.run(document, {
      runOnly: tags, resultTypes: ['violations'],
    });
    return violations.map(({ id, help, nodes }) => ({
      id, help, nodes: nodes.map(({ target, failureSummary }) => ({ target: target.join(' '), failureSummary })),
    }));
  }, TAGS);
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) =>
      `${id} (${help}): ${target}: ${failureSummary.split('\n').slice(1).join(';').trim()}`));
}

/** Colours in the middle of a transition are nobody's fault. */
function settle(page) {
  return page.evaluate(() => {
    for (const animation of document.getAnimations()) {
      // Waiting would not do: what is out of sight stands still.
      if (animation.effect.getComputedTiming().endTime !== Infinity) animation.finish();
    }
  });
}

for (const colorScheme of THEMES) {
  for (const width of WIDTHS) {
    browserTest(`axe finds no fault at ${width} px, ${colorScheme}`, {
      colorScheme, viewport: { width, height: 900 }, timeoutMs: 300_000,
    }, async ({ page }) => {
      // The policy lets no script in; the browser's own console may run one.
      await page.evaluate(await readFile(AXE, 'utf8'));
      const found = [];
      for (const { name, open } of VIEWS) {
        await open(page);
        found.push(...(await faults(page)).map((fault) => `${name}: ${fault}`));
      }
      assert.deepEqual([...new Set(found)], []);
    });
  }
}
