// Accessibility as far as a program can tell: axe-core's rules of WCAG 2.2 AA and its
// own good practice, on every view, in both themes, narrow and wide.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { dropFiles } from './files.mjs';
import { browserTest } from './harness.mjs';
import { useBundled, waitForLatents } from './latents.mjs';
import { saveFile, waitForState } from './study.mjs';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const THEMES = ['light', 'dark'];
const WIDTHS = [360, 1440];

const PUBLISHED = fileURLToPath(new URL('../../public/published/published.json', import.meta.url));

/** What is looked at, one after the other in one visit: each goes on from the one before. */
const VISITS = {
  'your maps': {
    views: [
      { name: 'the first view', open: async () => {} },
      { name: 'the demo, finished', open: runDemo },
      { name: 'with all that folds opened', open: openFolds },
      { name: 'with latents', open: addLatents },
      { name: 'with every table', open: openTables },
      { name: 'with the menu of links', open: (page) => openMenu(page, 'share') },
      { name: 'with the menu of files', open: (page) => openMenu(page, 'save') },
    ],
  },
  'beatmaps': {
    path: '?view=beatmaps',
    views: [
      { name: 'without maps', open: (page) => seen(page, '.beat-empty') },
      { name: 'with the demo set', open: classifyDemo },
      { name: 'with a map opened', open: openMap },
      { name: 'with all that folds opened', open: openFolds },
    ],
  },
  'results': {
    path: '?compare=./published/published.json',
    views: [
      { name: 'with another laid beside', open: (page) => seen(page, '#differences table') },
      { name: 'with all that folds opened', open: openFolds },
      { name: 'with every table', open: openTables },
      { name: 'with a word of the glossary', open: openTerm },
      { name: 'with the menu of links', open: (page) => openMenu(page, 'share') },
      { name: 'with the menu of files', open: (page) => openMenu(page, 'save') },
      { name: 'an opened result', open: openResult },
      { name: 'an opened result without part A', open: openMatrix },
      { name: 'a file that is no result', open: refuse },
    ],
  },
};

async function runDemo(page) {
  await page.getByRole('button', { name: /demo/i }).first().click();
  await waitForState(page, 'done');
}

async function classifyDemo(page) {
  await page.getByRole('button', { name: /demo/i }).click();
  await page.locator('#beat-status').filter({ hasText: /classified/ }).waitFor({ state: 'attached' });
  await seen(page, '.beat-songs article');
}

async function openMap(page) {
  await page.locator('.beat-row__name').first().press('Enter');
  await seen(page, '.beat-driver');
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

/** Every chart as its table. */
async function openTables(page) {
  const charts = page.getByRole('button', { name: 'Show as table', pressed: false });
  while (await charts.count()) await charts.first().press('Enter');
  await seen(page, '#part-c table');
}

async function openTerm(page) {
  await page.locator('#part-a .term').first().focus();
  await seen(page, '#term-tip');
}

/** With what it makes: a link, files. */
async function openMenu(page, id) {
  await page.locator(`#${id}`).press('Enter');
  if (id === 'share') {
    await page.locator('#share-copy').press('Enter');
    await seen(page, '.share__link');
  } else {
    await seen(page, '#save-list .menu__item');
  }
}

async function openResult(page) {
  await page.keyboard.press('Escape');
  await drop(page, 'result.json', await readFile(PUBLISHED, 'utf8'));
  await seen(page, '#result-title');
}

async function openMatrix(page) {
  const layout = await saveFile(page, 'synthesis_results.json');
  await drop(page, 'synthesis.json', layout);
  await page.locator('#result-title').filter({ hasText: 'synthesis.json' }).waitFor();
}

async function refuse(page) {
  await drop(page, 'odd.json', '{}');
  await page.locator('.failure-slot .failure:visible').waitFor();
}

const drop = (page, name, text) => dropFiles(page, [{ name, bytes: new TextEncoder().encode(text) }]);

/** Waits for what may stand far below. */
const seen = (page, selector) => page.locator(selector).first().waitFor({ state: 'attached' });

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

for (const [visit, { path, views }] of Object.entries(VISITS)) {
  for (const colorScheme of THEMES) {
    for (const width of WIDTHS) {
      browserTest(`axe finds no fault in ${visit} at ${width} px, ${colorScheme}`, {
        path, colorScheme, viewport: { width, height: 900 }, timeoutMs: 300_000,
      }, async ({ page }) => {
        // The policy lets no script in; the browser's own console may run one.
        await page.evaluate(await readFile(AXE, 'utf8'));
        const found = [];
        for (const { name, open } of views) {
          await open(page);
          found.push(...(await faults(page)).map((fault) => `${name}: ${fault}`));
        }
        assert.deepEqual([...new Set(found)], []);
      });
    }
  }
}
