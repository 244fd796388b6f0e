//! One archive with guest difficulties, from bytes to figures.
#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

use std::io::Cursor;

use carto_archive::write_archive;
use carto_demo::{DemoConfig, DemoMap, click_track, demo_maps};
use carto_study::{MapSource, compare_song, plan, scan, summarise};
use carto_types::{
    ArchiveFacts, AudioRelation, Cause, DoubtCounts, Mode, OwnerEvidence, OwnerRow, PairDoubt,
    RunRecord, SongOutcome, SourceFiles, SourceKind, StudyPlan, Summary,
};

/// An archive and its name.
type File = (String, Vec<u8>);

/// The insane difficulties of the demo's first song, one a mapper.
fn maps() -> Vec<DemoMap> {
    let maps = demo_maps(&DemoConfig::default()).into_iter();
    let maps: Vec<_> = maps.filter(|map| map.song_idx == 0 && map.version == "Insane").collect();
    assert!(maps.len() >= 3);
    maps
}

fn archive(name: &str, maps: &[(String, &DemoMap)]) -> File {
    (name.to_owned(), write_archive(&files_of_set(maps)).unwrap())
}

fn files_of_set(maps: &[(String, &DemoMap)]) -> Vec<File> {
    let audio = click_track(&maps[0].1.beats_ms, maps[0].1.length_ms);
    let osu = maps
        .iter()
        .enumerate()
        .map(|(idx, (text, _))| (format!("{idx}.osu"), text.clone().into_bytes()));
    osu.chain([("audio.mp3".to_owned(), audio)]).collect()
}

/// An archive a mapper.
fn one_each(maps: &[DemoMap]) -> Vec<File> {
    let one = |(idx, map): (usize, &DemoMap)| {
        archive(&format!("{}.osz", idx + 1), &[(map.text.clone(), map)])
    };
    maps.iter().enumerate().map(one).collect()
}

/// One archive of the first mapper, with the maps of the others as guest difficulties.
///
/// - `guest`: the name of a guest's difficulty
fn one_of_all(maps: &[DemoMap], guest: impl Fn(&str) -> String) -> Vec<File> {
    vec![archive("1.osz", &with_guests(maps, guest))]
}

/// The texts of the maps of such a set, and what they were made of.
fn with_guests(maps: &[DemoMap], guest: impl Fn(&str) -> String) -> Vec<(String, &DemoMap)> {
    let host = maps[0].creator;
    let text = |map: &DemoMap| {
        let text =
            map.text.replace(&format!("Creator:{}", map.creator), &format!("Creator:{host}"));
        match map.creator == host {
            true => text,
            false => text.replace("Version:Insane", &format!("Version:{}", guest(map.creator))),
        }
    };
    maps.iter().map(|map| (text(map), map)).collect()
}

type Source<'a> = MapSource<'a, Cursor<&'a Vec<u8>>>;

/// A run of archives, without latents.
fn study(files: &[File], mode: Mode, owners: &[OwnerRow]) -> (RunRecord, Summary) {
    let paths: Vec<_> = files.iter().map(|(name, _)| name.as_str()).collect();
    let open = |idx: usize| MapSource::of_file(SourceKind::Archive, Ok(Cursor::new(&files[idx].1)));
    study_of(&paths, &open, mode, owners)
}

/// A run without latents.
///
/// - `source`: the one at a place in `paths`
fn study_of<'a>(
    paths: &[&str],
    source: &dyn Fn(usize) -> Source<'a>,
    mode: Mode,
    owners: &[OwnerRow],
) -> (RunRecord, Summary) {
    let archives: Vec<ArchiveFacts> =
        (0..).zip(paths).map(|(idx, path)| scan(source(idx), path, mode)).collect();
    let plan: StudyPlan = plan(&archives, mode, owners);
    let outcomes: Vec<SongOutcome> = plan
        .songs
        .iter()
        .map(|song| {
            let mut open = |slot: usize| source(song.archives[slot] as usize);
            compare_song(song, mode, &mut open, &mut |_, _| {})
        })
        .collect();
    let mut run = RunRecord {
        mode,
        owners: owners.to_vec(),
        archives,
        plan,
        outcomes,
        latent: None,
        is_cancelled: false,
        leaves_out_doubtful: false,
        issues: Vec::new(),
        times: Vec::new(),
    };
    let summary = summarise(&mut run, true);
    (run, summary)
}

fn causes(summary: &Summary) -> Vec<(&str, &Cause)> {
    summary.issues.iter().map(|issue| (&*issue.subject, &issue.cause)).collect()
}

#[test]
fn one_archive_with_guests_gives_the_figures_of_an_archive_each() {
    let maps = maps();
    let (of_each, expected) = study(&one_each(&maps), Mode::Osu, &[]);
    let guests = one_of_all(&maps, |name| format!("{name}'s Extra"));
    let (run, summary) = study(&guests, Mode::Osu, &[]);
    let names: Vec<_> = maps.iter().map(|map| map.creator).collect();
    assert_eq!(run.plan.index[0].mappers, names);
    let agreement = |run: &RunRecord| -> Vec<_> {
        run.outcomes[0].pairs.iter().map(|pair| pair.agreement).collect()
    };
    assert_eq!(agreement(&run).len(), names.len() * (names.len() - 1) / 2);
    assert_eq!(agreement(&run), agreement(&of_each));
    assert_eq!(summary.track_a, expected.track_a);
    let audio = run.outcomes[0].pairs.iter().map(|pair| pair.audio);
    assert!(audio.clone().all(|audio| audio == AudioRelation::SameFile));
    let evidence: Vec<_> =
        run.plan.songs[0].maps.iter().map(|map| map.owner.as_ref().unwrap().evidence).collect();
    assert_eq!(evidence[0], OwnerEvidence::Host);
    assert!(evidence[1..].iter().all(|evidence| *evidence == OwnerEvidence::Name));
    // The study's program counts them all as the host's.
    let (run, summary) = study(&guests, Mode::Published, &[]);
    assert!(run.plan.songs.is_empty());
    assert_eq!(causes(&summary), [("1.osz", &Cause::OneMapper)]);
}

#[test]
fn a_folder_with_guests_gives_what_its_archive_gives() {
    let maps = maps();
    let maps = with_guests(&maps, |name| format!("{name}'s Extra"));
    let (of_archive, expected) = study(&[archive("1 a.osz", &maps)], Mode::Osu, &[]);
    let mut files = files_of_set(&maps);
    files.sort();
    let inner = files.iter().map(|(path, _)| path.clone()).collect();
    let set = SourceFiles { path: "1 a".to_owned(), kind: SourceKind::Folder, inner };
    let open = |_| MapSource::new(&set, |idx| Ok(Cursor::new(&files[idx].1)));
    let rows = [OwnerRow::of_md5(&of_archive.archives[0].maps[1].md5, vec!["Ann".to_owned()])];
    let (run, summary) = study_of(&["1 a"], &open, Mode::Osu, &[]);
    assert_eq!(run.plan.songs[0].pairs.len(), of_archive.plan.songs[0].pairs.len());
    assert_eq!(run.outcomes, of_archive.outcomes);
    assert!(run.outcomes[0].pairs.iter().all(|pair| pair.audio == AudioRelation::SameFile));
    for (file, of_archive) in summary.files.iter().zip(&expected.files) {
        assert_eq!(file, of_archive, "{}", file.name);
    }
    assert_eq!(summary.files.len(), expected.files.len());
    // What a person says of a map counts wherever it lies.
    let (run, _) = study_of(&["1 a"], &open, Mode::Osu, &rows);
    assert!(run.plan.index[0].mappers.contains(&"Ann".to_owned()));
}

#[test]
fn the_result_says_the_rules_and_the_choice() {
    let maps = maps();
    let (run, summary) =
        study(&one_of_all(&maps, |name| format!("{name}'s Extra")), Mode::Osu, &[]);
    let text = &summary.files.iter().find(|file| file.name == "result.json").unwrap().text;
    let result = carto_results::read_result(text).unwrap();
    assert_eq!(result.parameters.mode, Some(Mode::Osu));
    let song = &result.songs[0];
    assert!(song.maps.iter().all(|map| map.star_rating.unwrap() > 0.5 && map.owner.is_some()));
    assert!(song.pairs.iter().all(|pair| pair.audio == Some(AudioRelation::SameFile)));
    let registry = summary.files.iter().find(|file| file.name == "beatmap_registry.json").unwrap();
    assert_eq!(
        registry.text.matches("\"evidence\": \"name alone\"").count(),
        run.plan.registry.len() - 1
    );
}

#[test]
fn audio_of_two_sets_is_told_by_its_length() {
    let (run, _) = study(&one_each(&maps()), Mode::Osu, &[]);
    let pairs = &run.outcomes[0].pairs;
    assert!(!pairs.is_empty() && pairs.iter().all(|pair| pair.audio == AudioRelation::SameLength));
}

#[test]
fn what_a_person_says_counts_and_goes_into_the_result() {
    let maps = maps();
    let files = one_of_all(&maps, |_| "Extra".to_owned());
    let (run, summary) = study(&files, Mode::Osu, &[]);
    assert!(run.plan.songs.is_empty() && summary.track_a.is_none(), "nothing names a guest");

    let md5 = run.archives[0].maps[1].md5.clone();
    let rows = [OwnerRow::of_md5(&md5, vec!["Ann".to_owned()])];
    let (run, summary) = study(&files, Mode::Osu, &rows);
    assert_eq!(run.plan.index[0].mappers, ["Ann", maps[0].creator]);
    let owner = run.plan.songs[0]
        .maps
        .iter()
        .find_map(|map| map.owner.clone().filter(|owner| owner.names == ["Ann"]));
    assert_eq!(owner.unwrap().evidence, OwnerEvidence::Table);
    let text = &summary.files.iter().find(|file| file.name == "result.json").unwrap().text;
    assert_eq!(carto_results::read_result(text).unwrap().owners, rows);
    // As published, a row says nothing.
    assert!(study(&files, Mode::Published, &rows).0.plan.songs.is_empty());

    let unknown = OwnerRow::of_md5(&"0".repeat(32), vec!["Ann".to_owned()]);
    let (_, summary) = study(&files, Mode::Osu, &[unknown]);
    assert!(causes(&summary).contains(&("owners", &Cause::UnusedOwner)));
}

#[test]
fn what_is_nobody_s_is_left_out_by_name() {
    let maps = maps();
    let last = maps.last().unwrap().creator;
    let files = one_of_all(&maps, |name| match name == last {
        true => "Collab Extra".to_owned(),
        false => format!("{name}'s Extra"),
    });
    let (run, summary) = study(&files, Mode::Osu, &[]);
    assert_eq!(run.plan.index[0].mappers.len(), maps.len() - 1);
    assert!(
        causes(&summary).contains(&("1.osz [Collab Extra]", &Cause::NoOwner)),
        "{:?}",
        causes(&summary)
    );
}

#[test]
fn a_guest_against_their_own_map_is_doubtful_and_can_be_left_out() {
    let maps = maps();
    let mut files = one_each(&maps);
    // The set of the second mapper holds a guest difficulty by the first, whose names the
    // published rules do not read.
    let guest = format!("Version:{}'s Insane", maps[0].creator);
    files[1] = archive("2.osz", &[(maps[1].text.replace("Version:Insane", &guest), &maps[1])]);
    let (mut run, all) = study(&files, Mode::Published, &[]);
    let doubts = |run: &RunRecord| -> Vec<_> {
        let plan = &run.plan.songs[0];
        let pairs = &run.outcomes[0].pairs;
        pairs.iter().map(|pair| ((pair.a, pair.b), plan.doubt(pair))).collect()
    };
    for ((a, b), doubt) in doubts(&run) {
        let expected = ((a, b) == (0, 1)).then_some(PairDoubt::OneMapper);
        assert_eq!(doubt, expected, "{a} and {b}");
    }
    assert_eq!(all.doubtful, DoubtCounts { n_one_mapper: 1, n_other_audio: 0 });
    let result = |summary: &Summary| -> serde_json::Value {
        let file = summary.files.iter().find(|file| file.name == "result.json").unwrap();
        serde_json::from_str(&file.text).unwrap()
    };
    // As published nothing is different as long as a person does not ask for it.
    assert_eq!(result(&all)["format"], "carto-result/1");
    assert_eq!(result(&all)["parameters"].get("left_out"), None);

    let kept: Vec<_> = run.outcomes[0].pairs[1..].to_vec();
    run.leaves_out_doubtful = true;
    let rest = summarise(&mut run, true);
    assert_eq!(run.outcomes[0].pairs, kept);
    assert_eq!(rest.track_a.as_ref().unwrap().pairs_compared as usize, kept.len());
    let written = result(&rest);
    assert_eq!(written["format"], "carto-result/2");
    assert_eq!(written["parameters"]["left_out"]["n_one_mapper"], 1);
    assert_eq!(written["songs"][0]["pairs"].as_array().unwrap().len(), kept.len());

    // By the rules of osu! the guest's map is the guest's, so there is no such pair.
    let (_, summary) = study(&files, Mode::Osu, &[]);
    assert_eq!(summary.doubtful, DoubtCounts::default());
}
