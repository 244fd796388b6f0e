// A whole library on the page and by the command: time, memory, and what the main thread does.
//
// `cargo xtask bench library [N [M]]`: N archives, and a `Songs` folder of M extracted sets without
// audio where M is given; the nine channels, without latents. Figures of one run belong together:
// state ratios. A second visit finds what the first one kept; the command's second run, what is
// in its cache.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { openPage } from './harness.mjs';
import { dropPaths } from './files.mjs';
import { command, withFolder } from './study.mjs';
import { writeArchives, writeFolders } from './library-files.mjs';

/** Archives of the study. */
const N_STUDY = 3586;
const TICKS_PER_S = 100;
const MEGABYTE = 1024;

/** Seconds of the processor, and megabytes now and at most; null once it has ended. */
async function usage(pid) {
  try {
    const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).split(') ')[1].split(' ');
    const status = await readFile(`/proc/${pid}/status`, 'utf8');
    const megabytes = (name) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / MEGABYTE;
    return {
      cpuS: (Number(fields[11]) + Number(fields[12])) / TICKS_PER_S,
      rssMb: megabytes('VmRSS'),
      peakMb: megabytes('VmHWM'),
    };
  } catch {
    return null;
  }
}

/** The processes of this script's browser whose command lines have this in them. */
async function processes(part) {
  const found = [];
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    if (line.includes(part) && (await isBelow(pid))) found.push(pid);
  }
  return found;
}

/** Megabytes that the browser has read so far, of files and of its own database. */
async function megabytesRead() {
  const texts = (await processes('chrom')).map((pid) => readFile(`/proc/${pid}/io`, 'utf8').catch(() => ''));
  const read = (await Promise.all(texts)).map((text) => Number(/rchar: (\d+)/.exec(text)?.[1] ?? 0));
  return read.reduce((sum, bytes) => sum + bytes, 0) / 1e6;
}

/** Whether this script started the process, or one that started it. */
async function isBelow(pid) {
  for (let at = Number(pid); at > 1;) {
    if (at === process.pid) return true;
    const stat = await readFile(`/proc/${at}/stat`, 'utf8').catch(() => null);
    at = stat ? Number(stat.split(') ')[1].split(' ')[1]) : 0;
  }
  return false;
}

/** Of all pages, and of the workers in them: seconds of the processor, and megabytes now. */
async function usageOfPages() {
  const all = (await Promise.all((await processes('--type=renderer')).map(usage))).filter(Boolean);
  const sum = (of) => all.reduce((sum, one) => sum + of(one), 0);
  return { cpuS: sum((one) => one.cpuS), rssMb: sum((one) => one.rssMb) };
}

async function byCommand(folder, out, more = []) {
  const started = performance.now();
  const child = spawn(command(['release']), ['analyze', folder, '--no-latents', '--out', out, ...more], { stdio: 'ignore' });
  let last = { cpuS: 0, peakMb: 0 };
  // Of one that has ended and is not yet gone, the system gives no memory.
  const watch = setInterval(async () => {
    const now = await usage(child.pid);
    if (now?.peakMb > 0) last = now;
  }, 20);
  await once(child, 'exit');
  clearInterval(watch);
  return { wallS: (performance.now() - started) / 1000, cpuS: last.cpuS, peakMb: last.peakMb };
}

/** Notes every task of more than 50 ms on the main thread. */
function watchTasks() {
  window.longTasks = [];
  new PerformanceObserver((list) => window.longTasks.push(...list.getEntries().map((task) => task.duration)))
    .observe({ type: 'longtask' });
}

/** Drops the folder on the page, and watches until it is done. */
async function visit(page, folder) {
  await page.waitForTimeout(3000);
  const devtools = await page.context().newCDPSession(page);
  // Of the processor, whatever else the machine does.
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
  const metrics = async () => {
    const { metrics } = await devtools.send('Performance.getMetrics');
    return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
  };
  const [empty, busyBefore, readBefore] = [await usageOfPages(), await metrics(), await megabytesRead()];
  await page.evaluate(() => { window.longTasks.length = 0; });
  const started = performance.now();
  await dropPaths(page, [folder]);
  let [peakMb, firstS] = [0, null];
  const isThere = (selector) => page.evaluate((selector) => document.querySelector(selector) !== null, selector);
  while (!(await isThere('main[data-state="done"]'))) {
    peakMb = Math.max(peakMb, (await usageOfPages()).rssMb);
    if (firstS === null && (await isThere('.songs__body td.songs__r'))) firstS = (performance.now() - started) / 1000;
    await page.waitForTimeout(200);
  }
  const wallS = (performance.now() - started) / 1000;
  await page.waitForTimeout(500);
  const [end, busy, read] = [await usageOfPages(), await metrics(), await megabytesRead()];
  const tasks = await page.evaluate(() => window.longTasks);
  await devtools.detach();
  const of = (name) => busy[name] - busyBefore[name];
  return {
    wallS, firstS,
    cpuS: end.cpuS - empty.cpuS,
    peakMb: peakMb - empty.rssMb,
    readMb: read - readBefore,
    mainS: of('TaskDuration'),
    scriptS: of('ScriptDuration'),
    layoutS: of('LayoutDuration') + of('RecalcStyleDuration'),
    nLong: tasks.length,
    longestMs: Math.max(0, ...tasks),
    longS: tasks.reduce((sum, ms) => sum + ms, 0) / 1000,
  };
}

/** A first visit, and one that finds what was kept; the second is null where nothing can be kept. */
async function visits(folder, path) {
  const { page, close, assertQuiet } = await openPage({ before: watchTasks, path });
  try {
    const keep = page.getByRole('checkbox', { name: /^Keep what is read/ });
    const canKeep = (await keep.count()) > 0;
    if (canKeep) await keep.check();
    const first = await visit(page, folder);
    let second = null;
    if (canKeep) {
      // What waits to be written.
      await page.waitForTimeout(3000);
      await page.reload();
      await page.locator('main[data-state]').waitFor({ state: 'attached' });
      second = await visit(page, folder);
    }
    await assertQuiet();
    return { first, second };
  } finally {
    await close();
  }
}

const fixed = (value) => (value ?? NaN).toFixed(value < 10 ? 2 : 0);

function printCommand(name, { wallS, cpuS, peakMb }) {
  console.log(`${name}: ${fixed(wallS)} s, ${fixed(cpuS)} CPU s, ${fixed(peakMb)} MB`);
}

function printVisit(name, page) {
  console.log(`${name}: ${fixed(page.wallS)} s, ${fixed(page.cpuS)} CPU s, ${fixed(page.peakMb)} MB over an empty page, `
    + `${fixed(page.readMb)} MB read; first song after ${fixed(page.firstS)} s`);
  console.log(`  main thread: ${fixed(page.mainS)} CPU s in all, script ${fixed(page.scriptS)} s, style and layout ${fixed(page.layoutS)} s; `
    + `${page.nLong} tasks over 50 ms, the longest ${fixed(page.longestMs)} ms, ${fixed(page.longS)} s together`);
}

/** Measures all that is told of a library. */
async function measure(library, folder) {
  printCommand('command', await byCommand(library, join(folder, 'out')));
  const cache = ['--cache', join(folder, 'cache')];
  printCommand('command, filling its cache', await byCommand(library, join(folder, 'out'), cache));
  printCommand('command, from its cache', await byCommand(library, join(folder, 'out'), cache));
  const plain = await visits(library, '');
  printVisit('page', plain.first);
  const kept = await visits(library, '?view=yours');
  if (kept.second) {
    printVisit('page, which keeps what it reads', kept.first);
    printVisit('page, second visit', kept.second);
  }
}

const [nArchives, nFolders] = [Number(process.argv[2] ?? N_STUDY), Number(process.argv[3] ?? 0)];
await withFolder(async (folder) => {
  const library = join(folder, 'library');
  await writeArchives(library, nArchives);
  console.log(`${nArchives} archives`);
  await measure(library, folder);
});
if (nFolders > 0) {
  await withFolder(async (folder) => {
    const library = join(folder, 'Songs');
    await writeFolders(library, nFolders);
    console.log(`${nFolders} folders`);
    await measure(library, folder);
  });
}
