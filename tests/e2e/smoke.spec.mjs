import assert from 'node:assert/strict';
import { browserTest } from './harness.mjs';

browserTest('the page opens and says what it is', {}, async ({ page }) => {
  const heading = page.getByRole('heading', { level: 1 });
  await heading.waitFor();
  assert.equal(await heading.count(), 1);
  assert.notEqual((await heading.innerText()).trim(), '');
});
