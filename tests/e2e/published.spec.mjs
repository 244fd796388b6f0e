// The published encoder by its address, from servers of every temper.
//
// The real one is far away: a genuine small checkpoint stands for it, under an
// address of the page's own site.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { browserTest } from './harness.mjs';
import { computedBy, refusal, waitForLatents } from './latents.mjs';
import { serveDist } from './server.mjs';
import { goldenFolder, runFewMaps } from './study.mjs';

const path = goldenFolder('checkpoints/small_trained__epoch=0-step=8.ckpt');
const checkpoint = path && readFileSync(path);
const sha256 = checkpoint && createHash('sha256').update(checkpoint).digest('hex');

/** A site whose page names `/published.ckpt`, which `answer` serves. */
function siteWith(answer, asked) {
  return () => serveDist({
    rewrite: (html) => html.replace(
      /(name="carto-published-encoder"\s+content=")[^"]+("\s+data-sha256=")[^"]+("\s+data-size=")[^"]+/,
      `$1./published.ckpt$2${sha256}$3${checkpoint.length}`,
    ),
    answer(request, response) {
      if (!request.url.endsWith('/published.ckpt')) return false;
      const range = /bytes=(\d+)-(\d+)/.exec(request.headers.range ?? '');
      asked.push(request.headers.range ?? 'all');
      answer(response, range && [Number(range[1]), Number(range[2]) + 1]);
      return true;
    },
  });
}

async function fetchPublished(page) {
  await runFewMaps(page);
  await page.getByRole('button', { name: /Fetch the published encoder/ }).click();
}

function part(response, [start, end], bytes = checkpoint) {
  response.writeHead(206, {
    'content-range': `bytes ${start}-${end - 1}/${bytes.length}`,
    'content-length': end - start,
  });
  response.end(bytes.subarray(start, end));
}

const whole = (response, bytes) => {
  response.writeHead(200, { 'content-length': bytes.length });
  response.end(bytes);
};

const bundled = readFileSync(new URL('../../public/models/encoder.safetensors', import.meta.url));

browserTest('an encoder beside the page is taken in the place of a far one', {
  site: () => serveDist({
    rewrite: (html) => html.replace(
      'name="carto-published-encoder"',
      'name="carto-published-encoder" data-beside="./models/published.safetensors"',
    ),
    answer(request, response) {
      if (!request.url.endsWith('/models/published.safetensors')) return false;
      whole(response, bundled);
      return true;
    },
  }),
}, async ({ page }) => {
  await fetchPublished(page);
  await page.locator('.computed__line').getByText(/the published one/).waitFor();
  await waitForLatents(page);
});

const skip = !checkpoint && '../shared/golden has no checkpoint';
const byRanges = [];
browserTest('a server with ranges gives the encoder alone, and the browser keeps it', {
  skip,
  serviceWorkers: 'allow', site: siteWith(part, byRanges),
}, async ({ page }) => {
  await fetchPublished(page);
  await page.locator('.computed__line').getByText(/the published one/).waitFor();
  await waitForLatents(page);
  const n_bytes = byRanges.map((range) => /(\d+)-(\d+)/.exec(range))
    .reduce((sum, [, start, end]) => sum + Number(end) - Number(start) + 1, 0);
  assert.ok(n_bytes < checkpoint.length / 2, `${n_bytes} of ${checkpoint.length} bytes`);
  const n_asked = byRanges.length;
  await page.reload();
  await fetchPublished(page);
  await computedBy(page);
  assert.equal(byRanges.length, n_asked, 'asked again');
});

browserTest('a server without ranges gives all of it', {
  skip,
  site: siteWith((response) => whole(response, checkpoint), []),
}, async ({ page }) => {
  await fetchPublished(page);
  await page.locator('.computed__line').getByText(/the published one/).waitFor();
});

const broken = [];
browserTest('a server that breaks off is asked for the rest', {
  skip,
  site: siteWith((response, range) => {
    if (broken.length !== 2) return part(response, range);
    const [start, end] = range;
    response.writeHead(206, { 'content-length': end - start });
    response.write(checkpoint.subarray(start, start + Math.floor((end - start) / 2)));
    setTimeout(() => response.destroy(), 200);
  }, broken),
  expectedErrors: [/ERR_/],
}, async ({ page }) => {
  await fetchPublished(page);
  await page.locator('.computed__line').getByText(/the published one/).waitFor();
  await waitForLatents(page);
});

browserTest('a server with another file is not believed', {
  skip,
  site: siteWith((response) => whole(response, Buffer.from(checkpoint).fill(7, 400_000)), []),
}, async ({ page }) => {
  await fetchPublished(page);
  assert.match(await refusal(page), /is not the published checkpoint \(sha256/);
});

browserTest('an address without a file is named', {
  skip,
  site: siteWith((response) => response.writeHead(404).end(), []),
  expectedErrors: [/404/],
}, async ({ page }) => {
  await fetchPublished(page);
  assert.match(await refusal(page), /published\.ckpt gives no file \(status 404\)/);
});
