use super::pair::PairAgreement;
use super::statistics::mean_and_std;
use carto_types::SignalChannel;

/// Where the classes of Track A begin.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TrackAConfig {
    /// A mean r above this follows the music (`run_analysis.py:529`).
    pub perceptual_above: f64,
    /// A mean r below this is style.
    pub stylistic_below: f64,
}

impl Default for TrackAConfig {
    fn default() -> Self {
        Self { perceptual_above: 0.3, stylistic_below: 0.1 }
    }
}

/// What a channel's agreement says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AgreementClass {
    /// The music decides.
    Perceptual,
    /// Between the two; both bounds count as mixed.
    Mixed,
    /// The mapper decides.
    Stylistic,
}

impl AgreementClass {
    /// The class of a mean r between two bounds.
    pub(super) fn of(pearson_mean: f64, stylistic_below: f64, perceptual_above: f64) -> Self {
        if pearson_mean > perceptual_above {
            Self::Perceptual
        } else if pearson_mean < stylistic_below {
            Self::Stylistic
        } else {
            Self::Mixed
        }
    }
}

impl TrackAConfig {
    /// The class of a mean r.
    #[must_use]
    pub fn class_of(&self, pearson_mean: f64) -> AgreementClass {
        AgreementClass::of(pearson_mean, self.stylistic_below, self.perceptual_above)
    }
}

/// A mean over pairs and its population standard deviation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MeanStd {
    /// Mean.
    pub mean: f64,
    /// Population standard deviation.
    pub std: f64,
}

impl MeanStd {
    pub(super) fn of(values: &[f64]) -> Option<Self> {
        mean_and_std(values).map(|(mean, std)| Self { mean, std })
    }
}

/// One channel over all pairs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ChannelSummary {
    /// Which.
    pub channel: SignalChannel,
    /// Of Pearson's r.
    pub pearson: MeanStd,
    /// Of the mean absolute difference.
    pub mean_abs_diff: MeanStd,
    /// Of the cosine.
    pub cosine: MeanStd,
}

/// Agreement per channel over all pairs of all songs.
#[derive(Debug, Clone, PartialEq)]
pub struct TrackA {
    /// In the order of [`SignalChannel::ALL`].
    pub channels: Vec<ChannelSummary>,
    /// Of the full cosine.
    pub full_cosine: MeanStd,
    /// How many pairs.
    pub n_pairs: usize,
}

/// Averages over pairs; songs are not weighted equally (quirk 56).
///
/// `None` without pairs.
#[must_use]
pub fn track_a(pairs: &[PairAgreement]) -> Option<TrackA> {
    let full_cosine = MeanStd::of(&pairs.iter().map(|pair| pair.full_cosine).collect::<Vec<_>>())?;
    let mut channels = Vec::with_capacity(SignalChannel::COUNT);
    for channel in SignalChannel::ALL {
        let values = |value: fn(&super::SeriesAgreement) -> f64| {
            let values: Vec<_> =
                pairs.iter().map(|pair| value(&pair.channels[channel as usize])).collect();
            MeanStd::of(&values)
        };
        channels.push(ChannelSummary {
            channel,
            pearson: values(|agreement| agreement.pearson)?,
            mean_abs_diff: values(|agreement| agreement.mean_abs_diff)?,
            cosine: values(|agreement| agreement.cosine)?,
        });
    }
    Some(TrackA { channels, full_cosine, n_pairs: pairs.len() })
}
