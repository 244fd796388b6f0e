// One browser for the tests of a file: starting one costs more than many a test.
//
// Each test has a context of its own, with nothing stored and a proxy of its own.

import { chromium } from 'playwright-core';

/** A browser that nobody has used for this long goes: node's runner waits for it to end,
 * and says nowhere reliably which test of a file is its last. */
const IDLE_MS = 200;

/** What every browser of these tests is started with. */
const ARGUMENTS = ['--no-sandbox', '--disable-quic'];

/** Those that run, by whether they have WebGPU: the browser decides that when it starts. */
const running = new Map();

/**
 * A fresh context; whoever closes it gives the browser free.
 *
 * @param {object} options
 * @param {boolean} [options.gpu] WebGPU on the software adapter
 * @param {import('playwright-core').BrowserContextOptions} options.context
 */
export async function newContext({ gpu = false, context: options }) {
  const shared = await borrow(gpu);
  try {
    const context = await shared.browser.newContext(options);
    context.once('close', () => giveBack(gpu, shared));
    return context;
  } catch (error) {
    giveBack(gpu, shared);
    throw error;
  }
}

async function borrow(gpu) {
  let shared = running.get(gpu);
  if (!shared) {
    shared = { launched: launch(gpu), nUsers: 0, idle: undefined };
    running.set(gpu, shared);
  }
  clearTimeout(shared.idle);
  shared.nUsers += 1;
  try {
    shared.browser ??= await shared.launched;
    return shared;
  } catch (error) {
    forget(gpu, shared);
    throw error;
  }
}

function launch(gpu) {
  return chromium.launch({
    executablePath: process.env.CARTO_CHROMIUM ?? '/usr/bin/chromium',
    args: [...ARGUMENTS, ...(gpu ? ['--enable-unsafe-webgpu'] : [])],
  });
}

function giveBack(gpu, shared) {
  shared.nUsers -= 1;
  // One that crashed under a test must not fail the others.
  if (!shared.browser.isConnected()) forget(gpu, shared);
  if (shared.nUsers > 0) return;
  shared.idle = setTimeout(() => {
    forget(gpu, shared);
    shared.browser.close().catch(() => {}); // It may have crashed meanwhile.
  }, IDLE_MS);
}

function forget(gpu, shared) {
  if (running.get(gpu) === shared) running.delete(gpu);
}
