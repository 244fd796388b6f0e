//! Where a song's maps agree most and least.

use std::cmp::Ordering;

use carto_types::{AgreementWindow, MomentKind, SignalChannel, SongMoment};

use crate::bars::WINDOW_BARS;

/// Moments of a kind, at most.
const MAX_OF_KIND: usize = 3;

/// Channels that a moment names, at most.
const MAX_CHANNELS: usize = 2;

/// The windows of the highest and of the lowest mean r, taken in turns, each without a bar of one
/// that was taken before; of equal ones the earlier.
///
/// - `windows`: ascending
pub(crate) fn moments(windows: &[AgreementWindow]) -> Vec<SongMoment> {
    let mut free: Vec<(&AgreementWindow, f64)> =
        windows.iter().filter_map(|window| Some((window, window.agreement.mean?))).collect();
    let mut found = Vec::new();
    for _ in 0..MAX_OF_KIND {
        for kind in [MomentKind::Agreement, MomentKind::Divergence] {
            // Both keep the first of equal ones.
            let taken = free.iter().copied().reduce(|best, next| {
                let is_better = match kind {
                    MomentKind::Agreement => next.1 > best.1,
                    MomentKind::Divergence => next.1 < best.1,
                };
                if is_better { next } else { best }
            });
            let Some((window, mean)) = taken else { continue };
            free.retain(|(other, _)| {
                other.first_bar.abs_diff(window.first_bar) as usize >= WINDOW_BARS
            });
            found.push(moment(window, kind, mean));
        }
    }
    found.sort_by_key(|moment| moment.kind == MomentKind::Divergence);
    for (number, moment) in (1..).zip(&mut found) {
        moment.number = number;
    }
    found
}

/// A moment without its number.
fn moment(window: &AgreementWindow, kind: MomentKind, mean: f64) -> SongMoment {
    let agreement = &window.agreement;
    let with_r = |(channel, r): (SignalChannel, &Option<f64>)| Some((channel, (*r)?));
    let mut channels: Vec<(SignalChannel, f64)> = agreement.r.iter().filter_map(with_r).collect();
    // Channels of equal r stay in their order.
    channels.sort_by(|a, b| match kind {
        MomentKind::Agreement => b.1.partial_cmp(&a.1).unwrap_or(Ordering::Equal),
        MomentKind::Divergence => a.1.partial_cmp(&b.1).unwrap_or(Ordering::Equal),
    });
    let channels = channels.into_iter().take(MAX_CHANNELS).map(|(channel, _)| channel).collect();
    let (from_ms, to_ms) = (agreement.from_ms, agreement.to_ms);
    SongMoment { number: 0, kind, first_bar: window.first_bar, from_ms, to_ms, mean, channels }
}

#[cfg(test)]
mod tests {
    use carto_types::{ByChannel, StretchAgreement};

    use super::*;

    /// Windows of one bar after the other, whose ONSET has their mean and COMBO the opposite.
    fn windows(means: &[Option<f64>]) -> Vec<AgreementWindow> {
        let window = |(first_bar, &mean): (i32, &Option<f64>)| {
            let r = ByChannel::from_fn(|channel| match channel {
                SignalChannel::Onset => mean,
                SignalChannel::Combo => mean.map(|mean| -mean),
                _ => None,
            });
            let from_ms = 1000.0 * f64::from(first_bar);
            let to_ms = from_ms + 4000.0;
            let agreement = StretchAgreement { from_ms, to_ms, n_frames: 600, r, mean };
            AgreementWindow { first_bar, agreement, reach: None }
        };
        (1..).zip(means).map(window).collect()
    }

    fn taken(moments: &[SongMoment]) -> Vec<(u32, i32)> {
        moments.iter().map(|moment| (moment.number, moment.first_bar)).collect()
    }

    #[test]
    fn moments_share_no_bar_and_agreement_stands_first() {
        let mut means = vec![Some(0.2); 40];
        means[3] = Some(0.9);
        means[5] = Some(0.8);
        means[9] = Some(0.7);
        means[20] = Some(-0.5);
        means[23] = Some(-0.4);
        means[30] = None;
        let found = moments(&windows(&means));
        // The second best lies in the best; of equal ones the earliest are taken, in turns.
        assert_eq!(taken(&found), [(1, 4), (2, 10), (3, 25), (4, 21), (5, 14), (6, 29)]);
        assert_eq!(found[0].channels, [SignalChannel::Onset, SignalChannel::Combo]);
        assert_eq!(found[3].channels, [SignalChannel::Onset, SignalChannel::Combo]);
        assert_eq!((found[3].kind, found[3].mean), (MomentKind::Divergence, -0.5));
        assert_eq!((found[3].from_ms, found[3].to_ms), (21_000.0, 25_000.0));
    }

    #[test]
    fn a_short_song_has_fewer_moments() {
        assert_eq!(taken(&moments(&windows(&[Some(0.1), Some(0.2)]))), [(1, 2)]);
        assert_eq!(moments(&windows(&[None; 9])), []);
        let found = moments(&windows(&[Some(0.1), None, None, None, Some(0.2)]));
        assert_eq!(taken(&found), [(1, 5), (2, 1)]);
    }
}
