// What a test needs to hear the page: the analyser that all its sound passes.
//
//   browserTest('...', { before: keepAnalyser }, async ({ page }) => {
//     await page.click(...);
//     await waitUntil('sound', async () => (await page.evaluate(loudness)) > 0.01);
//   });
//
// In Firefox and WebKit, `evaluate(keepAnalyser)` once the page is there and nothing plays yet.

/** In the page, before anything plays: keeps every analyser that is connected. */
export function keepAnalyser() {
  const { connect } = AudioNode.prototype;
  window.cartoHeard = undefined;
  AudioNode.prototype.connect = function (...to) {
    if (this instanceof AnalyserNode) window.cartoHeard = this;
    return connect.apply(this, to);
  };
}

/** In the page: the root of the mean square of the last 46 ms; 0 before anything plays. */
export function loudness() {
  const analyser = window.cartoHeard;
  if (!analyser) return 0;
  const samples = new Float32Array(analyser.fftSize);
  analyser.getFloatTimeDomainData(samples);
  return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
}

/** In the page: the frequency that is strongest, Hz; null in silence. Of a tone, its pitch to 22 Hz. */
export function strongestHz() {
  const analyser = window.cartoHeard;
  if (!analyser) return null;
  const decibels = new Float32Array(analyser.frequencyBinCount);
  analyser.getFloatFrequencyData(decibels);
  const strongest = decibels.reduce((best, value, idx) => (value > decibels[best] ? idx : best), 0);
  if (!Number.isFinite(decibels[strongest])) return null;
  return (strongest * analyser.context.sampleRate) / analyser.fftSize;
}
