// Waiting for what a test is about, where no locator can.

import { setTimeout } from 'node:timers/promises';

/**
 * Repeats `check` until nothing in it fails; the last failure is the test's.
 *
 * @param {() => unknown} check with assertions that may be early
 */
export async function eventually(check, timeoutMs = 10_000) {
  const end = Date.now() + timeoutMs;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > end) throw error;
    }
    await setTimeout(20);
  }
}

/** Waits until all parts of the page are drawn, one after the other, and their faces are there. */
export async function allDrawn(page) {
  await page.locator('footer').waitFor({ state: 'attached' }); // The last that is drawn.
  await facesArrived(page);
}

/** Waits for all faces that the page asks for as it is laid out now. */
export function facesArrived(page) {
  return page.evaluate(async () => {
    const frame = () => new Promise((done) => requestAnimationFrame(done));
    // A face is asked for by the layout that needs it, which comes with a frame.
    do {
      await frame();
      await frame();
      await document.fonts.ready;
    } while (document.fonts.status === 'loading');
    // What it moves is seen in the frame after.
    await frame();
    await frame();
  });
}
