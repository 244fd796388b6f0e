// Watches everything that leaves the browser, twice: as the page's requests (its
// workers' too), and at a proxy that everything but the page's own host must pass.

import assert from 'node:assert/strict';
import { createServer } from 'node:net';

/** What the browser makes itself; nothing leaves for these. */
const LOCAL_SCHEMES = ['data:', 'blob:', 'about:'];

/** Where Chromium itself looks for updates and accounts. The page may not go there
 * either: its own requests are held against no list. */
const BROWSER_HOSTS = /(^|\.)(google|googleapis|gvt1)\.com$/;

/**
 * @param {string} pageUrl its origin may be asked anything
 * @param {string[]} named other addresses on this machine, whose origins may be asked too
 */
export async function watchNetwork(pageUrl, named = []) {
  const { host } = new URL(pageUrl);
  const origins = [pageUrl, ...named].map((url) => new URL(url).origin);
  const bypassed = ['<-loopback>', host, ...named.map((url) => new URL(url).host)].join(',');
  const requests = []; // { method, url } of every request to the page's own origin
  const offences = []; // what should not have happened, in words

  const proxy = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', (head) => {
      const [line] = head.toString('latin1').split('\r\n', 1);
      if (!BROWSER_HOSTS.test(hostOf(line))) offences.push(`at the proxy: ${line}`);
      socket.destroy();
    });
  });
  await new Promise((resolve) => proxy.listen(0, '127.0.0.1', resolve));

  return {
    requests,
    offences,
    // Later rules win: every other port of this machine goes through the proxy too.
    proxy: { server: `http://127.0.0.1:${proxy.address().port}`, bypass: bypassed },
    onRequest(request) {
      const url = new URL(request.url());
      if (LOCAL_SCHEMES.includes(url.protocol)) return;
      requests.push({ method: request.method(), url: url.href });
      if (!origins.includes(url.origin)) offences.push(`${request.method()} ${url.href}`);
      if (!['GET', 'HEAD'].includes(request.method()) || request.postDataBuffer() !== null) {
        offences.push(`${request.method()} ${url.href} sends something`);
      }
    },
    onSocket(url) {
      offences.push(`web socket to ${url}`);
    },
    assertOwnOriginOnly() {
      assert.ok(requests.length > 0, 'no request was seen at all: the watch is broken');
      assert.deepEqual(offences, [], "requests beyond the page's own origin");
    },
    close: () => new Promise((resolve) => proxy.close(resolve)),
  };
}

/** The host in the first line of a request to a proxy: a whole address, or host and port. */
function hostOf(line) {
  const [, target = ''] = line.split(' ');
  return target.replace(/^\w+:\/\//, '').split(/[:/]/, 1)[0];
}

/**
 * Puts `script` in front of a program, as it arrives.
 *
 * @param {import('playwright-core').BrowserContext} context
 * @param {RegExp} pattern addresses of the program's script
 * @param {string} script
 */
export async function beforeProgram(context, pattern, script) {
  await context.route(pattern, async (route) => {
    // Not `route.fetch`, which the proxy that watches the network would refuse.
    const response = await fetch(route.request().url());
    const headers = { ...Object.fromEntries(response.headers), 'content-encoding': 'identity' };
    delete headers['content-length'];
    await route.fulfill({ headers, body: `${script}\n${await response.text()}` });
  });
}
