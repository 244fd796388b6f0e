// Runs test files one after the other, says how each test ends, and tells a test that
// fails now and then from one that is broken.
//
//   node run.mjs [--repeat N] [--slow] FILE...
//
// A test that fails is run once more, alone: where it passes then it counts as passed
// and is named as flaky. `--repeat N` looks for such tests: it runs everything N times
// and forgives nothing. `--slow` lets the site and its workers answer late, as `slow.mjs`
// says. CARTO_REPORT names a file for `outcome<TAB>seconds<TAB>file<TAB>name` lines.

import { writeFile } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { runAlone, runFiles } from './run-files.mjs';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const USAGE = 'usage: node run.mjs [--repeat N] [--slow] FILE...';

/** Seeds stay below this, so that they are easy to type. */
const N_SEEDS = 1_000_000;

/** @typedef {import('./run-files.mjs').Result} Result */

/** What the command line asks for. */
function readArguments() {
  const { values, positionals } = parseArgs({
    options: { repeat: { type: 'string' }, slow: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const nRounds = Number(values.repeat ?? 1);
  if (!Number.isInteger(nRounds) || nRounds < 1) throw new Error(`--repeat ${values.repeat}: not a count`);
  if (positionals.length === 0) throw new Error('no file is named');
  return {
    files: positionals.map((path) => resolve(path)),
    nRounds,
    isSearch: values.repeat !== undefined,
    isSlow: values.slow,
  };
}

/** Each round has other delays; the seed of the first one repeats all of them. */
function slowDown(firstSeed, roundIdx) {
  process.env.CARTO_SLOW = '1';
  process.env.CARTO_SLOW_SEED = String(firstSeed + roundIdx);
  console.log(`slow answers: CARTO_SLOW_SEED=${process.env.CARTO_SLOW_SEED}`);
}

/** Prints each test below the name of its file, as it ends. */
function printer() {
  let file = null;
  return (result) => {
    if (result.file !== file) console.log(nameOf(result.file));
    ({ file } = result);
    const why = result.outcome === 'skipped' && result.reason ? ` (${result.reason})` : '';
    console.log(`  ${result.outcome.padEnd(8)}${result.seconds.toFixed(1).padStart(6)} s  ${result.name}${why}`);
    if (result.error) console.log(result.error.replaceAll(/^/gm, '      '));
  };
}

/** Gives each failed test a second chance; `results` say afterwards which took it. */
async function rerunFailed(results) {
  for (const result of results.filter(({ outcome, isFile }) => outcome === 'failed' && !isFile)) {
    console.log(`once more, alone: ${nameOf(result.file)}: ${result.name}`);
    const again = await runAlone(result.file, result.name, printer());
    if (again?.outcome === 'passed') result.outcome = 'flaky';
  }
}

/** The tests of all rounds, each with its worst outcome, its longest time and how often it failed. */
function sumUp(rounds) {
  const order = ['skipped', 'passed', 'flaky', 'failed'];
  const tests = new Map();
  for (const result of rounds.flat()) {
    const key = JSON.stringify([result.file, result.name]);
    const sum = tests.get(key) ?? { ...result, seconds: 0, nFailed: 0 };
    tests.set(key, sum);
    sum.seconds = Math.max(sum.seconds, result.seconds);
    if (result.outcome === 'failed') sum.nFailed += 1;
    if (order.indexOf(result.outcome) > order.indexOf(sum.outcome)) sum.outcome = result.outcome;
  }
  return [...tests.values()];
}

/** Names what needs attention; the last line counts. Returns whether all is well. */
function printSummary(tests, nRounds) {
  const of = (outcome) => tests.filter((test) => test.outcome === outcome);
  for (const { file, name } of of('flaky')) console.log(`flaky: ${nameOf(file)}: ${name}`);
  for (const { file, name, nFailed } of of('failed')) {
    const often = nRounds > 1 ? ` ${nFailed} of ${nRounds} times` : '';
    console.log(`failed${often}: ${nameOf(file)}: ${name}`);
  }
  const [nPassed, nFailed, nSkipped] =
    [of('passed').length + of('flaky').length, of('failed').length, of('skipped').length];
  console.log(`${nPassed} passed, ${nFailed} failed${nSkipped > 0 ? `, ${nSkipped} skipped` : ''}`);
  return nFailed === 0 && tests.length > 0;
}

async function writeReport(path, tests) {
  const lines = tests.map(({ outcome, seconds, file, name }) =>
    [outcome, seconds.toFixed(3), nameOf(file), name].join('\t'));
  await writeFile(path, lines.map((line) => `${line}\n`).join(''));
}

/** A file as the project names it; its path where it lies elsewhere. */
const nameOf = (file) => (file.startsWith(ROOT) ? relative(ROOT, file) : file);

async function main({ files, nRounds, isSearch, isSlow }) {
  const firstSeed = Number(process.env.CARTO_SLOW_SEED ?? Math.floor(Math.random() * N_SEEDS));
  const rounds = [];
  for (let idx = 0; idx < nRounds; idx += 1) {
    if (isSearch) console.log(`round ${idx + 1} of ${nRounds}`);
    if (isSlow) slowDown(firstSeed, idx);
    rounds.push(await runFiles(files, printer()));
    if (!isSearch) await rerunFailed(rounds[idx]);
  }
  const tests = sumUp(rounds);
  if (process.env.CARTO_REPORT) await writeReport(process.env.CARTO_REPORT, tests);
  return printSummary(tests, nRounds);
}

let request;
try {
  request = readArguments();
} catch (error) {
  console.error(`${error.message}\n${USAGE}`);
  process.exit(2);
}
process.exitCode = (await main(request)) ? 0 : 1;
