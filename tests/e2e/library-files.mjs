// Libraries of any size, made here: archives of four minutes of audio, and folders without any.

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';

const LENGTH_S = 240;
const MAPPERS = ['ann', 'bob', 'cleo', 'dan'];
const DIFFICULTIES = ['Easy', 'Normal', 'Hard', 'Insane'];

/** Sets of four: two of one song by two mappers, and two that nobody else mapped. */
function setOf(idx) {
  const [group, place] = [Math.floor(idx / 4), idx % 4];
  const song = place < 2 ? `Song ${group}` : `Song ${group}, part ${place}`;
  return { title: song, creator: MAPPERS[(group + place) % MAPPERS.length], length: LENGTH_S - (group % 40) };
}

/** A map as long as the audio; more objects for a harder one, other places for each seed. */
export function longMap({ title, creator, version, seed, lengthS, step }) {
  const objects = [];
  for (let time = 1000, idx = 0; time < lengthS * 1000 - 3000; time += step, idx += 1) {
    const draw = (idx * 2654435761 + seed * 40503) >>> 0;
    const [x, y] = [32 + (draw % 448), 32 + ((draw >>> 9) % 320)];
    const at = time + ((draw >>> 3) % 5 === 0 ? step / 2 : 0);
    const sound = [0, 0, 2, 8][(draw >>> 5) % 4];
    if ((draw >>> 7) % 6 === 0) {
      objects.push(`${x},${y},${at},2,${sound},B|${(x + 60) % 512}:${(y + 40) % 384},1,70`);
    } else {
      objects.push(`${x},${y},${at},${idx % 8 === 0 ? 5 : 1},${sound},0:0:0:0:`);
    }
  }
  return [
    'osu file format v14', '', '[General]', 'AudioFilename: audio.mp3', 'Mode: 0', '',
    '[Metadata]', `Title:${title}`, 'Artist:nobody', `Creator:${creator}`, `Version:${version}`, '',
    '[Difficulty]', 'HPDrainRate:5', 'CircleSize:4', 'OverallDifficulty:5', 'ApproachRate:8',
    'SliderMultiplier:1.4', 'SliderTickRate:1', '', '[TimingPoints]', '1000,400,4,2,0,60,1,0', '',
    '[HitObjects]', ...objects, '',
  ].join('\r\n');
}

/** An mp3 of frames at 32 kbit/s: silence, and noise where no decoder looks, so that it deflates as music does. */
function audio(lengthS) {
  const frame = { samples: 1152, bytes: 104, rate: 44_100 };
  const bytes = Buffer.alloc(Math.ceil((lengthS * frame.rate) / frame.samples) * frame.bytes);
  let state = 1;
  for (let start = 0; start < bytes.length; start += frame.bytes) {
    bytes.set([0xff, 0xfb, 0x10, 0xc0], start);
    for (let at = start + 21; at < start + frame.bytes; at += 1) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      bytes[at] = state >>> 24;
    }
  }
  return { crc: crc32(bytes), size: bytes.length, packed: deflateRawSync(bytes, { level: 1 }) };
}

function packed(text) {
  const bytes = Buffer.from(text);
  return { crc: crc32(bytes), size: bytes.length, packed: deflateRawSync(bytes) };
}

/** A zip file of deflated entries. */
function zip(entries) {
  const [parts, directory] = [[], []];
  let offset = 0;
  for (const { name, crc, size, packed } of entries) {
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(crc, 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(size, 18);
    common.writeUInt16LE(Buffer.byteLength(name), 22);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    parts.push(Buffer.from('PK\x03\x04'), common, Buffer.from(name), packed);
    directory.push(Buffer.from('PK\x01\x02\x14\x00'), common, place, Buffer.from(name));
    offset += 30 + Buffer.byteLength(name) + packed.length;
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, list, end]);
}

function mapsOf(idx, nMaps) {
  const { title, creator, length } = setOf(idx);
  return DIFFICULTIES.slice(DIFFICULTIES.length - nMaps).map((version, level) => ({
    name: `nobody - ${title} (${creator}) [${version}].osu`,
    text: longMap({ title, creator, version, seed: idx * 7 + level, lengthS: length, step: 1600 >> (level + 4 - nMaps) }),
  }));
}

/** Writes `nArchives` archives of four maps and about a megabyte each. */
export async function writeArchives(folder, nArchives) {
  await mkdir(folder, { recursive: true });
  const music = audio(LENGTH_S);
  for (let idx = 0; idx < nArchives; idx += 1) {
    const maps = mapsOf(idx, 4).map(({ name, text }) => ({ name, ...packed(text) }));
    await writeFile(join(folder, `${100_000 + idx}.osz`), zip([{ name: 'audio.mp3', ...music }, ...maps]));
  }
}

/** Writes `nFolders` folders of three maps without audio, as a `Songs` folder has them. */
export async function writeFolders(folder, nFolders) {
  for (let idx = 0; idx < nFolders; idx += 1) {
    const set = join(folder, `${100_000 + idx} nobody`);
    await mkdir(set, { recursive: true });
    for (const { name, text } of mapsOf(idx, 3)) await writeFile(join(set, name), text);
  }
}
