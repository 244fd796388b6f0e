// What both drivers do in the page and beside it in the same way.

import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

/**
 * What the journey asks of a browser.
 *
 * Functions that run in the page go there as text: they see their arguments and nothing
 * else, and give plain values back.
 *
 * @typedef {object} Driver
 * @property {string} name of the browser, for the names of pictures
 * @property {(url: string) => Promise<void>} goto
 * @property {(fn: Function, ...args: unknown[]) => Promise<any>} evaluate
 * @property {(selector: string, text?: string) => Promise<void>} click on the first one in sight that has this text
 * @property {(key: string) => Promise<void>} press on what has the focus; one sign, as `KeyboardEvent.key` has it
 * @property {(selector: string, paths: string[]) => Promise<void>} setFiles through a file input
 * @property {(path: string) => Promise<void>} screenshot
 * @property {(name: string, encoding?: BufferEncoding) => Promise<string>} takeSaved text of a file that the page has
 *   saved, `latin1` for its bytes; the file is gone then
 * @property {() => Promise<string[]>} errors that nobody caught or that the console shows
 * @property {() => Promise<void>} close
 */

const POLL_MS = 50;

/** How long anything may take that computes nothing. */
export const WAIT_TIMEOUT_MS = 20_000;

/**
 * Asks until the answer is truthy; returns it.
 *
 * It asks from here, since the policy of the page forbids the code that a browser's own
 * waiting makes from text.
 *
 * @param {string} what is waited for, for the error
 * @param {() => Promise<any>} ask
 * @param {number} [timeoutMs]
 */
export async function waitUntil(what, ask, timeoutMs = WAIT_TIMEOUT_MS) {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > end) throw new Error(`waited ${timeoutMs} ms for ${what}`);
    await setTimeout(POLL_MS);
  }
}

/** In the page: the first element in sight that `selector` fits and whose text begins with `text`. */
export function elementInSight(selector, text) {
  const inOneLine = (words) => words.replace(/\s+/g, ' ').trim();
  const fits = (element) => element.checkVisibility() && !element.disabled
    && inOneLine(element.textContent).startsWith(text);
  return [...document.querySelectorAll(selector)].find(fits) ?? null;
}

/**
 * Drops files from the disk by events of our own: no protocol has a drop from outside the
 * browser. A file input of ours makes the files, so that they have the paths that a real
 * drag gives them: WebKit has no entry for a file that a script made.
 *
 * @param {Driver} driver
 * @param {string[]} paths absolute
 */
export async function dropPaths(driver, paths) {
  await driver.evaluate(() => {
    const input = document.createElement('input');
    Object.assign(input, { id: 'dropped', type: 'file', multiple: true });
    document.body.append(input);
  });
  await driver.setFiles('#dropped', paths);
  const isAccepted = await driver.evaluate(dropInPage);
  if (!isAccepted) throw new Error('the page does not accept a drop: dragover was not cancelled');
}

/** In the page: drops the files of the input, and takes the input away. */
function dropInPage() {
  const input = document.querySelector('#dropped');
  const dataTransfer = new DataTransfer();
  for (const file of input.files) dataTransfer.items.add(file);
  input.remove();
  const fire = (type) =>
    document.body.dispatchEvent(
      new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true, composed: true }),
    );
  fire('dragenter');
  // A browser drops nothing where no one cancels the event before.
  const isAccepted = !fire('dragover');
  if (isAccepted) fire('drop');
  return isAccepted;
}

/** Waits for a saved file to be whole, takes it out of `folder` and returns its text. */
export async function takeFrom(folder, name, encoding = 'utf8') {
  const path = join(folder, name);
  let before = null;
  // A browser writes in pieces, under the name that the file will have or beside it.
  const text = await waitUntil(`${name} to be saved`, async () => {
    const now = await readFile(path, encoding).catch(() => null);
    const isWhole = now !== null && now !== '' && now === before;
    before = now;
    return isWhole && now;
  });
  await rm(path);
  return text;
}
