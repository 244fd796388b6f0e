// Results that were made elsewhere: published, in files, at addresses, in links.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { dropFiles } from './files.mjs';
import { tableOf } from './figures.mjs';
import { browserTest, openPage } from './harness.mjs';
import { serveDist } from './server.mjs';
import { saveFile, waitForState } from './study.mjs';
import { eventually } from './waits.mjs';

const PUBLISHED = fileURLToPath(new URL('../../public/published/published.json', import.meta.url));
const published = JSON.parse(await readFile(PUBLISHED, 'utf8'));

const encoded = (text) => new TextEncoder().encode(text);

const channelTable = (page) => tableOf(page, 'part-a');
const latentTable = (page) => tableOf(page, 'part-b');
const matrixTable = (page) => tableOf(page, 'part-c');

const shown = (value, decimals) => value.toFixed(decimals).replace('-', '−').replace(/^−(0\.?0*)$/, '$1');

browserTest('the page opens on the published figures, to their last shown digit', {}, async ({ page }) => {
  await page.getByRole('heading', { name: /Mappers agree on when/ }).waitFor();
  const rows = await channelTable(page);
  assert.equal(rows.length, 9);
  published.track_a.channels.forEach((channel, idx) => {
    const [name, r, , , cosine, , distance, , pairs] = rows[idx];
    assert.equal(name, channel.name);
    assert.deepEqual(
      [r, cosine, distance, pairs],
      [shown(channel.pearson_mean, 3), shown(channel.cosine_mean, 3), shown(channel.mad_mean, 3), '460'],
    );
  });
  const latents = await latentTable(page);
  assert.equal(latents.length, 32);
  // Parts are drawn from the top, one after another.
  await page.locator('#part-d').waitFor({ state: 'attached' });
  // Not innerText: what is far below is not laid out yet.
  const text = await page.locator('main').textContent();
  for (const figure of ['0.774', '0.804', '0.266', '0.227', '0.451', '0.360', '722']) {
    assert.ok(text.includes(figure), figure);
  }
});

browserTest('what is looked at stands in the address, and back and forward work', {}, async ({ page, url }) => {
  await page.locator('#part-c').getByRole('button', { name: 'Up-sampled' }).click();
  await page.locator('#part-b').getByRole('button', { name: 'Number' }).click();
  await page.waitForFunction(() => location.search === '?order=number&frames=up-sampled');
  await page.getByRole('link', { name: 'Your maps' }).click();
  await page.locator('main[data-view="yours"]').waitFor();
  await page.goBack();
  await page.locator('main[data-view="published"]').waitFor();
  await page.goForward();
  await page.locator('main[data-view="yours"]').waitFor();

  await page.goto(`${url}?table=a&metric=cosine&cell=9-7&values=all`);
  await page.locator('#part-a tbody tr').first().waitFor();
  await page.locator('.inspector__name', { hasText: 'Latent 9 × X' }).waitFor();
});

/** Makes a link of what is shown; returns the address that stands in the field. */
async function copyLink(page) {
  await page.locator('#share').click();
  const field = page.locator('.share__link');
  await field.waitFor();
  return field.inputValue();
}

browserTest('a link with names is not made any more when the box is unticked', {}, async ({ page }) => {
  const plain = await copyLink(page);
  assert.ok(plain.length <= 2000, `${plain.length} characters`);
  await page.evaluate(() => {
    const box = document.querySelector('.share__names input');
    box.click();
    document.querySelector('#share-copy').click();
    box.click();
  });
  // One worker answers in order: by now it has made the link with names too.
  await page.locator('#save').click();
  await page.locator('#save-list .menu__item').first().waitFor();
  assert.equal(await copyLink(page), plain);
});

browserTest('a link carries the figures of A, B and C in at most 2,000 characters', {}, async ({ page }) => {
  const link = await copyLink(page);
  assert.ok(link.length <= 2000, `${link.length} characters`);
});

browserTest('a link opens in a fresh profile with the same figures, to its step', {}, async ({ page: sender }) => {
  const { hash } = new URL(await copyLink(sender));
  const fresh = await openPage({ path: hash });
  try {
    await assertLinkShowsPublished(fresh.page);
    await fresh.assertQuiet();
  } finally {
    await fresh.close();
  }
});

/** The page shows what the link holds: the published figures, rounded to a step that it names. */
async function assertLinkShowsPublished(page) {
  await page.getByRole('heading', { level: 1, name: published.name }).waitFor();
  const step = /rounded to (0\.\d+)/.exec(await page.locator('.run-head__origin').innerText());
  assert.ok(step, 'says to which step it is rounded');
  const tolerance = Number(step[1]) / 2 + 0.0005 + 1e-9;
  const near = (text, value) => Math.abs(Number(text.replace('−', '-')) - value) <= tolerance;
  (await channelTable(page)).forEach(([name, r, , , cosine, , distance], idx) => {
    const channel = published.track_a.channels[idx];
    assert.ok(near(r, channel.pearson_mean), `${name} ${r} ${channel.pearson_mean}`);
    assert.ok(near(cosine, channel.cosine_mean), `${name} ${cosine}`);
    assert.ok(near(distance, channel.mad_mean), `${name} ${distance}`);
  });
  const rows = await matrixTable(page);
  assert.equal(rows.length, 32);
  rows.forEach(([dim, ...cells]) => {
    const number = Number(/\d+/.exec(dim)[0]);
    cells.slice(0, 9).forEach((cell, channel) => {
      const value = published.synthesis.down[number * 9 + channel];
      assert.ok(near(cell, value), `latent ${number}, channel ${channel}: ${cell} ${value}`);
    });
  });
}

browserTest('hostile links are refused in words, over the published view', {}, async ({ page, url }) => {
  const fragment = new URL(await copyLink(page)).hash.slice(1);
  const middle = Math.floor(fragment.length / 2);
  const other = (char) => (char === 'A' ? 'B' : 'A');
  const hostile = [
    'r1=', 'r1=!!!!', 'r1=AAAA', 'r9=AAAA', `${fragment}AAAA`,
    fragment.slice(0, -7), fragment.slice(0, middle),
    fragment.slice(0, middle) + other(fragment[middle]) + fragment.slice(middle + 1),
    `r1=${'_'.repeat(100_000)}`, `r1=${'A'.repeat(4000)}`, `r1=<script>alert(1)</script>`,
  ];
  for (const bad of hostile) {
    await page.goto('about:blank');
    await page.goto(`${url}#${bad}`);
    const failure = page.locator('.messages .failure:visible');
    await failure.waitFor();
    assert.match(await failure.innerText(), /link|version/i, bad.slice(0, 40));
    await page.getByRole('heading', { name: /Mappers agree on when/ }).waitFor();
  }
});

browserTest('every result that is saved opens again and is saved the same', {}, async ({ page }) => {
  await page.getByRole('button', { name: /demo/i }).first().click();
  await waitForState(page, 'done');
  const saved = await saveFile(page, 'result.json');
  await dropFiles(page, [{ name: 'result.json', bytes: encoded(saved) }]);
  await page.locator('#result-title').waitFor();
  assert.equal(await saveFile(page, 'result.json'), saved);

  const names = ['track_a_results.json'];
  const texts = await Promise.all(names.map((name) => saveFile(page, name)));
  await dropFiles(page, names.map((name, idx) => ({ name, bytes: encoded(texts[idx]) })));
  await page.locator('#result-title').filter({ hasText: /^track_a_results\.json$/ }).waitFor();
  for (const [idx, name] of names.entries()) assert.equal(await saveFile(page, name), texts[idx]);
});

browserTest('a figure is saved as a picture', {}, async ({ page }) => {
  await page.locator('#save').click();
  const button = page.getByRole('button', { name: 'cross_mapper_agreement as PNG' });
  await button.waitFor();
  const [download] = await Promise.all([page.waitForEvent('download'), button.click()]);
  assert.equal(download.suggestedFilename(), 'cross_mapper_agreement.png');
  const bytes = await readFile(await download.path());
  assert.deepEqual([...bytes.subarray(0, 4)], [0x89, 0x50, 0x4e, 0x47]);
  assert.ok(bytes.readUInt32BE(16) > 1500, 'wide enough for print');
});

browserTest('a file that is no result is refused by its name', {}, async ({ page }) => {
  for (const [name, text] of [
    ['odd.json', '{"a": 1}'], ['cut.json', JSON.stringify(published).slice(0, 900)],
    ['nan.json', JSON.stringify(published).replace(/"cosine_mean":[\d.]+/, '"cosine_mean":null')],
    ['later.json', JSON.stringify(published).replace('carto-result/1', 'carto-result/9')],
  ]) {
    await dropFiles(page, [{ name, bytes: encoded(text) }]);
    const failure = page.locator('.messages .failure:visible');
    await failure.filter({ hasText: name }).waitFor();
  }
  await page.getByRole('heading', { name: /Mappers agree on when/ }).waitFor();
});

browserTest('results at an address open, and a second one overlays the first', {
  path: '?results=./published/published.json&compare=./published/published.json',
}, async ({ page }) => {
  await page.locator('#result-title', { hasText: published.name }).waitFor();
  await page.locator('#part-a .other .diamond').first().waitFor();
  await page.locator('#differences table').first().waitFor();
});

/** A site whose published site is the folder `live/` of its own. */
function siteWithLive(answer) {
  return () => serveDist({
    rewrite: (html) => html.replace(/(name="carto-live-site" content=")[^"]+/, '$1./live/'),
    answer(request, response) {
      const { pathname } = new URL(request.url, 'http://localhost');
      if (!pathname.startsWith('/live/')) return false;
      const text = answer(pathname.slice('/live/'.length));
      response.writeHead(text === null ? 503 : 200, { 'content-type': 'application/json' });
      response.end(text ?? '');
      return true;
    },
  });
}

browserTest('results that a group keeps beside the page are listed and open', {
  site: () => serveDist({
    answer(request, response) {
      if (!request.url.endsWith('/published/results.html')) return false;
      response.end('<ul><li><a href="./?results=./published/published.json">Our spring</a> 2026</li></ul>');
      return true;
    },
  }),
}, async ({ page, url }) => {
  await page.getByText('Other results of this site').click();
  await page.getByRole('link', { name: 'Our spring' }).click();
  await page.getByRole('heading', { level: 1, name: published.name }).waitFor();
  assert.equal(page.url(), `${url}?results=./published/published.json`);
});

browserTest('the published layouts are saved for old scripts', {}, async ({ page }) => {
  for (const name of ['track_a_results.json', 'track_b_results.json', 'synthesis_results.json']) {
    assert.ok(Object.keys(JSON.parse(await saveFile(page, name))).length > 0, name);
  }
});

const SHARED = fileURLToPath(new URL('../../../shared/published/', import.meta.url));
const live = {};
for (const name of ['track_a', 'track_b', 'synthesis', 'track_b_cv', 'cv_comparison']) {
  live[`${name}.json`] = await readFile(join(SHARED, `${name}.json`), 'utf8').catch(() => null);
}
const skip = !Object.values(live).every(Boolean) && '../shared/published is not there';

async function refreshed(page) {
  // By key: sheets above are laid out when they are scrolled past, which moves a target.
  await page.locator('#refresh').press('Enter');
  const words = page.locator('#refreshed');
  await page.waitForFunction(() => {
    const text = document.querySelector('#refreshed').innerText;
    return text && !text.startsWith('Reading');
  });
  return words.innerText();
}

browserTest('the live site has the same figures', { skip, site: siteWithLive((name) => live[name]) },
  async ({ page }) => assert.match(await refreshed(page), /same figures/));

const changed = (name) => (name === 'track_a.json'
  ? live[name].replace(/("pearson_mean": )0\.58\d+/, '$10.61') : live[name]);
browserTest('the live site has other figures, which are listed and can be shown', {
  skip, site: siteWithLive(changed),
}, async ({ page }) => {
  const text = await refreshed(page);
  assert.match(text, /other figures/);
  assert.match(text, /0\.61/);
  await page.getByRole('button', { name: 'Show the figures of the site' }).click();
  await page.locator('#result-title').waitFor();
  await eventually(async () => assert.equal((await channelTable(page))[0][1], '0.610'));
});

for (const [what, answer] of [
  ['down', () => null],
  ['malformed', (name) => live[name].slice(0, 100)],
  ['hostile', (name) => live[name].replaceAll(/\d\.\d+/g, '1e999')],
]) {
  browserTest(`a live site that is ${what} is named, and the figures stay`, {
    skip, site: siteWithLive(answer), expectedErrors: [/503/],
  }, async ({ page }) => {
    assert.match(await refreshed(page), /The figures shown are those that came with this page/);
    assert.equal((await channelTable(page))[0][1], '0.582');
  });
}

browserTest('an address that the policy forbids is said, not asked', {
  path: '?results=http://elsewhere.invalid/run.json',
}, async ({ page }) => {
  const failure = page.locator('.messages .failure:visible');
  await failure.filter({ hasText: 'give an address that begins with https://' }).waitFor();
  await page.getByRole('heading', { name: /Mappers agree on when/ }).waitFor();
});

browserTest('menus stay on a narrow page', { viewport: { width: 360, height: 800 } }, async ({ page }) => {
  for (const [button, list] of [['#share', '#share-panel'], ['#save', '#save-list']]) {
    await page.locator(button).press('Enter');
    const box = await page.locator(list).boundingBox();
    assert.ok(box.x >= 0 && box.x + box.width <= 360, `${list}: ${JSON.stringify(box)}`);
    await page.locator(button).press('Enter');
  }
});
