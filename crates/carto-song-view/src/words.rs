//! The sentences of the view.

use carto_charts::number::{clock, fixed, minutes, n_of};
use carto_charts::{alignment_text, lag_text, moment_text, song_finding, why_not_aligned};
use carto_types::{MomentKind, OfferedSong, PairLag, SongOverTime};

use crate::choice::mappers;
use crate::visible::Stretch;

/// What stands above the title: `Song · 2 of 4 mappers · 174 BPM · 2:04`.
pub(crate) fn kicker(song: &OfferedSong, over_time: Option<&SongOverTime>) -> String {
    let n_mappers = mappers(song).len();
    let mut parts =
        vec!["Song".to_owned(), format!("{} mappers", n_of(2.min(n_mappers), n_mappers))];
    if let Some(over_time) = over_time {
        parts.extend(over_time.bpm[0].map(|bpm| format!("{} BPM", fixed(bpm, 0))));
        parts.push(minutes(over_time.whole_ms[1] / 1000.0));
    }
    parts.join(" · ")
}

/// What agreement through the song comes to: the finding, and more about it.
pub(crate) fn finding(song: &SongOverTime) -> (String, String) {
    let mean =
        song.song.mean.map(|mean| format!("Over the song the mean r is {}.", fixed(mean, 2)));
    let mean = mean.unwrap_or_default();
    let strongest = song.moments.iter().find(|it| it.kind == MomentKind::Agreement);
    let strongest = strongest
        .map(|moment| format!(" Strongest at {}: {}.", clock(moment.from_ms), moment_text(moment)));
    let more = format!("{mean}{}", strongest.unwrap_or_default());
    let finding = match why_not_aligned(song.lag.class) {
        Some(why) => format!("These two cannot be aligned: {why}."),
        None => song_finding(song),
    };
    (finding, more)
}

/// Which bars are visible: `bars 71 to 78`, and where there are none, the times.
pub(crate) fn bars_text(song: &SongOverTime, visible: Stretch) -> String {
    let is_seen = |bar: &&carto_types::SongBar| {
        // A bar of which a line's width is seen does not count.
        let margin_ms = 0.02 * (bar.end_ms - bar.start_ms);
        bar.end_ms > visible.from_ms + margin_ms && bar.start_ms < visible.to_ms - margin_ms
    };
    let mut seen = song.bars.iter().filter(is_seen);
    match (seen.next(), seen.next_back()) {
        (Some(first), Some(last)) => format!("bars {} to {}", first.number, last.number),
        (Some(only), None) => format!("bar {}", only.number),
        (None, _) => format!("{} to {}", clock(visible.from_ms), clock(visible.to_ms)),
    }
}

/// The approach rate of a map, as players know it: `AR 9.2`.
///
/// - `preempt_ms`: how long before its time an object appears
pub(crate) fn approach_rate(preempt_ms: f64) -> String {
    // osu!'s own rule: 1,200 ms at 5, 120 ms a step below it and 150 ms above.
    let rate = match preempt_ms > 1_200.0 {
        true => (1_800.0 - preempt_ms) / 120.0,
        false => 5.0 + (1_200.0 - preempt_ms) / 150.0,
    };
    let text = fixed(rate, 1);
    format!("AR {}", text.strip_suffix(".0").unwrap_or(&text))
}

/// By how much the times of the two lie apart, and from what that is known.
pub(crate) fn alignment(lag: &PairLag) -> String {
    let warning = lag.warning.as_ref().map(|warning| format!(" Note: {warning}."));
    let known = format!("Lag {}: {}.", lag_text(lag), alignment_text(lag));
    format!("{known}{}", warning.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use carto_types::{
        AgreementWindow, AlignmentClass, AlignmentSource, ByChannel, ShiftReach, SignalChannel,
        SongMoment, StretchAgreement,
    };

    use super::*;
    use crate::choice::tests::song as offered;
    use crate::score::tests::bar;

    fn agreement(mean: Option<f64>) -> StretchAgreement {
        let r = ByChannel::from_fn(|_| mean);
        StretchAgreement { from_ms: 0.0, to_ms: 2_000.0, n_frames: 300, r, mean }
    }

    fn song(class: AlignmentClass) -> SongOverTime {
        let reach = |high| Some(ShiftReach { low: -0.1, high, n_shifts: 20 });
        let window =
            |mean, reach| AgreementWindow { first_bar: 1, agreement: agreement(mean), reach };
        SongOverTime {
            lag: PairLag {
                class,
                source: AlignmentSource::TimingPoints,
                lag_ms: 24.0,
                warning: None,
            },
            bpm: [Some(173.9), None],
            whole_ms: [500.0, 124_000.0],
            span_ms: [500.0, 120_000.0],
            song: agreement(Some(0.414)),
            bars: (1..10).map(bar).collect(),
            sections: Vec::new(),
            window_bars: 4,
            windows: vec![
                window(Some(0.5), reach(0.2)),
                window(Some(0.1), reach(0.2)),
                window(None, reach(0.2)),
            ],
            moments: vec![SongMoment {
                number: 1,
                kind: MomentKind::Agreement,
                first_bar: 3,
                from_ms: 19_000.0,
                to_ms: 21_000.0,
                mean: 0.61,
                channels: vec![SignalChannel::Finish, SignalChannel::Combo],
            }],
        }
    }

    #[test]
    fn the_finding_is_that_of_the_figure_unless_the_two_cannot_be_aligned() {
        let (finding, more) = finding(&song(AlignmentClass::Aligned));
        assert_eq!(
            finding,
            "In 1 of 2 windows of 4 bars they are more alike than shifted by whole bars."
        );
        assert_eq!(
            more,
            "Over the song the mean r is 0.41. Strongest at 0:19.0: FINISH and COMBO together."
        );
        let (finding, _) = super::finding(&song(AlignmentClass::OtherTempo));
        assert_eq!(finding, "These two cannot be aligned: another tempo.");
    }

    #[test]
    fn approach_rates_are_those_that_players_know() {
        let rates = [1_800.0, 1_200.0, 570.0, 450.0].map(approach_rate);
        assert_eq!(rates, ["AR 0", "AR 5", "AR 9.2", "AR 10"]);
    }

    #[test]
    fn titles_say_whose_how_fast_and_how_long() {
        let song = song(AlignmentClass::Aligned);
        assert_eq!(kicker(&offered(), Some(&song)), "Song · 2 of 3 mappers · 174 BPM · 2:04");
        assert_eq!(kicker(&offered(), None), "Song · 2 of 3 mappers");
        assert_eq!(bars_text(&song, Stretch::new(2_000.0, 5_000.0)), "bars 2 to 4");
        assert_eq!(bars_text(&song, Stretch::new(2_100.0, 2_900.0)), "bar 2");
        assert_eq!(bars_text(&song, Stretch::new(90_000.0, 91_000.0)), "1:30.0 to 1:31.0");
        assert_eq!(alignment(&song.lag), "Lag +24 ms: aligned by timing points.");
    }
}
