// Accessibility as far as a program can tell: axe-core's rules of WCAG 2.2 AA and its
// own good practice, on every view, in both themes, narrow and wide.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openCollections as openDialog } from './beatmaps.mjs';
import { dropFiles } from './files.mjs';
import { withPage } from './harness.mjs';
import { computedBy, useFile, useMobileLine, waitForLatents } from './latents.mjs';
import {
  listMappers, measureLatents, openDimension, openHeadToHead, openMapper, openMapperTable,
} from './mappers.mjs';
import { osuText } from './maps.mjs';
import { runFewMaps, saveFile, waitForState, withFolder, writeRandomEncoder } from './study.mjs';
import { allDrawn, eventually, facesArrived } from './waits.mjs';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** Of axe's rules only these look at colours, and a theme is nothing else: the others
 * find in the dark what they find in the light. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];
const WIDTHS = [1440, 360];
const LOOKS = WIDTHS.flatMap((width) =>
  ['light', 'dark'].map((theme) => ({ name: `${width} px, ${theme}`, width, theme })));

const PUBLISHED = fileURLToPath(new URL('../../public/published/published.json', import.meta.url));

/**
 * What is looked at, one after the other in one visit: each goes on from the one before.
 *
 * `part`: what a step draws, as a selector, where it leaves the colours of all else as they were.
 */
const VISITS = {
  'your maps': {
    views: [
      { name: 'the first view', open: async () => {} },
      { name: 'the demo, finished', open: runDemo },
      { name: 'with the evidence of a channel', open: openEvidence, part: 'dialog[open]' },
      { name: 'with all that folds opened', open: closeAndOpenFolds, part: 'details' },
      { name: 'with latents', open: addLatents },
      { name: 'with every table', open: openTables, part: 'table' },
      { name: 'with the menu of links', open: (page) => openMenu(page, 'share'), part: '#share-menu' },
      { name: 'with the menu of files', open: (page) => openMenu(page, 'save'), part: '#save-menu' },
      { name: 'with a song opened', open: openSong, part: 'dialog[open]' },
    ],
  },
  'one song': {
    views: [
      { name: 'opened over time', open: openOverTime },
      { name: 'with latents that lack an encoder', open: lackEncoder, part: '.song-latents' },
      { name: 'with latents', open: openSongLatents, part: '.song-latents' },
      { name: 'with all that folds opened', open: openFolds, part: '.song-transport' },
      { name: 'with both tables', open: openSongTables, part: '.song-plate' },
    ],
  },
  'beatmaps': {
    path: '?view=beatmaps',
    views: [
      { name: 'without maps', open: (page) => seen(page, '.beat-empty') },
      { name: 'with the demo set', open: classifyDemo },
      { name: 'with a map opened', open: openMap },
      { name: 'with all that folds opened', open: openFolds, part: 'details' },
      { name: 'with the dialog of collections', open: openCollections, part: '#collections' },
    ],
  },
  'mappers': {
    path: '?view=mapper',
    views: [
      { name: 'without maps', open: (page) => seen(page, '#mapper .lede') },
      { name: 'the list of the demo set', open: listMappers },
      { name: 'a mapper', open: openMapper },
      { name: 'with the numbers of a dimension', open: openDimension, part: '#mapper-detail' },
      { name: 'a head-to-head', open: openHeadToHead },
      { name: 'with its table', open: openMapperTable, part: '#mapper table' },
      { name: 'with latents', open: addMapperLatents, part: '#mapper' },
    ],
  },
  'latents that ask first': {
    automaticLatents: true,
    before: useMobileLine,
    views: [
      { name: 'before anything is fetched', open: runUntilAsked },
      { name: 'with nothing to compare', open: runOneMap },
    ],
  },
  'results': {
    path: '?compare=./published/published.json',
    views: [
      { name: 'with another laid beside', open: (page) => seen(page, '#differences table') },
      { name: 'with all that folds opened', open: openFolds, part: 'details' },
      { name: 'with every table', open: openTables, part: 'table' },
      { name: 'with a word of the glossary', open: openTerm, part: '#term-tip' },
      { name: 'with the menu of links', open: (page) => openMenu(page, 'share'), part: '#share-menu' },
      { name: 'with the menu of files', open: (page) => openMenu(page, 'save'), part: '#save-menu' },
      { name: 'an opened result', open: openResult },
      { name: 'an opened result without part A', open: openMatrix },
      { name: 'a file that is no result', open: refuse, part: '.messages' },
    ],
  },
};

async function runDemo(page) {
  await page.getByRole('button', { name: /demo/i }).first().click();
  await waitForState(page, 'done');
}

async function runUntilAsked(page) {
  await runFewMaps(page);
  await page.getByRole('group', { name: 'Compute latents?' }).waitFor();
}

async function runOneMap(page) {
  await page.getByRole('button', { name: 'Clear' }).click();
  await drop(page, 'alone.osu', osuText({ title: 'Alone', creator: 'ann' }));
  await waitForState(page, 'done');
  await seen(page, '.songs__needed a');
}

async function classifyDemo(page) {
  await page.getByRole('button', { name: /demo/i }).click();
  await page.locator('#beat-status').filter({ hasText: /classified/ }).waitFor({ state: 'attached' });
  await seen(page, '.beat-songs article');
}

/** One map; the others, which were looked at before, are filtered out. */
async function openMap(page) {
  const title = await page.locator('.beat-row__name b').first().textContent();
  await page.getByRole('searchbox', { name: 'Find' }).fill(title);
  const rows = page.locator('.beat-row');
  const nMatching = await rows.filter({ hasText: title }).count();
  await eventually(async () => assert.equal(await rows.count(), nMatching));
  await page.locator('.beat-row__name').first().press('Enter');
  await page.locator('.beat-effects summary').press('Enter');
  await seen(page, '.beat-driver');
}

/** With a file that nothing can be added to, which it says. */
async function openCollections(page) {
  await openDialog(page);
  await drop(page, 'collection.db', 'odd');
  await seen(page, '#collections [role=alert]');
}

async function openFolds(page) {
  await page.evaluate(() => {
    for (const fold of document.querySelectorAll('details')) fold.open = true;
  });
}

async function openEvidence(page) {
  await page.locator('.evidence__badge').first().press('Enter');
  await seen(page, 'dialog[open] .reach');
}

async function closeAndOpenFolds(page) {
  await page.keyboard.press('Escape');
  await openFolds(page);
}

/** By a small encoder: what is drawn is the same, and soon there. */
async function addLatents(page) {
  await withFolder(async (folder) => {
    await useFile(page, writeRandomEncoder(folder));
    await waitForLatents(page);
  });
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

async function openOverTime(page) {
  await runDemo(page);
  await page.locator('.songs__open').first().click();
  await seen(page, '.song-strips__canvas');
  await seen(page, '.song-moment');
}

async function lackEncoder(page) {
  await page.locator('#song-latents-open').press('Enter');
  await seen(page, '.song-latents__words');
  await scrollToTop(page);
}

async function openSongLatents(page) {
  await page.locator('.song-latents__words a').press('Enter');
  await loadEncoder(page);
  await page.locator('.songs__open').first().press('Enter');
  await seen(page, '.song-latents .song-strips__canvas');
}

async function addMapperLatents(page) {
  // Back from the table to the chart.
  await page.locator('#mapper').getByRole('button', { name: 'Show as table' }).press('Enter');
  await page.getByRole('link', { name: 'Your maps' }).first().press('Enter');
  await loadEncoder(page);
  await page.getByRole('link', { name: 'All mappers of these songs' }).press('Enter');
  await openMapper(page);
  await measureLatents(page);
}

/** By a small encoder, as of [addLatents]. */
async function loadEncoder(page) {
  await withFolder(async (folder) => {
    await useFile(page, writeRandomEncoder(folder));
    await computedBy(page);
  });
}

async function openSongTables(page) {
  for (const plate of await page.locator('.song-plate').all()) {
    await plate.getByRole('button', { name: 'Show as table' }).click();
  }
  await scrollToTop(page);
}

/** The header lies over what stands where the page is scrolled to, and axe takes it for hidden. */
const scrollToTop = (page) => page.evaluate(() => window.scrollTo(0, 0));

async function openSong(page) {
  await page.keyboard.press('Escape');
  await page.locator('.songs__mappers').first().press('Enter');
  await seen(page, 'dialog[open] table');
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
  await page.locator('.messages .failure:visible').waitFor();
}

const drop = (page, name, text) => dropFiles(page, [{ name, bytes: new TextEncoder().encode(text) }]);

/** Waits for what may stand far below. */
const seen = (page, selector) => page.locator(selector).first().waitFor({ state: 'attached' });

/** Faults of the page by all rules, and of its part by those of colours. */
async function faultsInLight(page, part) {
  if (!part) return faults(page, { runOnly: TAGS });
  const rules = Object.fromEntries(COLOUR_RULES.map((rule) => [rule, { enabled: false }]));
  return [...(await faults(page, { runOnly: TAGS, rules })), ...(await faultsOfColour(page, part))];
}

const faultsOfColour = (page, part) => faults(page, { runOnly: COLOUR_RULES }, part);

/** Faults in words, one a line and element; `part` is a selector. */
async function faults(page, options, part = 'html') {
  await facesArrived(page);
  await settle(page);
  const violations = await page.evaluate(async ([options, part]) => {
    const { violations } = await window.axe.run(part, {
      // No rule of ours reads style sheets, which axe would fetch again each time.
      resultTypes: ['violations'], preload: { assets: ['media'] }, ...options,
    });
    return violations.map(({ id, help, nodes }) => ({
      id, help, nodes: nodes.map(({ target, failureSummary }) => ({ target: target.join(' '), failureSummary })),
    }));
  }, [options, part]);
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

/**
 * Goes through all views of a visit; gives the faults by width and theme.
 *
 * Nothing in the page asks for either: style sheets do it all, so a view looks the same
 * whether it was opened so or turned so.
 */
function look(visit) {
  const { views, ...options } = VISITS[visit];
  return withPage({ name: `axe ${visit}`, ...options }, async ({ page }) => {
    await allDrawn(page);
    // The policy lets no script in; the browser's own console may run one.
    await page.evaluate(await readFile(AXE, 'utf8'));
    const found = new Map(LOOKS.map(({ name }) => [name, new Set()]));
    for (const { name: view, open, part } of views) {
      await page.setViewportSize({ width: Math.max(...WIDTHS), height: 900 });
      await open(page);
      for (const { name, width, theme } of LOOKS) {
        await page.setViewportSize({ width, height: 900 });
        await page.emulateMedia({ colorScheme: theme });
        const ofTheme = theme === 'light' ? faultsInLight : faultsOfColour;
        for (const fault of await ofTheme(page, part)) found.get(name).add(`${view}: ${fault}`);
      }
    }
    return found;
  });
}

for (const visit of Object.keys(VISITS)) {
  // Most of the time goes into what there is to look at, so one visit is for all.
  let looked;
  for (const { name } of LOOKS) {
    test(`axe finds no fault in ${visit} at ${name}`, { timeout: 300_000 }, async () => {
      looked ??= look(visit);
      assert.deepEqual([...(await looked).get(name)], []);
    });
  }
}
