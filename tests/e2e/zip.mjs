// Zip files, written here.

import { crc32, deflateRawSync } from 'node:zlib';

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
