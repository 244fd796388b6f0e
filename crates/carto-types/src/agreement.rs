//! How much maps agree: single pairs, and both tracks of the study over all pairs.

use serde::{Deserialize, Serialize};

use crate::SignalChannel;

/// How much two maps agree in one channel.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct ChannelAgreement {
    /// Pearson's correlation, in `[-1, 1]`; 0 where either side is constant or shorter
    /// than two.
    pub pearson: f64,
    /// The cosine of the angle between the two; 0 where either is zero.
    pub cosine: f64,
    /// The mean of `|a - b|`.
    pub mean_abs_diff: f64,
}

/// How much two maps agree in one latent.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct LatentAgreement {
    /// Pearson's correlation, in `[-1, 1]`; 0 where either side is constant or shorter
    /// than two.
    pub pearson: f64,
    /// The cosine of the angle between the two; 0 where either is zero.
    pub cosine: f64,
}

impl From<ChannelAgreement> for LatentAgreement {
    fn from(ChannelAgreement { pearson, cosine, .. }: ChannelAgreement) -> Self {
        Self { pearson, cosine }
    }
}

/// How much the signals of two maps of one song agree.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct PairAgreement {
    /// In the order of [`SignalChannel::ALL`].
    pub channels: [ChannelAgreement; SignalChannel::COUNT],
    /// Mean over every tenth frame of the cosine between the two columns of nine values.
    pub full_cosine: f64,
}

/// How much the latents of two maps of one song agree.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct LatentPairAgreement {
    /// By number of the latent.
    pub dims: Vec<LatentAgreement>,
    /// Mean over about a hundred columns of the cosine between the two.
    pub full_cosine: f64,
}

/// How far mappers of one song do alike, by a mean r over pairs, in the study’s words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum AgreementClass {
    /// Mappers do it alike.
    Perceptual,
    /// Between the two; both bounds count as mixed.
    Mixed,
    /// Each mapper does it their own way.
    #[default]
    Stylistic,
}

impl AgreementClass {
    /// The three classes, highest mean r first.
    pub const ALL: [Self; 3] = [Self::Perceptual, Self::Mixed, Self::Stylistic];

    /// The word in tables and texts: `perceptual`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Perceptual => "perceptual",
            Self::Mixed => "mixed",
            Self::Stylistic => "stylistic",
        }
    }

    /// How many of each class there are, in the order of [`AgreementClass::ALL`].
    #[must_use]
    pub fn counts(classes: impl Iterator<Item = Self>) -> [usize; 3] {
        let mut counts = [0; 3];
        classes.for_each(|class| counts[class as usize] += 1);
        counts
    }
}

/// Where the classes begin.
///
/// # Source
///
/// osu-dreamer-cartography `experiment/run_analysis.py` @ `7ec522b`, line 529 for
/// channels, 741 to 743 for latents.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ClassBounds {
    /// A mean r above this is perceptual.
    pub perceptual_above: f64,
    /// A mean r below this is stylistic.
    pub stylistic_below: f64,
}

impl ClassBounds {
    /// The bounds for the nine channels (Track A).
    pub const CHANNELS: Self = Self { perceptual_above: 0.3, stylistic_below: 0.1 };
    /// The bounds for latents (Track B).
    pub const LATENTS: Self = Self { perceptual_above: 0.3, stylistic_below: 0.05 };

    /// The class of a mean r; both bounds are mixed, and so is NaN.
    #[must_use]
    pub fn class_of(self, mean_r: f64) -> AgreementClass {
        if mean_r > self.perceptual_above {
            AgreementClass::Perceptual
        } else if mean_r < self.stylistic_below {
            AgreementClass::Stylistic
        } else {
            AgreementClass::Mixed
        }
    }
}

/// Track A: agreement per channel over all pairs of a run.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct TrackA {
    /// In the order of [`SignalChannel::ALL`].
    pub channels: Vec<ChannelSummary>,
    /// Mean over pairs of the full cosine.
    pub cosine_mean: f64,
    /// Population standard deviation over pairs of the full cosine.
    pub cosine_std: f64,
    /// Songs with encoded maps of two mappers or more.
    pub songs_analyzed: u32,
    /// Pairs of maps.
    pub pairs_compared: u32,
}

/// One channel over all pairs: means and population standard deviations.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ChannelSummary {
    /// `ONSET` to `Y`.
    pub name: String,
    /// Mean over pairs of Pearson's r.
    pub pearson_mean: f64,
    /// Population standard deviation over pairs of Pearson's r.
    pub pearson_std: f64,
    /// Mean over pairs of the mean absolute difference.
    pub mad_mean: f64,
    /// Population standard deviation over pairs of the mean absolute difference.
    pub mad_std: f64,
    /// Mean over pairs of the cosine.
    pub cosine_mean: f64,
    /// Population standard deviation over pairs of the cosine.
    pub cosine_std: f64,
    /// Pairs of maps.
    pub n_pairs: u32,
}

/// Track B: agreement per latent over all pairs of a run.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct TrackB {
    /// By number of the latent.
    pub dims: Vec<LatentSummary>,
    /// Numbers of the latents by mean r, highest first; of equal ones the lower first.
    pub ranking: Vec<u32>,
    /// Mean over pairs of the full cosine.
    pub cosine_mean: f64,
    /// Population standard deviation over pairs of the full cosine.
    pub cosine_std: f64,
    /// The full cosine of each pair, in the order of songs and pairs.
    pub cosines: Vec<f64>,
    /// Songs with latents of two mappers or more.
    pub songs_analyzed: u32,
    /// Pairs of maps.
    pub pairs_compared: u32,
}

impl TrackB {
    /// How many latents are perceptual, mixed and stylistic.
    #[must_use]
    pub fn class_counts(&self) -> [usize; 3] {
        AgreementClass::counts(self.dims.iter().map(|latent| latent.class))
    }

    /// The latents by mean r, highest first.
    pub fn ranked(&self) -> impl Iterator<Item = &LatentSummary> {
        self.ranking.iter().filter_map(|&dim| self.dims.get(dim as usize))
    }
}

/// One latent over all pairs: means and population standard deviations.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct LatentSummary {
    /// Number of the latent, from 0.
    pub dim: u32,
    /// Mean over pairs of Pearson's r.
    pub pearson_mean: f64,
    /// Population standard deviation over pairs of Pearson's r.
    pub pearson_std: f64,
    /// Mean over pairs of the cosine.
    pub cosine_mean: f64,
    /// Population standard deviation over pairs of the cosine.
    pub cosine_std: f64,
    /// Mean over songs of the variance between creators.
    pub between_var_mean: f64,
    /// Pairs of maps.
    pub n_pairs: u32,
    /// What the mean r says, by [`ClassBounds::LATENTS`].
    pub class: AgreementClass,
}

/// Track B on held-out songs: means and population standard deviations of r.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeldOut {
    /// In the words of whoever made it.
    pub description: String,
    /// The encoder's file.
    pub checkpoint: String,
    /// By number of the latent. Numbers of two encoders do not correspond.
    pub dims: Vec<HeldOutDim>,
    /// Numbers of the latents by mean r, highest first.
    pub ranking: Vec<u32>,
    /// Mean over pairs of the full cosine.
    pub cosine_mean: f64,
    /// Population standard deviation over pairs of the full cosine.
    pub cosine_std: f64,
    /// Songs of two mappers or more that the encoder was not trained on.
    pub n_songs: u32,
    /// Pairs of maps.
    pub n_pairs: u32,
}

/// One latent on held-out songs.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeldOutDim {
    /// Number of the latent, from 0.
    pub dim: u32,
    /// Mean over pairs of Pearson's r.
    pub pearson_mean: f64,
    /// Population standard deviation over pairs of Pearson's r.
    pub pearson_std: f64,
    /// Pairs of maps.
    pub n_pairs: u32,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_bounds_are_mixed() {
        use AgreementClass::{Mixed, Perceptual, Stylistic};
        let latents = [0.3, 0.31, 0.05, 0.04].map(|r| ClassBounds::LATENTS.class_of(r));
        assert_eq!(latents, [Mixed, Perceptual, Mixed, Stylistic]);
        let channels = [0.3, 0.1, 0.099, f64::NAN].map(|r| ClassBounds::CHANNELS.class_of(r));
        assert_eq!(channels, [Mixed, Mixed, Stylistic, Mixed]);
        assert_eq!(AgreementClass::counts(latents.into_iter()), [1, 2, 1]);
    }
}
