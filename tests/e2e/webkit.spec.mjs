// The main job in WebKit, the engine of Safari, as WebKitGTK has it.

import { test } from 'node:test';
import { openWebkit } from './drivers/webkit.mjs';
import { JOURNEY_TIMEOUT_MS, testJourney } from './journey.mjs';

test('WebKit runs a study with latents, saves it and opens it again', { timeout: JOURNEY_TIMEOUT_MS }, (running) =>
  testJourney(running, {
    path: process.env.CARTO_WEBKIT_DRIVER,
    missing: 'WebKitWebDriver is not there (Debian: apt-get install webkit2gtk-driver xvfb)',
    open: openWebkit,
  }));
