// WebKitGTK's own small browser, over W3C WebDriver.

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Builder, By, error as webdriverError } from 'selenium-webdriver';
import { elementInSight, takeFrom, waitUntil } from './page.mjs';
import { freePort, makeHome, startDisplay, startProgram } from './processes.mjs';

/** What the driver starts where it is told nothing: the MiniBrowser that was built with it. */
const CAPABILITIES = {
  browserName: 'MiniBrowser',
  // `goto` waits by itself, so that it can listen before the page runs.
  pageLoadStrategy: 'none',
};

/**
 * Starts the driver, and the browser on a display of its own.
 *
 * @param {string} driverPath of WebKitWebDriver
 * @returns {Promise<import('./page.mjs').Driver>}
 */
export async function openWebkit(driverPath) {
  const home = await makeHome();
  const undo = [home.remove];
  const close = async () => {
    for (const step of undo.reverse()) await step();
  };
  try {
    const { display, stop: stopDisplay } = await startDisplay();
    undo.push(stopDisplay);
    const port = await freePort();
    const env = { ...process.env, ...(await homeIn(home.path)), DISPLAY: display };
    const { stop: stopDriver } = await startProgram(driverPath, [`--port=${port}`], { env });
    undo.push(stopDriver);
    // Nobody ends the session: what hangs would not hear it, and the browser ends with its driver.
    const session = await openSession(`http://127.0.0.1:${port}`);
    await session.manage().window().setRect({ x: 0, y: 0, width: 1280, height: 1000 });
    return { ...watchedPage(session), takeSaved: (...what) => takeFrom(home.path, ...what), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The environment in which all that the browser writes lies in one folder, downloads too. */
async function homeIn(path) {
  const config = join(path, 'config');
  await mkdir(config);
  await writeFile(join(config, 'user-dirs.dirs'), `XDG_DOWNLOAD_DIR="${path}"\n`);
  return {
    HOME: path,
    XDG_CONFIG_HOME: config,
    XDG_CACHE_HOME: join(path, 'cache'),
    XDG_DATA_HOME: join(path, 'data'),
  };
}

/** The driver needs a moment until it listens. */
async function openSession(url) {
  await waitUntil('WebKitWebDriver to listen', () => fetch(`${url}/status`).then(({ ok }) => ok, () => false));
  return new Builder().usingServer(url).withCapabilities(CAPABILITIES).build();
}

/** Of a click: false where the page has drawn something else in the element's place; any other error is one. */
function isGone(error) {
  const { ElementNotInteractableError, StaleElementReferenceError } = webdriverError;
  if (error instanceof ElementNotInteractableError || error instanceof StaleElementReferenceError) return false;
  throw error;
}

function watchedPage(session) {
  const evaluate = (fn, ...args) => session.executeScript(`return (${fn}).apply(null, arguments)`, ...args);
  return {
    name: 'webkit',
    async goto(url) {
      await session.get(url);
      // A question can be lost with the document before.
      await waitUntil(`${url} to begin`, () => evaluate(listenForErrors, url).catch(() => false));
      await waitUntil(`${url} to load`, () => evaluate(() => document.readyState === 'complete'));
    },
    evaluate,
    async click(selector, text = '') {
      // What is drawn anew between the two is found again.
      await waitUntil(`${selector} with "${text}"`, async () => {
        const element = await evaluate(elementInSight, selector, text);
        if (element === null) return false;
        // The driver does not scroll to what begins a few pixels below the window.
        await evaluate((element) => element.scrollIntoView({ block: 'center', behavior: 'instant' }), element).catch(isGone);
        return element.click().then(() => true, isGone);
      });
    },
    press: (key) => session.actions().sendKeys(key).perform(),
    setFiles: (selector, paths) => session.findElement(By.css(selector)).sendKeys(paths.join('\n')),
    screenshot: async (path) => writeFile(path, await session.takeScreenshot(), 'base64'),
    errors: () => evaluate(() => window.cartoErrors),
  };
}

/**
 * In the page: keeps what nobody caught and what the console shows; true where it listens.
 *
 * The protocol tells of neither, and has no way to run anything before the page does. An
 * error of the first milliseconds is lost, but a page that cannot start fails the test.
 */
function listenForErrors(url) {
  // The page may put more into its address.
  const { origin, pathname } = new URL(url);
  if (location.origin !== origin || location.pathname !== pathname) return false;
  if (window.cartoErrors) return true;
  const errors = [];
  window.cartoErrors = errors;
  window.addEventListener('error', (event) => errors.push(`uncaught: ${event.message}`));
  window.addEventListener('unhandledrejection', (event) => errors.push(`uncaught: ${event.reason}`));
  const { error } = console;
  console.error = (...words) => {
    errors.push(words.join(' '));
    error.apply(console, words);
  };
  return true;
}
