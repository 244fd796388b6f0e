// Opens the built page in a browser that knows nothing yet, and watches what it does.
//
// `cargo xtask e2e` serves the page and says where (CARTO_URL) and which browser
// to use (CARTO_CHROMIUM). Without it, `node run.mjs FILE` serves dist/ itself.

import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { newContext } from './browsers.mjs';
import { serveDist } from './server.mjs';
import { answerDelays, delayWorkers, delayed, isSlow } from './slow.mjs';
import { watchNetwork } from './network.mjs';

/** Pictures, which git ignores. */
export const OUT_DIR = fileURLToPath(new URL('./out/', import.meta.url));

/** How long one test may take, starting the browser included. */
const TEST_TIMEOUT_MS = 180_000;

/**
 * A test with the page open in a browser that has stored nothing.
 *
 * Fails, besides what `body` asserts, when the page asks anything of any host
 * but its own, sends anything anywhere, or reports an error to the console.
 *
 * @param {string} name a sentence about the page
 * @param {OpenOptions & { timeoutMs?: number, skip?: string | false }} options why it is skipped, if it is
 * @param {(opened: Opened) => Promise<void>} body
 */
export function browserTest(name, options, body) {
  const { timeoutMs = TEST_TIMEOUT_MS, skip = false } = options;
  test(name, { timeout: timeoutMs, skip }, (running) =>
    withPage({ ...options, name }, (opened) => body({ ...opened, skip: (why) => running.skip(why) })));
}

/**
 * The same without a test around it, for what several tests look at.
 *
 * @template T
 * @param {OpenOptions & { name: string }} options
 * @param {(opened: Opened) => Promise<T>} body
 * @returns {Promise<T>}
 */
export async function withPage(options, body) {
  const opened = await openPage(options);
  try {
    const result = await body(opened);
    await opened.assertQuiet();
    return result;
  } catch (error) {
    await shoot(opened.page, `failed-${slug(options.name)}`).catch(() => {});
    throw error;
  } finally {
    await opened.close();
  }
}

/**
 * @typedef {object} OpenOptions
 * @property {string} [name] of the test; delays of a slow site depend on it
 * @property {string} [path] what follows the slash: query and fragment
 * @property {{ width: number, height: number }} [viewport]
 * @property {'light' | 'dark'} [colorScheme]
 * @property {boolean} [gpu] WebGPU on the software adapter; without it there is no adapter
 * @property {() => Promise<{ url: string, close(): void }>} [site] another site than the built one
 * @property {string[]} [named] addresses of other servers of the test that the page may ask
 * @property {'allow'} [serviceWorkers] for tests that are about it; it fetches and keeps all of the
 *   page once more, and would answer in the place of a site that a test makes
 * @property {() => void} [before] runs in the page before anything of it
 * @property {boolean} [automaticLatents] as at a first visit; without it they are switched off by the
 *   setting that the page remembers, so that a test counts and waits for nothing but its own subject
 * @property {RegExp[]} [expectedErrors] console errors that this test provokes
 * @property {boolean} [bypassCSP] only to test the harness itself
 *
 * @typedef {object} Opened
 * @property {import('playwright-core').Page} page
 * @property {import('playwright-core').BrowserContext} context
 * @property {string} url
 * @property {string[]} errors console errors and uncaught exceptions so far
 * @property {ReturnType<typeof watchNetwork> extends Promise<infer T> ? T : never} network
 * @property {(why: string) => void} [skip] for what this system cannot show; the body returns after it
 * @property {() => Promise<void>} assertQuiet
 * @property {() => Promise<void>} close
 */

/**
 * Opens the page in a context of its own.
 *
 * @param {OpenOptions} [options]
 * @returns {Promise<Opened>}
 */
export async function openPage(options = {}) {
  const site = await openSite(options);
  const network = await watchNetwork(site.url, options.named);
  let context;
  const close = async () => {
    await context?.close();
    await network.close();
    await site.close();
  };
  try {
    context = await newContext({
      gpu: options.gpu,
      context: {
        proxy: network.proxy,
        viewport: options.viewport ?? { width: 1280, height: 900 },
        colorScheme: options.colorScheme ?? 'light',
        bypassCSP: options.bypassCSP ?? false,
        serviceWorkers: options.serviceWorkers ?? 'block',
      },
    });
    return { ...(await watchPage(context, site.url, network, options)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The site of the test, which answers late where that was asked for. */
async function openSite({ site, name = '' }) {
  const served = () => (process.env.CARTO_URL ? { url: process.env.CARTO_URL, close() {} } : serveDist());
  const opened = await (site ?? served)();
  return isSlow ? delayed(opened, answerDelays(name)) : opened;
}

async function watchPage(context, url, network, options) {
  const errors = [];
  context.on('request', (request) => network.onRequest(request));
  context.on('weberror', (event) => errors.push(`uncaught: ${event.error().message}`));
  context.on('console', (message) => {
    if (message.type() === 'error') errors.push(inWords(message));
  });
  if (isSlow) await delayWorkers(context, options.name ?? '');
  if (!options.automaticLatents) await context.addInitScript(switchOffLatents);
  if (options.before) await context.addInitScript(options.before);
  const page = await context.newPage();
  page.on('websocket', (socket) => network.onSocket(socket.url()));
  page.on('crash', () => errors.push('the page crashed'));
  await page.goto(new URL(options.path ?? '', url).href);
  // A drop that is under way when the program starts can be lost.
  await page.locator('main[data-state]').waitFor({ state: 'attached' });

  return {
    page,
    context,
    url,
    errors,
    network,
    async assertQuiet() {
      const expected = options.expectedErrors ?? [];
      const unexpected = errors.filter((text) => !expected.some((pattern) => pattern.test(text)));
      assert.deepEqual(unexpected, [], 'errors in the console');
      network.assertOwnOriginOnly();
    },
  };
}

/** In the page: what its checkbox for automatic latents stores. */
function switchOffLatents() {
  // A page without an address has no storage.
  if (location.protocol.startsWith('http')) localStorage.setItem('osu-cartography.latents.v1', 'off');
}

/** With the address at fault, which the browser's own words on a lost file leave out. */
function inWords(message) {
  const { url } = message.location();
  return url ? `${message.text()} (${url})` : message.text();
}

/** Takes a picture into `tests/e2e/out`; returns its path. */
export async function shoot(page, name, options = {}) {
  await mkdir(OUT_DIR, { recursive: true });
  const path = join(OUT_DIR, `${name}.png`);
  await page.screenshot({ path, ...options });
  return path;
}

function slug(name) {
  return name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-').slice(0, 60);
}
