// The workflows as far as they can be read without running them.

import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { test } from 'node:test';
import { parse } from 'yaml';

const WORKFLOWS = new URL('../../.github/workflows/', import.meta.url);
const XTASK = new URL('../../xtask/src/main.rs', import.meta.url);

const commands = new Set(
  [...(await readFile(XTASK, 'utf8')).matchAll(/\("([\w-]+)", (?:rest|names|\[\])\)/g)].map(([, name]) => name),
);

for (const name of await readdir(WORKFLOWS)) {
  test(`${name} names pinned actions and commands that exist`, async () => {
    const { on, permissions, jobs } = parse(await readFile(new URL(name, WORKFLOWS), 'utf8'));
    assert.ok(on && permissions, 'it says when it runs and what it may');
    for (const job of Object.values(jobs)) {
      assert.ok(job['timeout-minutes'], 'no job may hang for hours');
      for (const step of job.steps) {
        assert.ok(step.uses || step.run, JSON.stringify(step));
        if (step.uses) assert.match(step.uses, /^[\w-]+\/[\w-]+@[0-9a-f]{40}$/);
        for (const [, command] of (step.run ?? '').matchAll(/cargo xtask ([\w-]+)/g)) {
          assert.ok(commands.has(command), `cargo xtask ${command}`);
        }
      }
    }
  });
}
