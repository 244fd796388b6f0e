// Zip files, written and read here.

import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib';

/**
 * A zip file.
 *
 * @param {{ name: string, bytes: Uint8Array }[]} files
 * @param {{ isDeflated?: boolean }} [options] else files are stored as they are
 */
export function zipFile(files, { isDeflated = false } = {}) {
  const parts = [];
  const directory = [];
  let offset = 0;
  for (const { name, bytes } of files) {
    const label = Buffer.from(name);
    const content = isDeflated ? deflateRawSync(bytes) : Buffer.from(bytes);
    const shared = Buffer.alloc(26);
    // Version 2.0, names in UTF-8, 1980-01-01.
    [20, 0x800, isDeflated ? 8 : 0, 0, 0x21].forEach((word, idx) => shared.writeUInt16LE(word, 2 * idx));
    [crc32(bytes), content.length, bytes.length].forEach((word, idx) => shared.writeUInt32LE(word, 10 + 4 * idx));
    shared.writeUInt16LE(label.length, 22);
    parts.push(Buffer.from('PK\x03\x04'), shared, label, content);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    directory.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), shared, place, label);
    offset += 4 + shared.length + label.length + content.length;
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(files.length, 4);
  end.writeUInt16LE(files.length, 6);
  end.writeUInt32LE(list.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...parts, list, Buffer.from('PK\x05\x06'), end]);
}

/**
 * The files of a zip without comment, by name, whose checksums hold.
 *
 * @param {Buffer} zip
 * @returns {Record<string, Buffer>}
 */
export function entriesOf(zip) {
  const end = zip.length - 22;
  const entries = {};
  let at = zip.readUInt32LE(end + 16);
  for (let n = zip.readUInt16LE(end + 10); n > 0; n -= 1) {
    const [method, nameLength] = [zip.readUInt16LE(at + 10), zip.readUInt16LE(at + 28)];
    const [sum, size, start] = [16, 20, 42].map((place) => zip.readUInt32LE(at + place));
    const name = String(zip.subarray(at + 46, at + 46 + nameLength));
    const content = start + 30 + zip.readUInt16LE(start + 26) + zip.readUInt16LE(start + 28);
    const packed = zip.subarray(content, content + size);
    entries[name] = method === 8 ? inflateRawSync(packed) : packed;
    if (crc32(entries[name]) !== sum) throw new Error(`${name}: its checksum does not hold`);
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return entries;
}
