// Serves dist/ for a test run by hand; `cargo xtask e2e` brings its own server.

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const DIST = fileURLToPath(new URL('../../dist/', import.meta.url));

const CONTENT_TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};

/**
 * Serves on a free port; the policy of the page goes with every file, as a host with headers sends it.
 *
 * @param {object} [options]
 * @param {(html: string) => string} [options.rewrite] another page than the built one
 * @param {(request, response) => boolean} [options.answer] true for what it answered itself
 * @param {(request) => number} [options.delay] milliseconds until it is answered
 * @param {boolean} [options.hasHeaders] whether the policy goes with the files; GitHub Pages sends none
 * @param {string} [options.base] the folder of the host that the page lies in
 */
export async function serveDist({ rewrite = (html) => html, answer = () => false, delay = () => 0, hasHeaders = true, base = '/' } = {}) {
  const index = await readFile(join(DIST, 'index.html'), 'utf8');
  const policy = /http-equiv="Content-Security-Policy"\s+content="([^"]+)"/.exec(index)?.[1];
  if (!policy) throw new Error('dist/index.html has no policy: run cargo xtask build');

  // The service worker keeps no page but the one that its list names.
  const changes = {
    'index.html': rewrite,
    'sw.js': (script) => script.replace(sha256(index), sha256(rewrite(index))),
  };
  const server = createServer(async (request, response) => {
    await setTimeout(delay(request));
    if (answer(request, response)) return;
    const { pathname } = new URL(request.url, 'http://localhost');
    const path = pathname.startsWith(base) ? pathname.slice(base.length) : '..';
    const name = path === '' ? 'index.html' : path;
    const bytes = name.includes('..') ? null : await readFile(join(DIST, name)).catch(() => null);
    response.writeHead(bytes ? 200 : 404, {
      'content-type': CONTENT_TYPES[extname(name)] ?? 'application/octet-stream',
      ...(hasHeaders ? { 'content-security-policy': policy } : {}),
      'cache-control': 'no-store',
    });
    const change = changes[name];
    response.end(bytes && change ? change(bytes.toString('utf8')) : (bytes ?? 'not found\n'));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}${base}`,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

function sha256(text) {
  return createHash('sha256').update(text).digest('hex');
}
