// What the workflow files promise, as far as they can be read without running them.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { access, readFile, readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, relative } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { notesOf, sectionOf, workspaceVersion } from '../../.github/release-notes.mjs';

// The packages of the browser tests serve these tests too.
const { parse } = createRequire(new URL('../e2e/package.json', import.meta.url))('yaml');

const ROOT = new URL('../../', import.meta.url);
const WORKFLOWS = new URL('.github/workflows/', ROOT);
const NOTES = fileURLToPath(new URL('.github/release-notes.mjs', ROOT));

/** What a job may do beyond reading the repository; whichever is not here may do no more. */
const MAY_WRITE = {
  'pages.yml deploy': { pages: 'write', 'id-token': 'write' },
  'release.yml publish': { contents: 'write' },
};

/** What may start a workflow; others, as pull_request_target, run a stranger's code with our rights. */
const TRIGGERS = ['push', 'pull_request', 'schedule', 'workflow_dispatch'];

const readText = (path) => readFile(new URL(path, ROOT), 'utf8');

const workflows = await Promise.all(
  (await readdir(WORKFLOWS)).map(async (name) => {
    const text = await readFile(new URL(name, WORKFLOWS), 'utf8');
    return { ...parse(text), name, text };
  }),
);

/** Every step of every job, with its place for messages. */
function stepsOf({ name, jobs }) {
  return Object.entries(jobs).flatMap(([id, { steps }]) => steps.map((step) => ({ place: `${name} ${id}`, step })));
}

const workflowNamed = (wanted) => workflows.find(({ name }) => name === wanted);
const allSteps = workflows.flatMap(stepsOf);
const scriptOf = (name) => stepsOf(workflowNamed(name)).map(({ step }) => step.run ?? '').join('\n');

const xtask = await readText('xtask/src/main.rs');
const usage = /const USAGE: &str = "([^"]*)"/.exec(xtask)?.[1] ?? '';
const commands = new Set([...usage.matchAll(/^ {2}([a-z][\w-]*)/gm)].map(([, name]) => name));

const fuzzManifest = await readText('fuzz/Cargo.toml');
const fuzzTargets = [...fuzzManifest.matchAll(/^\[\[bin\]\]\s+name = "([\w-]+)"/gm)].map(([, name]) => name);

test('there are workflows, commands of xtask and fuzz targets to check', () => {
  const expected = ['ci.yml', 'dependencies.yml', 'fuzz.yml', 'pages.yml', 'release.yml'];
  assert.deepEqual(workflows.map(({ name }) => name).sort(), expected);
  assert.ok(commands.has('test') && commands.has('build'), 'the usage of xtask is read');
  assert.ok(fuzzTargets.length > 0, 'the targets of fuzz/Cargo.toml are read');
});

for (const { name, text, on, permissions, concurrency, jobs } of workflows) {
  test(`${name} says when it runs and what it may, and no job of it hangs`, () => {
    assert.ok(on && permissions, 'it says when it runs and what it may');
    assert.ok(Object.keys(on).every((hook) => TRIGGERS.includes(hook)), Object.keys(on).join());
    assert.deepEqual(permissions, { contents: 'read' });
    assert.ok(concurrency?.group, 'it says which of its runs may overlap');
    for (const [id, job] of Object.entries(jobs)) {
      assert.ok(job['timeout-minutes'], 'no job may hang for hours');
      assert.ok(job['timeout-minutes'] <= 120, `${id}: ${job['timeout-minutes']} minutes`);
      assert.deepEqual(job.permissions, MAY_WRITE[`${name} ${id}`], `what ${id} may`);
    }
  });

  test(`${name} names pinned actions and commands that exist`, () => {
    for (const { place, step } of stepsOf({ name, jobs })) {
      assert.ok(step.uses || step.run, JSON.stringify(step));
      if (step.uses) assert.match(step.uses, /^[\w-]+\/[\w-]+@[0-9a-f]{40}$/);
      for (const [, command] of (step.run ?? '').matchAll(/cargo xtask ([\w-]+)/g)) {
        assert.ok(commands.has(command), `cargo xtask ${command}`);
        assert.ok(xtask.includes(`("${command}", `), `cargo xtask ${command} is dispatched`);
      }
      // Names of branches and tags are others' words: a shell gets them as variables.
      assert.doesNotMatch(step.run ?? '', /\$\{\{/, `${place}: an expression in a script`);
    }
    for (const [line] of text.matchAll(/^.*\buses:.*$/gm)) assert.match(line, /@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  test(`${name} keys its caches by files that exist`, async () => {
    const keys = [...text.matchAll(/hashFiles\(([^)]*)\)/g)].flatMap(([, files]) => files.match(/[^', ]+/g));
    for (const file of keys) await access(new URL(file, ROOT));
  });
}

test('an action has one version in all workflows', () => {
  const versions = new Map();
  for (const { step } of allSteps.filter(({ step }) => step.uses)) {
    const [action, commit] = step.uses.split('@');
    assert.equal(commit, versions.get(action) ?? commit, action);
    versions.set(action, commit);
  }
  assert.ok(versions.has('actions/checkout'));
});

test('no checkout leaves a token behind, and a job that may write checks nothing out', () => {
  const checkouts = allSteps.filter(({ step }) => step.uses?.startsWith('actions/checkout@'));
  assert.ok(checkouts.length > 0);
  for (const { place, step } of checkouts) {
    assert.equal(step.with?.['persist-credentials'], false, place);
    assert.ok(!(place in MAY_WRITE), place);
  }
});

test('every tool that a workflow installs has a version and its lock file', () => {
  const installs = allSteps.flatMap(({ step }) => (step.run ?? '').match(/cargo install .*/g) ?? []);
  assert.ok(installs.length > 0);
  for (const line of installs) assert.match(line, /--version (\d+\.\d+\.\d+|"\$\w+") --locked/);
});

test('every fuzz target is run, by a nightly of one day', async () => {
  const files = (await readdir(new URL('fuzz/fuzz_targets/', ROOT))).map((file) => file.replace(/\.rs$/, ''));
  assert.deepEqual(fuzzTargets.toSorted(), files.toSorted(), 'each file is a target that cargo fuzz lists');

  const script = scriptOf('fuzz.yml');
  assert.match(script, /targets=\$\(cargo "\+\$NIGHTLY" fuzz list\)/);
  assert.match(script, /for target in \$targets; do/);
  const seconds = Number(/fuzz run "\$target" -- -max_total_time=(\d+)/.exec(script)?.[1]);
  assert.ok(seconds >= 600, 'ten minutes each');

  const { env, jobs, on } = workflowNamed('fuzz.yml');
  assert.match(env.NIGHTLY, /^nightly-\d{4}-\d{2}-\d{2}$/);
  assert.ok(on.schedule.length > 0);
  const minutes = (fuzzTargets.length * seconds) / 60;
  assert.ok(jobs.fuzz['timeout-minutes'] >= minutes + 30, 'with half an hour to build them');
});

test('dependencies are checked as a workspace, when they change and every week', async () => {
  const { on } = workflowNamed('dependencies.yml');
  assert.match(scriptOf('dependencies.yml'), /cargo-deny --workspace --locked check$/m);
  for (const hook of ['push', 'pull_request']) {
    for (const file of ['Cargo.lock', 'deny.toml']) assert.ok(on[hook].paths.includes(file), `${hook} ${file}`);
  }
  assert.ok(on.schedule.length > 0);
  await access(new URL('deny.toml', ROOT));
});

test('a release is published last, and only for a tag', () => {
  const { on, jobs } = workflowNamed('release.yml');
  assert.deepEqual(on.push, { tags: ['v*'] });
  assert.equal(jobs.publish.if, "github.event_name == 'push'", 'a dry run makes no release');

  const before = new Set();
  const collect = (id) => [jobs[id].needs ?? []].flat().forEach((needed) => before.add(needed) && collect(needed));
  collect('publish');
  assert.deepEqual([...before, 'publish'].sort(), Object.keys(jobs).sort(), 'it waits for all others');

  const writes = allSteps.filter(({ step }) => /\bgh release (create|upload|edit|delete)/.test(step.run ?? ''));
  assert.deepEqual([...new Set(writes.map(({ place }) => place))], ['release.yml publish']);
  const lines = writes.flatMap(({ step }) => step.run.match(/gh release \w+/g));
  assert.deepEqual(lines, ['view', 'create', 'upload', 'edit'].map((verb) => `gh release ${verb}`));
  assert.match(jobs.publish.steps.at(-1).run, /gh release edit "\$TAG" --draft=false/);
});

test('a release has every program, tried, and all of them in its sums', () => {
  const { jobs } = workflowNamed('release.yml');
  const targets = jobs.command.strategy.matrix.include.map(({ target }) => target);
  const systems = ['apple-darwin', 'unknown-linux-gnu'].flatMap((system) => [`aarch64-${system}`, `x86_64-${system}`]);
  assert.deepEqual(targets.toSorted(), [...systems, 'x86_64-pc-windows-msvc'].toSorted());
  assert.match(scriptOf('release.yml'), new RegExp(`-eq ${targets.length + 1} \\]`), 'and the page');
  const steps = jobs.command.steps.map(({ run }) => run ?? '');
  const positions = ['cargo build --release --locked', 'analyze trial/demo', 'tar -czf'].map((part) =>
    steps.findIndex((run) => run.includes(part)),
  );
  assert.ok(!positions.includes(-1));
  assert.deepEqual(positions, positions.toSorted((a, b) => a - b), 'what is packed was tried before');
});

const CHANGELOG = `# Changelog

## [Unreleased]

## [1.2.0] - 2026-02-01

### Added

- Two.

## [1.1.0] - 2026-01-01

- One.

[1.2.0]: https://example.org/v1.2.0
`;
const MANIFEST = `[workspace]
members = []

[workspace.package]
edition = "2024"
version = "1.2.0"

[package]
version = "9.9.9"
`;

test('the notes of a release are the section of its version and no more', () => {
  assert.equal(sectionOf(CHANGELOG, '1.2.0'), '### Added\n\n- Two.');
  assert.equal(sectionOf(CHANGELOG.replaceAll('\n', '\r\n'), '1.2.0'), '### Added\n\n- Two.');
  assert.equal(sectionOf(CHANGELOG, '1.1.0'), '- One.');
  assert.equal(notesOf('v1.2.0', CHANGELOG, MANIFEST), '### Added\n\n- Two.');
});

test('there are no notes for a version that is missing, empty or not that of the workspace', () => {
  assert.throws(() => sectionOf(CHANGELOG, '1.3.0'), /no section \[1\.3\.0\]/);
  // A part of a version is another version, and a dot is a dot.
  assert.throws(() => sectionOf(CHANGELOG, '1.2'), /no section/);
  assert.throws(() => sectionOf(CHANGELOG.replace('1.2.0', '1x2.0'), '1.2.0'), /no section/);
  assert.throws(() => sectionOf(CHANGELOG, 'Unreleased'), /is empty/);
  assert.throws(() => notesOf('v1.1.0', CHANGELOG, MANIFEST), /v1\.1\.0 is not v1\.2\.0/);
  assert.throws(() => notesOf('1.2.0', CHANGELOG, MANIFEST), /1\.2\.0 is not v1\.2\.0/);
  assert.throws(() => workspaceVersion(MANIFEST.replace('workspace.package', 'other')), /no version/);
});

test('release-notes.mjs prints what the files of this checkout say', async () => {
  const run = promisify(execFile);
  const notes = async (...args) => (await run(process.execPath, [NOTES, ...args])).stdout;
  const [changelog, manifest] = await Promise.all([readText('CHANGELOG.md'), readText('Cargo.toml')]);

  const version = workspaceVersion(manifest);
  assert.match(version, /^\d+\.\d+\.\d+/);
  assert.equal(await notes('version'), `${version}\n`);
  await assert.rejects(notes('notes', 'v999.0.0'), /v999\.0\.0 is not/);
  await assert.rejects(notes(), /usage/);

  const headings = [...changelog.matchAll(/^## \[([^\]]+)\]/gm)].map(([, name]) => name);
  assert.ok(headings.length > 0);
  if (headings.includes(version)) {
    assert.equal(await notes('notes', `v${version}`), `${sectionOf(changelog, version)}\n`);
  } else {
    await assert.rejects(notes('notes', `v${version}`), /has no section/);
    assert.equal(await notes('notes', 'unreleased'), `${sectionOf(changelog, 'Unreleased')}\n`);
  }
});

test('Dependabot watches every lock file, and the actions', async () => {
  const { version, updates } = parse(await readText('.github/dependabot.yml'));
  assert.equal(version, 2);
  for (const { schedule, groups } of updates) {
    assert.equal(schedule.interval, 'monthly');
    assert.deepEqual(Object.values(groups), [{ patterns: ['*'] }], 'one pull request for all');
  }
  const watched = (kind) =>
    updates
      .filter((update) => update['package-ecosystem'] === kind)
      .flatMap(({ directory, directories }) => directories ?? [directory])
      .toSorted();
  const locks = await lockFiles(fileURLToPath(ROOT));
  assert.deepEqual(watched('cargo'), locks('Cargo.lock'));
  assert.deepEqual(watched('npm'), locks('package-lock.json'));
  assert.deepEqual(watched('github-actions'), ['/']);
});

/** The folders below `root` that hold a lock file of the wanted name, as Dependabot writes them. */
async function lockFiles(root) {
  const ignored = new Set(['node_modules', 'target', 'dist', '.git']);
  const found = [];
  const walk = async (folder) => {
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      if (entry.isDirectory() && !ignored.has(entry.name)) await walk(`${folder}/${entry.name}`);
      else if (entry.isFile() && /^(Cargo\.lock|package-lock\.json)$/.test(entry.name)) found.push(`${folder}/${entry.name}`);
    }
  };
  await walk(root.replace(/[\\/]$/, ''));
  const folderOf = (path) => `/${relative(root, dirname(path)).replaceAll('\\', '/')}`;
  return (name) => found.filter((path) => path.endsWith(`/${name}`)).map(folderOf).toSorted();
}
