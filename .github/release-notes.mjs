// What `release.yml` says of a version, from CHANGELOG.md and Cargo.toml.
//
//   node .github/release-notes.mjs version         the version of the workspace
//   node .github/release-notes.mjs notes v1.2.3    what CHANGELOG.md says of it; fails where the
//                                                  workspace has another version
//   node .github/release-notes.mjs notes unreleased

import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const CHANGELOG = new URL('../CHANGELOG.md', import.meta.url);
const MANIFEST = new URL('../Cargo.toml', import.meta.url);

/** A heading of Keep a Changelog: `## [1.2.3] - 2026-01-31`, or `## [Unreleased]`. */
const HEADING = /^## \[([^\]]+)\]/;

/** The addresses of versions, which the format puts below the last section. */
const LINK = /^\[[^\]]+\]: /;

/**
 * The text below the heading of one version, without that heading.
 *
 * @param {string} changelog the whole file
 * @param {string} version as it stands in the heading, in upper or lower case: `1.2.3`, `unreleased`
 * @returns {string}
 */
export function sectionOf(changelog, version) {
  const lines = changelog.split(/\r?\n/);
  const isHeading = (line) => HEADING.exec(line)?.[1].toLowerCase() === version.toLowerCase();
  const start = lines.findIndex(isHeading);
  if (start < 0) throw new Error(`CHANGELOG.md has no section [${version}]`);
  const below = lines.slice(start + 1);
  const end = below.findIndex((line) => line.startsWith('## ') || LINK.test(line));
  const section = (end < 0 ? below : below.slice(0, end)).join('\n').trim();
  if (!section) throw new Error(`the section [${version}] of CHANGELOG.md is empty`);
  return section;
}

/**
 * The version that all crates of the workspace share.
 *
 * @param {string} manifest the text of Cargo.toml
 * @returns {string}
 */
export function workspaceVersion(manifest) {
  const [, table = ''] = manifest.split(/^\[workspace\.package\]\s*$/m);
  const [own] = table.split(/^\[/m);
  const version = /^version\s*=\s*"([^"]+)"/m.exec(own)?.[1];
  if (!version) throw new Error('Cargo.toml has no version in [workspace.package]');
  return version;
}

/**
 * The notes of the release that a tag asks for.
 *
 * @param {string} tag `v1.2.3`, or `unreleased`
 * @param {string} changelog
 * @param {string} manifest
 * @returns {string}
 */
export function notesOf(tag, changelog, manifest) {
  if (tag === 'unreleased') return sectionOf(changelog, tag);
  const version = workspaceVersion(manifest);
  if (tag !== `v${version}`) {
    throw new Error(`the tag ${tag} is not v${version}, the version in Cargo.toml`);
  }
  return sectionOf(changelog, version);
}

function main([command, tag, ...rest]) {
  const manifest = readFileSync(MANIFEST, 'utf8');
  if (command === 'version' && tag === undefined) return workspaceVersion(manifest);
  if (command === 'notes' && tag !== undefined && rest.length === 0) {
    return notesOf(tag, readFileSync(CHANGELOG, 'utf8'), manifest);
  }
  throw new Error('usage: node .github/release-notes.mjs version | notes TAG | notes unreleased');
}

// Only when it is run: the tests import it.
if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    console.log(main(process.argv.slice(2)));
  } catch (error) {
    console.error(`error: ${error.message}`);
    process.exitCode = 1;
  }
}
