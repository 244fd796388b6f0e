// The figures that stand on the page, read as text.

/** Parts that can be shown as a table, by their ids. */
export const PARTS = ['part-a', 'part-b', 'part-c'];

/** Cells of a part's table, row by row; shows it as a table first. */
export async function tableOf(page, part) {
  const sheet = page.locator(`#${part}`);
  const button = sheet.getByRole('button', { name: 'Show as table' }).first();
  if ((await button.getAttribute('aria-pressed')) !== 'true') await button.press('Enter');
  const rows = sheet.locator('table').first().locator('tbody tr');
  await rows.first().waitFor({ state: 'attached' });
  return rows.evaluateAll((rows) =>
    rows.map((row) => [...row.children].map((cell) => cell.textContent.trim())));
}

/** The tables of all parts that are there, by the ids of the parts. */
export async function tablesOf(page, parts = PARTS) {
  const tables = {};
  for (const part of parts) {
    await page.locator(`#${part} table, #${part} [aria-pressed]`).first().waitFor({ state: 'attached' });
    tables[part] = await tableOf(page, part);
  }
  return tables;
}
