// The main job and a song that plays, in Firefox.

import { test } from 'node:test';
import { openFirefox } from './drivers/firefox.mjs';
import { BROWSER_TIMEOUT_MS, testIn } from './in-browser.mjs';
import { journey } from './journey.mjs';
import { playing } from './playing.mjs';

const BROWSER = {
  path: process.env.CARTO_FIREFOX,
  missing: 'Firefox is not there (Debian: apt-get install firefox-esr)',
  open: openFirefox,
};

test('Firefox runs a study with latents, saves it and opens it again', { timeout: BROWSER_TIMEOUT_MS }, (running) =>
  testIn(running, BROWSER, journey));

test('Firefox plays a song with sound, draws both maps and records a clip', { timeout: BROWSER_TIMEOUT_MS }, (running) =>
  testIn(running, BROWSER, playing));
