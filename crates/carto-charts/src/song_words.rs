//! The words of two maps over time: sections, moments, what a song shows.

use carto_types::{MomentKind, SectionKind, SongMoment, SongOverTime, SongSection};

use crate::number::{counted, fixed, n_of};

/// What a section is called: `kiai`, `break`, `174 BPM`; `None` for one that nothing sets apart but
/// the end of the section before.
#[must_use]
pub fn section_name(section: &SongSection) -> Option<String> {
    let tempo = || section.bpm.map(|bpm| format!("{} BPM", fixed(bpm, 0)));
    match section.kind {
        SectionKind::Kiai | SectionKind::Break => Some(section.kind.name().to_owned()),
        SectionKind::Tempo => section.is_tempo_change.then(tempo).flatten(),
    }
}

/// What a moment is about: `FINISH and ONSET together`, `COMBO and Y apart`.
#[must_use]
pub fn moment_text(moment: &SongMoment) -> String {
    let how = match moment.kind {
        MomentKind::Agreement => "together",
        MomentKind::Divergence => "apart",
    };
    let names: Vec<_> = moment.channels.iter().map(|channel| channel.name()).collect();
    format!("{} {how}", names.join(" and "))
}

/// What a song shows, as a sentence: in how many windows the two are more alike than shifted by
/// whole bars.
#[must_use]
pub fn song_finding(song: &SongOverTime) -> String {
    let reached = song.windows.iter().filter_map(|it| Some((it.agreement.mean?, it.reach?)));
    let (mut n_windows, mut n_above) = (0, 0);
    for (mean, reach) in reached {
        n_windows += 1;
        n_above += usize::from(mean > reach.high);
    }
    match (n_windows, song.song.mean) {
        (0, None) => "Nothing can be said of their agreement.".to_owned(),
        (0, Some(mean)) => format!("Over the song their mean r is {}.", fixed(mean, 2)),
        _ => format!(
            "In {} windows of {} they are more alike than shifted by whole bars.",
            n_of(n_above, n_windows),
            counted(song.window_bars, "bar", "bars")
        ),
    }
}

#[cfg(test)]
mod tests {
    use carto_types::SignalChannel;

    use super::*;

    #[test]
    fn a_section_is_called_by_what_sets_it_apart() {
        let name = |kind, is_tempo_change| {
            let bpm = Some(173.99);
            let section = SongSection { from_ms: 0.0, to_ms: 1.0, kind, bpm, is_tempo_change };
            section_name(&section)
        };
        assert_eq!(name(SectionKind::Kiai, true).as_deref(), Some("kiai"));
        assert_eq!(name(SectionKind::Break, false).as_deref(), Some("break"));
        assert_eq!(name(SectionKind::Tempo, true).as_deref(), Some("174 BPM"));
        assert_eq!(name(SectionKind::Tempo, false), None);
    }

    #[test]
    fn a_moment_names_its_channels() {
        let text = |kind, channels: &[SignalChannel]| {
            let (from_ms, to_ms, mean) = (0.0, 1.0, 0.5);
            let channels = channels.to_vec();
            moment_text(&SongMoment {
                number: 1,
                kind,
                first_bar: 1,
                from_ms,
                to_ms,
                mean,
                channels,
            })
        };
        let two = [SignalChannel::Finish, SignalChannel::Onset];
        assert_eq!(text(MomentKind::Agreement, &two), "FINISH and ONSET together");
        assert_eq!(text(MomentKind::Divergence, &two[..1]), "FINISH apart");
    }
}
