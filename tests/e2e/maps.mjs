// Small beatmaps, written here: a bare .osu needs no archive and no audio.

import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * A map of 40 circles on a beat grid; `seed` moves them about.
 *
 * @param {{ title: string, creator: string, version?: string, seed?: number }} map
 */
export function osuText({ title, creator, version = 'Normal', seed = 0 }) {
  const circles = Array.from({ length: 40 }, (_, idx) => {
    const x = 64 + ((idx * (37 + 8 * seed)) % 384);
    const y = 64 + ((idx * (23 + 6 * seed)) % 256);
    const time = 1000 + 400 * idx + (idx % (seed + 2) === 0 ? 200 : 0);
    return `${x},${y},${time},${idx % 8 === 0 ? 5 : 1},${idx % 4 === 2 ? 8 : 0},0:0:0:0:`;
  });
  return [
    'osu file format v14',
    '',
    '[General]',
    'AudioFilename: audio.mp3',
    'Mode: 0',
    '',
    '[Editor]',
    'BeatDivisor: 4',
    '',
    '[Metadata]',
    `Title:${title}`,
    'Artist:nobody',
    `Creator:${creator}`,
    `Version:${version}`,
    '',
    '[Difficulty]',
    'HPDrainRate:5',
    'CircleSize:4',
    'OverallDifficulty:5',
    'ApproachRate:8',
    'SliderMultiplier:1.4',
    'SliderTickRate:1',
    '',
    '[TimingPoints]',
    '1000,400,4,2,0,60,1,0',
    '',
    '[HitObjects]',
    ...circles,
    '',
  ].join('\r\n');
}

/** Seconds of silence, 8 bit at 8 kHz. */
export function silence(seconds) {
  const head = Buffer.alloc(44);
  head.write('RIFF');
  head.writeUInt32LE(36 + 8000 * seconds, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(8000, 24);
  head.writeUInt32LE(8000, 28);
  head.writeUInt16LE(1, 32);
  head.writeUInt16LE(8, 34);
  head.write('data', 36);
  head.writeUInt32LE(8000 * seconds, 40);
  return Buffer.concat([head, Buffer.alloc(8000 * seconds, 128)]);
}

/**
 * Writes files below a folder; contents are texts or bytes.
 *
 * @param {string} folder
 * @param {Record<string, string | Uint8Array>} files by path
 */
export async function writeTree(folder, files) {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
}

/** `n_songs` songs by two mappers each: `0007-ann.osu`, `0007-bob.osu`. */
export function pairsOfMaps(nSongs) {
  const files = {};
  for (let idx = 0; idx < nSongs; idx += 1) {
    const song = String(idx).padStart(4, '0');
    ['ann', 'bob'].forEach((creator, seed) => {
      files[`${song}-${creator}.osu`] = osuText({ title: `Song ${song}`, creator, seed });
    });
  }
  return files;
}
