// The runner of the browser tests, on small test files of its own.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const RUNNER = fileURLToPath(new URL('../e2e/run.mjs', import.meta.url));

const PASSES = `test('it passes (a+b) [c] $1', () => {});`;
const FAILS = `test('it fails', () => { throw new Error('always broken'); });`;
const SKIPS = `
  test('it says so', () => console.error('skipped: a folder is not there'));
  test('it skips itself', (running) => running.skip('no use here'));`;
/** Fails until its mark is there, which it leaves the first time. */
const FLAKY = (mark) => `
  test('it fails at first "/.*/"', () => {
    const isFirst = !existsSync('${mark}');
    writeFileSync('${mark}', '');
    if (isFirst) throw new Error('not yet');
  });`;

const HEAD = `import { test } from 'node:test'; import { existsSync, writeFileSync } from 'node:fs';`;

/**
 * Runs the runner on test files with these texts; gives what it says and reports.
 *
 * `helpers` lie beside them and are not run.
 */
async function runOn(texts, args = [], env = {}, helpers = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'carto-run-'));
  try {
    for (const [name, text] of Object.entries({ ...texts, ...helpers })) {
      const body = typeof text === 'function' ? text(join(folder, 'mark')) : text;
      await writeFile(join(folder, name), `${HEAD}\n${body}`);
    }
    const paths = Object.keys(texts).map((name) => join(folder, name));
    const report = join(folder, 'report.tsv');
    const { stdout, stderr, status } = spawnSync(process.execPath, [RUNNER, ...args, ...paths], {
      encoding: 'utf8',
      env: { ...outerEnvironment(), CARTO_REPORT: report, ...env },
    });
    const lines = (await readFile(report, 'utf8').catch(() => '')).trimEnd().split('\n');
    return {
      status, stdout, stderr, last: stdout.trimEnd().split('\n').at(-1),
      outcomes: lines.filter(Boolean).map((line) => {
        const [outcome, seconds, file, name] = line.split('\t');
        assert.match(seconds, /^\d+\.\d{3}$/);
        return [outcome, file.slice(folder.length + 1), name];
      }),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Without what tells node that it already runs tests: it would run none below. */
function outerEnvironment() {
  const { NODE_TEST_CONTEXT: _context, CARTO_SLOW: _slow, CARTO_SLOW_SEED: _seed, ...env } = process.env;
  return env;
}

test('tests that pass and tests that are skipped are counted and reported', async () => {
  const { status, stdout, last, outcomes } = await runOn({ 'a.mjs': PASSES, 'b.mjs': SKIPS });
  assert.equal(last, '1 passed, 0 failed, 2 skipped');
  assert.equal(status, 0);
  assert.match(stdout, /it says so \(a folder is not there\)/);
  assert.deepEqual(outcomes, [
    ['passed', 'a.mjs', 'it passes (a+b) [c] $1'],
    ['skipped', 'b.mjs', 'it says so'],
    ['skipped', 'b.mjs', 'it skips itself'],
  ]);
});

test('a test that fails twice has failed, with its error', async () => {
  const { status, stdout, last, outcomes } = await runOn({ 'a.mjs': PASSES + FAILS });
  assert.equal(last, '1 passed, 1 failed');
  assert.equal(status, 1);
  assert.equal(stdout.match(/Error: always broken\n\s+at /g).length, 2);
  assert.match(stdout, /^failed: \S+a\.mjs: it fails$/m);
  assert.deepEqual(outcomes.map(([outcome]) => outcome), ['passed', 'failed']);
});

test('a test that fails once is run again alone, counts as passed and is named', async () => {
  const texts = { 'a.mjs': PASSES, 'b.mjs': (mark) => `${FLAKY(mark)}\n${PASSES}` };
  const { status, stdout, last, outcomes } = await runOn(texts);
  assert.equal(last, '3 passed, 0 failed');
  assert.equal(status, 0);
  assert.match(stdout, /^flaky: \S+b\.mjs: it fails at first "\/\.\*\/"$/m);
  assert.equal(stdout.match(/it passes/g).length, 2, 'nothing but the test that failed runs again');
  assert.deepEqual(outcomes.map(([outcome]) => outcome), ['passed', 'flaky', 'passed']);
});

test('rounds forgive nothing: what failed once is said with how often', async () => {
  const { status, stdout, last } = await runOn({ 'a.mjs': FLAKY }, ['--repeat', '3']);
  assert.equal(last, '0 passed, 1 failed');
  assert.equal(status, 1);
  assert.match(stdout, /^failed 1 of 3 times: \S+a\.mjs: it fails at first/m);
});

test('a file that cannot be loaded has failed, and the others run', async () => {
  const { status, last, outcomes } = await runOn({ 'a.mjs': `throw new Error('at once');`, 'b.mjs': PASSES });
  assert.equal(last, '1 passed, 1 failed');
  assert.equal(status, 1);
  assert.deepEqual(outcomes[0], ['failed', 'a.mjs', 'the file itself']);
});

test('a run without a test is no success', async () => {
  const { status, last } = await runOn({ 'a.mjs': '' });
  assert.equal(last, '0 passed, 0 failed');
  assert.equal(status, 1);
});

test('tests that a helper file calls belong to the file that is run, and their programs are plain', async () => {
  const helper = `
    import { spawnSync } from 'node:child_process';
    export const helped = (name) => test(name, () => {
      const { stdout } = spawnSync(process.execPath, ['-p', 'process.env.NODE_OPTIONS'], { encoding: 'utf8' });
      if (stdout !== 'undefined\\n') throw new Error(stdout);
    });`;
  const uses = `import { helped } from './helper.mjs'; helped('it is helped');`;
  const { outcomes } = await runOn({ 'a.mjs': uses, 'b.mjs': uses }, [], { NODE_OPTIONS: '' }, { 'helper.mjs': helper });
  assert.deepEqual(outcomes, [['passed', 'a.mjs', 'it is helped'], ['passed', 'b.mjs', 'it is helped']]);
});

test('slow runs say their seed, and take one that is given', async () => {
  const shows = `test('it is slow', () => {
    if (process.env.CARTO_SLOW !== '1') throw new Error('fast');
  });`;
  const { status, stdout } = await runOn({ 'a.mjs': shows }, ['--slow'], { CARTO_SLOW_SEED: '42' });
  assert.match(stdout, /CARTO_SLOW_SEED=42$/m);
  assert.equal(status, 0);
  assert.match((await runOn({ 'a.mjs': shows }, ['--slow'])).stdout, /CARTO_SLOW_SEED=\d+$/m);
});

test('what is not understood is said', () => {
  for (const args of [[], ['--repeat', 'often', 'a.mjs'], ['--fast', 'a.mjs']]) {
    const { status, stderr } = spawnSync(process.execPath, [RUNNER, ...args], { encoding: 'utf8' });
    assert.equal(status, 2, args.join(' '));
    assert.match(stderr, /usage: /);
  }
});
