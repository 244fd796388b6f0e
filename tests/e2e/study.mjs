// A study on the page, as a person runs it; and the same study by the command.

import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { dropFiles } from './files.mjs';
import { pairsOfMaps } from './maps.mjs';

/** How long a study on the page may take on a slow machine. */
export const STUDY_TIMEOUT_MS = 150_000;

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** The goldens beside the checkout; null, with a line on stderr, where they are not there. */
export function goldenFolder(name) {
  const path = join(ROOT, '../shared/golden', name);
  if (existsSync(path)) return path;
  console.error(`skipped: ../shared/golden/${name} is not there`);
  return null;
}

/**
 * The `carto` command.
 *
 * @param {string[]} [profiles] what it may be compiled as, the preferred first; `cargo xtask e2e`
 *   builds the first of these, `cargo xtask bench library` the second
 */
export function command(profiles = ['debug', 'release']) {
  const target = process.env.CARGO_TARGET_DIR ?? join(ROOT, 'target');
  const found = profiles.map((profile) => join(target, profile, 'carto')).find(existsSync);
  if (!found) throw new Error('the carto command is not built: cargo build -p carto-cli');
  return found;
}

/** Runs `body` with an empty folder, which is gone afterwards. */
export async function withFolder(body) {
  const folder = await mkdtemp(join(tmpdir(), 'carto-study-'));
  try {
    return await body(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Writes the demo set into `folder`; returns the archives' paths in order. */
export async function writeDemo(folder, seed = 1) {
  execFileSync(command(), ['demo', '--out', folder, '--seed', String(seed)]);
  return (await readdir(folder)).sort().map((name) => join(folder, name));
}

/** Writes a small encoder that was never trained; returns its path. */
export function writeRandomEncoder(folder) {
  const path = join(folder, 'random.safetensors');
  execFileSync(command(), ['random-encoder', '--seed', '1', '--hidden-dim', '8', '--out', path]);
  return path;
}

/**
 * All files that the command writes for a folder, by name.
 *
 * @param {string} path
 * @param {object} [options]
 * @param {'published' | 'osu'} [options.mode]
 * @param {boolean} [options.isHeard] whether recordings are heard where lags are open, as the page does
 * @param {string} [options.encoder] the path of an encoder, or `bundled`; without it there are no latents
 */
export async function filesByCommand(path, { mode = 'osu', encoder, isHeard = false } = {}) {
  const more = { undefined: ['--no-latents'], bundled: [] }[encoder] ?? ['--encoder', encoder];
  if (isHeard) more.push('--audio=open');
  return withFolder(async (out) => {
    const { status, stderr } =
      spawnSync(command(), ['analyze', path, '--out', out, '--mode', mode, ...more], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`carto analyze: ${stderr}`);
    const texts = (await readdir(out)).sort()
      .map(async (name) => [name, await readFile(join(out, name), 'utf8')]);
    return Object.fromEntries(await Promise.all(texts));
  });
}

/** The command's `track_a_results.json` for a folder. */
export async function analyzeByCommand(path, mode = 'osu') {
  return { results: (await filesByCommand(path, { mode }))['track_a_results.json'] };
}

/** All files that the page offers, by name; saves each of them through the menu. */
export async function filesOfPage(page) {
  await page.locator('#save:enabled').waitFor({ timeout: STUDY_TIMEOUT_MS });
  const names = await page.locator('#save-list .menu__name').allTextContents();
  const texts = {};
  for (const name of names.sort()) texts[name] = await saveFile(page, name);
  return texts;
}

/**
 * A file's text without what differs between two runs that agree: times, what computed, and the name
 * and day that the page gives a result.
 */
export function comparable(name, text) {
  const backend = /"backend":\s*\{(?:[^{}]|\{[^{}]*\})*\}/g;
  if (name === 'result.json') {
    const { name: _, ...result } = JSON.parse(text);
    return JSON.stringify({ ...result, origin: { ...result.origin, date: null } }).replaceAll(backend, '');
  }
  if (name !== 'report.json') return text;
  const { timings: _, ...report } = JSON.parse(text);
  return JSON.stringify(report).replaceAll(backend, '');
}

/** Waits until the run is in one of `states`. */
export async function waitForState(page, ...states) {
  const selector = states.map((state) => `main[data-state="${state}"]`).join(', ');
  await page.locator(selector).waitFor({ timeout: STUDY_TIMEOUT_MS });
}

/** Saves one of the run's files through the menu; returns its text. */
export async function saveFile(page, name) {
  // Its purpose follows the name; the end of another's name is not it.
  const button = new RegExp(`^${name.replaceAll('.', '\\.')}( |$)`);
  await page.locator('#save:enabled').waitFor({ timeout: STUDY_TIMEOUT_MS });
  await page.locator('#save').click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.locator('#save-list').getByRole('button', { name: button }).click(),
  ]);
  await page.locator('#save-list').waitFor({ state: 'hidden' });
  if (download.suggestedFilename() !== name) throw new Error(download.suggestedFilename());
  return readFile(await download.path(), 'utf8');
}

/** Runs a few songs of two short maps each, where a test needs any run and not its figures. */
export async function runFewMaps(page, nSongs = 2) {
  const files = Object.entries(pairsOfMaps(nSongs))
    .map(([name, text]) => ({ name, bytes: new TextEncoder().encode(text) }));
  await page.locator('main[data-state]').waitFor({ state: 'attached' });
  await dropFiles(page, files);
  await waitForState(page, 'done');
}

/** Titles in the songs table, top to bottom. */
export async function songTitles(page) {
  const texts = await page.locator('.songs__body .songs__song').allInnerTexts();
  // A song whose files are there has a link beside its mappers.
  return texts.map((text) => text.replace(/\s*Open song$/, ''));
}
