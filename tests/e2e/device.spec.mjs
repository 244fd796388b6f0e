// A graphics processor that fails on the way: the processor goes on, and the page says so.

import assert from 'node:assert/strict';
import { browserTest } from './harness.mjs';
import { beforeProgram } from './network.mjs';
import { assertClose, computedBy, useBundled, waitForLatents } from './latents.mjs';
import { runFewMaps, saveFile } from './study.mjs';

/** Puts `script` in front of the program of the encoder's workers. */
const beforeEncoder = (context, script) => beforeProgram(context, /carto-encoder[^/]*_loader\.js$/, script);

const ON_ADAPTER = { gpu: true, path: '?backend=webgpu' };

/** All devices are gone after `nSubmits` submissions: more than the self-test makes, fewer than the maps. */
const loseDevice = (nSubmits) => `
  const devices = [];
  const request = GPUAdapter.prototype.requestDevice;
  GPUAdapter.prototype.requestDevice = async function (...args) {
    const device = await request.apply(this, args);
    devices.push(device);
    return device;
  };
  const submit = GPUQueue.prototype.submit;
  let nLeft = ${nSubmits};
  GPUQueue.prototype.submit = function (...args) {
    submit.apply(this, args);
    if (--nLeft === 0) devices.forEach((device) => device.destroy());
  };
`;

/** Every kernel has a fault. */
const breakKernels = `
  const create = GPUDevice.prototype.createShaderModule;
  GPUDevice.prototype.createShaderModule = function (descriptor) {
    return create.call(this, { ...descriptor, code: 'this is no WGSL' });
  };
`;

const N_SONGS = 8;

/** Runs short maps with the bundled encoder; gives Track B. */
async function latentsOfMaps(page) {
  await runFewMaps(page, N_SONGS);
  await useBundled(page);
  await waitForLatents(page);
  return JSON.parse(await saveFile(page, 'track_b_results.json'));
}

browserTest('a device that is lost in the middle of a run leaves the rest to the processor', {
  ...ON_ADAPTER, timeoutMs: 400_000,
}, async ({ page, context, url }) => {
  await beforeEncoder(context, loseDevice(20));
  await runFewMaps(page, N_SONGS);
  // A fast machine says it for some frames only.
  await page.evaluate(() => {
    new MutationObserver(() => {
      const lines = [...document.querySelectorAll('.computed__line')].map((line) => line.textContent);
      window.wasOnAdapter ||= /swiftshader/i.test(lines.join());
    }).observe(document.querySelector('main'), { subtree: true, childList: true, characterData: true });
  });
  await useBundled(page);
  await waitForLatents(page);
  assert.ok(await page.evaluate(() => window.wasOnAdapter), 'it begins on the adapter');
  assert.match(await computedBy(page), /your processor.*because the graphics processor failed/s);
  const found = JSON.parse(await saveFile(page, 'track_b_results.json'));

  await page.goto(new URL('?backend=cpu', url).href);
  await page.locator('main[data-state]').waitFor({ state: 'attached' });
  const expected = await latentsOfMaps(page);
  assert.equal(found.pairs_compared, expected.pairs_compared, 'no map is lost');
  assertClose(found.dim_summary, expected.dim_summary, 1e-4);
});

browserTest('kernels that do not compile leave everything to the processor', {
  ...ON_ADAPTER, expectedErrors: [/WGSL|shader/i],
}, async ({ page, context }) => {
  await beforeEncoder(context, breakKernels);
  await latentsOfMaps(page);
  assert.match(await computedBy(page), /your processor.*because the graphics driver does not compile the kernel/s);
});
