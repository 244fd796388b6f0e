// A cross-validation with figures of our own making.

/** Two parts, as the command writes them. */
export function crossValidation() {
  const agreement = {
    n_songs: 12, n_pairs: 20, pearson_mean: [0.1, 0.4], pearson_std: [0.1, 0.1], class: ['mixed', 'perceptual'],
    ranking: [1, 0], full_cosine_mean: 0.7, full_cosine_std: 0.1,
  };
  const fold = { n_training_maps: 80, n_held_out_maps: 40, weights_sha256: 'ab', mean_r: 0.25, agreement };
  const comparison = {
    a: 0, b: 1, mean_abs_pearson: 0.6, same_class: 0.75, kappa: 0.5, table: [[1, 0, 0], [0, 1, 0], [0, 0, 0]],
    spectrum_max_diff: 0.1, spectrum_mean_diff: 0.05, matches: [],
  };
  return {
    format: 'carto-crossval/1', rule: 'folds', n_maps: 120, n_frames: 1, config: {},
    folds: [fold, fold], comparisons: [comparison],
  };
}
