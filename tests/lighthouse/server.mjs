// Serves dist/ as GitHub Pages does: HTTP/2 over TLS, gzip, ten minutes of freshness.
//
// Over HTTP/1.1 a browser opens six connections and waits for each, which no host that
// the page is meant for makes it do. The certificate is made for one run, and the
// browser of that run is told to take it.

import { readFileSync, readdirSync } from 'node:fs';
import { createSecureServer } from 'node:http2';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import selfsigned from 'selfsigned';

const DIST = fileURLToPath(new URL('../../dist/', import.meta.url));

/** Types, and whether the host compresses them. */
const CONTENT_TYPES = {
  '.css': ['text/css; charset=utf-8', true],
  '.html': ['text/html; charset=utf-8', true],
  '.js': ['text/javascript; charset=utf-8', true],
  '.json': ['application/json', true],
  '.png': ['image/png', false],
  '.svg': ['image/svg+xml', true],
  '.wasm': ['application/wasm', true],
  '.webmanifest': ['application/manifest+json', true],
  '.woff2': ['font/woff2', false],
};

/** The address of the page; it is served until the process ends. */
export async function serve() {
  const answers = new Map(readdirSync(DIST, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .map((path) => [`/${path.slice(DIST.length).replaceAll('\\', '/')}`, answer(path)]));
  answers.set('/', answers.get('/index.html'));
  const { private: key, cert } = selfsigned.generate([{ name: 'commonName', value: 'localhost' }]);
  const server = createSecureServer({ key, cert, allowHTTP1: true }, (request, response) => {
    const found = answers.get(new URL(request.url, 'https://localhost').pathname);
    response.writeHead(found ? 200 : 404, found?.headers);
    response.end(found?.body);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  server.unref();
  return `https://localhost:${server.address().port}/`;
}

function answer(path) {
  const [type, isCompressed] = CONTENT_TYPES[extname(path)] ?? ['application/octet-stream', false];
  const bytes = readFileSync(path);
  const encoding = isCompressed ? { 'content-encoding': 'gzip' } : {};
  return {
    headers: { 'content-type': type, 'cache-control': 'max-age=600', ...encoding },
    body: isCompressed ? gzipSync(bytes) : bytes,
  };
}
