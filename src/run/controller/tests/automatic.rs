//! Latents that nobody asked for.

use carto_protocol::EncoderSource;
use carto_types::Backend;

use super::latents::{TWO_SONGS, facts};
use super::*;
use crate::run::view::{EncoderState, Phase, Question};

/// The page's own encoder.
fn offered() -> EncoderSource {
    EncoderSource::Bundled { url: "models/encoder.safetensors".into() }
}

impl Bench {
    /// A page that offers its encoder.
    fn offering(is_metered: bool) -> Self {
        let mut bench = Self::new();
        bench.controller.offer_encoder(offered(), is_metered);
        bench.controller.set_automatic_latents(true);
        bench
    }

    /// Answers the command that loads the encoder that was offered.
    fn load_offered(&mut self) {
        let command = self.latent_commands(9).remove(0);
        assert!(command.files.is_empty(), "it comes from beside the page");
        assert!(matches!(command.request, EncoderRequest::LoadEncoder(_)));
        let loaded = Loaded { facts: facts(), backend: study::cpu(), weights: "weights" };
        self.controller.latents.on_encoder_loaded(command.job_id, Ok(Ok(loaded)));
    }

    /// Lets one map take so long, and the run hear of it.
    fn take_a_map(&mut self, seconds: f64) {
        let now_s = self.controller.now_s;
        self.controller.at(now_s).tick();
        let command = self.latent_commands(1).remove(0);
        self.controller.now_s += seconds;
        study::answer_latents(&mut self.controller, command);
        self.controller.tick();
        self.drive();
    }
}

#[test]
fn they_follow_the_first_songs_without_a_word() {
    let mut bench = Bench::offering(false);
    assert!(bench.latent_commands(9).is_empty(), "there is no song yet");
    bench.add(&TWO_SONGS);
    bench.drive();
    bench.load_offered();
    bench.drive_latents();
    assert_eq!(bench.state(), EncoderState::Idle);
    bench.take_sent();
    bench.drive();
    assert_eq!(bench.take_sent(), ["last summary of 2"]);
    assert_eq!(songs_in_files(&bench), 2);
}

fn songs_in_files(bench: &Bench) -> usize {
    let latent = &bench.recorded.as_ref().unwrap().latent;
    latent.as_ref().map_or(0, |latent| latent.songs.len())
}

#[test]
fn the_nine_channels_go_first() {
    let mut bench = Bench::offering(false);
    bench.add(&TWO_SONGS);
    let mut songs = bench.drive_until(is_song);
    assert_eq!(songs.len(), 2);
    assert!(bench.latent_commands(9).is_empty(), "no song is compared");
    bench.answer(songs.remove(0));
    bench.load_offered();
    let map = bench.latent_commands(1).remove(0);
    // Files that come late are read before any further map gets latents.
    bench.add(&["sun-ann.osz", "sun-bob.osz"]);
    let scans = bench.commands(1);
    assert!(scans.iter().any(|it| matches!(it.request, AnalysisRequest::ScanArchive(_))));
    bench.answer_latents(map);
    assert!(bench.latent_commands(9).is_empty());
    assert_eq!(bench.state(), EncoderState::Waiting);
    for command in scans.into_iter().chain(songs) {
        bench.answer(command);
    }
    bench.drive();
    assert_eq!(bench.controller.phase, Phase::Done);
    bench.drive_latents();
    assert_eq!((bench.state(), bench.controller.latents().n_maps_done), (EncoderState::Idle, 7));
}

#[test]
fn they_leave_half_of_the_processor_to_the_person_and_a_chosen_encoder_does_not() {
    let mut bench = Bench::offering(false);
    bench.add(&TWO_SONGS);
    bench.drive();
    bench.load_offered();
    assert_eq!([1, 2, 7].map(|n| bench.controller.encoder_limit(n)), [1, 1, 4]);
    bench.choose();
    bench.load();
    assert_eq!([1, 2, 7].map(|n| bench.controller.encoder_limit(n)), [1, 2, 7]);
    let gpu = Backend::Gpu { adapter: "a".into(), is_software: false };
    let loaded = Loaded { facts: facts(), backend: gpu, weights: "weights" };
    bench.choose();
    let command = bench.latent_commands(9).remove(0);
    bench.controller.latents.on_encoder_loaded(command.job_id, Ok(Ok(loaded)));
    assert_eq!(bench.controller.encoder_limit(7), 1);
}

#[test]
fn switched_off_they_never_start_and_what_was_started_stops() {
    let mut bench = Bench::offering(false);
    bench.controller.set_automatic_latents(false);
    bench.add(&TWO_SONGS);
    bench.drive();
    assert!(bench.latent_commands(9).is_empty());
    assert_eq!(bench.state(), EncoderState::None);
    assert!(!bench.controller.latents().is_automatic);

    bench.controller.set_automatic_latents(true);
    bench.load_offered();
    let map = bench.latent_commands(1).remove(0);
    bench.controller.set_automatic_latents(false);
    assert!(bench.controller.latents.take_dropped_jobs());
    bench.answer_latents(map);
    assert_eq!(bench.state(), EncoderState::Stopped);
    assert!(bench.latent_commands(9).is_empty());
    bench.controller.set_automatic_latents(true);
    bench.drive_latents();
    assert_eq!(bench.state(), EncoderState::Idle);

    // Off with nothing left: what comes later waits for a person.
    bench.controller.set_automatic_latents(false);
    assert_eq!(bench.state(), EncoderState::Idle);
    bench.add(&["sun-ann.osz", "sun-bob.osz"]);
    bench.drive();
    assert!(bench.latent_commands(9).is_empty());
    assert_eq!(bench.state(), EncoderState::Stopped);
    bench.controller.resume_latents();
    bench.drive_latents();
    assert_eq!(bench.state(), EncoderState::Idle);
}

#[test]
fn a_person_who_pays_for_data_is_asked_before_anything_is_fetched() {
    for is_wanted in [true, false] {
        let mut bench = Bench::offering(true);
        bench.add(&TWO_SONGS);
        bench.drive();
        assert!(bench.latent_commands(9).is_empty());
        assert_eq!(bench.state(), EncoderState::Asking(Question::Fetch));
        bench.controller.answer_about_latents(is_wanted);
        if is_wanted {
            bench.load_offered();
            bench.drive_latents();
            assert_eq!(bench.state(), EncoderState::Idle);
        } else {
            assert!(bench.latent_commands(9).is_empty());
            assert_eq!(bench.state(), EncoderState::None);
            bench.controller.clear();
            bench.add(&TWO_SONGS);
            bench.drive();
            assert!(bench.latent_commands(9).is_empty(), "nor is the person asked again");
            assert_eq!(bench.state(), EncoderState::None);
        }
    }
}

#[test]
fn work_of_more_than_two_minutes_waits_for_a_word() {
    let mut bench = Bench::offering(false);
    bench.add(&TWO_SONGS);
    bench.drive();
    bench.load_offered();
    bench.take_a_map(30.0);
    assert_eq!(bench.state(), EncoderState::Computing, "four maps of 30 s are two minutes");
    bench.drive_latents();
    assert_eq!(bench.state(), EncoderState::Idle);

    let mut bench = Bench::offering(false);
    bench.add(&TWO_SONGS);
    bench.drive();
    bench.load_offered();
    bench.take_a_map(31.0);
    assert_eq!(bench.state(), EncoderState::Asking(Question::Time { left_s: 124 }));
    assert!(bench.latent_commands(9).is_empty());
    assert!(!bench.controller.is_waiting(), "nothing is polled meanwhile");
    bench.controller.answer_about_latents(true);
    bench.take_a_map(40.0);
    assert_eq!(bench.state(), EncoderState::Computing, "it is asked once");
    bench.drive_latents();
    bench.drive();
    assert_eq!((bench.state(), songs_in_files(&bench)), (EncoderState::Idle, 2));
}

#[test]
fn the_start_of_a_worker_is_not_taken_for_the_time_of_a_map() {
    let mappers = "abcdefghijklmnopqrstuvwxyz".chars();
    let name = |mapper| -> Handle { format!("tide-{mapper}.osz").leak() };
    let names: Vec<_> = mappers.map(name).collect();
    for (second_map_s, is_asked) in [(1.0, false), (9.0, true)] {
        let mut bench = Bench::offering(false);
        bench.add(&names);
        bench.drive();
        bench.load_offered();
        bench.take_a_map(4.9);
        assert_eq!(bench.state(), EncoderState::Computing, "26 maps of 4.9 s are 127 s");
        bench.take_a_map(second_map_s);
        assert_eq!(matches!(bench.state(), EncoderState::Asking(_)), is_asked);
    }
}

#[test]
fn whoever_chooses_the_encoder_that_started_by_itself_loses_nothing() {
    let mut bench = Bench::offering(false);
    bench.add(&TWO_SONGS);
    bench.drive();
    bench.load_offered();
    bench.take_a_map(31.0);
    assert!(matches!(bench.state(), EncoderState::Asking(_)));
    bench.controller.choose_encoder(offered(), None);
    assert_eq!(bench.controller.latents().n_maps_done, 1);
    assert_eq!(bench.controller.encoder_limit(7), 7);
    bench.take_a_map(60.0);
    assert_eq!(bench.state(), EncoderState::Computing, "and is asked nothing");
    bench.drive_latents();
    assert_eq!(bench.state(), EncoderState::Idle);

    let mut bench = Bench::offering(true);
    bench.add(&TWO_SONGS);
    bench.drive();
    bench.latent_commands(9);
    bench.controller.choose_encoder(offered(), None);
    bench.load_offered();
    bench.drive_latents();
    assert_eq!(bench.state(), EncoderState::Idle);
}

#[test]
fn not_now_keeps_what_is_done_and_the_next_run_asks_anew() {
    let mut bench = Bench::offering(false);
    bench.add(&TWO_SONGS);
    bench.drive();
    bench.load_offered();
    bench.take_a_map(31.0);
    bench.controller.answer_about_latents(false);
    assert_eq!(bench.state(), EncoderState::Stopped);
    assert_eq!(bench.controller.latents().n_maps_done, 1);
    bench.controller.resume_latents();
    bench.take_a_map(60.0);
    assert_eq!(bench.state(), EncoderState::Computing, "whoever resumes knows");

    bench.controller.clear();
    bench.add(&TWO_SONGS);
    bench.drive();
    bench.take_a_map(31.0);
    assert!(matches!(bench.state(), EncoderState::Asking(Question::Time { .. })));
    bench.controller.answer_about_latents(false);
    bench.controller.clear();
    bench.add(&TWO_SONGS);
    bench.drive();
    bench.take_a_map(1.0);
    assert_eq!(bench.state(), EncoderState::Computing);
}

#[test]
fn more_files_are_estimated_again() {
    let mut bench = Bench::offering(false);
    bench.add(&["tide-ann.osz", "tide-bob.osz"]);
    bench.drive();
    bench.load_offered();
    bench.take_a_map(20.0);
    bench.take_a_map(20.0);
    bench.drive_latents();
    assert_eq!(bench.state(), EncoderState::Idle);
    bench.add(&[
        "moon-ann.osz",
        "moon-bob.osz",
        "moon-cid.osz",
        "sun-ann.osz",
        "sun-bob.osz",
        "sun-cid.osz",
        "sky-ann.osz",
        "sky-bob.osz",
    ]);
    bench.drive();
    bench.latent_commands(0);
    bench.drive();
    // Two maps and a comparison, which is of one second here, took 41 s.
    assert_eq!(bench.state(), EncoderState::Asking(Question::Time { left_s: 164 }));
}

#[test]
fn a_stopped_run_starts_nothing() {
    let mut bench = Bench::offering(false);
    bench.add(&TWO_SONGS);
    let mut songs = bench.drive_until(is_song);
    bench.answer(songs.remove(0));
    bench.controller.cancel();
    bench.drive();
    assert!(bench.latent_commands(9).is_empty());
    bench.controller.resume();
    bench.drive();
    bench.load_offered();
    bench.drive_latents();
    assert_eq!(bench.state(), EncoderState::Idle);
}

#[test]
fn a_song_of_one_mapper_is_named_with_the_words_that_find_another() {
    assert_eq!(Bench::of(&TWO_SONGS).controller.lone_songs(), []);
    let bench = Bench::of(&["tide-ann.osz", "moon-bob.osz"]);
    let songs = [("moon", "artist"), ("tide", "artist")];
    assert_eq!(bench.controller.lone_songs(), songs.map(|(a, b)| (a.to_owned(), b.to_owned())));
}
