// Firefox over WebDriver BiDi, which it speaks itself.

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import puppeteer from 'puppeteer-core';
import { elementInSight, takeFrom, waitUntil } from './page.mjs';
import { makeHome, onExit, signalGroup } from './processes.mjs';

/**
 * Starts Firefox with an empty profile.
 *
 * @param {string} executablePath
 * @returns {Promise<import('./page.mjs').Driver>}
 */
export async function openFirefox(executablePath) {
  const home = await makeHome();
  const undo = [home.remove];
  const close = async () => {
    for (const step of undo.reverse()) await step();
  };
  try {
    const browser = await launch(executablePath, home.path);
    undo.push(onExit(() => signalGroup(browser.process(), 'SIGKILL')), () => browser.close());
    return { ...(await watchedPage(browser)), takeSaved: (...what) => takeFrom(home.path, ...what), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function launch(executablePath, home) {
  const userDataDir = join(home, 'profile');
  await mkdir(userDataDir);
  return puppeteer.launch({
    browser: 'firefox',
    executablePath,
    userDataDir,
    // It keeps caches outside its profile too.
    env: { ...process.env, HOME: home },
    defaultViewport: { width: 1280, height: 900 },
    extraPrefsFirefox: {
      'browser.download.dir': home,
      'browser.download.folderList': 2, // In the folder of the line above.
      // Without a sound device Firefox lets no audio context run; this one is heard by nobody.
      'media.cubeb.force_mock_context': true,
    },
    // `onExit` sees to it, and puppeteer would let the process go on.
    handleSIGHUP: false,
    handleSIGINT: false,
    handleSIGTERM: false,
  });
}

async function watchedPage(browser) {
  const page = await browser.newPage();
  const errors = [];
  page.on('pageerror', (error) => errors.push(`uncaught: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  return {
    name: 'firefox',
    goto: (url) => page.goto(url),
    evaluate: (fn, ...args) => page.evaluate(fn, ...args),
    async click(selector, text = '') {
      const element = await waitUntil(`${selector} with "${text}"`, async () => {
        const handle = await page.evaluateHandle(elementInSight, selector, text);
        return handle.asElement();
      });
      await element.click();
    },
    press: (key) => page.keyboard.press(key),
    async setFiles(selector, paths) {
      const input = await page.$(selector);
      await input.uploadFile(...paths);
    },
    screenshot: (path) => page.screenshot({ path }),
    errors: async () => errors,
  };
}
