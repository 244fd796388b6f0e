//! Agreement through the song, in windows of bars.

use carto_types::{AgreementWindow, ShiftReach, SongBar, StretchAgreement};

use crate::bars::WINDOW_BARS;
use crate::pair::SongPair;
use crate::reach::reaches;

/// A bar may stick out of the span by this much, ms; as in the evidence of pairs.
const BAR_SLACK_MS: f64 = 5.0;

/// One window from each bar of the span on whose last bar lies inside the span too, without what
/// shifts reach on it.
///
/// The r of a window is that of [`SongPair::agreement`] from the begin of its first bar to the end
/// of its last, so zooming to it shows the same figures. It has no mean where one of the maps has no
/// object in it, and where no more than half of the channels that have an r over the song have one
/// in it: two channels on their own would be the moments of every break.
///
/// - `bars`: of A, ascending and without gaps
pub(crate) fn windows(pair: &SongPair, bars: &[SongBar]) -> Vec<AgreementWindow> {
    let bars = bars_inside(pair, bars);
    let least_channels = least_channels(pair);
    let of = |bars: &[SongBar]| {
        let (first, last) = (bars.first()?, bars.last()?);
        let found = pair.agreement(first.start_ms, last.end_ms);
        let have_objects = pair.have_objects(first.start_ms, last.end_ms) == [true; 2];
        let has_mean = have_objects && n_channels(&found) >= least_channels;
        let agreement = StretchAgreement { mean: found.mean.filter(|_| has_mean), ..found };
        Some(AgreementWindow { first_bar: first.number, agreement, reach: None })
    };
    bars.windows(WINDOW_BARS).filter_map(of).collect()
}

/// What shifts reach on each window that has a mean, [`reaches`] by the place of the window.
///
/// - `bars`: those that `windows` are of
pub(crate) fn window_reaches(
    pair: &SongPair,
    bars: &[SongBar],
    windows: &[AgreementWindow],
) -> Vec<Option<ShiftReach>> {
    let reaches = reaches(pair, &bars_inside(pair, bars), least_channels(pair));
    let of = |(idx, window): (usize, &AgreementWindow)| {
        reaches.get(idx).copied().flatten().filter(|_| window.agreement.mean.is_some())
    };
    windows.iter().enumerate().map(of).collect()
}

/// The bars in the span.
fn bars_inside(pair: &SongPair, bars: &[SongBar]) -> Vec<SongBar> {
    let [start_ms, end_ms] = pair.span_ms();
    let is_inside = |bar: &&SongBar| {
        bar.start_ms >= start_ms - BAR_SLACK_MS && bar.end_ms <= end_ms + BAR_SLACK_MS
    };
    bars.iter().filter(is_inside).copied().collect()
}

/// Channels with an r that the mean of a window needs.
fn least_channels(pair: &SongPair) -> u8 {
    let [start_ms, end_ms] = pair.span_ms();
    n_channels(&pair.agreement(start_ms, end_ms)) / 2 + 1
}

/// Channels that have an r on a stretch.
fn n_channels(agreement: &StretchAgreement) -> u8 {
    agreement.r.iter().map(|(_, r)| u8::from(r.is_some())).sum()
}
