// Sets as osu!stable keeps them: archives, extracted into folders.

import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { writeTree } from './maps.mjs';

/** What lies in such folders too, and is none of a map's or its music's. */
const BESIDE = ['._a.osu', 'desktop.ini', 'bg.jpg', 'soft-hitclap.wav', 'x.osb', 'sb/1.png'];

/**
 * The entries of an archive that `carto demo` wrote, in its order.
 *
 * @param {Buffer} archive
 * @returns {{ name: string, bytes: Buffer }[]}
 */
function entriesOf(archive) {
  const end = archive.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  const entries = [];
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [nameLen, extraLen, commentLen] = [28, 30, 32].map((field) => archive.readUInt16LE(at + field));
    const name = archive.toString('utf8', at + 46, at + 46 + nameLen);
    const header = archive.readUInt32LE(at + 42);
    const start = header + 30 + archive.readUInt16LE(header + 26) + archive.readUInt16LE(header + 28);
    const packed = archive.subarray(start, start + archive.readUInt32LE(at + 20));
    const isStored = archive.readUInt16LE(at + 10) === 0;
    entries.push({ name, bytes: isStored ? packed : inflateRawSync(packed) });
    at += 46 + nameLen + extraLen + commentLen;
  }
  return entries;
}

/**
 * The files of an archive with their audio under an upper-case name, by path.
 *
 * @param {string} path of the archive
 * @returns {Promise<Record<string, Buffer | string>>}
 */
export async function filesOfSet(path) {
  const named = entriesOf(await readFile(path)).map(({ name, bytes }) =>
    [name.endsWith('.osu') ? name : name.toUpperCase(), bytes]);
  return { ...Object.fromEntries(named), ...Object.fromEntries(BESIDE.map((name) => [name, 'no map'])) };
}

/** The name of the folder that osu! extracts an archive into. */
export const folderOf = (path) => basename(path, '.osz');

/** Extracts an archive into a folder below `folder`, which is called as it is. */
export async function extract(path, folder) {
  await writeTree(join(folder, folderOf(path)), await filesOfSet(path));
}
