// The watch itself: a test of silence is worth nothing if it cannot hear.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { openPage } from './harness.mjs';
import { delayWorkers } from './slow.mjs';

const ELSEWHERE = 'http://elsewhere.invalid/';

async function opened(options, body) {
  const opened = await openPage(options);
  try {
    await body(opened);
  } finally {
    await opened.close();
  }
}

/** Waits until one of `lines` fits: the browser tells of what happens a moment after it. */
async function heard(lines, pattern) {
  const end = Date.now() + 10_000;
  while (!pattern.test(lines.join('\n')) && Date.now() < end) await setTimeout(20);
  assert.match(lines.join('\n'), pattern);
}

test('a request to another host is noticed, by the page and by a worker', () =>
  opened({ bypassCSP: true }, async ({ page, network }) => {
    await page.evaluate((url) => fetch(url).catch(() => {}), `${ELSEWHERE}page`);
    await heard(network.offences, /GET http:\/\/elsewhere\.invalid\/page/);
    await heard(network.offences, /at the proxy: GET http:\/\/elsewhere\.invalid\/page/);

    await page.evaluate(
      (url) =>
        new Promise((resolve) => {
          const source = `fetch('${url}').catch(() => {}).then(() => postMessage('done'))`;
          const worker = new Worker(URL.createObjectURL(new Blob([source])));
          worker.onmessage = resolve;
        }),
      `${ELSEWHERE}worker`,
    );
    await heard(network.offences, /at the proxy: GET http:\/\/elsewhere\.invalid\/worker/);
    assert.throws(() => network.assertOwnOriginOnly());
  }));

test('sending something home is noticed', () =>
  opened({}, async ({ page, network }) => {
    await page.evaluate(() => fetch('./upload', { method: 'POST', body: 'a map' }));
    await heard(network.offences, /POST .*upload sends something/);
  }));

test('the policy stops a request to another host', () =>
  opened({}, async ({ page, network, errors }) => {
    const outcome = await page.evaluate(
      (url) => fetch(url).then(() => 'sent', () => 'stopped'),
      ELSEWHERE,
    );
    assert.equal(outcome, 'stopped');
    await heard(errors, /Content Security Policy/);
    assert.doesNotMatch(network.offences.join('\n'), /at the proxy/);
  }));

test('an error in the console and an uncaught exception are noticed', () =>
  opened({}, async ({ page, errors, assertQuiet }) => {
    await page.evaluate(() => {
      console.error('said aloud');
      setTimeout(() => {
        throw new Error('thrown');
      });
    });
    await heard(errors, /said aloud/);
    await heard(errors, /uncaught: thrown/);
    await assert.rejects(assertQuiet());
  }));

test('what a worker says late is heard in its order, its last words too, and nothing once it is ended', () =>
  opened({ bypassCSP: true }, async ({ page, context }) => {
    await delayWorkers(context, 'a test');
    await page.reload();
    const { heard, tookMs, nHeard } = await page.evaluate(async () => {
      const start = (source) => new Worker(URL.createObjectURL(new Blob([source])));
      const heard = [];
      const startMs = performance.now();
      const worker = start(`for (let n = 0; n < 50; n += 1) postMessage(n); throw new Error('the end')`);
      worker.onmessage = ({ data }) => heard.push(data);
      await new Promise((resolve) => { worker.onerror = resolve; });
      const tookMs = performance.now() - startMs;

      let nHeard = 0;
      const ended = start(`for (let n = 0; n < 50; n += 1) postMessage(n)`);
      await new Promise((resolve) => {
        ended.onmessage = () => {
          nHeard += 1;
          ended.terminate();
          resolve();
        };
      });
      // Longer than anything of it could take.
      await new Promise((resolve) => { setTimeout(resolve, 200); });
      return { heard, tookMs, nHeard };
    });
    assert.deepEqual(heard, Array.from({ length: 50 }, (_, n) => n));
    assert.ok(tookMs > 50, `${tookMs} ms`);
    assert.equal(nHeard, 1);
  }));
