use carto_types::{AlignmentSource, ByChannel, PairLag, SectionKind, ShiftReach, SongSection};

use super::*;

/// Bars of 1 s from 0 on, each the begin of a window of four; every tenth has no mean r.
pub(crate) fn made(n_bars: u32) -> SongOverTime {
    let end_ms = f64::from(n_bars) * 1000.0;
    let stretch = |from_ms: f64, to_ms: f64, mean: Option<f64>| StretchAgreement {
        from_ms,
        to_ms,
        n_frames: 1,
        r: ByChannel::from_fn(|_| mean),
        mean,
    };
    let start_ms = |idx: u32| f64::from(idx) * 1000.0;
    let bar = |idx: u32| SongBar {
        number: idx as i32 + 1,
        start_ms: start_ms(idx),
        end_ms: start_ms(idx + 1),
        beat_ms: 250.0,
        n_beats: 4,
        meter: 4,
    };
    let window = |idx: u32| AgreementWindow {
        first_bar: idx as i32 + 1,
        agreement: stretch(start_ms(idx), start_ms(idx + 4), (idx % 10 != 9).then_some(0.5)),
        reach: (idx >= 10).then_some(ShiftReach { low: -0.31, high: 0.25, n_shifts: 30 }),
    };
    let section = |from_ms, to_ms, kind| SongSection {
        from_ms,
        to_ms,
        kind,
        bpm: Some(240.0),
        is_tempo_change: false,
    };
    SongOverTime {
        lag: PairLag {
            class: AlignmentClass::Aligned,
            source: AlignmentSource::TimingPoints,
            lag_ms: 24.0,
            warning: None,
        },
        bpm: [Some(240.0); 2],
        whole_ms: [-2000.0, end_ms],
        span_ms: [0.0, end_ms],
        song: stretch(0.0, end_ms, Some(0.4)),
        bars: (0..n_bars).map(bar).collect(),
        sections: vec![
            section(-2000.0, -1000.0, SectionKind::Kiai),
            section(-1000.0, 5000.0, SectionKind::Tempo),
            section(5000.0, end_ms, SectionKind::Break),
        ],
        window_bars: 4,
        windows: (0..n_bars.saturating_sub(3)).map(window).collect(),
        moments: Vec::new(),
    }
}

#[test]
fn a_profile_breaks_where_there_is_no_mean() {
    let (texts, song, strips) = (SongTexts::default(), made(40), Strips::default());
    let chart = SongChart { texts: &texts, song: &song, strips: &strips, here: song.song };
    let runs: Vec<_> = chart.profile().iter().map(Vec::len).collect();
    assert_eq!(runs, [9, 9, 9, 7]);
    assert_eq!(chart.profile()[0][0], ProfilePoint { at: 0.05, mean: 0.5, reach: None });
    assert_eq!(chart.profile()[1][0].reach, Some([-0.31, 0.25]));
    let labels: Vec<_> = chart.axis().labels().map(|(_, text)| text).collect();
    assert_eq!(labels.first().map(String::as_str), Some("−0.4"), "it holds the reach");
    assert!(chart.finding().starts_with("In 25 of 25 windows of 4 bars"), "{}", chart.finding());
    assert!(!chart.is_zoomed());
}

#[test]
fn sections_begin_inside_the_span() {
    let (texts, song, strips) = (SongTexts::default(), made(10), Strips::default());
    let chart = SongChart { texts: &texts, song: &song, strips: &strips, here: song.song };
    let expected = [(0.0, None), (0.5, Some("break"))];
    let sections = chart.sections();
    let found: Vec<_> = sections.iter().map(|it| (it.at, it.text.as_deref())).collect();
    assert_eq!(found, expected);
}

#[test]
fn few_bars_are_all_drawn_and_many_are_thinned() {
    let (texts, song, strips) = (SongTexts::default(), made(200), Strips::default());
    let of = |from_ms: f64, to_ms: f64| {
        let here = StretchAgreement { from_ms, to_ms, ..song.song };
        let bars = SongChart { texts: &texts, song: &song, strips: &strips, here }.bars();
        let labels: Vec<String> = bars.iter().filter_map(|bar| bar.text.clone()).collect();
        (bars.len(), labels)
    };
    assert_eq!(of(4000.0, 8500.0), (5, ["5", "6", "7", "8", "9"].map(str::to_owned).to_vec()));
    let (n_lines, labels) = of(0.0, 200_000.0);
    assert_eq!((n_lines, &labels[..2]), (50, &["1".to_owned(), "33".to_owned()][..]));
}

#[test]
fn times_are_whole_seconds_with_room() {
    let of = |from_ms, to_ms| -> Vec<String> {
        SongChart::times([from_ms, to_ms]).into_iter().filter_map(|time| time.text).collect()
    };
    assert_eq!(of(1500.0, 4200.0), ["0:02", "0:03", "0:04"]);
    assert_eq!(of(0.0, 240_000.0).last().map(String::as_str), Some("4:00"));
    assert!(of(0.0, 7_200_000.0).len() <= 20);
    assert!(SongChart::times([0.0, 0.0]).len() <= 1);
}

#[test]
fn an_event_stands_as_a_peak_and_a_held_note_as_a_block() {
    assert_eq!(strip_height(SignalChannel::Onset, -1.0), 1.0);
    assert_eq!(strip_height(SignalChannel::Sustain, 1.0), 1.0);
    assert_eq!(strip_height(SignalChannel::X, 0.0), 0.5);
    assert_eq!(strip_height(SignalChannel::Y, f32::NAN), 0.0);
}

#[test]
fn times_in_a_song_have_a_tenth() {
    let times_ms = [104_700.0, 59_960.0, 0.0, -20.0, -1250.0, 600_000.0];
    let expected = ["1:44.7", "1:00.0", "0:00.0", "0:00.0", "−0:01.3", "10:00.0"];
    assert_eq!(times_ms.map(clock), expected);
}
