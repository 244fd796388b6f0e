// The view of one song, for several tests.

import { STUDY_TIMEOUT_MS } from './study.mjs';

/** The chart of the latents. */
export const latentStrips = (page) => page.getByRole('slider', { name: /^Latents of/ });

/** Has the latents of the pair computed, where the run has an encoder. */
export async function openLatents(page) {
  await page.getByRole('button', { name: 'Show latents' }).press('Enter');
  await latentStrips(page).waitFor({ timeout: STUDY_TIMEOUT_MS });
}
