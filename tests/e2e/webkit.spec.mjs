// The main job and a song that plays, in WebKit, the engine of Safari, as WebKitGTK has it.

import { test } from 'node:test';
import { openWebkit } from './drivers/webkit.mjs';
import { BROWSER_TIMEOUT_MS, testIn } from './in-browser.mjs';
import { journey } from './journey.mjs';
import { playing } from './playing.mjs';

const BROWSER = {
  path: process.env.CARTO_WEBKIT_DRIVER,
  missing: 'WebKitWebDriver is not there (Debian: apt-get install webkit2gtk-driver xvfb)',
  open: openWebkit,
};

test('WebKit runs a study with latents, saves it and opens it again', { timeout: BROWSER_TIMEOUT_MS }, (running) =>
  testIn(running, BROWSER, journey));

test('WebKit plays a song with sound, draws both maps and records a clip', { timeout: BROWSER_TIMEOUT_MS }, (running) =>
  testIn(running, BROWSER, playing));
