// The command as it is installed, without training and graphics processors.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { command, withFolder, writeDemo, writeRandomEncoder } from '../e2e/study.mjs';

const run = (...args) => spawnSync(command(), args, { encoding: 'utf8' });

const LEFT_OUT = [
  ['pack', '.', '--out', 'x'],
  ['train', 'encoder', '--data', '.', '--config', 'x', '--out', 'x'],
  ['train', 'classifier', '--dataset', 'x', '--out', 'x'],
  ['evaluate', '--encoder', 'x', '--decoder', 'x', '--config', 'x', '--data', '.', '--out', 'x'],
  ['crossval', '--data', '.', '--config', 'x', '--out', 'x'],
];

for (const args of LEFT_OUT) {
  const name = args[0] === 'train' ? args.slice(0, 2).join(' ') : args[0];
  test(`carto ${name} is left out, and says how to get it`, () => {
    const { status, stderr } = run(...args);
    assert.equal(status, 1);
    assert.match(stderr, new RegExp(`without \`carto ${name}\`.*--features train`));
    assert.equal(stderr.trim().split('\n').length, 1, stderr);
    assert.match(run(...name.split(' '), '--help').stdout, /built without this command.*--features train/s);
  });
}

test('graphics processors are left out, and it says how to get them', () =>
  withFolder(async (folder) => {
    const set = join(folder, 'demo');
    await writeDemo(set);
    const encoder = writeRandomEncoder(folder);
    const { status, stderr } =
      run('analyze', set, '--out', join(folder, 'out'), '--encoder', encoder, '--device', 'gpu');
    assert.equal(status, 1);
    assert.match(stderr, /without --device gpu.*--features gpu/);
  }));
