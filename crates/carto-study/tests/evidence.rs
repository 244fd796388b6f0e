//! The evidence of a whole run: against an outside implementation, and what it may not change.
//!
//! `../shared/golden/evidence/pairs.json` was written by the programs beside it; never edit it,
//! and never loosen a tolerance to make this pass.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "tests may fail loudly"
)]

use std::io::Cursor;

use carto_archive::write_archive;
use carto_beatmap::beatmap::Beatmap;
use carto_beatmap::limits::Limits;
use carto_beatmap::{osu, published};
use carto_demo::{DemoConfig, DemoMap, click_track, demo_maps};
use carto_study::{
    MapSource, OtherSongs, add_other_songs, compare_song, plan, plan_evidence, scan, summarise,
};
use carto_types::{
    AlignmentClass, AlignmentSource, ArchiveFacts, Cause, EvidenceFloor, EvidenceTableKind, Mode,
    Packed, PairKind, PairLag, RunRecord, SetEvidence, SourceKind, Summary,
};
use serde_json::Value;

/// How far values may lie apart: the goldens have nine decimals.
const TOLERANCE: f64 = 1e-6;

/// A file and its name.
type File = (String, Vec<u8>);

/// A run without latents.
fn study(files: &[File], kind: SourceKind, mode: Mode, has_evidence: bool) -> (RunRecord, Summary) {
    let source = |idx: usize| MapSource::of_file(kind, Ok(Cursor::new(&files[idx].1)));
    let archives: Vec<ArchiveFacts> =
        files.iter().enumerate().map(|(idx, (name, _))| scan(source(idx), name, mode)).collect();
    let mut plan = plan(&archives, mode, &[]);
    if has_evidence {
        plan_evidence(&mut plan, &archives, mode);
    }
    let outcomes = plan.songs.iter().map(|song| {
        let mut open = |slot: usize| source(song.archives[slot] as usize);
        compare_song(song, mode, &mut open, &mut |_, _| {})
    });
    let mut run = RunRecord {
        mode,
        owners: Vec::new(),
        outcomes: outcomes.collect(),
        archives,
        plan,
        latent: None,
        is_cancelled: false,
        leaves_out_doubtful: false,
        issues: Vec::new(),
        times: Vec::new(),
    };
    let summary = summarise(&mut run, true);
    (run, summary)
}

/// Everything that differs, with its place.
fn differences(path: &str, actual: &Value, expected: &Value, faults: &mut Vec<String>) {
    match (actual, expected) {
        (Value::Object(actual), Value::Object(expected)) => {
            for (key, expected) in expected {
                let actual = actual.get(key).unwrap_or(&Value::Null);
                differences(&format!("{path}.{key}"), actual, expected, faults);
            }
        }
        (Value::Array(actual), Value::Array(expected)) if actual.len() == expected.len() => {
            for (idx, (actual, expected)) in actual.iter().zip(expected).enumerate() {
                differences(&format!("{path}.{idx}"), actual, expected, faults);
            }
        }
        (Value::Number(actual), Value::Number(expected)) => {
            let (actual, expected) = (actual.as_f64().unwrap(), expected.as_f64().unwrap());
            if (actual - expected).abs() > TOLERANCE {
                faults.push(format!("{path}: {actual}, golden {expected}"));
            }
        }
        _ if actual != expected => faults.push(format!("{path}: {actual}, golden {expected}")),
        _ => {}
    }
}

/// Whether both rules read the same events of a map, and the same span.
fn has_equal_events(bytes: &[u8]) -> bool {
    let limits = Limits::default();
    let published = published::read(bytes, &limits).unwrap();
    let as_osu = osu::read(bytes, &limits).unwrap().beatmap;
    let events = |map: &Beatmap| {
        let events = map.hit_objects.iter().map(|it| (it.start_ms, it.new_combo, it.hit_sound));
        (events.collect::<Vec<_>>(), map.end_ms())
    };
    events(&published) == events(&as_osu)
}

/// The figures of a golden pair without those of channels that are no events.
fn of_events(golden: &Value) -> Value {
    const OTHERS: [&str; 4] = ["SLIDE", "SUSTAIN", "X", "Y"];
    match golden {
        Value::Object(entries) => {
            let entries = entries.iter().filter(|(key, _)| !OTHERS.contains(&key.as_str()));
            Value::Object(entries.map(|(key, value)| (key.clone(), of_events(value))).collect())
        }
        other => other.clone(),
    }
}

/// The cross pairs of the corpus in a run of single maps, against the goldens.
///
/// The goldens read maps by the published rules, the run by those of osu!, whose slider paths
/// differ a little in nearly every map. So pairs of maps with the same events by both rules are
/// compared by what depends on events alone, and the others by class and lag.
#[test]
fn the_pairs_of_a_run_have_the_golden_evidence() {
    let (Some(golden), Some(corpus)) =
        (carto_testkit::folder("golden/evidence"), carto_testkit::folder("corpus/osu"))
    else {
        return;
    };
    let json = carto_testkit::json(&golden.join("pairs.json"));
    let pairs = json["pairs"].as_array().unwrap().iter();
    let pairs: Vec<&Value> = pairs.filter(|pair| pair["kind"] == "cross").collect();
    let mut sums: Vec<&str> = Vec::new();
    for sum in pairs.iter().flat_map(|pair| [&pair["a"], &pair["b"]]) {
        let sum = sum.as_str().unwrap();
        if !sums.contains(&sum) {
            sums.push(sum);
        }
    }
    // In the order of the goldens, since the first map of a pair is A.
    let file = |(idx, sum): (usize, &&str)| {
        (format!("{idx:03}.osu"), std::fs::read(corpus.join(format!("{sum}.osu"))).unwrap())
    };
    let files: Vec<File> = sums.iter().enumerate().map(file).collect();
    let (mut run, summary) = study(&files, SourceKind::BareMap, Mode::Osu, true);
    let (mut faults, mut n_equal, mut n_found) = (Vec::new(), 0, 0);
    for (song, outcome) in run.plan.songs.iter().zip(&run.outcomes) {
        for found in &outcome.pairs {
            let [a, b] = [found.a, found.b].map(|idx| song.maps[idx as usize].archive_idx as usize);
            let pair = pairs.iter().find(|pair| pair["a"] == sums[a] && pair["b"] == sums[b]);
            let Some(pair) = pair else { continue };
            let finding = found.evidence.as_ref().and_then(Packed::value).unwrap();
            assert_eq!(found.lag, Some(PairLag::from(&finding.evidence)));
            assert_eq!(finding.kind, PairKind::Cross);
            let evidence = serde_json::to_value(&finding.evidence).unwrap();
            n_found += 1;
            let label = format!("{} {}", &sums[a][..6], &sums[b][..6]);
            for key in ["class", "k", "lag_ms"] {
                differences(&format!("{label}.{key}"), &evidence[key], &pair[key], &mut faults);
            }
            if [a, b].iter().all(|&idx| has_equal_events(&files[idx].1)) {
                n_equal += 1;
                for key in ["as_is", "aligned", "on_bars"] {
                    let at = format!("{label}.{key}");
                    differences(&at, &evidence[key], &of_events(&pair[key]), &mut faults);
                }
            }
        }
    }
    println!("{n_found} of {} pairs, {n_equal} of them by their events", pairs.len());
    let first: Vec<_> = faults.iter().take(40).map(String::as_str).collect();
    assert!(faults.is_empty(), "{} differ:\n{}", faults.len(), first.join("\n"));
    assert!(n_found >= 30 && n_equal >= 14, "{n_found} and {n_equal} pairs");
    let evidence = summary.evidence.unwrap().value().unwrap();
    // Pairs of the run that the goldens lack count too.
    let n_pairs: usize = run.outcomes.iter().map(|song| song.pairs.len()).sum();
    assert_eq!(evidence.set.counts.cross.n_pairs() as usize, n_pairs);
    assert_eq!(evidence.set.floor, EvidenceFloor::BarShifts);
    // The golden means are over these songs; one pair read otherwise moves them.
    let mean = evidence.set.dimension(EvidenceTableKind::AlignedR, "ONSET").unwrap().mean;
    let golden = &json["set_level"]["r, both span, aligned"]["ONSET"];
    println!("ONSET aligned {:?}, golden {golden}", mean.mean);
    assert!((mean.mean.unwrap() - golden["mean"].as_f64().unwrap()).abs() < 0.02);

    // With other songs as the floor: those that the goldens took, where all pairs came out.
    let mut open =
        |idx: u32| MapSource::of_file(SourceKind::BareMap, Ok(Cursor::new(&files[idx as usize].1)));
    let others = OtherSongs::new(&run.plan, &run.outcomes);
    let places = 0..run.outcomes.len();
    let found: Vec<_> = places.map(|place| others.of_song(place, Mode::Osu, &mut open)).collect();
    let n_others: usize = found.iter().flatten().map(Vec::len).sum();
    let golden = pairs.iter().map(|pair| pair["other_songs"].as_array().unwrap().len());
    println!("{n_others} other songs, golden {}", golden.clone().sum::<usize>());
    assert!(n_others * 10 > golden.sum::<usize>() * 8);
    for (outcome, of_song) in run.outcomes.iter_mut().zip(found) {
        add_other_songs(outcome, of_song);
    }
    let set = summarise(&mut run, false).evidence.unwrap().value().unwrap().set;
    assert_eq!(set.floor, EvidenceFloor::OtherSongs);
    let place = |set: &SetEvidence| {
        let onset = set.dimension(EvidenceTableKind::BarsR, "ONSET").unwrap();
        onset.placement.unwrap().n_songs.floor
    };
    assert!(place(&set) >= 10 && place(&set) <= place(&evidence.set));
}

/// The insane difficulties of the demo's songs.
fn demo() -> Vec<DemoMap> {
    demo_maps(&DemoConfig::default()).into_iter().filter(|map| map.version == "Insane").collect()
}

/// An archive of texts.
fn archive(name: &str, map: &DemoMap, texts: &[String]) -> File {
    let audio = click_track(&map.beats_ms, map.length_ms);
    let texts = texts.iter().enumerate();
    let files = texts.map(|(idx, text)| (format!("{idx}.osu"), text.clone().into_bytes()));
    let files: Vec<_> = files.chain([("audio.mp3".to_owned(), audio)]).collect();
    (name.to_owned(), write_archive(&files).unwrap())
}

/// A text under another name, without every so-manieth object.
fn thinned(text: &str, version: &str, step: usize) -> String {
    let text = text.replace("Version:Insane", &format!("Version:{version}"));
    let (head, objects) = text.split_once("[HitObjects]").unwrap();
    let lines = objects.lines().enumerate();
    let left: Vec<_> =
        lines.filter(|(idx, _)| (idx + 2) % step != 0).map(|(_, line)| line).collect();
    format!("{head}[HitObjects]{}", left.join("\n"))
}

/// An archive for each mapper of the first songs, each with difficulties that are thinned by
/// a tenth, a fifth and a half; in the first set the second mapper has a guest difficulty too.
fn sets() -> Vec<File> {
    let maps = demo();
    let songs = maps.iter().filter(|map| map.song_idx < 3).collect::<Vec<_>>();
    let archive = |(idx, map): (usize, &&DemoMap)| {
        let own = |version: &str, step: usize| thinned(&map.text, version, step);
        let mut texts = vec![map.text.clone(), own("Expert", 10), own("Extra", 5), own("Easy", 2)];
        if idx == 0 {
            let guest = thinned(&map.text, &format!("{}'s Insane", songs[1].creator), 7);
            texts.push(guest);
        }
        archive(&format!("{}.osz", idx + 1), map, &texts)
    };
    songs.iter().enumerate().map(archive).collect()
}

#[test]
fn the_ceiling_is_one_pair_of_a_mapper_in_each_set_and_stays_out_of_track_a() {
    let files = sets();
    let (with, summary) = study(&files, SourceKind::Archive, Mode::Osu, true);
    let (without, plain) = study(&files, SourceKind::Archive, Mode::Osu, false);
    assert_eq!(summary.track_a, plain.track_a);
    assert_eq!(summary.songs, plain.songs);
    let text = |summary: &Summary, name: &str| {
        summary.files.iter().find(|file| file.name == name).map(|file| file.text.clone())
    };
    for name in ["track_a_results.json", "encoding_manifest.json", "pairs.csv", "report.json"] {
        assert_eq!(text(&summary, name), text(&plain, name), "{name}");
    }
    let names = ["evidence.json", "evidence_channels.csv", "evidence_pairs.csv"];
    assert!(names.iter().all(|name| text(&summary, name).is_some()));
    assert!(names.iter().all(|name| text(&plain, name).is_none()));
    assert!(
        plain.evidence.is_none() && without.outcomes.iter().all(|song| song.ceiling.is_empty())
    );
    assert!(text(&plain, "methods.txt").unwrap().contains("No evidence: the run was made without"));

    let n_sets: usize = with.plan.index.iter().map(|song| song.sets.len()).sum();
    let ceiling: Vec<_> = with.outcomes.iter().flat_map(|song| &song.ceiling).collect();
    assert!(ceiling.len() == n_sets && n_sets > 3, "{} of {n_sets}", ceiling.len());
    for (song, outcome) in with.plan.songs.iter().zip(&with.outcomes) {
        for pair in &outcome.ceiling {
            let [a, b] = [pair.a, pair.b].map(|idx| song.map(idx).unwrap());
            assert_eq!((a.archive_idx, a.mapper), (b.archive_idx, b.mapper));
            // Of four difficulties those that are a tenth apart, and neither half as dense.
            let versions = [&*a.version, &*b.version];
            assert!(versions.contains(&"Expert") && !versions.contains(&"Easy"), "{versions:?}");
            let finding = pair.finding.value().unwrap();
            let evidence = &finding.evidence;
            // It travels from a worker.
            assert!(pair.finding.n_bytes() < 3000, "{} bytes", pair.finding.n_bytes());
            assert_eq!(finding.kind, PairKind::SameMapper);
            assert_eq!(evidence.class, AlignmentClass::Aligned);
            assert_eq!((evidence.source, evidence.lag_ms), (AlignmentSource::SameFile, 0.0));
        }
    }
    let pairs = with.outcomes.iter().flat_map(|song| &song.pairs);
    let kinds: Vec<_> =
        pairs.map(|pair| pair.evidence.as_ref().unwrap().value().unwrap().kind).collect();
    let counts = summary.evidence.unwrap().value().unwrap().set.counts;
    let n = |kind| kinds.iter().filter(|found| **found == kind).count() as u32;
    assert!(n(PairKind::Cross) > 3 && n(PairKind::SameMapper) == 0);
    assert_eq!(counts.cross.n_pairs(), n(PairKind::Cross));
    assert_eq!(counts.guest.n_pairs(), n(PairKind::Guest));
    assert_eq!(counts.same_mapper.n_pairs() as usize, n_sets);
}

#[test]
fn the_published_rules_have_no_evidence() {
    let files = sets();
    let (with, summary) = study(&files, SourceKind::Archive, Mode::Published, true);
    let (without, plain) = study(&files, SourceKind::Archive, Mode::Published, false);
    assert_eq!(with, without);
    assert_eq!(summary, plain);
    assert!(summary.evidence.is_none() && summary.track_a.is_some());
}

#[test]
fn the_order_of_songs_does_not_matter() {
    let files = sets();
    let (mut run, summary) = study(&files, SourceKind::Archive, Mode::Osu, true);
    run.outcomes.reverse();
    let again = summarise(&mut run, true);
    assert_eq!(again.evidence, summary.evidence);
    assert_eq!(again.files, summary.files);
    // A song that is not finished is missing, and nothing else changes its place.
    run.outcomes.remove(0);
    let fewer = summarise(&mut run, true);
    let counts = |summary: &Summary| {
        let evidence = summary.evidence.as_ref().and_then(Packed::value);
        evidence.unwrap().set.counts.cross.n_pairs()
    };
    assert!(counts(&fewer) < counts(&summary) && counts(&fewer) > 0);
    let text = &fewer.files.iter().find(|file| file.name == "result.json").unwrap().text;
    let result = carto_results::read_result(text).unwrap();
    assert!(result.evidence.is_some());
}

#[test]
fn a_ceiling_map_that_is_gone_is_named_and_the_pairs_go_on() {
    let files = sets();
    let kind = SourceKind::Archive;
    let source = |idx: usize| MapSource::of_file(kind, Ok(Cursor::new(&files[idx].1)));
    let archives: Vec<ArchiveFacts> = files
        .iter()
        .enumerate()
        .map(|(idx, (name, _))| scan(source(idx), name, Mode::Osu))
        .collect();
    let mut plan = plan(&archives, Mode::Osu, &[]);
    plan_evidence(&mut plan, &archives, Mode::Osu);
    let mut song = plan.songs[0].clone();
    let evidence = song.evidence.as_mut().unwrap();
    let n_ceiling = evidence.ceiling.len();
    evidence.maps[0].entry_idx = 99;
    let label = evidence.maps[0].label.clone();
    let mut open = |slot: usize| source(song.archives[slot] as usize);
    let outcome = compare_song(&song, Mode::Osu, &mut open, &mut |_, _| {});
    assert_eq!(outcome.ceiling.len(), n_ceiling - 1);
    assert!(outcome.pairs.iter().all(|pair| pair.evidence.is_some()));
    let said = outcome.issues.iter().find(|issue| issue.subject == label).unwrap();
    assert_eq!(said.cause, Cause::UnreadableMap);
    assert!(said.message.contains("ceiling"), "{}", said.message);
}
