// Memory of the page's process while a thousand archives are dropped.
//
// Workers live in the renderer's process, so its resident set is read from the
// system at every hundred archives; flat means that it does not grow with them.

import { readFile, readdir } from 'node:fs/promises';
import { openPage } from './harness.mjs';
import { dropPaths } from './files.mjs';
import { waitForState, withFolder, writeDemo } from './study.mjs';

const N_ARCHIVES = 1000;
const GOAL_MB = 300;

/** Resident megabytes of the largest renderer below `browserPid`. */
async function rendererMegabytes() {
  let largest = 0;
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    try {
      const command = await readFile(`/proc/${pid}/cmdline`, 'utf8');
      if (!command.includes('--type=renderer') || command.includes('--extension-process')) continue;
      const status = await readFile(`/proc/${pid}/status`, 'utf8');
      largest = Math.max(largest, Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
    } catch {
      // The process has ended meanwhile.
    }
  }
  return largest;
}

await withFolder(async (folder) => {
  let n = 0;
  for (let seed = 1; n < N_ARCHIVES; seed += 1) n += (await writeDemo(`${folder}/${seed}`, seed)).length;
  const { page, close, assertQuiet } = await openPage();
  try {
    await waitForState(page, 'empty');
    const before = await rendererMegabytes();
    console.log(`${n} archives; empty page ${before.toFixed(0)} MB`);
    await dropPaths(page, [folder]);
    let [peak, next] = [0, 0];
    for (;;) {
      const megabytes = await rendererMegabytes();
      peak = Math.max(peak, megabytes);
      const bars = await page.getByRole('progressbar').all();
      const done = await Promise.all(bars.map((bar) => bar.getAttribute('aria-valuetext')));
      if (Date.now() > next) {
        console.log(`${done.join(', ')}: ${megabytes.toFixed(0)} MB`);
        next = Date.now() + 5000;
      }
      if (await page.locator('main[data-state="done"]').count()) break;
      await page.waitForTimeout(200);
    }
    await assertQuiet();
    console.log(`peak ${peak.toFixed(0)} MB for page and workers together (goal: ${GOAL_MB})`);
  } finally {
    await close();
  }
});
