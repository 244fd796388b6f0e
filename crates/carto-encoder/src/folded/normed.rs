//! Magnitude-preserving parts of the published architecture, as constants.
//!
//! # Source
//!
//! osu-dreamer-cartography `osu_dreamer/modules/mp.py` @ `7ec522b`.

/// Keeps a row of zeros from dividing by zero.
const EPS: f64 = 1e-4;
/// `mp.SiLU` divides by it: the root mean square of `silu` of a normal variable.
pub(super) const SILU_SCALE: f64 = 0.596;
/// `mp.sigmoid` divides by it.
pub(super) const SIGMOID_SCALE: f64 = 0.542;
/// How much of a layer's residual `mp.add` takes.
const RESIDUAL_SHARE: f64 = 0.3;

/// Weights of a convolution without bias, each of `n_out` rows with norm 1 but
/// for [`EPS`].
pub(super) fn normed_rows(weights: &[f32], n_out: usize) -> Vec<f64> {
    let row_len = weights.len() / n_out.max(1);
    let root = (row_len as f64).sqrt();
    let mut normed = Vec::with_capacity(weights.len());
    for row in weights.chunks_exact(row_len.max(1)) {
        let factor = 1.0 / ((EPS + norm(row) / root) * root);
        normed.extend(row.iter().map(|&weight| f64::from(weight) * factor));
    }
    normed
}

/// Shares of the skips in their sum, such that its variance stays.
pub(super) fn skip_shares(logits: &[f32]) -> Vec<f64> {
    let root = (logits.len() as f64).sqrt();
    let factor = 1.0 / (EPS + norm(logits) / root);
    let scaled: Vec<f64> = logits.iter().map(|&logit| f64::from(logit) * factor).collect();
    let largest = scaled.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let powers: Vec<f64> = scaled.iter().map(|logit| libm::exp(logit - largest)).collect();
    // The sum of the powers would divide both the shares and their norm.
    let length = powers.iter().map(|power| power * power).sum::<f64>().sqrt();
    powers.iter().map(|power| power / length).collect()
}

/// `(a, b)` of `mp.add(x, r) = a x + b r`.
pub(super) fn residual_factors() -> (f64, f64) {
    let keep = 1.0 - RESIDUAL_SHARE;
    let length = (keep * keep + RESIDUAL_SHARE * RESIDUAL_SHARE).sqrt();
    (keep / length, RESIDUAL_SHARE / length)
}

fn norm(values: &[f32]) -> f64 {
    values.iter().map(|&value| f64::from(value) * f64::from(value)).sum::<f64>().sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_get_the_norm_one() {
        let normed = normed_rows(&[3.0, 4.0, 0.0, 0.5], 2);
        let norms = normed.chunks(2).map(|row| (row[0] * row[0] + row[1] * row[1]).sqrt());
        for norm in norms {
            assert!((norm - 1.0).abs() < 1e-3, "{norm}");
        }
        assert_eq!(normed_rows(&[0.0, 0.0], 1), [0.0, 0.0]);
    }

    #[test]
    fn shares_have_the_length_one_and_follow_the_logits() {
        let shares = skip_shares(&[1.0, 0.0, -1.0, 0.0]);
        assert!((shares.iter().map(|share| share * share).sum::<f64>() - 1.0).abs() < 1e-12);
        assert!(shares[0] > shares[1] && shares[1] > shares[2]);
    }
}
