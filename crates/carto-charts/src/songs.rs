//! Song by song: which of them are heard alike.

use std::cmp::Ordering;

use carto_types::SignalChannel;

use crate::matrix::{r_text, row_cells, row_text};
use crate::mean::correlation;
use crate::number::counted;
use crate::text::{ChartText, shortened};

/// One song with pairs.
#[derive(Debug, Clone, PartialEq)]
pub struct SongRow {
    /// Title of the song.
    pub title: String,
    /// Artist of the song.
    pub artist: String,
    /// Distinct mappers.
    pub n_mappers: u32,
    /// Pairs compared.
    pub n_pairs: u32,
    /// Mean r of each channel over those pairs.
    pub r: [f64; SignalChannel::COUNT],
}

impl SongRow {
    /// The song's timing r with two decimals, or that there is none.
    #[must_use]
    pub fn timing_text(&self) -> String {
        r_text(correlation(timing_r(&self.r)))
    }
}

/// The timing r of a song, the quickest reading of it: the mean of ONSET and COMBO.
#[must_use]
pub fn timing_r([onset, combo, ..]: &[f64; SignalChannel::COUNT]) -> f64 {
    (onset + combo) / 2.0
}

/// The songs of one run, as a picture.
#[derive(Debug, Clone, PartialEq)]
pub struct SongsChart {
    /// Songs in the order to draw: by timing r, highest first, what has none last. Where there
    /// are more than 40, the 20 at either end.
    pub rows: Vec<SongRow>,
    n_songs: usize,
}

impl SongsChart {
    /// Most songs of one picture.
    pub const MAX_ROWS: usize = 40;

    const HEADING: &str = "Agreement between mappers, song by song";

    /// - `rows`: all songs with pairs, in any order
    #[must_use]
    pub fn new(mut rows: Vec<SongRow>) -> Self {
        rows.sort_by(|a, b| {
            let (a_r, b_r) = (timing_r(&a.r), timing_r(&b.r));
            let by_r = match (a_r.is_nan(), b_r.is_nan()) {
                (false, false) => b_r.partial_cmp(&a_r).unwrap_or(Ordering::Equal),
                (a_is_nan, b_is_nan) => a_is_nan.cmp(&b_is_nan),
            };
            by_r.then_with(|| (&a.title, &a.artist).cmp(&(&b.title, &b.artist)))
        });
        let n_songs = rows.len();
        if n_songs > Self::MAX_ROWS {
            rows.drain(Self::MAX_ROWS / 2..n_songs - Self::MAX_ROWS / 2);
        }
        Self { rows, n_songs }
    }

    /// Whether songs between the ends are left out.
    #[must_use]
    pub fn is_cut(&self) -> bool {
        self.n_songs > Self::MAX_ROWS
    }

    /// What is written around the picture.
    #[must_use]
    pub fn text(&self) -> ChartText {
        let left_out = match self.is_cut() {
            true => {
                let (half, n_songs) = (Self::MAX_ROWS / 2, counted(self.n_songs, "song", "songs"));
                format!("Drawn are the {half} highest and the {half} lowest of {n_songs}. ")
            }
            false => String::new(),
        };
        let caption = vec![
            "Mean Pearson r of each channel over the pairs of a song.".to_owned(),
            format!(
                "{left_out}Songs stand by timing r, the mean of ONSET and COMBO, highest first."
            ),
        ];
        let end = |row: &SongRow| format!("{} ({})", row.timing_text(), row.title);
        let finding = match &self.rows[..] {
            [first, .., last] => Some(format!("timing r from {} to {}", end(first), end(last))),
            _ => None,
        };
        let rows = self.rows.iter().map(|row| {
            let (SongRow { title, artist, .. }, cells) = (row, row_text(&row.r, row_cells(0)));
            format!("{title} by {artist}, {}: {cells}.", counted(row.n_pairs, "pair", "pairs"))
        });
        let rows = rows.collect::<Vec<_>>().join(" ");
        ChartText::new(Self::HEADING.to_owned(), finding, caption, &rows)
    }
}

/// The heading of the page's table of songs.
///
/// - `timing`: title and timing r of each finished song
/// - `is_running`: whether more songs are coming
#[must_use]
pub fn songs_finding(timing: &[(&str, f64)], is_running: bool) -> String {
    const MAX_CHARS: usize = 36;
    let by_r = |a: &&(&str, f64), b: &&(&str, f64)| a.1.total_cmp(&b.1);
    match (timing.iter().max_by(by_r), timing.iter().min_by(by_r)) {
        (Some(most), Some(least)) if !is_running && most.0 != least.0 => format!(
            "Timing is most alike in {}, least in {}.",
            shortened(most.0, MAX_CHARS),
            shortened(least.0, MAX_CHARS)
        ),
        _ => "Where each song stands".to_owned(),
    }
}

/// What a result is called that nobody gave a name: `14 songs, 2026-11-30`, of one song
/// its title.
///
/// - `only_title`: of the song, where there is one
/// - `day`: on which it was made, where that is known
#[must_use]
pub fn result_name(n_songs: usize, only_title: Option<&str>, day: Option<&str>) -> String {
    let what = match (n_songs, only_title) {
        (0, _) => "A result".to_owned(),
        (1, Some(title)) if !title.trim().is_empty() => title.trim().to_owned(),
        _ => counted(n_songs, "song", "songs"),
    };
    day.map_or(what.clone(), |day| format!("{what}, {day}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn song(title: &str, timing: f64) -> SongRow {
        SongRow {
            title: title.to_owned(),
            artist: "Kite Season".to_owned(),
            n_mappers: 2,
            n_pairs: 1,
            r: [timing; 9],
        }
    }

    #[test]
    fn a_result_without_a_name_is_called_by_its_songs_and_day() {
        let day = Some("2026-11-30");
        assert_eq!(result_name(14, None, day), "14 songs, 2026-11-30");
        assert_eq!(result_name(1, Some(" Tide "), day), "Tide, 2026-11-30");
        assert_eq!(result_name(1, None, None), "1 song");
        assert_eq!(result_name(0, None, None), "A result");
    }

    #[test]
    fn songs_stand_by_timing_and_what_has_none_stands_last() {
        let songs = [("A", f64::NAN), ("B", 0.1), ("D", 0.7), ("C", 0.7)];
        let chart = SongsChart::new(songs.map(|(title, r)| song(title, r)).to_vec());
        let titles: Vec<_> = chart.rows.iter().map(|row| row.title.as_str()).collect();
        assert_eq!(titles, ["C", "D", "B", "A"]);
        let title = chart.text().title;
        assert!(title.ends_with(": timing r from 0.70 (C) to none (A)"), "{title}");
        assert!(!chart.is_cut());
    }

    #[test]
    fn songs_are_compared_by_title() {
        let timing = [("Glasshouse Rain", 0.52), ("Paper Lanterns", 0.56), ("Neon Tidepool", 0.3)];
        assert_eq!(
            songs_finding(&timing, false),
            "Timing is most alike in Paper Lanterns, least in Neon Tidepool."
        );
        assert_eq!(songs_finding(&timing, true), "Where each song stands");
        assert_eq!(songs_finding(&timing[..1], false), "Where each song stands");
    }

    #[test]
    fn long_titles_are_cut_between_characters() {
        let title =
            "そのとき見た夜空の色をわたしはいまでも思い出すことができるのだろうか、いつまでも";
        let heading = songs_finding(&[(title, 0.5), ("B", 0.1)], false);
        let shown = heading.strip_prefix("Timing is most alike in ").unwrap();
        assert_eq!(shown.split_once(',').unwrap().0.chars().count(), 37);
    }
}
