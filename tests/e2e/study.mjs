// A study on the page, as a person runs it; and the same study by the command.

import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

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

/** The `carto` command, as `cargo xtask e2e` built it. */
export function command() {
  const target = process.env.CARGO_TARGET_DIR ?? join(ROOT, 'target');
  const found = ['debug/carto', 'release/carto'].map((path) => join(target, path)).find(existsSync);
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

/** The command's `track_a_results.json` for a folder; its exit code beside it. */
export async function analyzeByCommand(path, mode = 'published') {
  return withFolder(async (out) => {
    const { status } = spawnSync(command(), ['analyze', path, '--out', out, '--mode', mode]);
    return { status, results: await readFile(join(out, 'track_a_results.json'), 'utf8') };
  });
}

/** The command's files of a run with an encoder, by name. */
export async function latentsByCommand(path, encoder, names) {
  return withFolder(async (out) => {
    const { status, stderr } =
      spawnSync(command(), ['analyze', path, '--out', out, '--encoder', encoder]);
    if (status !== 0) throw new Error(`carto analyze: ${stderr}`);
    const texts = names.map(async (name) => [name, await readFile(join(out, name), 'utf8')]);
    return Object.fromEntries(await Promise.all(texts));
  });
}

/** Waits until the run is in one of `states`. */
export async function waitForState(page, ...states) {
  const selector = states.map((state) => `main[data-state="${state}"]`).join(', ');
  await page.locator(selector).waitFor({ timeout: STUDY_TIMEOUT_MS });
}

/** Saves one of the run's files through the menu; returns its text. */
export async function saveFile(page, name) {
  await page.locator('#save:enabled').waitFor({ timeout: STUDY_TIMEOUT_MS });
  await page.locator('#save').click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.locator('#save-list').getByRole('button', { name }).click(),
  ]);
  await page.keyboard.press('Escape');
  if (download.suggestedFilename() !== name) throw new Error(download.suggestedFilename());
  return readFile(await download.path(), 'utf8');
}

/** Titles in the songs table, top to bottom. */
export async function songTitles(page) {
  return page.locator('.songs__body .songs__song').allInnerTexts();
}
