// One side of the benchmark: some workers, all of which do the same at once.

/** One worker that answers every message with one. */
class Caller {
  constructor() {
    this.worker = new Worker('worker.mjs', { type: 'module' });
    this.waiting = [];
    this.worker.onmessage = ({ data }) => {
      const { resolve, reject } = this.waiting.shift();
      if (data.error) reject(new Error(data.error));
      else resolve(data.result);
    };
    this.worker.onerror = (event) => {
      this.waiting.splice(0).forEach(({ reject }) => reject(new Error(event.message ?? 'worker died')));
    };
  }

  call(method, ...args) {
    return new Promise((resolve, reject) => {
      this.waiting.push({ resolve, reject });
      this.worker.postMessage({ method, args });
    });
  }
}

let callers = [];

window.bench = {
  /** Starts `nWorkers` and makes an encoder ready in each; gives what the first says of itself. */
  async open(nWorkers, kind, options) {
    callers = Array.from({ length: nWorkers }, () => new Caller());
    const facts = await Promise.all(callers.map((caller) => caller.call('open', kind, options)));
    return facts[0];
  },

  /** Every worker encodes all frames once; the time until the last is done. */
  async encode() {
    const start = performance.now();
    await Promise.all(callers.map((caller) => caller.call('encode')));
    return { wallS: (performance.now() - start) / 1000 };
  },

  /** The latents of the latest run, `[32, columns]`. */
  mu: () => callers[0].call('mu'),

  /** What the first worker knows now: memory, times of tiles. */
  facts: () => callers[0].call('facts'),

  /** Multiply-adds of one core, GFLOP/s. */
  peak: () => callers[0].call('peak'),
};
