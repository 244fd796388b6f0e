// How long the main thread works for a frame while a song plays, and how long one takes to open.

import assert from 'node:assert/strict';
import { dropFiles } from './files.mjs';
import { browserTest } from './harness.mjs';
import { waitForState } from './study.mjs';
import { eventually } from './waits.mjs';

/** A map of `nObjects` on quarter beats of `minutes` minutes: circles, and sliders at every fifth place. */
function longMap({ creator, minutes, nObjects, seed }) {
  const stepMs = (minutes * 60_000) / nObjects;
  const objects = Array.from({ length: nObjects }, (_, idx) => {
    const x = 60 + ((idx * (37 + 8 * seed)) % 390);
    const y = 50 + ((idx * (23 + 6 * seed)) % 280);
    const time = Math.round(2000 + stepMs * idx);
    const [combo, sound] = [idx % 8 === 0 ? 4 : 0, (idx + seed) % 4 === 2 ? 8 : 0];
    return (idx + seed) % 5 === 0
      ? `${x},${y},${time},${2 + combo},${sound},L|${x + 12}:${y + 8},1,14`
      : `${x},${y},${time},${1 + combo},${sound},0:0:0:0:`;
  });
  const lines = [
    'osu file format v14', '', '[General]', 'AudioFilename: audio.mp3', 'Mode: 0', '', '[Metadata]',
    `Title:${minutes} minutes`, 'Artist:nobody', `Creator:${creator}`, 'Version:Extra', '', '[Difficulty]',
    'HPDrainRate:5', 'CircleSize:4', 'OverallDifficulty:8', 'ApproachRate:9', 'SliderMultiplier:1.4',
    'SliderTickRate:1', '', '[TimingPoints]', `2000,${4 * stepMs},4,2,0,60,1,0`, '', '[HitObjects]', ...objects, '',
  ];
  return { name: `${minutes}-${creator}.osu`, bytes: new TextEncoder().encode(lines.join('\r\n')) };
}

const twoMaps = (minutes, nObjects) => ['ann', 'bob']
  .map((creator, seed) => longMap({ creator, minutes, nObjects, seed }));

const strips = (page) => page.getByRole('slider', { name: /^Nine channels/ });

/** Opens the song of this place in the table; ms from the press until its strips and figures stand. */
async function open(page, place) {
  const link = page.locator('.songs__open').nth(place);
  await link.scrollIntoViewIfNeeded();
  await page.evaluate(() => {
    window.openedMs = null;
    document.addEventListener('click', () => {
      const from = performance.now();
      const look = () => {
        const figures = [...document.querySelectorAll('.song-strips__r b')];
        if (figures.some((it) => /\d/.test(it.textContent))) window.openedMs = performance.now() - from;
        else requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    }, { once: true, capture: true });
  });
  await link.click();
  await strips(page).waitFor();
  await eventually(async () => assert.ok(await page.evaluate(() => window.openedMs)), 30_000);
  return page.evaluate(() => Math.round(window.openedMs));
}

/**
 * Work of the page's main thread, ms: of each frame, from one to the next, and of the longest task.
 *
 * @param {object[]} events of Chromium's trace
 */
function mainThreadWork(events) {
  const frames = events.filter((it) => it.name === 'FireAnimationFrame' && it.ph === 'X');
  const counts = new Map();
  for (const { pid, tid } of frames) counts.set(`${pid} ${tid}`, (counts.get(`${pid} ${tid}`) ?? 0) + 1);
  const [thread] = [...counts].sort((a, b) => b[1] - a[1])[0];
  const ofThread = (name) => events
    .filter((it) => it.name === name && it.ph === 'X' && `${it.pid} ${it.tid}` === thread)
    .sort((a, b) => a.ts - b.ts);
  const starts = ofThread('FireAnimationFrame').map((it) => it.ts);
  const tasks = ofThread('RunTask').length > 0 ? ofThread('RunTask') : ofThread('ThreadControllerImpl::RunTask');
  const work = new Array(Math.max(0, starts.length - 1)).fill(0);
  let frame = 0;
  for (const task of tasks) {
    // A frame's task begins before its callback does.
    while (frame + 1 < starts.length && starts[frame + 1] < task.ts + task.dur) frame += 1;
    if (frame < work.length && task.ts + task.dur >= starts[0]) work[frame] += task.dur / 1000;
  }
  const sorted = work.slice(1).sort((a, b) => a - b);
  return { nFrames: sorted.length, median: sorted[sorted.length >> 1], longest: Math.max(...tasks.map((it) => it.dur / 1000)) };
}

/** Traces while `act` goes on. */
async function traced(page, context, act) {
  const browser = context.browser();
  await browser.startTracing(page, { categories: ['devtools.timeline', 'disabled-by-default-devtools.timeline', 'toplevel'] });
  await act();
  return mainThreadWork(JSON.parse((await browser.stopTracing()).toString()).traceEvents);
}

browserTest('a song of ten minutes and ten thousand objects plays, zooms and pans in short frames', {
  path: '?view=yours', viewport: { width: 1440, height: 1000 },
}, async ({ page, context }) => {
  await page.locator('main[data-state]').waitFor({ state: 'attached' });
  await dropFiles(page, [...twoMaps(10, 10_000), ...twoMaps(4, 2000), ...twoMaps(3, 1500)]);
  await waitForState(page, 'done');
  const tables = page.locator('.songs__row');
  const titles = await tables.locator('.songs__title').allInnerTexts();
  const place = (minutes) => titles.indexOf(`${minutes} minutes`);
  console.log(`four minutes, the first song that is opened: ${await open(page, place(4))} ms`);
  await page.goBack();
  await tables.first().waitFor();
  console.log(`three minutes, the second song: ${await open(page, place(3))} ms`);
  await page.goBack();
  await tables.first().waitFor();
  console.log(`ten minutes: ${await open(page, place(10))} ms`);

  await page.keyboard.press('Space');
  await page.getByRole('button', { name: 'Pause' }).waitFor();
  const box = await strips(page).boundingBox();
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  for (const [what, act] of [
    ['plays', () => page.waitForTimeout(4000)],
    ['plays, zoomed and moved', async () => {
      await page.mouse.move(middle.x, middle.y);
      for (let step = 0; step < 24; step += 1) {
        await page.keyboard.down('Control');
        await page.mouse.wheel(0, step % 12 < 6 ? -60 : 60);
        await page.keyboard.up('Control');
        await page.keyboard.down('Shift');
        await page.mouse.wheel(0, 40);
        await page.keyboard.up('Shift');
        await page.waitForTimeout(80);
      }
    }],
  ]) {
    const { nFrames, median, longest } = await traced(page, context, act);
    console.log(`${what}: ${nFrames} frames, main thread ${median.toFixed(1)} ms a frame (median), longest task ${longest.toFixed(1)} ms`);
    assert.ok(nFrames > 20, 'frames follow each other');
    assert.ok(median < 16 * 2, `${median} ms`); // Twice the goal: other tests run on the same machine.
  }
});
