// The encoder's benchmark: `cargo xtask bench encoder` builds, then runs this.
//
// All sides take the same encoder and the same frames, round after round, so
// that a busy machine is busy for all of them; the median of the rounds counts.
//
// From the environment: CARTO_CHROMIUM, CARTO_BENCH_DIR (programs and encoder),
// CARTO_BENCH_NATIVE (the native program), CARTO_BENCH_PEERS (set: onnxruntime-web
// too), CARTO_BENCH_TORCH (a Python with PyTorch). For looking at one thing:
// CARTO_BENCH_ROUNDS, and CARTO_BENCH_ONLY (a pattern for the keys of sides).

import { loadavg } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openBrowser } from './browser.mjs';
import { openProcess } from './process.mjs';
import { printGoals, printTable } from './table.mjs';

/** 54 s of a map. */
const N_FRAMES = 9_000;
/** A software adapter takes minutes for that many; these are one tile of ours, without a halo. */
const N_FRAMES_GPU = 1_080;
const N_ROUNDS = Number(process.env.CARTO_BENCH_ROUNDS ?? 7);
const N_ROUNDS_GPU = Math.min(3, N_ROUNDS);

/** Largest difference of a latent to the native program's, which a test holds to the published code. */
const TOLERANCE = 1e-4;

const DIR = process.env.CARTO_BENCH_DIR;
const NATIVE = process.env.CARTO_BENCH_NATIVE;
const WEIGHTS = join(DIR, 'encoder.safetensors');

const native = (nFrames, nThreads) =>
  openProcess(NATIVE, ['serve', WEIGHTS, String(nFrames), String(nThreads)]);

const torch = (nThreads) => {
  const script = fileURLToPath(new URL('./python/serve_torch.py', import.meta.url));
  const args = ['-B', script, WEIGHTS, String(N_FRAMES), String(nThreads)];
  return openProcess(process.env.CARTO_BENCH_TORCH, args);
};

/** What is measured: `key` for the goals, `peak` names the side whose peak is its own. */
function plannedSides(browser) {
  const sides = [];
  const add = (key, name, nThreads, open, more = {}) =>
    sides.push({ key, name, nThreads, open, nFrames: N_FRAMES, nMaps: 1, ...more });
  for (const [program, name] of [['simd128', 'simd128'], ['relaxed', 'relaxed SIMD']]) {
    for (const nWorkers of [1, 2]) {
      const options = { program: `bench-${program}`, nFrames: N_FRAMES };
      const open = () => browser.open(nWorkers, 'ours', options);
      const what = nWorkers === 1 ? 'one worker' : 'a pool of two workers';
      const more = { nMaps: nWorkers, peak: `${program}-1` };
      add(`${program}-${nWorkers}`, `ours, wasm ${name}, ${what}`, nWorkers, open, more);
    }
  }
  const flex = () => browser.open(1, 'flex', { program: 'bench-flex', nFrames: N_FRAMES });
  add('flex-1', 'Burn flex, wasm simd128, one worker', 1, flex, { peak: 'simd128-1' });
  for (const n of [1, 2]) {
    add(`native-${n}`, 'ours, native', n, () => native(N_FRAMES, n), { nMaps: n, peak: 'native-1' });
  }
  const gpu = { nFrames: N_FRAMES_GPU, isGpu: true };
  const webGpuOptions = { program: 'bench-webgpu', nFrames: N_FRAMES_GPU };
  add('webgpu', 'ours, WGSL', 'GPU', () => browser.open(1, 'webgpu', webGpuOptions), gpu);
  if (process.env.CARTO_BENCH_PEERS) {
    const onnx = (provider, nThreads, nFrames) => () =>
      browser.open(1, 'onnxruntime', { provider, nThreads, nFrames });
    for (const n of [1, 2]) {
      const more = { peak: 'simd128-1' };
      add(`onnx-${n}`, 'onnxruntime-web, wasm', n, onnx('wasm', n, N_FRAMES), more);
    }
    add('onnx-webgpu', 'onnxruntime-web, WebGPU', 'GPU', onnx('webgpu', 1, N_FRAMES_GPU), gpu);
  }
  if (process.env.CARTO_BENCH_TORCH) {
    for (const n of [1, 2]) {
      add(`torch-${n}`, 'PyTorch, native', n, () => torch(n), { peak: 'native-1' });
    }
  }
  const wanted = process.env.CARTO_BENCH_ONLY;
  return wanted ? sides.filter((side) => side.key.match(wanted)) : sides;
}

/** Opens a side, runs it once to warm it up, and holds its latents against the native ones. */
async function warmUp(side, references) {
  side.running = await side.open();
  await side.running.encode();
  const mu = await side.running.mu();
  const expected = references.get(side.nFrames);
  const difference = expected.reduce((max, value, idx) => {
    const apart = Math.abs(value - mu[idx]);
    return apart <= max ? max : apart;
  }, 0);
  if (!(mu.length === expected.length && difference <= TOLERANCE)) {
    throw new Error(`it computes something else: latents are ${difference} apart`);
  }
  side.difference = difference;
  side.rounds = [];
  side.peaks = [];
  console.error(`ready: ${side.name}, ${side.nThreads}; latents within ${difference.toExponential(1)}`);
}

async function references() {
  const found = new Map();
  for (const nFrames of [N_FRAMES, N_FRAMES_GPU]) {
    const side = await native(nFrames, 1);
    await side.encode();
    found.set(nFrames, await side.mu());
    found.rate = side.opened.multiplyAddsPerFrame;
    side.close();
  }
  return found;
}

async function measure(sides, nRounds) {
  for (let round = 0; round < nRounds; round++) {
    for (const side of sides) {
      side.rounds.push(await side.running.encode());
      if (side.peak === side.key) side.peaks.push(await side.running.peak());
    }
    console.error(`round ${round + 1} of ${nRounds}, load ${loadavg()[0].toFixed(1)}`);
  }
}

async function main() {
  const loadBefore = loadavg()[0];
  const expected = await references();
  const browser = await openBrowser(DIR);
  const failures = [];
  try {
    const sides = [];
    for (const side of plannedSides(browser)) {
      try {
        await warmUp(side, expected);
        sides.push(side);
      } catch (error) {
        failures.push(`${side.name}, ${side.nThreads}: ${error.message}`);
        await side.running?.close();
      }
    }
    await measure(sides.filter((side) => !side.isGpu), N_ROUNDS);
    await measure(sides.filter((side) => side.isGpu), N_ROUNDS_GPU);
    for (const side of sides) side.facts = await side.running.facts();
    console.log(`Chromium ${browser.version}, headless; ${N_FRAMES} frames of a map, on the adapter ${N_FRAMES_GPU}`);
    console.log(`load average ${loadBefore.toFixed(1)} before, ${loadavg()[0].toFixed(1)} after\n`);
    printTable(sides, expected.rate);
    printGoals(sides, expected.rate);
    for (const side of sides) await side.running.close();
  } finally {
    await browser.close();
  }
  for (const failure of failures) console.log(`not measured: ${failure}`);
  // What is ours must run wherever this is run.
  if (failures.some((failure) => failure.startsWith('ours'))) process.exitCode = 1;
}

await main();
