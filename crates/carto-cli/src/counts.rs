//! The counts of a run, from what was read to what was compared, so that each follows from the
//! one before it, and what the other rules may do about what was left out.

use std::collections::{BTreeMap, BTreeSet};

use carto_charts::number::counted;
use carto_types::{
    Cause, Issue, MapStatus, Mode, PlannedPair, RunRecord, Severity, SongOutcome, SourceKind,
    Summary, match_key,
};

/// What was read, how many of its songs were compared and why the others were not, and what
/// was left out, a line each.
pub(crate) fn lines(run: &RunRecord, summary: &Summary) -> Vec<String> {
    let mut lines = vec![read(run), songs(run, summary)];
    lines.extend(left_out(&summary.issues));
    lines
}

/// `3 archives, 1 single map: 12 maps (2 of other games) of 4 songs (osu rules)`.
fn read(run: &RunRecord) -> String {
    let n_bare = run.archives.iter().filter(|it| it.kind == SourceKind::BareMap).count();
    let n_archives = run.archives.len() - n_bare;
    let sources = [
        (n_archives, counted(n_archives, "archive", "archives")),
        (n_bare, counted(n_bare, "single map", "single maps")),
    ];
    let sources: Vec<_> = sources.into_iter().filter(|(n, _)| *n > 0).map(|(_, it)| it).collect();
    let n_maps: usize = run.archives.iter().map(|archive| archive.maps.len()).sum();
    let n_songs = run.plan.n_songs_in_all;
    format!(
        "{}: {}{} of {} ({} rules)",
        sources.join(", "),
        counted(n_maps, "map", "maps"),
        not_used(run),
        counted(n_songs, "song", "songs"),
        run.mode.name()
    )
}

/// ` (18 of other games, 4 refused)`: those of all maps that take no part by what they are;
/// empty where all do.
fn not_used(run: &RunRecord) -> String {
    let maps = run.archives.iter().flat_map(|archive| &archive.maps);
    let causes = || maps.clone().filter_map(|map| Some(&map.refusal.as_ref()?.cause));
    let n_others = causes().filter(|cause| **cause == Cause::OtherMode).count();
    let n_refused = causes().count() - n_others;
    let parts = [(n_others, "of other games"), (n_refused, "refused")];
    let parts = parts.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}"));
    match parts.collect::<Vec<_>>() {
        parts if parts.is_empty() => String::new(),
        parts => format!(" ({})", parts.join(", ")),
    }
}

/// `4 songs: 1 by one mapper; 3 by two mappers or more, of which 2 were compared and 1 was not
/// (maps left out of it: 1 overlapping objects)`.
fn songs(run: &RunRecord, summary: &Summary) -> String {
    let n_all = run.plan.n_songs_in_all as usize;
    let n_shared = run.plan.index.len();
    let n_compared = summary.track_a.as_ref().map_or(0, |track| track.songs_analyzed as usize);
    let n_not = n_shared.saturating_sub(n_compared);
    let were = |n: usize| if n == 1 { "was" } else { "were" };
    let why = match n_not {
        0 => String::new(),
        n => format!(" and {n} {} not{}", were(n), why_not_compared(run)),
    };
    format!(
        "{}: {} by one mapper; {n_shared} by two mappers or more, of which {n_compared} {} \
         compared{why}",
        counted(n_all, "song", "songs"),
        n_all.saturating_sub(n_shared),
        were(n_compared),
    )
}

/// The causes for which maps of songs without a pair were left out, the most frequent first.
fn why_not_compared(run: &RunRecord) -> String {
    let (left_out, without_pair): (Vec<_>, Vec<_>) = run
        .outcomes
        .iter()
        .filter(|outcome| outcome.pairs.is_empty())
        .partition(|outcome| had_pairs(run, outcome));
    let n_not = without_pair.len();
    let doubtful = match left_out.len() {
        0 => None,
        n => Some(format!(
            "{} with doubtful pairs alone, which are left out",
            counted(n, "song", "songs")
        )),
    };
    let causes =
        without_pair.iter().flat_map(|outcome| &outcome.maps).filter_map(|map| match &map.status {
            MapStatus::Refused(refusal) => Some(&refusal.cause),
            MapStatus::Encoded => None,
        });
    let unread = match by_cause(causes) {
        _ if n_not == 0 => None,
        causes if causes.is_empty() => {
            Some("fewer than two of its mappers have a map that is read".to_owned())
        }
        causes => Some(format!("maps left out of them: {causes}")),
    };
    let why: Vec<_> = doubtful.into_iter().chain(unread).collect();
    format!(" ({})", why.join("; "))
}

/// Whether a song without pairs had some, which are left out as doubtful.
fn had_pairs(run: &RunRecord, outcome: &SongOutcome) -> bool {
    let plan = run.plan.songs.iter().find(|plan| plan.song_idx == outcome.song_idx);
    let is_encoded = |idx: u32| {
        outcome.maps.get(idx as usize).is_some_and(|map| map.status == MapStatus::Encoded)
    };
    let is_compared = |pair: &PlannedPair| is_encoded(pair.a) && is_encoded(pair.b);
    run.leaves_out_doubtful && plan.is_some_and(|plan| plan.pairs.iter().any(is_compared))
}

/// `5 left out: 3 one mapper, 2 no audio; 1 warning. report.json names each`; nothing where
/// all was used and nothing is odd.
fn left_out(issues: &[Issue]) -> Option<String> {
    let skipped = || issues.iter().filter(|issue| issue.severity == Severity::Skipped);
    let n_skipped = skipped().count();
    let n_warnings = issues.len() - n_skipped;
    let warnings = counted(n_warnings, "warning", "warnings");
    match (n_skipped, n_warnings) {
        (0, 0) => None,
        (0, _) => Some(format!("nothing left out; {warnings}: report.json names each")),
        (n, _) => {
            let causes = by_cause(skipped().map(|issue| &issue.cause));
            Some(format!("{n} left out ({causes}), {warnings}: report.json names each"))
        }
    }
}

/// `3 one mapper, 2 no audio`: the most frequent first.
fn by_cause<'a>(causes: impl Iterator<Item = &'a Cause>) -> String {
    let mut counts = BTreeMap::<&str, usize>::new();
    causes.for_each(|cause| *counts.entry(cause.as_str()).or_default() += 1);
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    let words = |cause: &str| match cause {
        "no-head" => "without a title".to_owned(),
        "missing-mode" => "without a line Mode".to_owned(),
        cause => cause.replace('-', " "),
    };
    let counts = counts.into_iter().map(|(cause, n)| format!("{n} {}", words(cause)));
    counts.collect::<Vec<_>>().join(", ")
}

/// What the other rules may use of what these left out; `None` where they would leave it out
/// too.
pub(crate) fn other_rules(run: &RunRecord, summary: &Summary) -> Option<String> {
    match run.mode {
        Mode::Published => what_osu_rules_read(summary),
        Mode::Osu => what_published_rules_compare(run),
    }
}

fn what_osu_rules_read(summary: &Summary) -> Option<String> {
    let skipped = || summary.issues.iter().filter(|issue| issue.severity == Severity::Skipped);
    let n_refused = skipped().filter(|issue| is_refused_as_published_only(&issue.cause)).count();
    let has_single = skipped().any(|issue| issue.cause == Cause::OneMapper);
    let refused = (n_refused > 0).then(|| {
        let (is, it) = if n_refused == 1 { ("is", "it") } else { ("are", "them") };
        format!("{n_refused} of what was left out {is} refused by the published rules alone: `--mode osu` may read {it}")
    });
    let single = has_single.then(|| {
        let also = if refused.is_some() { "it" } else { "`--mode osu`" };
        format!("{also} counts a guest difficulty as its maker's, so a set by one host may have two mappers")
    });
    let hint: Vec<_> = refused.into_iter().chain(single).collect();
    (!hint.is_empty()).then(|| hint.join("; "))
}

/// Songs of two hosts of which no pair was compared: the published rules take each difficulty
/// for its host's, and have a pair there.
fn what_published_rules_compare(run: &RunRecord) -> Option<String> {
    let mut hosts = BTreeMap::<String, BTreeSet<&str>>::new();
    for head in run.archives.iter().filter_map(|archive| archive.head.as_ref()) {
        hosts.entry(match_key(&head.title, &head.artist)).or_default().insert(&head.creator);
    }
    let with_pairs = run.outcomes.iter().filter(|outcome| !outcome.pairs.is_empty());
    let compared: BTreeSet<_> = with_pairs
        .filter_map(|outcome| run.plan.index.get(outcome.song_idx as usize))
        .map(|song| &song.match_key)
        .collect();
    let n = hosts.iter().filter(|(key, hosts)| hosts.len() > 1 && !compared.contains(key)).count();
    (n > 0).then(|| {
        let (have, them) = if n == 1 { ("song has", "it") } else { ("songs have", "them") };
        format!(
            "{n} {have} sets of two hosts and no pair by the osu rules; `--mode published` counts \
             each difficulty as its set's host's, and may compare {them}"
        )
    })
}

/// Whether the osu rules do not have this cause, or judge it otherwise.
fn is_refused_as_published_only(cause: &Cause) -> bool {
    matches!(
        cause,
        Cause::UpperCaseEnding
            | Cause::MapsNotSeen
            | Cause::MissingMode
            | Cause::MissingSection
            | Cause::MissingField
            | Cause::NotANumber
            | Cause::NotUtf8
            | Cause::MalformedEvent
            | Cause::MalformedTimingPoint
            | Cause::MalformedObject
            | Cause::MalformedSlider
            | Cause::OverlappingObjects
            | Cause::BezierWithoutFrame
            | Cause::ArcWithoutLength
            | Cause::SignalNotFinite
            | Cause::NoAudio
            | Cause::AudioInFolder
    )
}

#[cfg(test)]
mod tests {
    use carto_types::{ArchiveFacts, SetHead};

    use super::*;

    fn issue(cause: Cause) -> Issue {
        Issue::skipped("a.osz", cause, "why")
    }

    fn run(mode: Mode, n_songs: u32) -> RunRecord {
        RunRecord {
            leaves_out_doubtful: false,
            mode,
            owners: Vec::new(),
            archives: Vec::new(),
            plan: carto_types::StudyPlan { n_songs_in_all: n_songs, ..Default::default() },
            outcomes: Vec::new(),
            latent: None,
            is_cancelled: false,
            issues: Vec::new(),
            times: Vec::new(),
        }
    }

    fn summary(issues: Vec<Issue>) -> Summary {
        Summary {
            doubtful: carto_types::DoubtCounts::default(),
            track_a: None,
            track_b: None,
            synthesis: None,
            evidence: None,
            songs: Vec::new(),
            issues,
            files: Vec::new(),
        }
    }

    #[test]
    fn causes_are_counted_and_the_most_frequent_stands_first() {
        let odd = Issue::warning("b", Cause::AudioEndsEarly, "odd");
        let issues = [issue(Cause::NoAudio), issue(Cause::OneMapper), issue(Cause::OneMapper), odd];
        let expected = "3 left out (2 one mapper, 1 no audio), 1 warning: report.json names each";
        assert_eq!(left_out(&issues).as_deref(), Some(expected));
        assert_eq!(left_out(&[]), None);
    }

    #[test]
    fn the_other_rules_are_named_where_they_may_help() {
        let hint = |mode, cause| other_rules(&run(mode, 1), &summary(vec![issue(cause)]));
        let published = hint(Mode::Published, Cause::OverlappingObjects).unwrap();
        assert!(published.contains("--mode osu"), "{published}");
        let single = hint(Mode::Published, Cause::OneMapper).unwrap();
        assert!(single.starts_with("`--mode osu` counts a guest difficulty"), "{single}");
        assert_eq!(
            hint(Mode::Osu, Cause::OneMapper),
            None,
            "one mapper by the published rules too"
        );
        assert_eq!(hint(Mode::Osu, Cause::NotABeatmap), None);
        assert_eq!(hint(Mode::Published, Cause::UnreadableArchive), None);
    }

    #[test]
    fn the_published_rules_are_named_for_songs_of_two_hosts_without_a_pair() {
        let set = |creator: &str| ArchiveFacts {
            name: format!("{creator}.osz"),
            kind: SourceKind::Archive,
            head: Some(SetHead {
                title: "Tide".to_owned(),
                artist: "Nobody".to_owned(),
                creator: creator.to_owned(),
            }),
            maps: Vec::new(),
            issues: Vec::new(),
        };
        let hint = |hosts: &[&str]| {
            let archives = hosts.iter().map(|host| set(host)).collect();
            other_rules(&RunRecord { archives, ..run(Mode::Osu, 1) }, &summary(Vec::new()))
        };
        assert!(hint(&["Ann", "Bea"]).unwrap().starts_with("1 song has sets of two hosts"));
        assert_eq!(hint(&["Ann", "Ann"]), None);
    }

    #[test]
    fn songs_by_one_mapper_and_by_several_are_all_songs() {
        let line = songs(&run(Mode::Osu, 4), &summary(Vec::new()));
        let expected =
            "4 songs: 4 by one mapper; 0 by two mappers or more, of which 0 were compared";
        assert_eq!(line, expected);
    }
}
