// Loaded into each process of tests: a test that prints a line that starts with
// `skipped: ` has shown nothing, so it is marked as skipped.

import { afterEach, beforeEach } from 'node:test';

// Programs that a test starts run no tests: they go without this file.
const outer = process.env.NODE_OPTIONS.replace(`--import=${import.meta.url}`, '').trim();
if (outer) process.env.NODE_OPTIONS = outer;
else delete process.env.NODE_OPTIONS;

const SKIPPED = /^skipped: (.*)$/m;

/** Why the test that runs was skipped, as far as it has said. */
let reason = null;

const write = process.stderr.write;
process.stderr.write = function writeAndListen(chunk, ...rest) {
  reason ??= SKIPPED.exec(String(chunk))?.[1] ?? null;
  return write.call(this, chunk, ...rest);
};

beforeEach(() => {
  reason = null;
});

afterEach((running) => {
  if (reason !== null) running.skip(reason);
});
