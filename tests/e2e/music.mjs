// Music made up for tests, as wav files.

const RATE_HZ = 16_000;

/** A wav file of these samples, 16 bits and one channel; full scale is 1. */
function wav(samples) {
  const head = Buffer.alloc(44);
  head.write('RIFF');
  head.writeUInt32LE(36 + 2 * samples.length, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(RATE_HZ, 24);
  head.writeUInt32LE(2 * RATE_HZ, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36);
  head.writeUInt32LE(2 * samples.length, 40);
  const body = Int16Array.from(samples, (sample) => 32_767 * Math.max(-1, Math.min(1, sample)));
  return Buffer.concat([head, Buffer.from(body.buffer)]);
}

/**
 * Sounds at times that do not repeat themselves, some six a second.
 *
 * @param {number} seed another one, another piece of music
 * @param {number} seconds
 * @param {number} [laterMs] how much later all of it sounds
 */
export function music(seed, seconds, laterMs = 0) {
  let state = seed;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const samples = new Float32Array(RATE_HZ * seconds);
  for (let timeMs = 200; timeMs < 1000 * seconds; timeMs += 40 + 250 * random()) {
    const [pitchHz, size] = [60 * 2 ** (5 * random()), 0.1 + 0.3 * random()];
    const start = Math.round((timeMs + laterMs) * (RATE_HZ / 1000));
    for (let idx = 0; idx < 0.12 * RATE_HZ && start + idx < samples.length; idx += 1) {
      const sinceS = idx / RATE_HZ;
      samples[start + idx] += size * Math.exp(-25 * sinceS) * Math.sin(2 * Math.PI * pitchHz * sinceS);
    }
  }
  return wav(samples);
}
