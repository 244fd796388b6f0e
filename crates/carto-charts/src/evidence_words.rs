//! The words of the evidence: intervals, places between floor and ceiling, lags.

use carto_types::{
    AlignmentClass, AlignmentSource, FEWEST_SONGS, Interval, PairCounts, PairLag, Placement,
    PlacementClass,
};

use crate::number::{NO_VALUE, counted, fixed, signed};

/// The bounds of an interval: `0.56 to 0.95`.
#[must_use]
pub fn interval_text(interval: Interval) -> String {
    format!("{} to {}", fixed(interval.low, 2), fixed(interval.high, 2))
}

/// A figure with its interval, `0.75 (0.56 to 0.95)`; without one the figure alone.
#[must_use]
pub fn with_interval(value: Option<f64>, interval: Option<Interval>) -> String {
    match (value, interval) {
        (None, _) => NO_VALUE.to_owned(),
        (Some(value), None) => fixed(value, 2),
        (Some(value), Some(interval)) => {
            format!("{} ({})", fixed(value, 2), interval_text(interval))
        }
    }
}

/// What follows a number of aligned pairs: why others are left out, and how many may be copies,
/// `; left out: 3 of another tempo; 2 possible copies`. Empty where there are neither.
#[must_use]
pub fn left_out_and_copies(counts: PairCounts) -> String {
    let left_out = match counts.n_left_out() {
        0 => String::new(),
        _ => format!("; left out: {}", counts.text()),
    };
    match counts.n_possible_copies {
        0 => left_out,
        n => format!("{left_out}; {}", counted(n, "possible copy", "possible copies")),
    }
}

/// The place of a dimension in words: `song share 0.75 (0.56 to 0.95)`, `not reproducible`,
/// `undetermined`.
#[must_use]
pub fn place_text(place: &Placement) -> String {
    match (place.class, place.song_share) {
        (PlacementClass::Placed, Some(share)) => {
            format!("song share {}", with_interval(Some(share.value), share.interval))
        }
        (class, _) => class.name().to_owned(),
    }
}

/// Which songs a place between floor and ceiling lacks: `4 of the 10 songs that it needs have two
/// difficulties by one mapper`; `None` where there are enough.
#[must_use]
pub(crate) fn lacking_songs(place: &Placement) -> Option<String> {
    let n = place.n_songs;
    let groups = [
        (n.ceiling, "have two difficulties of like counts by one mapper"),
        (n.cross, "have a pair of like counts"),
        (n.floor, "have a floor"),
    ];
    let (n_songs, what) = groups.into_iter().min_by_key(|&(n_songs, _)| n_songs)?;
    (n_songs < FEWEST_SONGS).then(|| format!("{} {what}", n_of_needed(n_songs, "it")))
}

/// How many of the fewest songs are there: `4 of the 10 songs that a verdict needs`.
///
/// - `needed_by`: what needs them
#[must_use]
pub(crate) fn n_of_needed(n_songs: u32, needed_by: &str) -> String {
    format!("{n_songs} of the {FEWEST_SONGS} songs that {needed_by} needs")
}

/// The lag between two maps, `+24 ms`; that of maps whose lag is not known is [`NO_VALUE`].
#[must_use]
pub fn lag_text(lag: &PairLag) -> String {
    match lag.class {
        AlignmentClass::Aligned | AlignmentClass::OtherVersion => {
            format!("{} ms", signed(lag.lag_ms, 0))
        }
        AlignmentClass::OtherTempo | AlignmentClass::Unknown => NO_VALUE.to_owned(),
    }
}

/// Whether two maps are aligned and from what it is known, or why they are left out.
#[must_use]
pub fn alignment_text(lag: &PairLag) -> String {
    match lag.class {
        AlignmentClass::Aligned => format!("aligned by {}", lag.source.name()),
        class => format!("{}: left out of aligned figures", why_not_aligned(class).unwrap_or("")),
    }
}

/// From what lags are known, of the pairs that are aligned: `timing points in 30 pairs, same file
/// in 2 pairs`; empty where none is.
#[must_use]
pub fn alignment_sources<'a>(lags: impl Iterator<Item = &'a PairLag>) -> String {
    use AlignmentSource::{Audio, SameFile, TimingPoints};
    let aligned: Vec<_> = lags.filter(|lag| lag.class == AlignmentClass::Aligned).collect();
    let sources = [TimingPoints, Audio, SameFile].map(|source| {
        let n_pairs = aligned.iter().filter(|lag| lag.source == source).count();
        (n_pairs, format!("{} in {}", source.name(), counted(n_pairs, "pair", "pairs")))
    });
    let sources = sources.into_iter().filter(|&(n_pairs, _)| n_pairs > 0);
    sources.map(|(_, text)| text).collect::<Vec<_>>().join(", ")
}

/// Why a pair takes no part in aligned figures; `None` for one that does.
#[must_use]
pub fn why_not_aligned(class: AlignmentClass) -> Option<&'static str> {
    match class {
        AlignmentClass::Aligned => None,
        AlignmentClass::OtherTempo => Some("another tempo"),
        AlignmentClass::OtherVersion => Some("another version of the song"),
        AlignmentClass::Unknown => Some("lag not known"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use carto_types::{Estimate, PairGroups};

    fn lag(class: AlignmentClass, source: AlignmentSource, lag_ms: f64) -> PairLag {
        PairLag { class, source, lag_ms, warning: None }
    }

    #[test]
    fn a_lag_has_its_sign_and_unit_and_what_is_left_out_says_why() {
        use {AlignmentClass as Class, AlignmentSource as Source};
        let aligned = lag(Class::Aligned, Source::TimingPoints, 24.3);
        assert_eq!(lag_text(&aligned), "+24 ms");
        assert_eq!(alignment_text(&aligned), "aligned by timing points");
        assert_eq!(lag_text(&lag(Class::Aligned, Source::SameFile, 0.0)), "0 ms");
        let other = lag(Class::OtherVersion, Source::None, -180.0);
        assert_eq!(lag_text(&other), "−180 ms");
        assert_eq!(
            alignment_text(&other),
            "another version of the song: left out of aligned figures"
        );
        assert_eq!(lag_text(&lag(Class::Unknown, Source::None, 0.0)), "none");
        assert_eq!(why_not_aligned(Class::OtherTempo), Some("another tempo"));
        let same = lag(Class::Aligned, Source::SameFile, 0.0);
        let lags = [same.clone(), aligned, same, other];
        let sources = "timing points in 1 pair, same file in 2 pairs";
        assert_eq!(alignment_sources(lags.iter()), sources);
        assert_eq!(alignment_sources(std::iter::empty()), "");
    }

    #[test]
    fn a_place_is_a_share_or_says_what_it_lacks() {
        let interval = Interval { se: 0.1, low: 0.56, high: 0.954 };
        let share = Estimate { value: 0.75, interval: Some(interval) };
        let n_songs = PairGroups { cross: 17, floor: 24, ceiling: 12 };
        let placed = Placement {
            n_songs,
            class: PlacementClass::Placed,
            song_share: Some(share),
            ..Placement::default()
        };
        assert_eq!(place_text(&placed), "song share 0.75 (0.56 to 0.95)");
        assert_eq!(lacking_songs(&placed), None);
        let few = Placement {
            n_songs: PairGroups { ceiling: 4, ..n_songs },
            class: PlacementClass::Undetermined,
            ..placed
        };
        assert_eq!(place_text(&few), "undetermined");
        assert_eq!(
            lacking_songs(&few).unwrap(),
            "4 of the 10 songs that it needs have two difficulties of like counts by one mapper"
        );
        assert_eq!(with_interval(None, None), "none");
        assert_eq!(with_interval(Some(-0.004), None), "0.00");
    }
}
