// Makes the fonts of a first view: the signs that English is written in, at the
// weights that the page uses. A first visit waits for a third of the bytes; any
// other sign brings the whole file of its alphabet. Takes the folder to write to.

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import subsetFont from 'subset-font';

const PACKAGES = fileURLToPath(new URL('./node_modules/@fontsource-variable/', import.meta.url));
/** As `font-weight` in faces.css; all faces of a family must name the same. */
const WEIGHTS = { wght: { min: 400, max: 700 } };
/** The same, from the narrowest `font-stretch` of the page on. */
const WIDTHS = { ...WEIGHTS, wdth: { min: 75, max: 100 } };
/** As `unicode-range` of the `first` faces in faces.css. */
const RANGES = [
  [0x20, 0x7e], [0xa0, 0xa0], [0xb0, 0xb2], [0xb7, 0xb7], [0xbd, 0xbd], [0xd7, 0xd7], [0x2013, 0x2014],
  [0x2018, 0x2019], [0x201c, 0x201d], [0x2026, 0x2026], [0x2191, 0x2191], [0x2193, 0x2193], [0x2212, 0x2212],
];
const FONTS = [
  ['archivo/files/archivo-latin-wght-normal.woff2', 'archivo-first-normal.woff2', WEIGHTS],
  ['archivo/files/archivo-latin-wdth-normal.woff2', 'archivo-first-narrow.woff2', WIDTHS],
  ['literata/files/literata-latin-wght-normal.woff2', 'literata-first-normal.woff2', WEIGHTS],
  ['literata/files/literata-latin-wght-italic.woff2', 'literata-first-italic.woff2', WEIGHTS],
];

const signs = RANGES.flatMap(([first, last]) =>
  Array.from({ length: last - first + 1 }, (_, idx) => String.fromCodePoint(first + idx))).join('');
const [folder] = process.argv.slice(2);
for (const [from, to, variationAxes] of FONTS) {
  const font = await readFile(join(PACKAGES, from));
  await writeFile(join(folder, to), await subsetFont(font, signs, {
    targetFormat: 'woff2', variationAxes,
  }));
}
