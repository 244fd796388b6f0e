// What a person sees who comes to the page: where they are, who found what, and what is said
// of files that they take for maps.

import assert from 'node:assert/strict';
import { dropFiles } from './files.mjs';
import { browserTest } from './harness.mjs';
import { runFewMaps } from './study.mjs';
import { allDrawn, eventually } from './waits.mjs';

const PAGE = 'osu! Latent Space Cartography';
const STUDY = 'https://github.com/recxa/osu-dreamer-cartography';

const titled = (page, title) => eventually(async () => assert.equal(await page.title(), title));

browserTest('the title of the window names the view and how far a run is', {}, async ({ page }) => {
  await titled(page, `Published results · ${PAGE}`);
  await page.getByRole('link', { name: 'Beatmaps' }).click();
  await titled(page, `Beatmaps · ${PAGE}`);
  await page.getByRole('link', { name: 'Your maps' }).click();
  await titled(page, `Your maps · ${PAGE}`);
  // Every title that the run shows, also those that are gone again at once.
  await page.evaluate(() => {
    window.titles = [];
    const note = () => window.titles.push(document.title);
    new MutationObserver(note).observe(document.querySelector('title'), { childList: true });
  });
  await runFewMaps(page, 4);
  await titled(page, `Done · Your maps · ${PAGE}`);
  const titles = await page.evaluate(() => window.titles);
  assert.ok(titles.some((title) => /^(Reading|\d+%) · Your maps/.test(title)), titles.join('\n'));
});

browserTest('the headline begins where the page does', {
  viewport: { width: 1440, height: 900 },
}, async ({ page }) => {
  await allDrawn(page);
  const gap = await page.evaluate(() => {
    const header = document.querySelector('.header').getBoundingClientRect().bottom;
    return document.querySelector('h1').getBoundingClientRect().top - header;
  });
  assert.ok(gap > 0 && gap < 80, `${gap} px above the headline`);
});

browserTest('the study is named and linked where its findings stand', {}, async ({ page }) => {
  await allDrawn(page);
  for (const place of ['.lede', '.live-site', 'footer']) {
    assert.equal(await page.locator(place).locator(`a[href="${STUDY}"]`).count(), 1, place);
  }
  assert.equal(await page.getByText('We measured').count(), 0);
});

browserTest('how to cite the study and this page is one click away', {}, async ({ page, context }) => {
  await allDrawn(page);
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.locator('.live-site').getByRole('link', { name: 'How to cite it' }).click();
  const panel = page.locator('#cite');
  await panel.getByRole('heading', { name: /^The study/ }).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Cite, source, licence');
  for (const address of [STUDY, 'https://github.com/luanmtt/kiAI', './LICENSE.txt', './CITATION.cff']) {
    assert.ok(await panel.locator(`a[href="${address}"]`).count() > 0, address);
  }
  const software = await panel.locator('#cite-software-bibtex').innerText();
  const [, version] = /Version (\S+),/.exec(await page.locator('footer').innerText());
  assert.ok(software.includes(`version = {${version}`), software);
  assert.doesNotMatch(await panel.innerText(), /\{\{(version|source-|url-)/, 'a place of the template is not filled');
  await panel.getByRole('button', { name: 'Copy BibTeX' }).first().click();
  await panel.getByRole('button', { name: 'Copied' }).waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(copied, /^@software\{recxa_osu_dreamer_cartography,[^]*\}$/);
  for (const file of ['LICENSE.txt', 'CITATION.cff']) {
    const status = await page.evaluate(async (name) => (await fetch(name)).status, file);
    assert.equal(status, 200, file);
  }
});

const HASHED = '5f16fc5b0fcd7be8d2ed1a1cbf46d8f5d4a2e1d2c1a5b8b9f0c7d6e5f4a3b2c1';
for (const [view, path] of [['your maps', '?view=yours'], ['beatmaps', '?view=beatmaps']]) {
  browserTest(`files that osu! keeps beside maps are answered with what to take instead, in ${view}`, {
    path,
  }, async ({ page }) => {
    await allDrawn(page);
    const bytes = new TextEncoder().encode('x');
    await dropFiles(page, [HASHED, 'mine.osk', 'replay.osr'].map((name) => ({ name, bytes })));
    const main = page.locator('main');
    for (const words of [/in osu!lazer, open a map in the editor/, /it is a skin/, /it is a replay/]) {
      await main.getByText(words).first().waitFor();
    }
  });
}

browserTest('a file of another layout is refused in words of its own, not in those of a library', {}, async ({ page }) => {
  const refused = async (text, words) => {
    await dropFiles(page, [{ name: 'odd.json', bytes: new TextEncoder().encode(text) }]);
    const failure = page.locator('.messages .failure:visible').filter({ hasText: words });
    await failure.waitFor();
    assert.doesNotMatch(await failure.innerText(), /expected|invalid type|at line/);
  };
  await refused('[1, 2]', /there is a list in the place of an object/);
  await refused('{"format": ', /it is cut off in line 1/);
});
