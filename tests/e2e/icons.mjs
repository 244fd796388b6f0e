// Draws public/icons/*.png from public/icon.svg; run by hand when the drawing changes.

import { mkdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const PUBLIC = fileURLToPath(new URL('../../public/', import.meta.url));
/** `--page` of tokens.css, light: a launcher's ground is not known, so the icon has its own. */
const GROUND = '#eef4f4';

/** Name, side in pixels, and the part of the side that the drawing takes: a mask may cut
 * everything outside a circle of 80 %. */
const ICONS = [['icon-192', 192, 0.84], ['icon-512', 512, 0.84], ['maskable-512', 512, 0.62]];

const drawing = (await readFile(`${PUBLIC}icon.svg`, 'utf8')).replaceAll('\n', '');
await mkdir(`${PUBLIC}icons`, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CARTO_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
try {
  for (const [name, side, part] of ICONS) {
    const page = await browser.newPage({ viewport: { width: side, height: side }, colorScheme: 'light' });
    await page.setContent(`<body style="margin:0;height:100vh;display:grid;place-items:center;background:${GROUND}">
      <div style="width:${part * side}px;height:${part * side}px">${drawing}</div>`);
    await page.screenshot({ path: `${PUBLIC}icons/${name}.png` });
    await page.close();
  }
} finally {
  await browser.close();
}
