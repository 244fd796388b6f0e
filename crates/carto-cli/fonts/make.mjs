// Makes the fonts of `carto figures --png`: the faces of the page as files of one
// weight each, which is what a program without a browser reads. They come from the
// npm packages @fontsource-variable/archivo and @fontsource-variable/literata, 5.3.0,
// under the SIL Open Font License 1.1. Run after `npm ci` in www/:
// node crates/carto-cli/fonts/make.mjs

import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const subsetFont = createRequire(at('../../../www/subset.mjs'))('subset-font');
const PACKAGES = '../../../www/node_modules/@fontsource-variable/';
/** Latin with its accents, and the signs that figures use. */
const RANGES = [[0x20, 0x7e], [0xa0, 0xff], [0x131, 0x131], [0x152, 0x153], [0x2010, 0x2027], [0x2190, 0x2193], [0x2212, 0x2212]];
const FONTS = [
  ['archivo/files/archivo-latin-wght-normal.woff2', 'archivo-regular.ttf', 400],
  ['archivo/files/archivo-latin-wght-normal.woff2', 'archivo-bold.ttf', 700],
  ['literata/files/literata-latin-wght-normal.woff2', 'literata-regular.ttf', 400],
  ['literata/files/literata-latin-wght-italic.woff2', 'literata-italic.ttf', 400],
];

const signs = RANGES.flatMap(([first, last]) =>
  Array.from({ length: last - first + 1 }, (_, idx) => String.fromCodePoint(first + idx))).join('');
for (const [from, to, weight] of FONTS) {
  const font = await readFile(at(PACKAGES + from));
  await writeFile(at(to), await subsetFont(font, signs, { targetFormat: 'truetype', variationAxes: { wght: weight } }));
}
for (const family of ['archivo', 'literata']) {
  await copyFile(at(`${PACKAGES}${family}/LICENSE`), at(`${family}-LICENSE.txt`));
}
