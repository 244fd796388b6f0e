// Which hosts the page may ask: those that it comes with, and those that its address names.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPage } from './harness.mjs';
import { serveDist } from './server.mjs';

const NAMED = 'https://named.invalid';

/** Hosts that the policy let pass and hosts that it stopped, of requests by `ask`. */
async function ask(path, origins, by = fetchInPage) {
  const opened = await openPage({ path });
  try {
    const stopped = await by(opened.page, origins.map((origin) => `${origin}/results.json`));
    const seen = opened.network.offences.filter((offence) => offence.startsWith('at the proxy'));
    return {
      stopped: origins.filter((_, idx) => stopped[idx]),
      passed: origins.filter((origin) => seen.some((line) => line.includes(` ${new URL(origin).host}:443`))),
    };
  } finally {
    await opened.close();
  }
}

/** What every policy of the page stops. Reports come in order, so this one comes after all others. */
const ALWAYS_STOPPED = 'http://stopped.invalid/last';

/** For each address: whether the policy stopped the page's request. */
function fetchInPage(page, urls) {
  return page.evaluate(async ([urls, last]) => {
    const stopped = new Set();
    const all = new Promise((resolve) => {
      addEventListener('securitypolicyviolation', ({ blockedURI }) => {
        stopped.add(blockedURI);
        if (blockedURI === last) resolve();
      });
    });
    await Promise.all(urls.map((url) => fetch(url).catch(() => {})));
    fetch(last).catch(() => {});
    await all;
    return urls.map((url) => stopped.has(url));
  }, [urls, ALWAYS_STOPPED]);
}

/** The same in a worker that was started from a `blob:`, as it obeys the page's policy. */
function fetchInWorker(page, urls) {
  return page.evaluate(([urls, last]) => new Promise((resolve) => {
    const source = `
      const stopped = new Set();
      let urls = [];
      addEventListener('securitypolicyviolation', ({ blockedURI }) => {
        stopped.add(blockedURI);
        if (blockedURI === '${last}') postMessage(urls.map((url) => stopped.has(url)));
      });
      onmessage = async ({ data }) => {
        urls = data;
        await Promise.all(urls.map((url) => fetch(url).catch(() => {})));
        fetch('${last}').catch(() => {});
      };`;
    const worker = new Worker(URL.createObjectURL(new Blob([source], { type: 'text/javascript' })));
    worker.onmessage = ({ data }) => resolve(data);
    worker.postMessage(urls);
  }), [urls, ALWAYS_STOPPED]);
}

test('the workers of a host that sends no headers obey the policy of the page', async () => {
  const opened = await openPage({ site: () => serveDist({ hasHeaders: false }) });
  try {
    const { page, network } = opened;
    await page.getByRole('button', { name: 'Try the demo set' }).click();
    await page.locator('#announcement').filter({ hasText: /^Done: / }).waitFor({ state: 'attached' });
    const workers = page.workers();
    assert.ok(workers.length > 0);
    for (const worker of workers) {
      const isAnswered = await worker.evaluate(() => fetch('https://elsewhere.invalid/').then(() => true, () => false));
      assert.equal(isAnswered, false);
    }
    assert.deepEqual(network.offences, []);
  } finally {
    await opened.close();
  }
});

for (const [where, by] of [['the page', fetchInPage], ['a worker', fetchInWorker]]) {
  test(`${where} asks no host that its address does not name`, async () => {
    const { stopped, passed } = await ask('', [NAMED, 'https://elsewhere.invalid'], by);
    assert.deepEqual(stopped, [NAMED, 'https://elsewhere.invalid']);
    assert.deepEqual(passed, []);
  });

  test(`${where} asks the hosts that its address names, and no other`, async () => {
    const path = `?results=${NAMED}/a/&compare=https://second.invalid:443/b.json`;
    const origins = [NAMED, 'https://second.invalid', 'https://elsewhere.invalid'];
    const { stopped, passed } = await ask(path, origins, by);
    assert.deepEqual(stopped, ['https://elsewhere.invalid']);
    assert.deepEqual(passed, [NAMED, 'https://second.invalid']);
  });
}

test('the hosts of the published encoder and of the published figures may be asked', async () => {
  const hosts = ['https://media.githubusercontent.com', 'https://recxa.github.io'];
  assert.deepEqual((await ask('', hosts)).stopped, []);
});

for (const [what, address] of [
  ['writes a policy of its own', 'https://a;default-src *;/'],
  ['names every host', 'https://*/'],
  ['is no address', 'https://'],
  ['goes without https', 'http://elsewhere.invalid/'],
  ['is no host', 'data:application/json,{}'],
]) {
  test(`an address that ${what} names no host`, async () => {
    const path = `?results=${encodeURIComponent(address)}`;
    assert.deepEqual((await ask(path, ['https://elsewhere.invalid'])).stopped, ['https://elsewhere.invalid']);
  });
}
