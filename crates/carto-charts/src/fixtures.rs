//! Invented results.

use carto_types::{AgreementClass, ChannelMatrix, LatentSummary, SignRow, Synthesis, TrackB};

/// Three latents, one of each class.
pub(crate) fn track(n_pairs: u32) -> TrackB {
    let dim = |dim, pearson_mean, class| LatentSummary {
        dim,
        pearson_mean,
        pearson_std: 0.17,
        cosine_mean: 0.9,
        cosine_std: 0.03,
        between_var_mean: 0.01,
        n_pairs,
        class,
    };
    TrackB {
        dims: vec![
            dim(0, 0.13, AgreementClass::Mixed),
            dim(1, 0.45, AgreementClass::Perceptual),
            dim(2, 0.02, AgreementClass::Stylistic),
        ],
        ranking: vec![1, 0, 2],
        cosine_mean: 0.774,
        cosine_std: 0.039,
        cosines: vec![0.774; n_pairs as usize],
        songs_analyzed: n_pairs,
        pairs_compared: n_pairs,
    }
}

/// Three latents against nine channels.
pub(crate) fn synthesis() -> Synthesis {
    let matrix = |r: f64| {
        let mut matrix = ChannelMatrix::zeros(3);
        let cells = matrix.cells_mut();
        (cells[1], cells[16], cells[18]) = (0.4 * r, -0.89 * r, 0.3 * r);
        matrix
    };
    let mut between_channels = ChannelMatrix::zeros(9);
    between_channels.cells_mut()[1] = 0.51;
    let row = |channels: &[u32], p_value| SignRow {
        channels: channels.to_vec(),
        same_count: 3,
        valid_rows: 3,
        p_value,
    };
    Synthesis {
        n_latent_dims: 3,
        upsampled: matrix(0.9),
        downsampled: matrix(1.0),
        between_channels,
        n_maps: 9,
        mean_abs_downsampled: 0.059,
        mean_abs_upsampled: 0.053,
        pairs: vec![row(&[0, 1], 0.125), row(&[0, 2], 0.01)],
        pairs_thresholded: vec![row(&[0, 1], 0.125), row(&[0, 2], 0.01)],
        triples: vec![row(&[0, 1, 2], 0.016)],
        triples_thresholded: vec![row(&[0, 1, 2], 0.016)],
        sign_threshold: 0.05,
    }
}
