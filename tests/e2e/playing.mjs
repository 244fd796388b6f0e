// The song view, played by keys, in any browser.
//
// `song.spec.mjs` holds more, in Chromium. This one says that sound, drawing and recording
// are there elsewhere too, or that the page says what is not.

import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dropPaths, waitUntil } from './drivers/page.mjs';
import { waitFor, waitForRun, waitForState } from './in-browser.mjs';
import { osuText } from './maps.mjs';
import { music } from './music.mjs';
import { keepAnalyser, loudness } from './sound.mjs';
import { zipFile } from './zip.mjs';

/** Louder than the rest of a recording that has faded out. */
const HEARD = 0.001;

/** A clip with fewer bytes shows nothing. */
const MIN_CLIP_BYTES = 5_000;

/** What the first bytes of a WebM file are. */
const WEBM = '\x1A\x45\xDF\xA3';

/** @typedef {import('./drivers/page.mjs').Driver} Driver */

/**
 * Opens a song by two mappers and plays it.
 *
 * @param {Driver} driver
 * @param {string} url of the page
 * @param {string} folder that is empty
 */
export async function playing(driver, url, folder) {
  await driver.goto(new URL('?backend=cpu', url).href);
  await waitForState(driver, 'empty');
  await dropPaths(driver, await writeSong(folder));
  await waitForRun(driver, 2);
  await openSong(driver);
  await driver.evaluate(keepAnalyser);

  await playsByKey(driver);
  await goesByKeys(driver);
  await playsAtHalfRate(driver);
  await recordsClip(driver);
  await drawsOverEachOther(driver);
  assert.deepEqual(await driver.errors(), [], 'errors in the page');
}

/** One song by two mappers, with its recording; the paths of the archives. */
async function writeSong(folder) {
  const audio = { name: 'audio.wav', bytes: music(1, 20) };
  return Promise.all(['Ann', 'Bea'].map(async (creator, seed) => {
    const text = osuText({ title: 'Tide', creator, seed }).replace('audio.mp3', audio.name);
    const path = join(folder, `${creator}.osz`);
    await writeFile(path, zipFile([{ name: 'a.osu', bytes: Buffer.from(text) }, audio]));
    return path;
  }));
}

async function openSong(driver) {
  await driver.click('.songs__open');
  await waitFor(driver, 'the song and its recording', () =>
    document.querySelector('.song-transport__note')?.textContent === 'Recording: audio.wav.'
    && /[?&]span=/.test(location.search));
  for (const selector of ['.song-strips__canvas', '.song-profile__canvas']) {
    await waitFor(driver, `${selector} to be drawn`, isDrawn, selector);
  }
}

/** In the page: whether a canvas shows more than one colour. */
function isDrawn(selector) {
  const canvas = document.querySelector(selector);
  if (!canvas?.width) return false;
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  const pixels = new Uint32Array(data.buffer);
  return pixels.some((pixel) => pixel !== pixels[0]);
}

/** In the page: the time that the transport shows, s, with the machine's clock; null before there is one. */
function timeShown() {
  const found = /^(\d+):(\d+\.\d)$/.exec(document.querySelector('.song-transport__time b')?.textContent);
  return found && { songS: 60 * Number(found[1]) + Number(found[2]), machineS: performance.now() / 1000 };
}

/** Waits until the time shown is what `fits` says; returns it. */
const waitForTime = (driver, what, fits) => waitUntil(what, async () => {
  const time = await driver.evaluate(timeShown);
  return time && fits(time.songS) && time;
});

const isPlaying = (driver) =>
  driver.evaluate(() => document.querySelector('.song-transport__play').getAttribute('aria-label') === 'Pause');

/** Space plays: time runs, the recording is heard, and both maps are drawn. Space pauses. */
async function playsByKey(driver) {
  const { songS } = await driver.evaluate(timeShown);
  await driver.press(' ');
  await waitForTime(driver, 'time to run', (nowS) => nowS > songS + 0.5);
  await waitUntil('sound', async () => (await driver.evaluate(loudness)) > HEARD);
  for (const place of [1, 2]) {
    await waitFor(driver, `playfield ${place} to be drawn`, isDrawn, `.song-field:nth-of-type(${place}) canvas`);
  }
  await driver.press(' ');
  await waitUntil('the pause', async () => !(await isPlaying(driver)));
  await waitUntil('silence', async () => (await driver.evaluate(loudness)) < HEARD);
}

/** Digits go to a moment, brackets go a bar on, while it stands and while it plays. */
async function goesByKeys(driver) {
  const momentS = await driver.evaluate(() => {
    const [minutes, seconds] = document.querySelector('.song-moment b').textContent.split(':').map(Number);
    return 60 * minutes + seconds;
  });
  await driver.press('1');
  await waitForTime(driver, 'the first moment', (nowS) => nowS === momentS);
  await driver.press(']');
  const { songS } = await waitForTime(driver, 'the next bar', (nowS) => nowS > momentS);
  assert.ok(Math.abs(songS - momentS - 1.6) < 0.11, `${songS} s is a bar of 1.6 s after ${momentS} s`);
  await driver.press(' ');
  await waitForTime(driver, 'time to run', (nowS) => nowS > songS + 0.3);
  await driver.press('1');
  await waitForTime(driver, 'the first moment while it plays', (nowS) => nowS >= momentS && nowS < songS);
  await waitForTime(driver, 'time to run on from there', (nowS) => nowS > momentS + 0.3);
  assert.ok(await isPlaying(driver), 'it plays on');
  await driver.press(' ');
  await waitUntil('the pause', async () => !(await isPlaying(driver)));
}

/** At half the rate, chosen and played by buttons, the song takes twice its time, and is heard. */
async function playsAtHalfRate(driver) {
  await driver.click('.song-transport__play');
  const full = await rateMeasured(driver);
  await driver.click('.song-transport .segments button', '½×');
  await waitUntil('sound at half the rate', async () => (await driver.evaluate(loudness)) > HEARD);
  const half = await rateMeasured(driver);
  // A sound device that is made up may be late, at both rates.
  assert.ok(half / full > 0.35 && half / full < 0.65, `at half the rate ${half} s a second, at the whole ${full} s`);
  await driver.click('.song-transport__play');
  await waitUntil('the pause', async () => !(await isPlaying(driver)));
  await driver.click('.song-transport .segments button', '1×');
}

/** Seconds of the song that pass in a second, over some of them. */
async function rateMeasured(driver) {
  const { songS } = await driver.evaluate(timeShown);
  const from = await waitForTime(driver, 'time to run', (nowS) => nowS > songS + 0.2);
  const to = await waitForTime(driver, 'time to run on', (nowS) => nowS > from.songS + 1.5);
  return (to.songS - from.songS) / (to.machineS - from.machineS);
}

/** Both maps on one canvas and on two again: canvases of another size. */
async function drawsOverEachOther(driver) {
  // By the page itself: the transport stands above the foot of a low window.
  const press = (text) => driver.evaluate((text) =>
    [...document.querySelectorAll('.song-fields button')].find((it) => it.textContent === text).click(), text);
  await press('Over each other');
  await waitFor(driver, 'one playfield', () => !document.querySelector('.song-field:nth-of-type(2)').checkVisibility());
  await waitFor(driver, 'both maps on one canvas', isDrawn, '.song-field canvas');
  await press('Side by side');
  await waitFor(driver, 'two playfields', isDrawn, '.song-field:nth-of-type(2) canvas');
}

/** A clip comes out of the browser's recorder, or the page says why there is none. */
async function recordsClip(driver) {
  const offers = await driver.evaluate(() => ({
    button: [...document.querySelectorAll('.song-keep > button')].some((it) => it.textContent.startsWith('Record a clip')),
    words: document.querySelector('.song-keep').innerText,
  }));
  if (!offers.button) {
    assert.match(offers.words, /This browser records no clips\./);
    return;
  }
  await driver.press('1');
  const { songS } = await driver.evaluate(timeShown);
  await driver.click('.song-keep button', 'Record a clip');
  await waitForTime(driver, 'time to run while a clip is recorded', (nowS) => nowS > songS + 1.5);
  await driver.click('.song-keep button', 'Stop and save the clip');
  const failure = () => driver.evaluate(() => document.querySelector('.song-view .message__text').textContent);
  const clip = driver.takeSaved('clip.webm', 'latin1').catch((error) => error);
  const words = waitUntil('words about the clip', failure).catch(() => null);
  const ended = await Promise.race([clip, words.then((it) => it ?? clip)]);
  if (/^The browser's recorder gave an empty clip/.test(ended)) return;
  assert.ok(!(ended instanceof Error), ended);
  assert.equal(ended.slice(0, WEBM.length), WEBM, 'the clip is a WebM file');
  assert.ok(ended.length > MIN_CLIP_BYTES, `${ended.length} bytes`);
}
