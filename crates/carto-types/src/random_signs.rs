use std::f64::consts::PI;

use crate::{ChannelMatrix, ExpectedSigns, SignRow, SignalChannel, binomial_tail};

const N: usize = SignalChannel::COUNT;

/// How often channels have one sign in the latents of an encoder with random weights.
///
/// A latent that is a random linear mix of the nine channels, with weights alike in all
/// directions, correlates with the channels as a normal vector with covariance `S S`, where S
/// is the correlation of channels with channels. So channels that go together in the signals
/// have the same sign in most latents, whatever the encoder has learnt.
#[derive(Debug, Clone, PartialEq)]
pub struct RandomSigns {
    /// `S S` scaled to ones on its diagonal, `[9, 9]`; NaN where that is not possible.
    correlation: [[f64; N]; N],
}

impl RandomSigns {
    /// What the correlation of channels with channels gives.
    ///
    /// - `between_channels`: `[9, 9]`
    /// - returns: `None` for a matrix of another shape, as where it is not known
    #[must_use]
    pub fn of(between_channels: &ChannelMatrix) -> Option<Self> {
        let coupling: &[[f64; N]; N] = between_channels.rows().try_into().ok()?;
        let square =
            |i: usize, j: usize| -> f64 { (0..N).map(|k| coupling[i][k] * coupling[k][j]).sum() };
        let scaled = |i, j| square(i, j) / (square(i, i) * square(j, j)).sqrt();
        let correlation = std::array::from_fn(|i| std::array::from_fn(|j| scaled(i, j)));
        Some(Self { correlation })
    }

    /// The correlation of two channels over random latents, in `[-1, 1]`; `None` where it is
    /// not defined.
    #[must_use]
    pub fn correlation(&self, a: SignalChannel, b: SignalChannel) -> Option<f64> {
        let r = self.correlation[a as usize][b as usize];
        r.is_finite().then(|| r.clamp(-1.0, 1.0))
    }

    /// What random weights give in the place of a counted row of two or three channels.
    ///
    /// It holds for counts without a threshold of `|r|`; with one, nothing is known.
    ///
    /// - returns: `None` for other numbers of channels, or where a correlation is not defined
    #[must_use]
    pub fn expected(&self, row: &SignRow) -> Option<ExpectedSigns> {
        let channel = |&channel: &u32| SignalChannel::ALL.get(channel as usize).copied();
        let channels: Option<Vec<_>> = row.channels.iter().map(channel).collect();
        let chance = match channels?[..] {
            [a, b] => same_sign_of_two(self.correlation(a, b)?),
            [a, b, c] => {
                let pairs = [(a, b), (a, c), (b, c)];
                let [ab, ac, bc] = pairs.map(|(a, b)| self.correlation(a, b));
                same_sign_of_three([ab?, ac?, bc?])
            }
            _ => return None,
        };
        Some(ExpectedSigns {
            channels: row.channels.clone(),
            same_count: row.same_count,
            valid_rows: row.valid_rows,
            expected: f64::from(row.valid_rows) * chance,
            p_random_weights: tail(row.same_count, row.valid_rows, chance),
        })
    }
}

/// The chance that two normal numbers with mean 0 and correlation `r` have one sign.
///
/// # Source
///
/// W. F. Sheppard, "On the application of the theory of error to cases of normal
/// distribution", 1899: one quadrant has `1/4 + asin(r) / (2 pi)`.
#[must_use]
pub fn same_sign_of_two(r: f64) -> f64 {
    (0.5 + libm::asin(r.clamp(-1.0, 1.0)) / PI).clamp(0.0, 1.0)
}

/// The chance that three normal numbers with mean 0 have one sign.
///
/// - `r`: their three correlations
#[must_use]
pub fn same_sign_of_three(r: [f64; 3]) -> f64 {
    let angles: f64 = r.iter().map(|r| libm::asin(r.clamp(-1.0, 1.0))).sum();
    (0.25 + angles / (2.0 * PI)).clamp(0.0, 1.0)
}

/// [`binomial_tail`], also for a chance that is certain or none.
fn tail(n_hits: u32, n_trials: u32, chance: f64) -> f64 {
    if chance > 0.0 && chance < 1.0 {
        binomial_tail(n_hits, n_trials, chance)
    } else if n_hits == 0 || (chance >= 1.0 && n_hits <= n_trials) {
        1.0
    } else {
        0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn coupling(r: f64) -> ChannelMatrix {
        let row = |i: usize| {
            std::array::from_fn(|j| match (i, j) {
                _ if i == j => 1.0,
                (0, 1) | (1, 0) => r,
                _ => 0.0,
            })
        };
        ChannelMatrix::from((0..N).map(row).collect::<Vec<_>>())
    }

    fn row(channels: &[u32], same_count: u32) -> SignRow {
        SignRow { channels: channels.to_vec(), same_count, valid_rows: 32, p_value: 0.5 }
    }

    #[test]
    fn channels_that_have_nothing_in_common_are_coins() {
        let signs = RandomSigns::of(&coupling(0.5)).unwrap();
        let expected = signs.expected(&row(&[4, 7], 20)).unwrap();
        assert_eq!(expected.expected, 16.0);
        assert_eq!(expected.p_random_weights, binomial_tail(20, 32, 0.5));
        assert_eq!(signs.expected(&row(&[4, 7, 8], 20)).unwrap().expected, 8.0);
        let onset_combo = signs.correlation(SignalChannel::Onset, SignalChannel::Combo).unwrap();
        assert!((onset_combo - 0.8).abs() < 1e-15);
    }

    #[test]
    fn what_is_not_known_is_missing() {
        assert_eq!(RandomSigns::of(&ChannelMatrix::default()), None);
        let signs = RandomSigns::of(&ChannelMatrix::zeros(N)).unwrap();
        assert_eq!(signs.correlation(SignalChannel::Onset, SignalChannel::X), None);
        assert_eq!(signs.expected(&row(&[0, 1], 3)), None);
        let signs = RandomSigns::of(&coupling(0.5)).unwrap();
        assert_eq!(signs.expected(&row(&[0], 3)), None);
        assert_eq!(signs.expected(&row(&[0, 99], 3)), None);
    }

    #[test]
    fn certain_signs_have_a_tail_too() {
        assert_eq!((tail(32, 32, 1.0), tail(1, 32, 0.0), tail(0, 32, 0.0)), (1.0, 0.0, 1.0));
        let signs = RandomSigns::of(&coupling(1.0)).unwrap();
        let expected = signs.expected(&row(&[0, 1], 32)).unwrap();
        assert!((expected.expected - 32.0).abs() < 1e-6);
        assert!(expected.p_random_weights.is_finite());
    }
}
