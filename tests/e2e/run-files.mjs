// Runs test files by node's own runner, and gives each test's end as one value.

import { run } from 'node:test';
import { inspect, stripVTControlCharacters } from 'node:util';

/** A file that hangs must not take the others with it. */
const FILE_TIMEOUT_MS = 20 * 60_000;

/** Characters of a long error that are shown of each end. */
const EXCERPT = 2000;

/** What node says of a test that was not asked for. */
const LEFT_OUT = 'test name does not match pattern';

/** Told to each test's process: it marks tests as skipped that say so on stderr. */
const SKIPS = new URL('./run-skips.mjs', import.meta.url).href;

/**
 * @typedef {object} Result
 * @property {'passed' | 'failed' | 'skipped' | 'flaky'} outcome
 * @property {number} seconds
 * @property {string} file absolute
 * @property {string} name
 * @property {boolean} isFile whether the file failed, and not one of its tests
 * @property {string | null} error with its stack
 * @property {string | null} reason why it was skipped
 */

/**
 * Runs the tests of `files`, one file after the other.
 *
 * @param {string[]} files absolute
 * @param {(result: Result) => void} onResult told as each test ends
 * @param {RegExp} [pattern] of the names of the tests that are wanted
 * @returns {Promise<Result[]>}
 */
export async function runFiles(files, onResult, pattern) {
  const results = [];
  let file = files[0];
  const inherited = process.env.NODE_OPTIONS;
  process.env.NODE_OPTIONS = [inherited, `--import=${SKIPS}`].filter(Boolean).join(' ');
  try {
    const events = run({
      files, concurrency: 1, timeout: FILE_TIMEOUT_MS, testNamePatterns: pattern && [pattern],
    });
    for await (const event of events) {
      passOn(event);
      // Node names the file that calls `test`, which may be a helper of many files.
      if (event.type === 'test:dequeue' && files.includes(event.data.name)) file = event.data.name;
      const result = resultOf(event, file);
      if (!result) continue;
      results.push(result);
      onResult(result);
    }
  } finally {
    if (inherited === undefined) delete process.env.NODE_OPTIONS;
    else process.env.NODE_OPTIONS = inherited;
  }
  return results;
}

/** Runs one test of one file; undefined where the file no longer has it. */
export async function runAlone(file, name, onResult) {
  const literal = name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const results = await runFiles([file], onResult, new RegExp(`^${literal}$`));
  return results.find((result) => result.name === name);
}

/** What a test prints is shown when it prints it. */
function passOn({ type, data }) {
  if (type === 'test:stdout') process.stdout.write(data.message);
  if (type === 'test:stderr') process.stderr.write(data.message);
}

/** The result that an event tells of; null for other events, and for what is no whole test. */
function resultOf({ type, data }, file) {
  const isEnd = type === 'test:pass' || type === 'test:fail';
  if (!isEnd || data.nesting > 0 || data.skip === LEFT_OUT) return null;
  // Node takes a file for a test where it has none of its own, and where it breaks down.
  const isFile = data.name === file;
  if (isFile && type === 'test:pass') return null;
  const { error = null, duration_ms: durationMs } = data.details;
  return {
    outcome: type === 'test:fail' ? 'failed' : data.skip === undefined ? 'passed' : 'skipped',
    seconds: durationMs / 1000,
    file,
    name: isFile ? 'the file itself' : data.name,
    isFile,
    error: error && inWords(error),
    reason: typeof data.skip === 'string' ? data.skip : null,
  };
}

/** The error of the test, without the one that node wraps around it: its first words and its last. */
function inWords(error) {
  const { cause = error } = error;
  const own = cause?.stack ?? (typeof cause === 'string' ? cause : inspect(cause));
  const all = cause?.cause ? `${own}\ncaused by: ${inspect(cause.cause)}` : own;
  // Playwright's words come in colours, which a log does not show.
  const words = stripVTControlCharacters(all);
  // Files that are compared may be megabytes.
  return words.length <= 2 * EXCERPT ? words : `${words.slice(0, EXCERPT)}\n[...]\n${words.slice(-EXCERPT)}`;
}
