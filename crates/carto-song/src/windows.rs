//! Agreement through the song, in windows of bars.

use carto_types::{AgreementWindow, SongBar, StretchAgreement};

use crate::bars::WINDOW_BARS;
use crate::pair::SongPair;
use crate::reach::reaches;

/// A bar may stick out of the span by this much, ms; as in the evidence of pairs.
const BAR_SLACK_MS: f64 = 5.0;

/// One window from each bar of the span on whose last bar lies inside the span too.
///
/// The r of a window is that of [`SongPair::agreement`] from the begin of its first bar to the end
/// of its last, so zooming to it shows the same figures. It has no mean where one of the maps has no
/// object in it, and where no more than half of the channels that have an r over the song have one
/// in it: two channels on their own would be the moments of every break. What shifts reach on it is that of
/// [`reaches`].
///
/// - `bars`: of A, ascending and without gaps
pub(crate) fn windows(pair: &SongPair, bars: &[SongBar]) -> Vec<AgreementWindow> {
    let [start_ms, end_ms] = pair.span_ms();
    let is_inside = |bar: &&SongBar| {
        bar.start_ms >= start_ms - BAR_SLACK_MS && bar.end_ms <= end_ms + BAR_SLACK_MS
    };
    let bars: Vec<SongBar> = bars.iter().filter(is_inside).copied().collect();
    let n_of_song = n_channels(&pair.agreement(start_ms, end_ms));
    let least_channels = n_of_song / 2 + 1;
    let reaches = reaches(pair, &bars, least_channels);
    let of = |(idx, bars): (usize, &[SongBar])| {
        let (first, last) = (bars.first()?, bars.last()?);
        let found = pair.agreement(first.start_ms, last.end_ms);
        let have_objects = pair.have_objects(first.start_ms, last.end_ms) == [true; 2];
        let has_mean = have_objects && n_channels(&found) >= least_channels;
        let agreement = StretchAgreement { mean: found.mean.filter(|_| has_mean), ..found };
        let reach = reaches.get(idx).copied().flatten().filter(|_| agreement.mean.is_some());
        Some(AgreementWindow { first_bar: first.number, agreement, reach })
    };
    bars.windows(WINDOW_BARS).enumerate().filter_map(of).collect()
}

/// Channels that have an r on a stretch.
fn n_channels(agreement: &StretchAgreement) -> u8 {
    agreement.r.iter().map(|(_, r)| u8::from(r.is_some())).sum()
}
