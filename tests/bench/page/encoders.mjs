// What a worker can run: our programs, and onnxruntime-web.

/** Multiply-adds of each accumulator in one call: some 5 ms. */
const N_PEAK_STEPS = 2_000_000;
/** The browser replaces a slow first compilation between calls, never within one. */
const N_PEAK_CALLS = 100;

export function open(kind, options) {
  return { ours: openOurs, webgpu: openWebGpu, flex: openFlex, onnxruntime: openOnnxRuntime }[kind](options);
}

async function bytes(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

async function openOurs({ program, nFrames }) {
  const { default: init, WasmEncoder, multiplyAdd } = await import(`/ours/${program}.js`);
  const { memory } = await init();
  const encoder = new WasmEncoder(await bytes('/ours/encoder.safetensors'), nFrames);
  return {
    encode: () => encoder.encode(),
    peak() {
      // The fastest call is one in which nothing else had the core.
      const rates = Array.from({ length: N_PEAK_CALLS }, () => {
        const start = performance.now();
        const nFlops = multiplyAdd(N_PEAK_STEPS);
        return nFlops / (performance.now() - start) / 1e6;
      });
      return Math.max(...rates);
    },
    facts: () => ({
      multiplyAddsPerFrame: encoder.multiplyAddsPerFrame,
      nMemoryBytes: memory.buffer.byteLength,
      nHeldBytes: encoder.nBytes,
    }),
  };
}

async function openWebGpu({ program, nFrames }) {
  const { default: init, WebGpuEncoder } = await import(`/ours/${program}.js`);
  const { memory } = await init();
  const encoder = await WebGpuEncoder.open(await bytes('/ours/encoder.safetensors'), nFrames);
  return {
    encode: () => encoder.encode(),
    facts: () => ({
      adapter: encoder.adapter,
      tileFrames: encoder.tileFrames,
      submitMs: Array.from(encoder.submitMs),
      restMs: Array.from(encoder.restMs),
      nMemoryBytes: memory.buffer.byteLength,
    }),
  };
}

async function openFlex({ program, nFrames }) {
  const { default: init, FlexEncoder } = await import(`/ours/${program}.js`);
  const { memory } = await init();
  const encoder = new FlexEncoder(await bytes('/ours/encoder.safetensors'), nFrames);
  return {
    encode: () => encoder.encode(),
    facts: () => ({ nMemoryBytes: memory.buffer.byteLength }),
  };
}

async function openOnnxRuntime({ provider, nThreads, nFrames }) {
  const bundle = provider === 'webgpu' ? 'ort.webgpu.min.mjs' : 'ort.wasm.min.mjs';
  const ort = await import(`/ort/${bundle}`);
  ort.env.wasm.wasmPaths = new URL('/ort/', location.href).href;
  ort.env.wasm.numThreads = nThreads;
  const session = await ort.InferenceSession.create(await bytes('/ours/encoder.onnx'), {
    executionProviders: [provider],
    graphOptimizationLevel: 'all',
  });
  const signal = new ort.Tensor('float32', frames(nFrames), [1, 9, nFrames]);
  return {
    async encode() {
      const { mu } = await session.run({ signal });
      const values = await mu.getData();
      return values;
    },
    // One thread without shared memory would still be measured as one.
    facts: () => ({ version: ort.env.versions.web, isIsolated: crossOriginIsolated }),
  };
}

/** The same frames as `signal` in crates/carto-bench-wasm. */
function frames(nFrames) {
  const values = new Float32Array(9 * nFrames);
  for (let idx = 0; idx < values.length; idx++) values[idx] = ((idx * 7919) % 1000) / 500 - 1;
  return values;
}
