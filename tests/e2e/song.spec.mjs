// One song over time: opened from the table, drawn, zoomed, played, saved, shared.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { dropFiles } from './files.mjs';
import { browserTest, shoot } from './harness.mjs';
import { osuText } from './maps.mjs';
import { computedBy, useFile } from './latents.mjs';
import { latentStrips, openLatents } from './songs.mjs';
import { keepAnalyser, loudness } from './sound.mjs';
import { waitForState, withFolder, writeRandomEncoder } from './study.mjs';
import { eventually } from './waits.mjs';

const strips = (page) => page.getByRole('slider', { name: /^Nine channels/ });
const profile = (page) => page.getByRole('slider', { name: /^Agreement through the song/ });
const timeShown = (page) => page.locator('.song-transport__time b').innerText();

/** Opens the first song of the demo set. */
async function openSong(page) {
  await page.getByRole('button', { name: /demo/i }).first().click();
  await waitForState(page, 'done');
  await page.locator('.songs__open').first().click();
  await strips(page).waitFor();
  await eventually(async () => assert.match(page.url(), /[?&]span=/));
}

/** What the address says of a key. */
const said = (page, key) => new URL(page.url()).searchParams.get(key);

/** The address at rest, once it says something else of a key than before. */
async function saidAfter(page, key, act) {
  const before = said(page, key);
  await act();
  await eventually(async () => assert.notEqual(said(page, key), before, `${key} stays ${before}`));
  return said(page, key);
}

/** Opens the menu of files: its list stands below its button and cuts nothing off. */
async function assertMenuBelow(page) {
  const button = page.locator('#song-save-button');
  await button.click();
  await page.locator('#song-save-panel button').first().waitFor();
  const [above, list] = [await button.boundingBox(), await page.locator('#song-save-panel').boundingBox()];
  const gap = list.y - above.y - above.height;
  assert.ok(gap >= 0 && gap < 20, `the list is ${gap} px below its button`);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  assert.ok(overflow <= 0, `${overflow} px too wide`);
}

/** How many different colours a canvas has. */
const colours = (page, selector) => page.locator(selector).evaluate((canvas) => {
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  const seen = new Set();
  for (let at = 0; at < data.length; at += 4 * 7) seen.add(`${data[at]},${data[at + 1]},${data[at + 2]},${data[at + 3]}`);
  return seen.size;
});

browserTest('a song of the table opens with strips, agreement, playfields and moments', {}, async ({ page }) => {
  await openSong(page);
  assert.match(await page.getByRole('heading', { level: 1 }).innerText(), /\S/);
  assert.match(await page.locator('.song-head .kicker').innerText(), /^Song · 2 of \d+ mappers · \d+ BPM · \d:\d\d$/);
  assert.ok((await colours(page, '.song-strips__canvas')) > 20, 'the strips are drawn');
  assert.ok((await colours(page, '.song-profile__canvas')) > 5, 'agreement is drawn');
  assert.ok(await page.locator('.song-moment').count() > 0, 'there are moments');
  assert.match(await page.locator('.song-alignment p').innerText(), /^Lag .* ms: aligned by /);
  await eventually(async () => {
    const figures = await page.locator('.song-strips__r b').allInnerTexts();
    assert.ok(figures.some((text) => /^−?\d\.\d\d$/.test(text)), figures.join(' '));
  });
  for (const theme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme: theme });
    await page.setViewportSize({ width: 1440, height: 1500 });
    await shoot(page, `song-1440-${theme}`);
  }
  await assertMenuBelow(page);
});

browserTest('keys step, jump, zoom and swap, and the place stands in the address', {}, async ({ page }) => {
  await openSong(page);
  await page.locator('.song-moment').first().waitFor();
  const first = await saidAfter(page, 'at', () => page.keyboard.press(']'));
  const next = await saidAfter(page, 'at', () => page.keyboard.press(']'));
  assert.ok(Number(next) > Number(first), 'a bar on');
  const frame = await saidAfter(page, 'at', () => page.keyboard.press('.'));
  assert.ok(Math.abs(Number(frame) - Number(next) - 17) <= 1, 'a frame on');
  const length = (span) => {
    const [, from, to] = span.match(/^(-?\d+)-(-?\d+)$/);
    return to - from;
  };
  const wide = said(page, 'span');
  const near = await saidAfter(page, 'span', () => page.keyboard.press('+'));
  assert.ok(length(near) < length(wide), 'zoomed in');
  await strips(page).focus();
  const moved = await saidAfter(page, 'span', () => page.keyboard.press('ArrowRight'));
  assert.ok(Math.abs(length(moved) - length(near)) <= 1, 'moved');
  await saidAfter(page, 'at', () => page.keyboard.press('1'));
  const [a, b] = [said(page, 'a'), said(page, 'b')];
  await saidAfter(page, 'a', () => page.keyboard.press('x'));
  assert.deepEqual([said(page, 'a'), said(page, 'b')], [b, a], 'A and B have changed places');
  await page.getByRole('link', { name: 'Your maps' }).first().click();
  await eventually(async () => assert.equal(said(page, 'span'), null, 'another view has no such place'));
});

browserTest('a wheel with Ctrl and a drag zoom and move the strips, a press goes there', {}, async ({ page }) => {
  await openSong(page);
  await page.setViewportSize({ width: 1280, height: 1400 });
  await page.locator('.song-strips__canvas').scrollIntoViewIfNeeded();
  const box = await page.locator('.song-strips__canvas').boundingBox();
  const middle = { x: box.x + box.width / 2, y: box.y + 100 };
  await page.mouse.move(middle.x, middle.y);
  await saidAfter(page, 'span', async () => {
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, -200);
    await page.keyboard.up('Control');
  });
  await saidAfter(page, 'span', async () => {
    await page.mouse.down();
    await page.mouse.move(middle.x - 120, middle.y, { steps: 4 });
    await page.mouse.up();
  });
  await saidAfter(page, 'at', () => page.mouse.click(middle.x + 60, middle.y));
});

browserTest('the song plays with sound, and the frames of it are short', {
  before: keepAnalyser,
}, async ({ page }) => {
  await page.addInitScript(() => {
    window.frameTimes = [];
    const ask = window.requestAnimationFrame.bind(window);
    window.requestAnimationFrame = (act) => ask((time) => {
      const from = performance.now();
      act(time);
      window.frameTimes.push(performance.now() - from);
    });
  });
  await page.reload();
  await openSong(page);
  const before = await timeShown(page);
  await page.keyboard.press('Space');
  await eventually(async () => assert.ok((await page.evaluate(loudness)) > 0.001, 'the analyser hears it'));
  await eventually(async () => assert.notEqual(await timeShown(page), before, 'time runs'));
  await page.evaluate(() => { window.frameTimes = []; });
  await page.waitForTimeout(2000);
  const times = await page.evaluate(() => window.frameTimes.sort((a, b) => a - b));
  console.log(`frames: ${times.length}, median ${times[times.length >> 1]} ms, longest ${times.at(-1)} ms`);
  assert.ok(times.length > 20, 'frames follow each other');
  await page.getByRole('button', { name: 'Pause' }).click();
  const paused = await timeShown(page);
  await page.waitForTimeout(300);
  assert.equal(await timeShown(page), paused, 'time stands');
});

browserTest('both charts show as tables, and files are saved', {}, async ({ page }) => {
  await openSong(page);
  for (const button of await page.getByRole('button', { name: 'Show as table' }).all()) {
    if (await button.isVisible()) await button.click();
  }
  assert.ok(await page.locator('.song-profile tbody tr').count() > 2, 'windows');
  assert.equal(await page.locator('.song-strips tbody tr').count(), 9, 'channels');
  await page.locator('#song-save-button').click();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'moments.csv' }).click();
  assert.equal((await download).suggestedFilename(), 'moments.csv');
});

browserTest('at 360 px nothing is cut and the transport stays in reach', {
  viewport: { width: 360, height: 740 },
}, async ({ page }) => {
  await openSong(page);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  assert.ok(overflow <= 0, `${overflow} px too wide`);
  await profile(page).scrollIntoViewIfNeeded();
  const play = await page.getByRole('button', { name: 'Play' }).boundingBox();
  assert.ok(play.y + play.height <= 740, 'play is in sight');
  assert.ok(play.width >= 44 && play.height >= 44, 'and large enough');
  await page.evaluate(() => window.scrollTo(0, 0));
  await page.setViewportSize({ width: 360, height: 2600 });
  await shoot(page, 'song-360-light');
  await assertMenuBelow(page);
});

browserTest('two fingers zoom the strips, one moves them', {
  viewport: { width: 360, height: 740 },
}, async ({ page, context }) => {
  await openSong(page);
  const canvas = page.locator('.song-strips__canvas');
  await canvas.evaluate((element) => element.scrollIntoView({ block: 'center' }));
  const box = await canvas.boundingBox();
  const y = box.y + box.height / 2;
  const devtools = await context.newCDPSession(page);
  const touch = (type, ...xs) => devtools.send('Input.dispatchTouchEvent', {
    type, touchPoints: xs.map((x, id) => ({ x, y, id })),
  });
  const lengthOf = (span) => {
    const [, from, to] = span.match(/^(-?\d+)-(-?\d+)$/);
    return to - from;
  };
  const wide = said(page, 'span');
  const near = await saidAfter(page, 'span', async () => {
    await touch('touchStart', 150, 210);
    await touch('touchMove', 120, 240);
    await touch('touchMove', 90, 270);
    await touch('touchEnd');
  });
  assert.ok(lengthOf(near) < lengthOf(wide), `${near} is no part of ${wide}`);
  const moved = await saidAfter(page, 'span', async () => {
    await touch('touchStart', 220);
    await touch('touchMove', 180);
    await touch('touchMove', 120);
    await touch('touchEnd');
  });
  assert.ok(Math.abs(lengthOf(moved) - lengthOf(near)) <= 1, `${moved} is as long as ${near}`);
  await devtools.detach();
});

/** Has the page load a small encoder, and comes back to the song. */
async function withEncoder(page) {
  await page.getByRole('link', { name: 'Your maps' }).first().click();
  await withFolder(async (folder) => {
    await useFile(page, writeRandomEncoder(folder));
    await computedBy(page);
  });
  await page.locator('.songs__open').first().click();
  await strips(page).waitFor();
}

/** r of the latents that are shown, from the top: over the song, or of what is seen. */
const figuresOfLatents = async (page, column) => {
  const texts = await page.locator(`.song-latents .song-strips__row:not([hidden]) ${column}`).allInnerTexts();
  return texts.map((text) => Number(text.replace('−', '-')));
};

browserTest('latents stand below the channels once the run has an encoder', {}, async ({ page }) => {
  const requested = [];
  page.context().on('request', (request) => requested.push(new URL(request.url()).pathname));
  await openSong(page);
  const plate = page.locator('.song-latents');
  await plate.getByRole('button', { name: 'Show latents' }).click();
  assert.match(await plate.locator('.song-latents__words').innerText(), /^Latents need an encoder/);
  await eventually(() => assert.equal(said(page, 'latents'), 'most'));
  assert.deepEqual(requested.filter((path) => /carto-encoder/.test(path)), [], 'no encoder is loaded for it');

  await withEncoder(page);
  await latentStrips(page).waitFor();
  await eventually(() => assert.equal(said(page, 'latents'), 'most', 'they are open still'));
  assert.match(await plate.locator('.song-latents__about').innerText(), /read by the encoder random\.safetensors\. Its weights are random/);
  assert.ok((await colours(page, '.song-latents .song-strips__canvas')) > 5, 'the strips are drawn');
  const most = await figuresOfLatents(page, '.song-strips__song');
  assert.equal(most.length, 8);
  assert.deepEqual(most, [...most].sort((a, b) => b - a), 'the highest r first');
  await eventually(async () => {
    const here = await figuresOfLatents(page, '.song-strips__r b');
    assert.ok(here.some((r, idx) => Number.isFinite(r) && r !== most[idx]), here.join(' '));
  });
  await plate.getByRole('button', { name: '8 least alike' }).click();
  const least = await figuresOfLatents(page, '.song-strips__song');
  assert.ok(least[0] <= most.at(-1), `${least} and ${most}`);
  await plate.getByRole('button', { name: 'All', exact: true }).click();
  assert.equal((await figuresOfLatents(page, '.song-strips__song')).length, 32);
  await eventually(() => assert.equal(said(page, 'latents'), 'all'));

  // They follow the stretch as the channels do.
  const here = await figuresOfLatents(page, '.song-strips__r b');
  await saidAfter(page, 'span', async () => {
    await latentStrips(page).focus();
    await page.keyboard.press('PageDown');
  });
  await eventually(async () => assert.notDeepEqual(await figuresOfLatents(page, '.song-strips__r b'), here));
  for (const theme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme: theme });
    await plate.getByRole('button', { name: '8 most alike' }).click();
    await page.setViewportSize({ width: 1440, height: 2000 });
    await shoot(page, `song-latents-1440-${theme}`);
  }
  await plate.getByRole('button', { name: 'Show as table' }).click();
  assert.equal(await plate.locator('tbody tr').count(), 8);

  await page.locator('#song-save-button').click();
  const [download] = await Promise.all([
    page.waitForEvent('download'), page.getByRole('button', { name: 'latents.csv' }).click(),
  ]);
  assert.match(await readFile(await download.path(), 'utf8'), /^time_ms,z0_a,/);
  await plate.getByRole('button', { name: 'Hide latents' }).click();
  await eventually(() => assert.equal(said(page, 'latents'), null));
});

browserTest('latents fit a narrow window', { viewport: { width: 360, height: 740 } }, async ({ page }) => {
  await openSong(page);
  await withEncoder(page);
  await openLatents(page);
  await page.locator('.song-latents').scrollIntoViewIfNeeded();
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  assert.ok(overflow <= 0, `${overflow} px too wide`);
  await page.evaluate(() => window.scrollTo(0, 0));
  await page.setViewportSize({ width: 360, height: 3400 });
  await shoot(page, 'song-latents-360-light');
});

browserTest('a clip of both playfields is recorded and saved', {}, async ({ page }) => {
  await openSong(page);
  await page.getByRole('button', { name: /^Record a clip/ }).click();
  const stop = page.getByRole('button', { name: 'Stop and save the clip' });
  await stop.waitFor();
  await page.waitForTimeout(2500);
  const download = page.waitForEvent('download');
  await stop.click();
  const clip = await download;
  assert.match(clip.suggestedFilename(), /^clip\.(webm|mp4)$/);
  assert.ok((await readFile(await clip.path())).length > 5_000, 'there is something in it');
});

/** In the page, before anything plays: sound does not begin until `cartoSound` is true. */
function holdSoundBack() {
  window.cartoSound = false;
  const { get } = Object.getOwnPropertyDescriptor(BaseAudioContext.prototype, 'state');
  Object.defineProperty(BaseAudioContext.prototype, 'state', {
    get() {
      return window.cartoSound ? get.call(this) : 'suspended';
    },
  });
  // The analyser is the last node of the page's own context.
  const { connect } = AudioNode.prototype;
  AudioNode.prototype.connect = function (...to) {
    if (this instanceof AnalyserNode) window.cartoContext = this.context;
    return connect.apply(this, to);
  };
}

browserTest('where no sound begins the song plays without it and says so, until the sound comes', {
  before: holdSoundBack,
}, async ({ page }) => {
  await openSong(page);
  const words = page.locator('.song-transport__no-sound');
  assert.equal(await words.textContent(), '');
  const before = await timeShown(page);
  await page.keyboard.press('Space');
  await eventually(async () => assert.match(await words.innerText(), /^The browser did not let the sound begin/));
  await eventually(async () => assert.notEqual(await timeShown(page), before, 'time runs'));
  await page.evaluate(() => {
    window.cartoSound = true;
    window.cartoContext.dispatchEvent(new Event('statechange'));
  });
  await eventually(async () => assert.equal(await words.textContent(), ''));
  await page.getByRole('button', { name: 'Pause' }).waitFor();
});

browserTest('maps without audio play to a metronome', { before: keepAnalyser }, async ({ page }) => {
  await page.locator('main[data-state]').waitFor({ state: 'attached' });
  const bytes = (creator, seed) => new TextEncoder().encode(osuText({ title: 'Tide', creator, seed }));
  await dropFiles(page, [
    { name: 'a.osu', bytes: bytes('ann', 1) },
    { name: 'b.osu', bytes: bytes('bob', 2) },
  ]);
  await waitForState(page, 'done');
  await page.locator('.songs__open').first().click();
  await strips(page).waitFor();
  assert.match(await page.locator('.song-transport__note').textContent(), /a metronome of the timing points plays/);
  await page.keyboard.press('Space');
  await eventually(async () => assert.ok((await page.evaluate(loudness)) > 0.0005, 'the analyser hears it'));
});

/** The same map with every time later. */
function later(text, byMs) {
  const [head, objects] = text.split('[HitObjects]');
  const moved = (time) => String(Number(time) + byMs);
  return [
    head.replace(/(\[TimingPoints\]\s+)(\d+)/, (_, before, time) => before + moved(time)),
    objects.replaceAll(/^(\d+,\d+,)(\d+)/gm, (_, before, time) => before + moved(time)),
  ].join('[HitObjects]');
}

browserTest('of two uploads that begin at different times one is moved by the lag', {}, async ({ page }) => {
  await page.locator('main[data-state]').waitFor({ state: 'attached' });
  const bytes = (text) => new TextEncoder().encode(text);
  const text = (creator) => osuText({ title: 'Tide', creator, seed: 1 });
  await dropFiles(page, [
    { name: 'a.osu', bytes: bytes(text('ann')) },
    { name: 'b.osu', bytes: bytes(later(text('bob'), 130)) },
  ]);
  await waitForState(page, 'done');
  await page.locator('.songs__open').first().click();
  await strips(page).waitFor();
  assert.match(await page.locator('.song-alignment p').innerText(), /^Lag [−+]130 ms: aligned by timing points\./);
  await eventually(async () => {
    const [onset] = await page.locator('.song-strips__song').allInnerTexts();
    assert.equal(onset, '1.00', 'moved by the lag the two are one map');
  });
});

browserTest('with forced colours and less motion all is drawn, and plays', {}, async ({ page }) => {
  await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
  await openSong(page);
  assert.ok((await colours(page, '.song-strips__canvas')) > 2, 'the strips are drawn');
  assert.ok((await colours(page, '.song-profile__canvas')) > 2, 'agreement is drawn');
  const before = await timeShown(page);
  await page.keyboard.press('Space');
  await eventually(async () => assert.notEqual(await timeShown(page), before, 'time runs'));
});

browserTest('a link without files says what is missing', {
  path: '?view=song&song=nobody%20-%20Tide',
}, async ({ page }) => {
  await page.getByRole('heading', { level: 1, name: 'nobody - Tide' }).waitFor();
  assert.match(await page.locator('.song-head__finding').innerText(), /Drop the \.osz archives/);
});

browserTest('a song with an apostrophe in its name is one step of the history', {}, async ({ page }) => {
  await page.locator('main[data-state]').waitFor({ state: 'attached' });
  const bytes = (creator, seed) => new TextEncoder().encode(osuText({ title: "Cat's Cradle", creator, seed }));
  await dropFiles(page, [
    { name: 'a.osu', bytes: bytes('ann', 1) },
    { name: 'b.osu', bytes: bytes('bob', 2) },
  ]);
  await waitForState(page, 'done');
  const before = await page.evaluate(() => history.length);
  await page.locator('.songs__open').first().click();
  await strips(page).waitFor();
  await eventually(async () => assert.match(page.url(), /[?&]span=/));
  assert.equal(await page.evaluate(() => history.length), before + 1);
  await page.goBack();
  await eventually(async () => assert.equal(said(page, 'song'), null, 'the view before'));
  await page.goForward();
  await strips(page).waitFor();
  assert.equal(said(page, 'song').endsWith("Cat's Cradle"), true);
  assert.equal(await page.evaluate(() => history.length), before + 1, 'going there is no further step');
});
