// Serves the benchmark's page with the headers that threads in wasm need.

import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.wasm': 'application/wasm',
};

/**
 * @param {string} builtDir what `cargo xtask bench encoder` built
 * @returns {Promise<{ url: string, close: () => void }>}
 */
export async function serve(builtDir) {
  const folders = {
    '/ours/': builtDir,
    '/ort/': here('./node_modules/onnxruntime-web/dist/'),
    '/': here('./page/'),
  };
  const server = createServer(async (request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url, 'http://localhost').pathname));
    const [prefix, folder] = Object.entries(folders).find(([prefix]) => path.startsWith(prefix));
    const file = join(folder, path.slice(prefix.length) || 'index.html');
    const isFile = await stat(file).then((found) => found.isFile(), () => false);
    response.writeHead(isFile ? 200 : 404, {
      'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream',
      // Without these a page gets no shared memory, so no threads in wasm.
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Embedder-Policy': 'require-corp',
      'Cache-Control': 'no-store',
    });
    if (isFile) createReadStream(file).pipe(response);
    else response.end('not found\n');
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}
