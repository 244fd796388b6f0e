// The main job in Firefox.

import { test } from 'node:test';
import { openFirefox } from './drivers/firefox.mjs';
import { JOURNEY_TIMEOUT_MS, testJourney } from './journey.mjs';

test('Firefox runs a study with latents, saves it and opens it again', { timeout: JOURNEY_TIMEOUT_MS }, (running) =>
  testJourney(running, {
    path: process.env.CARTO_FIREFOX,
    missing: 'Firefox is not there (Debian: apt-get install firefox-esr)',
    open: openFirefox,
  }));
