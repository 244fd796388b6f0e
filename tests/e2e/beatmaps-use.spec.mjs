// The view of beatmaps as somebody uses it: many files, menus, messages, an address, a phone.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { VIEW, collectionDb, drop, maps, said, savedFile } from './beatmaps.mjs';
import { dropFiles, dropPaths } from './files.mjs';
import { browserTest } from './harness.mjs';
import { osuText, pairsOfMaps, writeTree } from './maps.mjs';
import { beforeProgram } from './network.mjs';
import { withFolder } from './study.mjs';
import { eventually } from './waits.mjs';

/** A map of many notes a second, as nobody can play it. */
function jokeMap(title) {
  const circles = Array.from({ length: 900 }, (_, idx) => `${(idx * 211) % 500},${(idx * 173) % 370},${1000 + idx * 12},1,0,0:0:0:0:`);
  return osuText({ title, creator: 'cyd' }).replace(/\[HitObjects\][^]*/, `[HitObjects]\r\n${circles.join('\r\n')}\r\n`);
}

const titles = (page) => page.locator('.beat-row__name b').allTextContents();

const isInside = (page, selector) => page.locator(selector).evaluate((element) => {
  const { left, right } = element.getBoundingClientRect();
  return left >= 0 && right <= document.documentElement.clientWidth;
});

browserTest('many single maps are read together, and the table answers meanwhile', { ...VIEW, timeoutMs: 300_000 }, async ({ page }) => {
  await withFolder(async (folder) => {
    const files = Array.from({ length: 600 }, (_, idx) =>
      [`${idx}.osu`, osuText({ title: `Song ${String(idx).padStart(3, '0')}`, creator: 'ann', seed: idx % 2 })]);
    await writeTree(folder, Object.fromEntries(files));
    // How often the table's rows are drawn, and whether time left is told.
    await page.evaluate(() => {
      window.drawn = { n: 0, paces: [] };
      new MutationObserver(() => {
        window.drawn.n += 1;
        const pace = document.querySelector('.beat-reading__pace')?.textContent;
        if (pace) window.drawn.paces.push(pace);
      }).observe(document.getElementById('beatmaps'), { subtree: true, childList: true, characterData: true });
    });
    const start = Date.now();
    await dropPaths(page, [folder]);
    await page.locator('.beat-row').first().waitFor({ timeout: 60_000 });
    // While files come, an order is answered soon.
    const asked = Date.now();
    await page.evaluate(() => document.querySelector('th.beat-table__map button').click());
    await page.waitForFunction(() => document.querySelector('th[aria-sort=ascending]'), undefined, { polling: 'raf' });
    const answered = Date.now() - asked;
    await said(page, /^Read 600 maps, classified 600/, 200_000);
    const ms = Date.now() - start;
    console.error(`600 single maps: ${ms} ms, ${Math.round(600_000 / ms)} a second; sorting answered after ${answered} ms`);
    const { n, paces } = await page.evaluate(() => window.drawn);
    // One by one it would be more than two drawings for each file.
    assert.ok(n < 600, `${n} drawings for 600 files`);
    assert.ok(paces.some((pace) => /^\d+ of 600 files read/.test(pace)), paces.slice(0, 5).join('; '));
  });
});

browserTest('a map that breaks a worker takes no other along', {
  ...VIEW, timeoutMs: 120_000, expectedErrors: [/trap/],
}, async ({ page, context }) => {
  // A reader that was given a map by this name dies with the whole job.
  await beforeProgram(context, /carto-beatmaps-worker[^/]*_loader\.js$/, `self.addEventListener('message', (event) => {
    if ((event.data?.files ?? []).some((file) => file.name === 'trap.osu')) {
      event.stopImmediatePropagation();
      setTimeout(() => { throw new Error('trap'); });
    }
  });`);
  await withFolder(async (folder) => {
    const files = Array.from({ length: 12 }, (_, idx) => [`${idx}.osu`, osuText({ title: `Song ${idx}`, creator: 'ann' })]);
    await writeTree(folder, { ...Object.fromEntries(files), 'trap.osu': osuText({ title: 'Trap', creator: 'ann' }) });
    await dropPaths(page, [folder]);
    await said(page, /^Read 12 maps, classified 12/);
    const issues = page.getByRole('region', { name: '1 issue.' });
    await issues.getByText('trap.osu').waitFor();
  });
});

for (const width of [1440, 700, 360]) {
  browserTest(`menus open on the page at ${width} px`, { ...VIEW, viewport: { width, height: 800 } }, async ({ page }) => {
    await withFolder(async (folder) => {
      await writeTree(folder, pairsOfMaps(1));
      await drop(page, folder, 2);
      for (const [button, panel] of [['#beat-columns-open', '#beat-columns-list'], ['#beat-save-open', '#beat-save-list']]) {
        await page.locator(button).press('Enter');
        await page.locator(panel).waitFor();
        assert.ok(await isInside(page, panel), panel);
        await page.keyboard.press('Escape');
        await page.locator(panel).waitFor({ state: 'hidden' });
      }
    });
  });
}

browserTest('an opened map fits a phone, its features folded and in words', {
  ...VIEW, viewport: { width: 360, height: 800 },
}, async ({ page }) => {
  await withFolder(async (folder) => {
    await writeTree(folder, pairsOfMaps(1));
    await drop(page, folder, 2);
    await maps(page).first().getByRole('button').press('Enter');
    await page.locator('.beat-driver').first().waitFor({ state: 'attached' });
    const features = page.locator('.beat-features');
    assert.ok(await features.isHidden(), 'features are folded');
    for (const fold of await page.locator('.beat-detail summary').all()) await fold.press('Enter');
    await features.waitFor();
    const cut = await page.locator('.beat-scroll').evaluate((scroll) => {
      const { right } = scroll.getBoundingClientRect();
      const parts = [...scroll.querySelectorAll('.beat-detail *')];
      return parts.filter((part) => part.getBoundingClientRect().right > right + 0.5).map((part) => part.textContent);
    });
    assert.deepEqual(cut, []);
    const words = await features.innerText();
    assert.ok(!words.includes('_') && !/\d\.\d{4}/.test(words), words);
  });
});

browserTest('what speaks for a label stands first, and says where it is beside the typical', VIEW, async ({ page }) => {
  await withFolder(async (folder) => {
    await writeTree(folder, pairsOfMaps(2));
    await drop(page, folder, 4);
    await maps(page).first().getByRole('button').press('Enter');
    await page.locator('.beat-why').waitFor();
    const sides = await page.locator('.beat-why b').allTextContents();
    const firstAgainst = sides.findIndex((side) => side.startsWith('Against'));
    assert.ok(firstAgainst === -1 || sides.slice(firstAgainst).every((side) => side.startsWith('Against')), sides.join());
  });
});

browserTest('cleared maps come back, and the title says how far the view is', VIEW, async ({ page }) => {
  await withFolder(async (folder) => {
    await writeTree(folder, pairsOfMaps(2));
    assert.match(await page.title(), /^Beatmaps · /);
    await drop(page, folder, 4);
    await page.waitForFunction(() => document.title.startsWith('Done · Beatmaps · '));
    const before = await titles(page);
    await page.getByRole('button', { name: 'Clear maps' }).press('Enter');
    await page.getByText('Cleared: 4 maps.').waitFor();
    await page.waitForFunction(() => document.activeElement?.textContent === 'Undo');
    await page.keyboard.press('Enter');
    await maps(page).first().waitFor();
    assert.deepEqual(await titles(page), before);
    assert.equal(await page.getByText('Cleared:').count(), 0);
  });
});

browserTest('maps with two objects at once are marked and stand last', VIEW, async ({ page }) => {
  await withFolder(async (folder) => {
    // Sliders of a second with circles inside.
    const objects = Array.from({ length: 60 }, (_, idx) => [
      `60,192,${1000 + idx * 1500},2,0,L|340:192,1,280,0|0,0:0|0:0,0:0:0:0:`,
      `${idx % 2 ? 500 : 10},20,${1200 + idx * 1500},1,0,0:0:0:0:`,
      `${idx % 2 ? 10 : 500},370,${1300 + idx * 1500},1,0,0:0:0:0:`,
    ]).flat();
    const twice = osuText({ title: 'Two at once', creator: 'cyd' })
      .replace(/\[HitObjects\][^]*/, `[HitObjects]\r\n${objects.join('\r\n')}\r\n`);
    await writeTree(folder, { ...pairsOfMaps(1), 'twice.osu': twice });
    await drop(page, folder, 3);
    await page.getByText('Likely a joke map').waitFor();
    assert.equal((await titles(page)).at(-1), 'Two at once');
  });
});

browserTest('what the filters show can be saved by itself', VIEW, async ({ page }) => {
  await withFolder(async (folder) => {
    await writeTree(folder, pairsOfMaps(3));
    await drop(page, folder, 6);
    await page.getByRole('searchbox', { name: 'Find' }).fill('0001');
    await page.getByText('2 of 6 maps').waitFor();
    await page.getByRole('button', { name: 'HR', exact: true }).click();
    const all = await savedFile(page, 'Save features (CSV)');
    assert.deepEqual([all.name, all.bytes.toString().trim().split('\n').length], ['features_HR.csv', 7]);
    await page.getByRole('button', { name: 'Save', exact: true }).press('Enter');
    await page.getByRole('radio', { name: 'The 2 maps shown' }).check();
    await page.keyboard.press('Escape');
    const shown = await savedFile(page, 'Save label probabilities (CSV)');
    const lines = shown.bytes.toString().trim().split('\n');
    assert.deepEqual([shown.name, lines.length], ['label_probabilities_HR_shown.csv', 3]);
    assert.ok(lines.slice(1).every((line) => line.includes(',Song 0001,') && line.endsWith(',HR')), lines.join('\n'));
  });
});

browserTest('what osu!lazer keeps is answered by its name, in the view one is in', { path: '?view=yours' }, async ({ page }) => {
  // Read as collections it would say to hold billions of them.
  await dropFiles(page, [{ name: 'client.realm', bytes: new Uint8Array(64).fill(7) }]);
  const answer = page.locator('#main').getByText(/it is osu!lazer.s database/);
  await answer.first().waitFor({ state: 'attached' });
  assert.equal(await answer.count(), 1, 'once');
  assert.equal(await page.locator('#main').getAttribute('data-view'), 'yours');
});

browserTest('messages stand in sight near the top, and can be dismissed', VIEW, async ({ page }) => {
  await withFolder(async (folder) => {
    const own = pairsOfMaps(30);
    await writeTree(join(folder, 'songs'), own);
    await drop(page, join(folder, 'songs'), 60);
    await page.evaluate(() => window.scrollTo(0, 2500));
    await dropFiles(page, [{ name: 'notes.txt', bytes: new Uint8Array(3) }]);
    const refusal = page.getByRole('alert').filter({ hasText: 'notes.txt: it is no archive' });
    await refusal.waitFor();
    const isInSight = await refusal.evaluate((element) => {
      const { top, bottom } = element.getBoundingClientRect();
      return top >= 0 && bottom < innerHeight / 2;
    });
    assert.ok(isInSight, 'wherever the page is scrolled');
    const dismiss = page.locator('#beatmaps').getByRole('button', { name: 'Dismiss' });
    const before = await page.evaluate(() => scrollY);
    await dismiss.press('Enter');
    await refusal.waitFor({ state: 'hidden' });
    await dropFiles(page, [{ name: 'collection.db', bytes: collectionDb('Mine', Object.values(own).slice(0, 3)) }]);
    const notice = page.getByRole('status').filter({ hasText: 'Read collection.db: 1 collection.' });
    await notice.waitFor();
    await dismiss.press('Enter');
    await notice.waitFor({ state: 'hidden' });
    assert.ok(Math.abs(await page.evaluate(() => scrollY) - before) < 200, 'the page stays where it is');
    // The same again is said again.
    await dropFiles(page, [{ name: 'notes.txt', bytes: new Uint8Array(3) }]);
    await refusal.waitFor();
  });
});

browserTest('a message of the other views is dismissed too', {}, async ({ page }) => {
  await dropFiles(page, [{ name: 'result.json', bytes: new TextEncoder().encode('{}') }]);
  const refusal = page.locator('.messages').getByRole('alert').filter({ hasText: 'result.json' });
  await refusal.waitFor();
  await page.locator('.messages').getByRole('button', { name: 'Dismiss' }).press('Enter');
  await refusal.waitFor({ state: 'hidden' });
});

browserTest('on a phone the demo set begins at its heading', { ...VIEW, viewport: { width: 360, height: 640 } }, async ({ page }) => {
  await page.locator('.beat-empty').getByRole('button', { name: 'Try the demo set' }).click();
  await said(page, /^Read \d+ maps, classified/);
  await page.locator('#beat-title:focus').waitFor();
  await eventually(async () => {
    const top = await page.locator('#beat-title').evaluate((title) => title.getBoundingClientRect().top);
    assert.ok(top >= 0 && top < 400, `${top} px`);
  });
});

browserTest('order, filters, mods and columns stand in the address', VIEW, async ({ page }) => {
  await withFolder(async (folder) => {
    await writeTree(folder, pairsOfMaps(3));
    await drop(page, folder, 6);
    await page.getByRole('button', { name: 'DT', exact: true }).click();
    await page.getByRole('searchbox', { name: 'Find' }).fill('Song');
    await page.getByLabel('Stars, at least').fill('0.5');
    await page.getByRole('button', { name: /^BPM/ }).click();
    await page.getByRole('button', { name: /^BPM/ }).click();
    await page.getByLabel('Label, 10% or more').selectOption({ label: 'jump' });
    await page.locator('#beat-columns-open').press('Enter');
    await page.getByRole('checkbox', { name: 'AR', exact: true }).check();
    const expected = { mods: 'DT', 'map-sort': '-bpm', 'map-find': 'Song', 'map-label': 'jump', 'map-stars': '0.5..' };
    await eventually(() => {
      const query = new URL(page.url()).searchParams;
      assert.deepEqual(Object.fromEntries(Object.keys(expected).map((key) => [key, query.get(key)])), expected);
      assert.match(query.get('columns'), /\bar\b/);
      assert.equal(query.get('view'), 'beatmaps');
    });
    await page.reload();
    await page.getByRole('heading', { name: /What kind of map is it/ }).waitFor();
    await dropPaths(page, [folder]);
    await said(page, /^Read 6 maps, classified 6/);
    await page.locator('th[aria-sort=ascending]').filter({ hasText: 'BPM' }).waitFor();
    assert.equal(await page.getByRole('searchbox', { name: 'Find' }).inputValue(), 'Song');
    assert.equal(await page.getByLabel('Stars, at least').inputValue(), '0.5');
    await page.getByRole('button', { name: 'DT', exact: true }).and(page.locator('[aria-pressed=true]')).waitFor();
    const chosen = page.getByLabel('Label, 10% or more').locator('option:checked');
    await eventually(async () => assert.equal(await chosen.textContent(), 'jump'));
    await page.getByRole('columnheader', { name: 'AR', exact: true }).waitFor();
    // Another order by a label, and the classifier comes after it.
    await page.goto(`${page.url().split('?')[0]}?view=beatmaps&map-sort=label.tech`);
    await page.getByRole('heading', { name: /What kind of map is it/ }).waitFor();
    await dropPaths(page, [folder]);
    await page.locator('th[aria-sort=descending]').filter({ hasText: 'tech' }).waitFor();
  });
});

browserTest('joke maps are marked and lead no order', VIEW, async ({ page }) => {
  await withFolder(async (folder) => {
    await writeTree(folder, { ...pairsOfMaps(1), 'joke.osu': jokeMap('Impossible') });
    await drop(page, folder, 3);
    assert.deepEqual(await titles(page), ['Song 0000', 'Song 0000', 'Impossible']);
    await maps(page).filter({ hasText: 'Impossible' }).getByText('Likely a joke map').waitFor();
    assert.equal(await page.locator('.beat-row__joke').count(), 1);
    await page.getByRole('button', { name: /^notes\/s/ }).click();
    await page.locator('th[aria-sort=descending]').filter({ hasText: 'notes/s' }).waitFor();
    assert.equal((await titles(page)).at(-1), 'Impossible');
  });
});

browserTest('what a label comes from is told in sentences, with figures behind a fold', VIEW, async ({ page }) => {
  await withFolder(async (folder) => {
    await writeTree(folder, pairsOfMaps(1));
    await drop(page, folder, 2);
    await maps(page).first().getByRole('button').press('Enter');
    const reasons = page.locator('.beat-why li');
    await reasons.first().waitFor();
    const said = await reasons.allTextContents();
    assert.ok(said.length <= 4 && said.every((line) => /^(For|Against) [\w ]+: .+\.$/.test(line)), said.join('\n'));
    assert.ok(said.some((line) => /; typical [\w ]+ maps: [\d.:]+( to [\d.:]+)?%?\.$/.test(line)), said.join('\n'));
    assert.ok(await page.locator('.beat-driver').first().isHidden());
    await page.locator('.beat-effects summary').press('Enter');
    await page.locator('.beat-driver').first().waitFor();
  });
});

browserTest('a classifier that only guesses does not invite to use it', { ...VIEW, timeoutMs: 240_000 }, async ({ page }) => {
  await withFolder(async (folder) => {
    // Two folders whose maps do not differ in kind.
    const files = {};
    for (let song = 0; song < 24; song += 1) {
      files[`${song % 2 === 0 ? 'one' : 'other'}/${song}.osu`] =
        osuText({ title: `Song ${song}`, creator: 'ann', seed: Math.floor(song / 2) % 3 });
    }
    await writeTree(join(folder, 'mine'), files);
    await drop(page, join(folder, 'mine'), 24);
    await page.getByRole('button', { name: 'Train a classifier' }).click();
    const outcome = page.locator('.beat-trained');
    await outcome.getByText('Not better than guessing.').waitFor({ timeout: 180_000 });
    assert.equal(await outcome.locator('.button--primary').count(), 0);
    await outcome.getByRole('button', { name: 'Use this classifier nevertheless' }).waitFor();
    await page.getByRole('status').filter({ hasText: 'Your classifier is trained' }).waitFor();
  });
});

browserTest('how it works is about the view that is open, and a phone gets there', { viewport: { width: 360, height: 640 } }, async ({ page }) => {
  const link = page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'How it works' });
  await link.click();
  const how = page.locator('#how');
  await how.getByRole('heading', { name: 'A song has two mappers' }).waitFor();
  await eventually(async () => {
    const top = await how.evaluate((section) => section.getBoundingClientRect().top);
    assert.ok(top >= 0 && top < 640, `${top} px`);
  });
  await page.getByRole('link', { name: 'Beatmaps', exact: true }).click();
  await how.getByRole('heading', { name: 'A classifier gives probabilities' }).waitFor();
  assert.equal(await how.getByText('A song has two mappers').count(), 0);
  await page.getByRole('link', { name: 'Your maps', exact: true }).click();
  await how.getByRole('heading', { name: 'Drop maps of two mappers' }).waitFor();
  const isWide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  assert.ok(!isWide, 'nothing scrolls sideways');
});
