// The service worker: the page opens without a network once it was visited.
//
// Every file of the site stands in FILES with the SHA-256 of its bytes, and is kept
// under both: what did not change between two versions is not fetched again, and
// two versions lie side by side until the older one is done. Only files of FILES
// are ever kept, so nothing of another host and nothing that a person dropped.
//
// `cargo xtask build` replaces the marked constants; as it stands here, it keeps nothing.
'use strict';

/** Name → SHA-256 in hexadecimal: what a visit needs, fetched before the worker is ready. */
const FIRST = /* first */ {} /* end */;
/** The same for what the other views need, fetched when the page has nothing else to do. */
const IDLE = /* idle */ {} /* end */;
/** The same for what is kept when it is used first: large models, more alphabets. */
const LATER = /* later */ {} /* end */;

const FILES = { ...FIRST, ...IDLE, ...LATER };
/** All sites of a host share its caches, and ours need not be the only one. */
const CACHE = `osu-cartography ${self.registration.scope}`;
/** The page itself; some hosts redirect from its file name, which no navigation survives. */
const PAGE = './';

const addressOf = (name) => new URL(name, self.registration.scope).href;
const keyOf = (name) => `${addressOf(name)}?sha256=${FILES[name]}`;

self.addEventListener('install', (event) => event.waitUntil(fetchFirst()));
self.addEventListener('activate', (event) => event.waitUntil(takeOver()));

// Waiting is the rule, so that no page changes under a person's hands: they say when.
self.addEventListener('message', (event) => {
  if (event.data === 'take-over') self.skipWaiting();
  if (event.data === 'keep-rest') event.waitUntil(fetchRest());
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || request.headers.has('range')) return;
  if (!url.href.startsWith(self.registration.scope)) return;
  const path = url.pathname.slice(new URL(self.registration.scope).pathname.length);
  if (request.mode === 'navigate' && (path === '' || path === 'index.html')) {
    event.respondWith(answer(PAGE, request)); // Whatever the address asks of the page.
  } else if (Object.hasOwn(FILES, path) && url.search === '') {
    event.respondWith(answer(path, request));
  } else if (isHashed(path) && url.search === '') {
    event.respondWith(answerOlder(request));
  }
});

async function fetchFirst() {
  const cache = await caches.open(CACHE);
  await Promise.all(Object.keys(FIRST).map((name) => fetchToKeep(cache, name)));
}

/** One after the other, since a person may want the network. Without it the next visit goes on. */
async function fetchRest() {
  const cache = await caches.open(CACHE);
  for (const name of Object.keys(IDLE)) {
    try {
      await fetchToKeep(cache, name);
    } catch {
      return;
    }
  }
}

async function fetchToKeep(cache, name) {
  if (await cache.match(keyOf(name))) return;
  // The browser has most of it from the visit just now; what has no hash in its name
  // may be an older one there.
  const response = await fetch(addressOf(name), { cache: isHashed(name) ? 'default' : 'no-cache' });
  if (!response.ok) throw new Error(`${name}: status ${response.status}`);
  if ((await sha256(response.clone())) !== FILES[name]) {
    throw new Error(`${name} is of another version`); // The next visit tries again.
  }
  await cache.put(keyOf(name), response);
}

async function takeOver() {
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  // Another open page is of the version before, and may yet need files of it.
  if (pages.length <= 1) await dropOlder();
  await self.clients.claim();
}

async function dropOlder() {
  const cache = await caches.open(CACHE);
  const wanted = new Set(Object.keys(FILES).map(keyOf));
  for (const request of await cache.keys()) {
    if (!wanted.has(request.url)) await cache.delete(request);
  }
}

async function answer(name, request) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(keyOf(name), { ignoreVary: true });
  if (kept) return kept;
  // As in `fetchFirst`: without a hash in the name it may be of another version.
  const response = await fetch(request, isHashed(name) ? {} : { cache: 'no-cache' });
  if (response.status === 200 && response.type === 'basic') {
    // A full disk is no reason for the page to go without its file.
    keep(cache, name, response.clone()).catch(() => {});
  }
  return response;
}

async function keep(cache, name, response) {
  if (isHashed(name) || (await sha256(response.clone())) === FILES[name]) {
    await cache.put(keyOf(name), response);
  }
}

/** A file of the version before, for a page that was opened with it. */
async function answerOlder(request) {
  const cache = await caches.open(CACHE);
  const options = { ignoreSearch: true, ignoreVary: true };
  return (await cache.match(request, options)) ?? fetch(request);
}

function isHashed(name) {
  return /-[0-9a-f]{8,}[._]/.test(name);
}

async function sha256(response) {
  const digest = await crypto.subtle.digest('SHA-256', await response.arrayBuffer());
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
