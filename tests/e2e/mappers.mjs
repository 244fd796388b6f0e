// The view of mappers with the demo set, for several tests.

import { STUDY_TIMEOUT_MS, waitForState } from './study.mjs';

/** Runs the demo set and shows the list of its mappers. */
export async function listMappers(page) {
  // By the page's own link: what a test has put into the page stays.
  await page.locator('.header__tab').first().click();
  await page.getByRole('button', { name: /demo/i }).first().click();
  await waitForState(page, 'done');
  await page.getByRole('link', { name: 'All mappers of these songs' }).click();
  await page.locator('.mapper-list__table tbody tr').first().waitFor();
}

/** Shows the mapper with the most songs; their name. */
export async function openMapper(page) {
  const link = page.locator('.mapper-list__table tbody a').first();
  const name = await link.innerText();
  await link.click();
  await page.locator('.mapper-line').first().waitFor();
  return name;
}

/** Opens all numbers of ONSET. */
export async function openDimension(page) {
  await page.locator('#mapper-onset').click();
  await page.locator('#mapper-detail:not([hidden])').waitFor();
}

/** Compares the mapper with the one who has most songs in common; the name of that one. */
export async function openHeadToHead(page) {
  const option = page.locator('#mapper-against option').nth(1);
  const name = await option.getAttribute('value');
  await page.locator('#mapper-against').selectOption(name);
  await page.locator('.mapper-lane--b').first().waitFor({ state: 'attached' });
  return name;
}

/** Shows the figures as a table. */
export async function openMapperTable(page) {
  await page.locator('#mapper').getByRole('button', { name: 'Show as table' }).click();
  await page.locator('#mapper .table-scroll table').waitFor();
}

/** Has latents measured too, where the run has an encoder. */
export async function measureLatents(page) {
  await page.locator('#mapper-latents').press('Enter');
  await page.locator('.mapper-line__name').filter({ hasText: /z\d+/ }).first()
    .waitFor({ timeout: STUDY_TIMEOUT_MS });
}
