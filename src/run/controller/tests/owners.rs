//! What a person says of owners: what is done again, what is kept.

use carto_types::{OwnerEvidence, OwnerRow};

use super::study::md5;
use super::*;
use crate::run::view::Phase;

const FILES: [Handle; 4] = ["moon-ann.osz", "moon-bob.osz", "tide-ann.osz", "tide-bob.osz"];

fn bench() -> Bench {
    let mut bench = Bench::new();
    bench.controller.set_mode(Mode::Osu);
    bench.add(&FILES);
    bench.drive();
    bench.take_sent();
    bench
}

fn says(name: Handle, mapper: &str) -> OwnerRow {
    OwnerRow::of_md5(&md5(name), vec![mapper.to_owned()])
}

fn say(bench: &mut Bench, name: Handle, mappers: Option<&[&str]>) {
    let mappers = mappers.map(|all| all.iter().map(|it| (*it).to_owned()).collect());
    bench.controller.set_owner(&md5(name), mappers);
    bench.drive();
}

fn mappers_of(row: &SongRow) -> String {
    let names: Vec<_> = row.mappers.iter().map(|mapper| &*mapper.name).collect();
    names.join(", ")
}

fn recorded(bench: &Bench) -> &[OwnerRow] {
    &bench.recorded.as_ref().unwrap().owners
}

#[test]
fn a_corrected_owner_plans_again_and_compares_that_song_alone() {
    let mut bench = bench();
    say(&mut bench, "tide-bob.osz", Some(&["cid"]));
    assert_eq!(bench.take_sent(), ["plan of 4", "song tide", "last summary of 2"]);
    assert_eq!(recorded(&bench), [says("tide-bob.osz", "cid")]);
    assert_eq!(bench.controller.phase, Phase::Done);
    let rows = bench.controller.song_rows();
    let tide = rows.iter().find(|row| row.title == "tide").unwrap();
    assert_eq!(mappers_of(tide), "ann, cid");

    // Said again otherwise, and taken back.
    say(&mut bench, "tide-bob.osz", Some(&["dan"]));
    assert_eq!(recorded(&bench), [says("tide-bob.osz", "dan")]);
    say(&mut bench, "tide-bob.osz", None);
    assert!(recorded(&bench).is_empty());
    assert_eq!(bench.take_sent().iter().filter(|word| *word == "song tide").count(), 2);
}

#[test]
fn what_was_said_of_maps_that_are_not_there_waits_for_them() {
    let mut bench = Bench::new();
    bench.controller.set_mode(Mode::Osu);
    bench.controller.add_owners(&[says("tide-bob.osz", "cid"), says("sun-eve.osz", "fay")]);
    assert_eq!(bench.controller.phase, Phase::Empty);
    bench.add(&FILES[..2]);
    bench.drive();
    assert!(recorded(&bench).is_empty());
    bench.controller.clear();
    bench.add(&FILES);
    bench.drive();
    assert_eq!(recorded(&bench), [says("tide-bob.osz", "cid")]);
    bench.take_sent();
    // Nothing new is said.
    bench.controller.add_owners(&[says("tide-bob.osz", "cid")]);
    bench.drive();
    assert!(bench.take_sent().is_empty());
}

#[test]
fn the_published_rules_know_no_owners_and_forget_none() {
    let mut bench = bench();
    say(&mut bench, "tide-bob.osz", Some(&["cid"]));
    bench.controller.set_mode(Mode::Published);
    bench.drive();
    assert!(recorded(&bench).is_empty());
    bench.controller.set_mode(Mode::Osu);
    bench.drive();
    assert_eq!(recorded(&bench), [says("tide-bob.osz", "cid")]);
}

#[test]
fn difficulties_are_found_by_words_with_who_made_them() {
    let mut bench = bench();
    say(&mut bench, "tide-bob.osz", Some(&["Cid", "Dan"]));
    let texts = |words: &str| -> Vec<String> {
        let (found, n_found) = bench.controller.difficulties(words, 9);
        assert_eq!(found.len(), n_found);
        found.into_iter().map(|it| it.owner.text()).collect()
    };
    assert_eq!(texts(" TIDE"), ["ann", "Cid & Dan"]);
    assert_eq!(texts("cid"), ["Cid & Dan"]);
    assert_eq!(texts("moon-bob.osz"), ["bob"]);
    assert!(texts("nobody").is_empty());
    let (found, n_found) = bench.controller.difficulties("", 3);
    assert_eq!((found.len(), n_found), (3, 4));
    let (found, _) = bench.controller.difficulties("cid", 3);
    assert_eq!(found[0].owner.evidence, OwnerEvidence::Table);
}

#[test]
fn a_plan_of_what_was_said_before_is_no_plan() {
    let mut bench = bench();
    bench.controller.set_owner(&md5("tide-bob.osz"), Some(vec!["cid".to_owned()]));
    let plan = bench.drive_until(is_plan).remove(0);
    bench.controller.set_owner(&md5("moon-bob.osz"), Some(vec!["dan".to_owned()]));
    bench.answer(plan);
    bench.drive();
    assert_eq!(recorded(&bench).len(), 2);
    let rows = bench.controller.song_rows();
    let mappers: Vec<_> = rows.iter().map(mappers_of).collect();
    assert_eq!(mappers, ["ann, dan", "ann, cid"]);
}
