// The table, and how what was measured stands to the goals.

/** As measured on an idle machine of two cores; for a run without peers. */
const KNOWN_PEERS = {
  'onnx-1': 3_390,
  'onnx-2': 6_120,
  'onnx-webgpu': 35,
  'burn-webgpu': 75,
  'torch-1': 5_480,
  'torch-2': 10_900,
};

/** Ours, its peer, and by how much ours should be faster. */
const RACES = [
  ['simd128-1', 'onnx-1', 1.0],
  ['relaxed-1', 'onnx-1', 1.4],
  ['simd128-2', 'onnx-2', 1.4],
  ['relaxed-2', 'onnx-2', 1.4],
  ['webgpu', 'onnx-webgpu', 5.0],
  ['webgpu', 'burn-webgpu', 2.0],
  ['native-1', 'torch-1', 1.0],
  ['native-2', 'torch-2', 1.0],
];

const GOAL_SHARE = 0.75;
const GOAL_SUBMIT_MS = 5;
const GOAL_MEMORY_BYTES = 200e6;

const median = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

const framesPerRun = (side) => side.nFrames * side.nMaps;
const framesPerS = (side) => framesPerRun(side) / median(side.rounds.map((round) => round.wallS));
const framesPerCpuS = (side) => framesPerRun(side) / median(side.rounds.map((round) => round.cpuS));
const gflop = (rate, frames) => (2 * rate * frames) / 1e9;
const whole = (value) => Math.round(value).toLocaleString('en');
const megabytes = (nBytes) => `${Math.round(nBytes / 1e6)} MB`;

/** A core's peak in GFLOP/s: the fastest round, since nothing makes a core faster than it is. */
function peakOf(sides, side) {
  const measured = sides.find(({ key }) => key === side.peak)?.peaks ?? [];
  return Math.max(...measured);
}

/** GFLOP/s of one thread in the fastest round over a core's peak, which is a fastest one too. */
function shareOfPeak(sides, side, rate) {
  const fastestS = Math.min(...side.rounds.map((round) => round.wallS));
  return gflop(rate, framesPerRun(side) / fastestS) / side.nThreads / peakOf(sides, side);
}

/** @param {number} rate multiply-adds of the folded form's products for one frame */
export function printTable(sides, rate) {
  console.log('| encoder | threads | frames/s | slowest to fastest | GFLOP/s | frames per CPU second | GFLOP per CPU second | fastest, of the cores\' peak | memory of a worker |');
  console.log('|---|---|---|---|---|---|---|---|---|');
  for (const side of sides) {
    const all = side.rounds.map((round) => framesPerRun(side) / round.wallS);
    const share = side.peak ? `${Math.round(100 * shareOfPeak(sides, side, rate))} %` : '';
    const memory = side.facts.nMemoryBytes ? megabytes(side.facts.nMemoryBytes) : '';
    console.log(
      [
        '', side.name, side.nThreads, whole(framesPerS(side)),
        `${whole(Math.min(...all))} to ${whole(Math.max(...all))}`,
        gflop(rate, framesPerS(side)).toFixed(1), whole(framesPerCpuS(side)),
        gflop(rate, framesPerCpuS(side)).toFixed(1), share, memory, '',
      ].join(' | ').trim(),
    );
  }
  console.log(`\n${(rate / 1e6).toFixed(2)} million multiply-adds a frame; a GFLOP counts two for each. Rounds: ${sides.map((side) => side.rounds.length).join(', ')}.`);
  for (const side of sides.filter((side) => side.peaks.length)) {
    const all = side.peaks.map((peak) => peak.toFixed(1));
    console.log(`one core's multiply-add peak, ${side.key.replace(/-1$/, '')}: ${Math.max(...side.peaks).toFixed(1)} GFLOP/s (rounds: ${all.join(', ')})`);
  }
}

/** Says of every goal whether it is reached in this run. */
export function printGoals(sides, rate) {
  console.log('');
  const of = (key) => sides.find((side) => side.key === key);
  const say = (isReached, words) => console.log(`${isReached ? 'reached' : 'MISSED '}  ${words}`);
  for (const [ourKey, peerKey, goal] of RACES) {
    const [ours, peer] = [of(ourKey), of(peerKey)];
    if (!ours || (!peer && !KNOWN_PEERS[peerKey])) continue;
    const peerSpeed = peer ? framesPerS(peer) : KNOWN_PEERS[peerKey];
    const ratio = framesPerS(ours) / peerSpeed;
    const source = peer
      ? `${(framesPerCpuS(ours) / framesPerCpuS(peer)).toFixed(2)} per CPU second`
      : `${whole(peerSpeed)} frames/s on an idle machine, not in this run`;
    say(ratio >= goal, `${ourKey} is ${ratio.toFixed(2)} x ${peerKey} (${source}); goal ${goal}`);
  }
  for (const key of ['simd128-1', 'relaxed-1']) {
    const side = of(key);
    if (!side) continue;
    const share = shareOfPeak(sides, side, rate);
    say(share >= GOAL_SHARE, `${key} reaches ${Math.round(100 * share)} % of a core's peak in its fastest round, with all else but the products counted as nothing; goal ${100 * GOAL_SHARE} %`);
    const { nMemoryBytes, nHeldBytes } = side.facts;
    say(nMemoryBytes < GOAL_MEMORY_BYTES, `${key} has ${megabytes(nMemoryBytes)} of memory, the encoder ${megabytes(nHeldBytes)} of it; goal under ${megabytes(GOAL_MEMORY_BYTES)}`);
  }
  const gpu = of('webgpu');
  if (gpu) {
    const { submitMs, restMs, tileFrames, adapter } = gpu.facts;
    // The first tile is the one that warms up.
    const [submit, rest] = [submitMs, restMs].map((all) => median(all.slice(1)));
    const worst = Math.max(...submitMs.slice(1));
    say(submit < GOAL_SUBMIT_MS, `webgpu (${adapter}): ${submit.toFixed(2)} ms of the worker's time to encode and submit a tile of ${tileFrames} frames (at most ${worst.toFixed(2)}), ${rest.toFixed(2)} ms to take its results; goal under ${GOAL_SUBMIT_MS} ms`);
  }
}
