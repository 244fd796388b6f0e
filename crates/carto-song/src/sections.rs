//! What timing points, kiai times and breaks divide a song into.

use carto_beatmap::beatmap::UninheritedPoint;
use carto_beatmap::osu::TimeMarks;
use carto_types::{SectionKind, SongSection};

use crate::bars::usable_points;
use crate::map::bpm;

/// What lasts less than this is no section, ms: kiai that flashes, points a beat apart. Chosen.
const MIN_SECTION_MS: f64 = 2000.0;

/// A tempo is another one from this share of the one before on: below it, a song that was played
/// by hand would be of as many sections as it has points. Chosen.
const TEMPO_CHANGE: f64 = 0.02;

/// The sections of a stretch of time, ascending and without gaps.
///
/// A break goes before kiai. What lasts less than 2 s belongs to the section before it, the first
/// one to the one behind it.
///
/// - `points`: by time
pub(crate) fn sections(
    points: &[UninheritedPoint],
    marks: &TimeMarks,
    [start_ms, end_ms]: [f64; 2],
) -> Vec<SongSection> {
    let points = usable_points(points);
    let marked = marks.kiai_ms.iter().chain(&marks.breaks_ms).flatten().copied();
    let mut borders_ms: Vec<f64> = points.iter().map(|point| point.time_ms).chain(marked).collect();
    borders_ms.retain(|time_ms| (start_ms..end_ms).contains(time_ms));
    borders_ms.extend([start_ms, end_ms]);
    borders_ms.sort_by(f64::total_cmp);
    borders_ms.dedup();

    let mut sections: Vec<SongSection> = Vec::new();
    for (&from_ms, &to_ms) in borders_ms.iter().zip(borders_ms.iter().skip(1)) {
        let middle_ms = from_ms + (to_ms - from_ms) / 2.0;
        let kind = match marks {
            marks if is_inside(&marks.breaks_ms, middle_ms) => SectionKind::Break,
            marks if is_inside(&marks.kiai_ms, middle_ms) => SectionKind::Kiai,
            _ => SectionKind::Tempo,
        };
        let n_begun = points.partition_point(|point| point.time_ms <= middle_ms);
        let bpm = points.get(n_begun.saturating_sub(1)).map(|point| bpm(point.beat_length_ms));
        let next = SongSection { from_ms, to_ms, kind, bpm, is_tempo_change: false };
        match sections.last_mut() {
            // Nothing but a short begin so far, which belongs to what follows.
            Some(last) if lasts_ms(last) < MIN_SECTION_MS => {
                *last = SongSection { from_ms: last.from_ms, ..next };
            }
            Some(last) if is_like(last, &next) || lasts_ms(&next) < MIN_SECTION_MS => {
                last.to_ms = to_ms;
            }
            // What differs by less than a change is one tempo, by the number of its first section.
            Some(last) if is_one_tempo(last.bpm, next.bpm) => {
                let bpm = last.bpm;
                sections.push(SongSection { bpm, ..next });
            }
            _ => sections.push(next),
        }
    }
    for idx in 1..sections.len() {
        sections[idx].is_tempo_change = !is_one_tempo(sections[idx - 1].bpm, sections[idx].bpm);
    }
    sections
}

fn lasts_ms(section: &SongSection) -> f64 {
    section.to_ms - section.from_ms
}

fn is_like(one: &SongSection, next: &SongSection) -> bool {
    one.kind == next.kind && is_one_tempo(one.bpm, next.bpm)
}

fn is_one_tempo(one: Option<f64>, next: Option<f64>) -> bool {
    match (one, next) {
        (Some(one), Some(next)) => (next - one).abs() <= TEMPO_CHANGE * one,
        (one, next) => one.is_none() && next.is_none(),
    }
}

/// - `stretches_ms`: by begin
fn is_inside(stretches_ms: &[[f64; 2]], time_ms: f64) -> bool {
    let n_begun = stretches_ms.partition_point(|stretch| stretch[0] <= time_ms);
    // Breaks may lie in each other, so not only the last that has begun counts; but who writes a
    // hundred of them over each other gets the last ones.
    stretches_ms[..n_begun].iter().rev().take(100).any(|stretch| time_ms < stretch[1])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(points: &[(f64, f64)], marks: &TimeMarks) -> Vec<(f64, f64, SectionKind, f64, bool)> {
        let points: Vec<_> = points
            .iter()
            .map(|&(time_ms, beat_ms)| UninheritedPoint::new(time_ms, beat_ms, 4.0))
            .collect();
        let found = sections(&points, marks, [500.0, 60_000.0]);
        let of = |it: &SongSection| {
            (it.from_ms, it.to_ms, it.kind, it.bpm.unwrap_or_default(), it.is_tempo_change)
        };
        found.iter().map(of).collect()
    }

    #[test]
    fn kiai_breaks_and_tempos_divide_a_song() {
        let marks = TimeMarks {
            kiai_ms: vec![[10_000.0, 20_000.0], [50_000.0, f64::INFINITY]],
            breaks_ms: vec![[30_000.0, 35_000.0]],
        };
        let expected = [
            (500.0, 10_000.0, SectionKind::Tempo, 120.0, false),
            (10_000.0, 20_000.0, SectionKind::Kiai, 120.0, false),
            (20_000.0, 30_000.0, SectionKind::Tempo, 120.0, false),
            (30_000.0, 35_000.0, SectionKind::Break, 120.0, false),
            (35_000.0, 40_000.0, SectionKind::Tempo, 120.0, false),
            (40_000.0, 50_000.0, SectionKind::Tempo, 150.0, true),
            (50_000.0, 60_000.0, SectionKind::Kiai, 150.0, false),
        ];
        // The point in between repeats the tempo nearly.
        let points = [(1000.0, 500.0), (25_000.0, 503.0), (40_000.0, 400.0)];
        assert_eq!(shown(&points, &marks), expected);
    }

    #[test]
    fn what_flashes_is_no_section() {
        let flash = |at: u32| [f64::from(at) * 1000.0, f64::from(at) * 1000.0 + 300.0];
        let marks = TimeMarks {
            kiai_ms: (1..20)
                .map(flash)
                .chain([[20_000.0, 30_000.0], [30_010.0, 40_000.0]])
                .collect(),
            breaks_ms: Vec::new(),
        };
        let expected = [
            (500.0, 20_000.0, SectionKind::Tempo, 120.0, false),
            (20_000.0, 40_000.0, SectionKind::Kiai, 120.0, false),
            (40_000.0, 60_000.0, SectionKind::Tempo, 120.0, false),
        ];
        assert_eq!(shown(&[(0.0, 500.0)], &marks), expected);
    }

    #[test]
    fn a_song_without_anything_is_one_section() {
        let none = TimeMarks::default();
        assert_eq!(shown(&[], &none), [(500.0, 60_000.0, SectionKind::Tempo, 0.0, false)]);
    }
}
