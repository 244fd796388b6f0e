// Giving files to the page, as a person would.

import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';

/**
 * Drops files that need not exist: real drag events with a real DataTransfer.
 *
 * Such files have no file system entry; `dropPaths` gives them one.
 *
 * @param {import('playwright-core').Page} page
 * @param {{ name?: string, bytes?: Uint8Array, path?: string }[]} files bytes, or a path to read
 * @param {string} [selector] what the pointer is over
 */
export async function dropFiles(page, files, selector = 'body') {
  const contents = await Promise.all(
    files.map(async ({ name, bytes, path }) => ({
      name: name ?? basename(path),
      base64: Buffer.from(bytes ?? (await readFile(path))).toString('base64'),
    })),
  );
  const isAccepted = await page.evaluate(
    ([contents, selector]) => {
      const dataTransfer = new DataTransfer();
      for (const { name, base64 } of contents) {
        const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
        dataTransfer.items.add(new File([bytes], name));
      }
      const target = document.querySelector(selector);
      const fire = (type) =>
        target.dispatchEvent(
          new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true, composed: true }),
        );
      fire('dragenter');
      const isAccepted = !fire('dragover');
      if (isAccepted) fire('drop');
      return isAccepted;
    },
    [contents, selector],
  );
  // A browser drops nothing where no one cancels the event before.
  if (!isAccepted) throw new Error(`${selector} does not accept a drop: dragover was not cancelled`);
}

/**
 * Drops files and folders from the disk in the middle of the window. The events
 * come from the browser itself, so folders can be walked.
 *
 * @param {import('playwright-core').Page} page
 * @param {string[]} paths absolute
 */
export async function dropPaths(page, paths) {
  const { width, height } = page.viewportSize();
  const devtools = await page.context().newCDPSession(page);
  const data = { items: [], files: paths, dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop']) {
    await devtools.send('Input.dispatchDragEvent', { type, x: width / 2, y: height / 2, data });
  }
  await devtools.detach();
}

/**
 * Picks files with a file input, or one folder where the input takes folders.
 *
 * @param {import('playwright-core').Page} page
 * @param {string | string[]} paths
 * @param {string} [selector]
 */
export async function pickFiles(page, paths, selector = 'input[type=file]') {
  await page.locator(selector).setInputFiles(paths);
}
