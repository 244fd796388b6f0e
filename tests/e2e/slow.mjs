// A site whose answers and workers are late at random: what a test takes for granted
// on a fast machine shows on a slow one. CARTO_SLOW=1 asks for it.

import { createServer, request as ask } from 'node:http';
import { setTimeout } from 'node:timers/promises';

/** Enough to swap any two answers, and less than what a person would call broken. */
const MOST_ANSWER_MS = 400;
/** Workers say much more, and some tests hold them to a second. */
const MOST_MESSAGE_MS = 120;

export const isSlow = process.env.CARTO_SLOW === '1';

/** The same seed gives the same delays again; `run.mjs` prints it. */
const SEED = Number(process.env.CARTO_SLOW_SEED ?? 1);

/** A number in [0, 1) that depends on all letters of `text`: FNV-1a, mixed as in MurmurHash3. */
export function fractionOf(text) {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}

/**
 * Delays by what is asked and how often it was, so that they do not depend on the order
 * in which requests happen to arrive.
 *
 * @param {string} testName which has its own
 * @returns {(url: string) => number} milliseconds
 */
export function answerDelays(testName, seed = SEED) {
  const nAsked = new Map();
  return (url) => {
    const n = nAsked.get(url) ?? 0;
    nAsked.set(url, n + 1);
    return MOST_ANSWER_MS * fractionOf(`${seed} ${testName} ${url} ${n}`);
  };
}

/**
 * The same site behind a server that answers late, and breaks off where the site does.
 *
 * @param {{ url: string, close(): unknown }} site
 * @param {(url: string) => number} delay milliseconds by the address that is asked
 */
export async function delayed(site, delay) {
  const { hostname, port, pathname } = new URL(site.url);
  const server = createServer(async (request, response) => {
    await setTimeout(delay(request.url));
    const { method, url: path, headers } = request;
    const asked = ask({ hostname, port, method, path, headers }, (answer) => {
      response.writeHead(answer.statusCode, answer.headers);
      answer.pipe(response);
      answer.on('close', () => { if (!answer.complete) response.destroy(); });
    });
    asked.on('error', () => response.destroy());
    response.on('close', () => asked.destroy());
    request.pipe(asked);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}${pathname}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await site.close();
    },
  };
}

/** Lets the workers of every page of the context be heard late. */
export function delayWorkers(context, testName) {
  const seed = Math.floor(2 ** 32 * fractionOf(`${SEED} ${testName}`));
  return context.addInitScript(hearWorkersLate, { seed, mostMs: MOST_MESSAGE_MS });
}

/**
 * Runs in the page before anything of it: what a worker says, its last words too, is
 * heard up to `mostMs` later, in the order in which it was said.
 */
function hearWorkersLate({ seed, mostMs }) {
  let state = seed;
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0; // Numerical Recipes
    return state / 2 ** 32;
  };
  const latestMs = new WeakMap(); // When the latest message of each worker is heard.
  const unheard = new WeakMap();
  const later = (worker, hear) => {
    const now = performance.now();
    const at = Math.max(latestMs.get(worker) ?? 0, now + mostMs * random());
    latestMs.set(worker, at);
    // Timers of one moment may fire in another order: each takes what is next.
    const queue = unheard.get(worker) ?? [];
    unheard.set(worker, queue);
    queue.push(hear);
    setTimeout(() => queue.shift()?.(), at - now);
  };

  for (const name of ['onmessage', 'onmessageerror', 'onerror']) {
    const property = Object.getOwnPropertyDescriptor(Worker.prototype, name);
    if (!property) continue; // Not every browser has all of them.
    const listeners = new WeakMap();
    Object.defineProperty(Worker.prototype, name, {
      configurable: true,
      get() { return listeners.get(this) ?? null; },
      set(listener) {
        listeners.set(this, listener);
        // Asked again when it is heard: a page that has let go by then hears nothing.
        const hear = (event) => later(this, () => listeners.get(this)?.call(this, event));
        property.set.call(this, listener && hear);
      },
    });
  }
  const { terminate } = Worker.prototype;
  Worker.prototype.terminate = function terminateAndForget() {
    unheard.get(this)?.splice(0);
    terminate.call(this);
  };
}
