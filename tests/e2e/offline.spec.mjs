// The service worker: without a network after a first visit, and no new version unasked.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { browserTest } from './harness.mjs';
import { useBundled, useMobileLine, waitForLatents } from './latents.mjs';
import { serveDist } from './server.mjs';
import { runFewMaps, songTitles, waitForState } from './study.mjs';
import { eventually } from './waits.mjs';

const WORKER = new URL('../../dist/sw.js', import.meta.url);

/** Waits until the page's files are kept and the service worker answers for it. */
async function waitForWorker(page) {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (navigator.serviceWorker.controller) return;
    await new Promise((resolve) => {
      navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true });
    });
  });
}

/** A site that can go away, and whose service worker the test may replace. */
function fickleSite(site) {
  return async () => {
    const served = await serveDist({
      answer(request, response) {
        if (site.is_gone) {
          response.destroy();
        } else if (site.worker && request.url.endsWith('/sw.js')) {
          response.writeHead(200, { 'content-type': 'text/javascript', 'cache-control': 'no-store' });
          response.end(site.worker);
        } else {
          return false;
        }
        return true;
      },
    });
    return served;
  };
}

/** The site goes away when nothing is asked of it any more: figures ask for faces as they are drawn. */
async function goOffline(site, { page, context }) {
  await page.locator('main figure svg').first().waitFor();
  await page.evaluate(() => document.fonts.ready);
  await page.waitForLoadState('networkidle');
  site.is_gone = true;
  await context.setOffline(true);
}

async function runDemo(page) {
  await page.getByRole('button', { name: /demo/i }).first().click();
  await waitForState(page, 'done');
  assert.ok((await songTitles(page)).length >= 12);
}

const away = {};
browserTest('after one visit the page starts and computes without a network', {
  serviceWorkers: 'allow', site: fickleSite(away),
}, async ({ page, context, url }) => {
  await waitForWorker(page);
  await goOffline(away, { page, context });
  for (const path of ['', '?view=a', 'index.html']) {
    await page.goto(new URL(path, url).href);
    await page.locator('main[data-state="empty"]').waitFor();
  }
  await runDemo(page);
});

/** Names of the files that are kept. */
function keptNames(page) {
  return page.evaluate(async () => {
    const [name] = await caches.keys();
    const keys = name ? await (await caches.open(name)).keys() : [];
    return keys.map(({ url }) => new URL(url).pathname.slice(1));
  });
}

const keeps = (names, start) => names.some((name) => name.startsWith(start));

const elsewhere = {};
browserTest('after one visit to one view the others work without a network', {
  serviceWorkers: 'allow', site: fickleSite(elsewhere),
}, async ({ page, context, url }) => {
  await waitForWorker(page);
  await eventually(async () => {
    const names = await keptNames(page);
    for (const start of ['carto-beatmaps-view', 'carto-beatmaps-worker', 'carto-song-view', 'carto-song-worker', 'carto-mapper-view', 'carto-mapper-worker', 'models/classifier.bin', 'carto-encoder', 'carto-audio-worker', 'models/encoder.safetensors']) {
      assert.ok(keeps(names, start), `${start} is kept`);
    }
    assert.ok(!keeps(names, 'models/decoder'), 'nothing that no view reads');
  }, 60_000);
  await goOffline(elsewhere, { page, context });
  assert.equal(await page.locator('#offline-note').count(), 0);
  await page.goto(new URL('?view=beatmaps', url).href);
  await page.getByRole('button', { name: /demo/i }).first().click();
  await page.locator('.beat-row').first().waitFor({ timeout: 90_000 });
  await page.goto(new URL('?view=yours', url).href);
  await runFewMaps(page);
  await useBundled(page);
  await waitForLatents(page);
});

const mobile = {};
browserTest('on a mobile line nothing is fetched unasked, and it is said what is not there', {
  serviceWorkers: 'allow', site: fickleSite(mobile), before: useMobileLine,
}, async ({ page, context }) => {
  await waitForWorker(page);
  await goOffline(mobile, { page, context });
  const note = page.locator('#offline-note');
  await note.filter({ hasText: /not there without one: Beatmaps, Song, Mappers, latents\./ }).waitFor();
  assert.ok(!keeps(await keptNames(page), 'carto-beatmaps'));
  await context.setOffline(false);
  await note.waitFor({ state: 'detached' });
});

const later = {};
browserTest('an encoder that was used is there without a network', {
  serviceWorkers: 'allow', site: fickleSite(later),
}, async ({ page, context }) => {
  await waitForWorker(page);
  await runFewMaps(page);
  await useBundled(page);
  await waitForLatents(page);
  await goOffline(later, { page, context });
  await page.reload();
  await runFewMaps(page);
  await useBundled(page);
  await waitForLatents(page);
});

browserTest('nothing is kept but files of the site', { serviceWorkers: 'allow' }, async ({ page, url }) => {
  await waitForWorker(page);
  await runDemo(page);
  const kept = await page.evaluate(async () => {
    const names = await caches.keys();
    const caches_ = await Promise.all(names.map((name) => caches.open(name)));
    const keys = await Promise.all(caches_.map((cache) => cache.keys()));
    return { names, urls: keys.flat().map((request) => request.url) };
  });
  assert.deepEqual(kept.names, [`osu-cartography ${url}`]);
  const listed = readFileSync(WORKER, 'utf8');
  assert.ok(kept.urls.length > 10, `${kept.urls.length} files`);
  for (const address of kept.urls) {
    const { origin, pathname, search } = new URL(address);
    assert.equal(origin, new URL(url).origin);
    const name = pathname === '/' ? './' : pathname.slice(1);
    assert.ok(listed.includes(`'${name}': '${search.replace('?sha256=', '')}'`), address);
  }
});

const changing = {};
browserTest('a new version asks, and takes the place of the old one when it may', {
  serviceWorkers: 'allow', site: fickleSite(changing),
}, async ({ page }) => {
  await waitForWorker(page);
  const prompt = page.getByRole('status').filter({ hasText: 'A new version is ready.' });
  const built = readFileSync(WORKER, 'utf8');

  changing.worker = `${built}\n// another version\n`;
  await page.reload();
  await prompt.waitFor();
  await prompt.getByRole('button', { name: 'Later' }).click();
  await prompt.waitFor({ state: 'detached' });
  const waits = () => page.evaluate(async () =>
    Boolean((await navigator.serviceWorker.getRegistration()).waiting));
  assert.equal(await waits(), true, 'it waits');

  await page.reload();
  await prompt.waitFor();
  await Promise.all([
    page.waitForEvent('load'),
    prompt.getByRole('button', { name: 'Reload' }).click(),
  ]);
  await page.locator('main[data-state="empty"]').waitFor();
  assert.equal(await waits(), false, 'it has taken over');
  assert.equal(await prompt.count(), 0);
});

const stale = {};
browserTest('what the new version does not name is dropped', {
  serviceWorkers: 'allow', site: fickleSite(stale),
}, async ({ page }) => {
  await waitForWorker(page);
  const built = readFileSync(WORKER, 'utf8');
  const [, icon] = /'icon\.svg': '([0-9a-f]{64})'/.exec(built);
  const iconIsKept = () => page.evaluate(async (hash) => {
    const [name] = await caches.keys();
    const cache = await caches.open(name);
    return (await cache.keys()).some((request) => request.url.endsWith(hash));
  }, icon);
  assert.equal(await iconIsKept(), true);
  stale.worker = built.replace(/ {2}'icon\.svg'.*\n/, '');
  await page.reload();
  const reload = page.getByRole('button', { name: 'Reload' });
  await Promise.all([page.waitForEvent('load'), reload.click()]);
  await page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated');
  assert.equal(await iconIsKept(), false);
});
