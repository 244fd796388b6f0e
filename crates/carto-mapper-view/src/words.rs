//! The sentences of the view.

use carto_charts::number::{counted, fixed, in_words, minutes, n_of};
use carto_charts::{MapperChart, MapperRow, with_interval};
use carto_types::{DifferenceExample, DimensionDifference, EncoderFacts, ExampleMap, StarsApart};

use crate::state::{Found, Progress};

/// Dimensions that a heading names.
const N_NAMED: usize = 2;

/// What sets the mapper apart most, with its interval and number of songs; that nothing does, where
/// nothing is sure.
pub(crate) fn heading(found: &Found) -> String {
    let shown = found.shown();
    let whom = match &shown.against {
        Some(other) => format!("{other}’s of the same songs"),
        None => "the other mappers’ maps of the same songs".to_owned(),
    };
    let songs = counted(shown.n_songs, "song", "songs");
    let mapper = &shown.mapper;
    let typical: Vec<&DimensionDifference> = shown.typical().map(|(it, _)| it).collect();
    if typical.is_empty() {
        let n_all = shown.dimensions.len();
        return format!(
            "Undetermined: in none of {n_all} dimensions is it sure which way {mapper}’s maps differ \
             from {whom}, over {songs}."
        );
    }
    let named: Vec<String> = typical.iter().take(N_NAMED).map(|it| direction(it)).collect();
    let more = match typical.len().saturating_sub(N_NAMED) {
        0 => String::new(),
        n => format!(" {} more below.", capital_count(n)),
    };
    let first = typical.first().map(|it| estimate(it)).unwrap_or_default();
    format!("{mapper}’s maps have {} than {whom}, in {songs}: {first}.{more}", named.join(" and "))
}

fn capital_count(n: usize) -> String {
    carto_charts::number::capital(&in_words(n))
}

/// `wider spacing`, `higher mean_distance`.
pub(crate) fn direction(dimension: &DimensionDifference) -> String {
    let words = carto_charts::direction_text(dimension);
    match words == dimension.verdict.name() {
        true => format!("{words} {}", dimension.name),
        false => words.to_owned(),
    }
}

/// The standardised difference with its interval: `+0.70 (+0.60 to +0.80)`.
pub(crate) fn estimate(dimension: &DimensionDifference) -> String {
    let standardised = dimension.standardised;
    with_interval(standardised.map(|it| it.value), standardised.and_then(|it| it.interval))
}

/// How many maps are of the mapper's own sets, and which pairs are left out.
pub(crate) fn about_maps(found: &Found) -> String {
    let shown = &found.report.fingerprint;
    let maps = counted(shown.n_maps, "map", "maps");
    let guests = match found.n_guest_maps {
        0 => "none of them a guest difficulty".to_owned(),
        n => format!("of them {}", counted(n, "guest difficulty", "guest difficulties")),
    };
    let left_out = match shown.stars.n_songs_left_out {
        0 => String::new(),
        n => format!(
            " {} without a map of like stars by another mapper take no part.",
            counted(n, "song", "songs")
        ),
    };
    let whom = match found.report.head_to_head {
        Some(_) => " with all others",
        None => "",
    };
    format!("{maps} of {} compared{whom}, {guests}.{left_out}", shown.mapper)
}

/// How far apart in stars the compared maps are.
pub(crate) fn about_stars(stars: &StarsApart) -> String {
    let difference = stars.mean_difference.map_or_else(String::new, |mean| {
        let more = if mean < 0.0 { "fewer" } else { "more" };
        format!(" The mapper’s have {} stars {more} on average.", fixed(mean.abs(), 2))
    });
    format!("{}.{difference}", carto_charts::stars_text(stars))
}

/// That the figures are of some of the songs; empty where they are of all.
pub(crate) fn partial(found: &Found) -> String {
    let (n_done, n_all) = found.n_songs;
    match n_done < n_all {
        true => format!(
            "Of {} songs so far: figures change until all are measured.",
            n_of(n_done, n_all)
        ),
        false => String::new(),
    }
}

/// `Measured 8 of 24 songs.`
pub(crate) fn progress_text(progress: Progress) -> String {
    let Progress { n_done, n_all, is_stopped } = progress;
    match is_stopped {
        true => format!("Stopped after {} songs. What is measured stays.", n_of(n_done, n_all)),
        false => format!("Measured {} songs.", n_of(n_done, n_all)),
    }
}

/// `Latents of 8 of 24 songs are measured.`
pub(crate) fn latent_progress_text(progress: Progress) -> String {
    let Progress { n_done, n_all, is_stopped } = progress;
    match is_stopped {
        true => format!(
            "Stopped after the latents of {} songs. What is measured stays.",
            n_of(n_done, n_all)
        ),
        false => format!("Latents of {} songs are measured.", n_of(n_done, n_all)),
    }
}

/// What made the latents; what to do where the run has no encoder.
pub(crate) fn about_latents(encoder: Option<&EncoderFacts>, has_encoder: bool) -> String {
    match encoder {
        Some(encoder) => {
            let untrained = match encoder.is_untrained {
                true => " Its weights are random: they mean nothing about music.",
                false => "",
            };
            format!(
                "the mean of each over a map, by the encoder {}.{untrained} Their numbers have no \
                 direction that has a name.",
                encoder.name
            )
        }
        None if has_encoder => "not measured yet; the button above does that.".to_owned(),
        None => "choose an encoder under your maps, and they can be measured here too.".to_owned(),
    }
}

/// What is said of progress: at the beginning and at each quarter; `None` in between.
pub(crate) fn progress_words(before: Progress, now: Progress) -> Option<String> {
    let quarter = |it: Progress| (4 * it.n_done).checked_div(it.n_all);
    let is_new = before.n_all != now.n_all || quarter(before) != quarter(now);
    (is_new && now.n_all > 0).then(|| progress_text(now))
}

/// What is said once a mapper is compared.
pub(crate) fn measured_text(found: &Found) -> String {
    MapperChart::new(found.shown()).finding()
}

/// A row of the chart as a sentence; of a head-to-head with both lanes.
pub(crate) fn reading(row: &MapperRow, lanes: &[(String, Option<&MapperRow>)]) -> String {
    let lanes: Vec<String> = lanes
        .iter()
        .filter_map(|(name, lane)| {
            Some(format!("{name} against all others {}.", estimate(&lane.as_ref()?.found)))
        })
        .collect();
    [vec![row.reading()], lanes].concat().join(" ")
}

/// The numbers of one dimension beside those that the chart shows, name and value.
pub(crate) fn numbers(row: &MapperRow) -> Vec<(&'static str, String)> {
    let found = &row.found;
    let number = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |it| fixed(it, 3));
    let mean = &found.difference;
    let at_equal_stars = found.at_equal_stars;
    vec![
        ("Standardised difference", estimate(found)),
        ("In its own unit", three(mean.mean, mean.interval)),
        (
            "At equal stars",
            three(at_equal_stars.map(|it| it.value), at_equal_stars.and_then(|it| it.interval)),
        ),
        ("Spread between two mappers", number(found.spread)),
        ("Songs", row.signs_text()),
        ("p, corrected for all dimensions", number(found.q_value)),
        ("Verdict", row.verdict_text()),
    ]
}

fn three(value: Option<f64>, interval: Option<carto_types::Interval>) -> String {
    let Some(value) = value else { return "–".to_owned() };
    let interval = interval
        .map_or_else(String::new, |it| format!(" ({} to {})", fixed(it.low, 3), fixed(it.high, 3)));
    format!("{}{interval}", fixed(value, 3))
}

/// The two maps of an example with their values.
pub(crate) fn example_text(example: &DifferenceExample) -> String {
    let map = |map: &ExampleMap| {
        let stars = map
            .star_rating
            .map_or_else(String::new, |stars| format!(", {} stars", fixed(stars, 2)));
        format!("{} [{}] {}{stars}", map.mapper, map.version, fixed(map.value, 2))
    };
    format!("{} against {}", map(&example.own), map(&example.other))
}

/// A moment of a song: `1:23`.
pub(crate) fn moment_text(moment_ms: f64) -> String {
    minutes(moment_ms / 1000.0)
}

#[cfg(test)]
mod tests {
    use carto_types::{
        DifferenceVerdict, DimensionGroup, Estimate, Interval, MapperFingerprint, MapperReport,
        MeanOverSongs, SongSigns, TypicalDimension, WhyUndetermined,
    };

    use super::*;

    fn dimension(name: &str, value: f64, verdict: DifferenceVerdict) -> DimensionDifference {
        let interval = Some(Interval { se: 0.05, low: value - 0.1, high: value + 0.1 });
        let estimate = Some(Estimate { value, interval });
        let is_sure = verdict != DifferenceVerdict::Undetermined;
        DimensionDifference {
            group: DimensionGroup::Movement,
            name: name.to_owned(),
            difference: MeanOverSongs { n_songs: 14, ..MeanOverSongs::default() },
            signs: SongSigns { n_above: 12, n_below: 2, n_equal: 0 },
            q_value: Some(0.01),
            at_equal_stars: estimate,
            spread: Some(1.0),
            standardised: estimate,
            verdict,
            why_undetermined: (!is_sure).then_some(WhyUndetermined::HoldsZero),
        }
    }

    fn found(verdicts: &[DifferenceVerdict]) -> Found {
        let names = ["SPACING", "mean_distance", "TURN"];
        let values = verdicts.iter().zip(names).map(|(verdict, name)| {
            dimension(name, if *verdict == DifferenceVerdict::Lower { -0.5 } else { 0.7 }, *verdict)
        });
        let dimensions: Vec<_> = values.collect();
        let is_sure = |idx: &u32| {
            let verdict = dimensions.get(*idx as usize).map(|it: &DimensionDifference| it.verdict);
            verdict.is_some_and(|it| it != DifferenceVerdict::Undetermined)
        };
        let typical = (0..dimensions.len() as u32).filter(is_sure);
        let typical =
            typical.map(|dimension_idx| TypicalDimension { dimension_idx, examples: Vec::new() });
        let fingerprint = MapperFingerprint {
            mapper: "Ann".to_owned(),
            against: None,
            n_songs: 14,
            n_maps: 15,
            stars: StarsApart { n_songs_left_out: 2, ..StarsApart::default() },
            typical: typical.collect(),
            dimensions,
        };
        let report = MapperReport::new(fingerprint, None);
        Found { report, of_against: None, others: Vec::new(), n_guest_maps: 3, n_songs: (8, 24) }
    }

    #[test]
    fn a_heading_says_what_is_sure_and_how_sure() {
        use DifferenceVerdict::{Higher, Lower, Undetermined};
        assert_eq!(
            heading(&found(&[Higher, Lower, Higher])),
            "Ann’s maps have wider spacing and lower mean_distance than the other mappers’ maps of \
             the same songs, in 14 songs: 0.70 (0.60 to 0.80). One more below."
        );
        assert_eq!(
            heading(&found(&[Undetermined, Undetermined])),
            "Undetermined: in none of 2 dimensions is it sure which way Ann’s maps differ from the \
             other mappers’ maps of the same songs, over 14 songs."
        );
    }

    #[test]
    fn guests_and_songs_left_out_are_counted() {
        let found = found(&[DifferenceVerdict::Higher]);
        assert_eq!(
            about_maps(&found),
            "15 maps of Ann compared, of them 3 guest difficulties. 2 songs without a map of like \
             stars by another mapper take no part."
        );
        assert_eq!(
            partial(&found),
            "Of 8 of 24 songs so far: figures change until all are measured."
        );
    }

    #[test]
    fn progress_is_said_at_each_quarter() {
        let at = |n_done| Progress { n_done, n_all: 8, is_stopped: false };
        assert_eq!(progress_words(at(0), at(1)), None);
        assert_eq!(progress_words(at(1), at(2)).as_deref(), Some("Measured 2 of 8 songs."));
        assert_eq!(
            progress_words(Progress::default(), at(0)).as_deref(),
            Some("Measured 0 of 8 songs.")
        );
        assert_eq!(latent_progress_text(at(2)), "Latents of 2 of 8 songs are measured.");
        let stopped = Progress { is_stopped: true, ..at(3) };
        assert!(progress_text(stopped).starts_with("Stopped after 3 of 8 songs."));
    }
}
