// The page and the pictures that it saves of the same result: the same labels at the same places.

import assert from 'node:assert/strict';
import { browserTest } from './harness.mjs';
import { saveFile } from './study.mjs';
import { allDrawn } from './waits.mjs';

/** Fill of the diamonds in a picture. */
const MARK = '#A71B6B';

/** Two places of one value differ by no more than both roundings: hundredths of a percent, twelfths of a pixel. */
const NEAR = 0.002;

/** Texts of a picture with their anchors, and the middles of its diamonds. */
async function pictureOf(page, name) {
  const svg = await saveFile(page, name);
  return page.evaluate(([svg, mark]) => {
    const root = new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement;
    const texts = [...root.querySelectorAll('text')].map((element) => ({
      text: element.textContent.trim(),
      x: Number(element.getAttribute('x')),
      y: Number(element.getAttribute('y')),
    }));
    const marks = [...root.querySelectorAll('polygon')]
      .filter((element) => element.getAttribute('fill') === mark)
      .map((element) => {
        const points = element.getAttribute('points').trim().split(/\s+/).map((point) => point.split(',').map(Number));
        const middle = (axis) => points.reduce((sum, point) => sum + point[axis], 0) / points.length;
        return { x: middle(0), y: middle(1) };
      });
    return { texts, marks };
  }, [svg, MARK]);
}

/** The value of a text as the page writes numbers. */
const valueOf = (text) => Number(text.replace('−', '-').replace(/^(-?)\./, '$10.'));

/** Values by their places on an axis, from the first and the last of its labels. */
function axisOf(labels) {
  const [first, last] = [labels[0], labels.at(-1)].map(({ text, at }) => ({ value: valueOf(text), at }));
  const axis = (at) => first.value + ((at - first.at) / (last.at - first.at)) * (last.value - first.value);
  for (const { text, at } of labels) assertNear(axis(at), valueOf(text), `label ${text}`);
  return axis;
}

function assertNear(found, expected, name) {
  assert.ok(Math.abs(found - expected) <= NEAR, `${name}: ${found} instead of ${expected}`);
}

/** Labels of a picture's axis: those with one decimal. */
const axisLabels = (picture, coordinate) => picture.texts
  .filter(({ text }) => /^−?\d\.\d$/.test(text)).map((label) => ({ text: label.text, at: label[coordinate] }));

/** Texts of a picture in one row, from the left. */
function rowOf(picture, y, near = 60) {
  return picture.texts.filter((text) => Math.abs(text.y - y) < near).sort((a, b) => a.x - b.x)
    .map(({ text }) => text);
}

const METRICS = [
  ['Correlation', 'cross_mapper_agreement.svg'],
  ['Cosine', 'channel_cosine.svg'],
  ['Distance', 'channel_distance.svg'],
];

browserTest('channels have the labels and places of their pictures', {}, async ({ page }) => {
  await allDrawn(page);
  for (const [metric, name] of METRICS) {
    const sheet = page.locator('#part-a');
    await sheet.getByRole('button', { name: metric, exact: true }).press('Enter');
    await sheet.getByRole('button', { name: metric, exact: true, pressed: true }).waitFor();
    const picture = await pictureOf(page, name);
    const ticks = await sheet.locator('.agreement__tick').evaluateAll((ticks) =>
      ticks.map((tick) => ({ text: tick.textContent, at: Number.parseFloat(tick.style.left) })));
    const rows = await sheet.locator('.agreement__row').evaluateAll((rows) => rows.map((row) => ({
      name: row.querySelector('.agreement__name b').textContent,
      at: Number.parseFloat(row.querySelector('.agreement__plot > .diamond').style.left),
      figures: ['mean', 'spread', 'companion'].map((figure) =>
        row.querySelector(`.agreement__figure--${figure}`).textContent.trim()),
      word: row.querySelector('.agreement__class').textContent.trim(),
    })));
    assert.equal(rows.length, 9);
    const [onPage, inPicture] = [axisOf(ticks), axisOf(axisLabels(picture, 'x'))];
    const marks = [...picture.marks].sort((a, b) => a.y - b.y);
    rows.forEach(({ name, at, figures: [mean, spread, companion], word }, idx) => {
      assertNear(onPage(at), inPicture(marks[idx].x), `${metric} of ${name}`);
      const { y } = picture.texts.find(({ text }) => text === name);
      const beside = metric === 'Correlation' ? word : companion;
      assert.deepEqual(rowOf(picture, y).slice(2), [mean, spread.replace('±', '± '), beside], name);
    });
  }
});

browserTest('latents have the labels and places of their picture', {}, async ({ page }) => {
  await allDrawn(page);
  const picture = await pictureOf(page, 'latent_agreement.svg');
  const ticks = await page.locator('#part-b .ranks__tick').evaluateAll((ticks) => ticks.map((tick) => ({
    text: tick.textContent, at: Number.parseFloat(tick.style.getPropertyValue('--at')),
  })));
  const items = await page.locator('#part-b .ranks__item').evaluateAll((items) => items.map((item) => ({
    place: Number(item.style.getPropertyValue('--i')),
    dim: item.querySelector('.ranks__number').textContent,
    at: Number.parseFloat(item.querySelector('.ranks__plot > .diamond').style.getPropertyValue('--at')),
    mean: item.querySelector('.ranks__mean').textContent,
  })));
  items.sort((a, b) => a.place - b.place);
  assert.equal(items.length, 32);
  const [onPage, inPicture] = [axisOf(ticks), axisOf(axisLabels(picture, 'y'))];
  const marks = [...picture.marks].sort((a, b) => a.x - b.x);
  // A label stands a little below its value: the same distance for all.
  const offset = onPage(items[0].at) - inPicture(marks[0].y);
  items.forEach(({ dim, at, mean }, idx) => {
    assertNear(onPage(at), inPicture(marks[idx].y) + offset, `latent ${dim}`);
    const column = picture.texts.filter(({ x }) => Math.abs(x - marks[idx].x) < 6).map(({ text }) => text);
    assert.equal(column[0], dim);
    assert.equal(valueOf(column[1]), valueOf(mean), `latent ${dim}`);
  });
  const bands = await page.locator('#part-b .ranks__zone').allTextContents();
  for (const band of bands) assert.ok(picture.texts.some(({ text }) => text === band), band);
});

browserTest('cells of both matrices have the values of their pictures', {
  path: '?values=all&fade=0',
}, async ({ page }) => {
  await allDrawn(page);
  const heatmap = await pictureOf(page, 'synthesis_heatmap.svg');
  const rows = await page.locator('#heat .heat__latent').evaluateAll((rows) => rows.map((row) => ({
    dim: row.querySelector('.heat__number').textContent.trim(),
    cells: [...row.querySelectorAll('[role="gridcell"]')].map((cell) => cell.textContent.trim()),
  })));
  assert.equal(rows.length, 32);
  for (const { dim, cells } of rows) {
    // The key above the matrix has numbers, too.
    const { y } = heatmap.texts.findLast(({ text }) => text === dim);
    assert.deepEqual(rowOf(heatmap, y), [dim, ...cells], `latent ${dim}`);
  }
  const coupling = await pictureOf(page, 'channel_coupling.svg');
  const pairs = await page.locator('table.raw tbody tr').evaluateAll((rows) => rows.map((row) => ({
    name: row.querySelector('th').getAttribute('aria-label'),
    cells: [...row.querySelectorAll('td')].map((cell) => cell.textContent.trim()),
  })));
  assert.equal(pairs.length, 9);
  pairs.forEach(({ name, cells }, idx) => {
    const { y } = coupling.texts.findLast(({ text }) => text === name);
    assert.equal(cells[idx], '1', 'the diagonal');
    assert.deepEqual(rowOf(coupling, y), [name, ...cells.with(idx, '1.0')], name);
  });
});

browserTest('headings of the published run say what the study calls its channels and latents', {}, async ({ page }) => {
  await allDrawn(page);
  assert.match(await page.locator('#agreement-title').innerText(), /^The study calls .+ perceptual, .+ stylistic\.$/);
  assert.match(
    await page.locator('#latents-title').innerText(),
    /^The study calls \d+ of 32 latents perceptual, \d+ mixed, (none|\d+) stylistic\.$/,
  );
  assert.doesNotMatch(await page.locator('main').innerText(), /follows? the (song|mapper|music)/);
});
