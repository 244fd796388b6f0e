// Draws docs/page.png: the page with the demo set, as the README shows it.

import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { openPage } from './harness.mjs';

const DEMO_TIMEOUT_MS = 120_000;
const PICTURE = fileURLToPath(new URL('../../docs/page.png', import.meta.url));

const { page, assertQuiet, close } = await openPage({ viewport: { width: 1440, height: 1000 } });
try {
  await page.getByRole('button', { name: /demo|sample/i }).first().click();
  await page.locator('[data-state="done"]').first().waitFor({ timeout: DEMO_TIMEOUT_MS });
  await page.evaluate(() => document.fonts.ready);
  await assertQuiet();
  await mkdir(fileURLToPath(new URL('../../docs/', import.meta.url)), { recursive: true });
  await page.screenshot({ path: PICTURE, animations: 'disabled' });
  console.log('wrote docs/page.png');
} finally {
  await close();
}
