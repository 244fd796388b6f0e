use carto_protocol::{EncodedMap, EncodedPair, EncoderSource};
use carto_types::{Backend, EncoderFacts, EncoderOrigin, MapRefusal};

use super::*;
use crate::run::view::{EncoderState, Phase};

pub(super) const TWO_SONGS: [&str; 5] =
    ["tide-ann.osz", "tide-bob.osz", "moon-ann.osz", "moon-bob.osz", "moon-cid.osz"];

impl Bench {
    pub(super) fn choose(&mut self) {
        let source = EncoderSource::File { name: "a.safetensors".into() };
        self.controller.choose_encoder(source, Some("picked"));
    }

    /// Answers the command that loads the encoder.
    pub(super) fn load(&mut self) {
        let mut commands = self.latent_commands(9);
        let command = commands.pop().unwrap();
        assert!(commands.is_empty() && matches!(command.request, EncoderRequest::LoadEncoder(_)));
        assert_eq!(command.files, ["picked"]);
        let loaded = Loaded { facts: facts(), backend: study::cpu(), weights: "weights" };
        self.controller.latents.on_encoder_loaded(command.job_id, Ok(Ok(loaded)));
    }

    /// Drives until songs are compared, and lets one of them be done.
    fn compare_one_song(&mut self) {
        let first = self.drive_until(is_song).remove(0);
        self.answer(first);
    }

    pub(super) fn latent_commands(&mut self, room: usize) -> Vec<EncoderCommand<Handle>> {
        self.controller.latents.take_dropped_jobs();
        let commands = self.controller.next_latent_commands(room);
        self.sent.extend(commands.iter().map(|command| latents_in_words(&command.request)));
        commands
    }

    pub(super) fn answer_latents(&mut self, command: EncoderCommand<Handle>) {
        self.controller.now_s += 1.0;
        study::answer_latents(&mut self.controller, command);
    }

    pub(super) fn drive_latents(&mut self) {
        loop {
            let commands = self.latent_commands(2);
            if commands.is_empty() {
                return;
            }
            commands.into_iter().for_each(|command| self.answer_latents(command));
        }
    }

    pub(super) fn state(&self) -> EncoderState {
        self.controller.latents().state
    }
}

/// Latents of a record: song by song, the title at its place and how many mappers the
/// plan has there.
fn songs_of_latents(run: &SharedRun) -> Vec<(String, usize)> {
    let Some(latent) = &run.latent else { return Vec::new() };
    let song = |song: &Rc<carto_types::LatentSong>| {
        (run.plan.index[song.song_idx as usize].title.clone(), song.maps.len())
    };
    latent.songs.iter().map(song).collect()
}

pub(super) fn facts() -> EncoderFacts {
    EncoderFacts {
        name: "a.safetensors".into(),
        origin: EncoderOrigin::File,
        weights_sha256: "00".into(),
        hidden_dim: 24,
        n_latent_dims: 32,
        frames_per_latent: 18,
        n_parameters: 1,
        note: None,
        is_untrained: false,
    }
}

#[test]
fn nothing_is_loaded_where_no_encoder_is_offered_or_chosen() {
    let mut bench = Bench::of(&TWO_SONGS);
    assert!(bench.latent_commands(9).is_empty());
    assert_eq!(bench.state(), EncoderState::None);
}

#[test]
fn latents_follow_the_songs_and_the_files_are_written_again() {
    let mut bench = Bench::of(&TWO_SONGS);
    assert_eq!(bench.controller.phase, Phase::Done);
    bench.take_sent();
    bench.choose();
    bench.load();
    assert_eq!(bench.state(), EncoderState::Computing);
    bench.drive_latents();
    assert_eq!(bench.state(), EncoderState::Idle);
    let sent = bench.take_sent();
    let of = |start: &str| sent.iter().filter(|command| command.starts_with(start)).count();
    assert_eq!((of("encoder"), of("latents"), of("compare")), (1, 5, 2), "{sent:?}");
    bench.drive();
    assert_eq!(bench.take_sent(), ["last summary of 2"]);
    let latent = bench.recorded.as_ref().unwrap().latent.as_ref().unwrap();
    let n_maps: Vec<_> = latent.songs.iter().map(|song| song.maps.len()).collect();
    assert_eq!(n_maps.iter().sum::<usize>(), 5, "{n_maps:?}");
}

#[test]
fn stopping_keeps_what_is_done_and_going_on_does_the_rest() {
    let mut bench = Bench::of(&TWO_SONGS);
    bench.choose();
    bench.load();
    let commands = bench.latent_commands(2);
    let [done, dropped] = commands.try_into().unwrap();
    bench.answer_latents(done);
    bench.controller.pause_latents();
    assert!(bench.controller.latents.take_dropped_jobs());
    assert_eq!(bench.state(), EncoderState::Stopped);
    assert!(bench.latent_commands(9).is_empty());
    // What a worker says that was ended meanwhile counts for nothing.
    bench.answer_latents(dropped);
    assert_eq!(bench.controller.latents().n_maps_done, 1);
    bench.controller.resume_latents();
    bench.take_sent();
    bench.drive_latents();
    let n_encoded = bench.take_sent().iter().filter(|it| it.starts_with("latents")).count();
    assert_eq!((n_encoded, bench.state()), (4, EncoderState::Idle));
}

#[test]
fn a_map_without_latents_is_named_and_the_others_go_on() {
    let mut bench = Bench::of(&["tide-ann.osz", "tide-bob.osz"]);
    bench.choose();
    bench.load();
    let commands = bench.latent_commands(2);
    let [first, second] = commands.try_into().unwrap();
    let refusal = MapRefusal::new("gone".into(), "it was moved");
    let backend = Backend::Gpu { adapter: "a".into(), is_software: false };
    let encoded = EncodedMap { latents: Err(refusal), backend };
    bench.controller.latents.on_map_encoded(first.job_id, Ok(encoded));
    assert!(matches!(bench.controller.backend(), Some(Backend::Gpu { .. })));
    bench.answer_latents(second);
    // The one that fell back says what computes now.
    assert!(matches!(bench.controller.backend(), Some(Backend::Cpu { .. })));
    bench.drive_latents();
    bench.drive();
    let song = &bench.recorded.as_ref().unwrap().latent.as_ref().unwrap().songs[0];
    assert_eq!((song.maps.len(), song.issues[0].cause.as_str()), (1, "gone"));
}

#[test]
fn an_encoder_that_is_refused_can_be_followed_by_another() {
    let mut bench = Bench::of(&TWO_SONGS);
    bench.choose();
    let command = bench.latent_commands(9).pop().unwrap();
    let message = "no encoder".to_owned();
    bench.controller.latents.on_encoder_loaded(command.job_id, Ok(Err(message.clone())));
    assert_eq!(bench.state(), EncoderState::Refused(message));
    bench.choose();
    bench.load();
    bench.drive_latents();
    assert_eq!(bench.state(), EncoderState::Idle);
}

#[test]
fn files_that_come_late_get_latents_too() {
    let mut bench = Bench::of(&["tide-ann.osz", "tide-bob.osz"]);
    bench.choose();
    bench.load();
    bench.drive_latents();
    bench.drive();
    bench.take_sent();
    bench.add(&["moon-ann.osz", "moon-bob.osz"]);
    bench.drive();
    bench.drive_latents();
    bench.drive();
    let sent = bench.take_sent();
    let of_moon = sent.iter().filter(|command| command.starts_with("latents moon")).count();
    let of_tide = sent.iter().filter(|command| command.starts_with("latents tide")).count();
    assert_eq!((of_moon, of_tide), (2, 0), "{sent:?}");
    assert_eq!(sent.last().map(String::as_str), Some("last summary of 2"));
}

#[test]
fn latents_that_end_while_the_last_summary_is_made_are_in_one_more() {
    let mut bench = Bench::new();
    bench.choose();
    bench.load();
    bench.add(&TWO_SONGS);
    let mut commands = bench.drive_until(is_last_summary);
    let summary = commands.remove(0);
    bench.drive_latents();
    assert_eq!(bench.state(), EncoderState::Idle);
    bench.take_sent();
    bench.answer(summary);
    assert_eq!(bench.controller.phase, Phase::Done);
    bench.drive();
    assert_eq!(bench.take_sent(), ["last summary of 2"]);
    assert_eq!(songs_of_latents(bench.recorded.as_ref().unwrap()).len(), 2);
    bench.drive();
    assert!(bench.take_sent().is_empty(), "and no other");
}

#[test]
fn a_summary_of_the_encoder_before_is_not_shown() {
    let mut bench = Bench::of(&TWO_SONGS);
    bench.choose();
    bench.load();
    bench.drive_latents();
    let mut commands = bench.drive_until(is_last_summary);
    let old = commands.remove(0);
    bench.choose();
    bench.answer(old);
    assert!(bench.controller.summary.track_b.is_none());
    bench.load();
    bench.drive_latents();
    bench.drive();
    assert!(bench.controller.summary.track_b.is_some());
}

#[test]
fn latents_keep_to_their_songs_when_a_plan_gives_these_other_places() {
    let mut bench = Bench::of(&["moon-ann.osz", "moon-bob.osz", "tide-ann.osz", "tide-bob.osz"]);
    bench.choose();
    bench.load();
    bench.drive_latents();
    bench.drive();
    // With a third mapper the second song becomes the first.
    bench.add(&["tide-cid.osz"]);
    let commands = bench.drive_until(is_last_summary);
    assert_eq!(commands.len(), 1);
    let found = songs_of_latents(bench.recorded.as_ref().unwrap());
    assert_eq!(found, [("moon".to_owned(), 2)]);
}

#[test]
fn latents_that_a_stopped_run_stopped_go_on_with_the_next() {
    let mut bench = Bench::new();
    bench.choose();
    bench.load();
    bench.add(&TWO_SONGS);
    bench.compare_one_song();
    bench.latent_commands(1);
    bench.controller.cancel();
    assert_eq!(bench.state(), EncoderState::Stopped);
    bench.add(&["sun-ann.osz", "sun-bob.osz"]);
    bench.drive();
    assert_eq!(bench.state(), EncoderState::Computing);
    // Those that a person has stopped do not.
    bench.controller.pause_latents();
    bench.add(&["sea-ann.osz", "sea-bob.osz"]);
    bench.drive();
    assert_eq!(bench.state(), EncoderState::Stopped);
    bench.controller.clear();
    assert_eq!(bench.state(), EncoderState::Stopped);
    // Nor do those that a person went on with and stopped after the run was.
    bench.controller.resume_latents();
    bench.add(&["sea-ann.osz", "sea-bob.osz"]);
    bench.compare_one_song();
    bench.drive();
    bench.latent_commands(1);
    bench.controller.pause_latents();
    bench.controller.cancel();
    bench.add(&["sky-ann.osz", "sky-bob.osz"]);
    bench.drive();
    assert_eq!(bench.state(), EncoderState::Stopped);
}

#[test]
fn latents_are_computed_of_files_by_their_new_handles() {
    let mut bench = Bench::of(&TWO_SONGS);
    bench.choose();
    bench.load();
    let mut commands = bench.latent_commands(1);
    bench.answer_latents(commands.remove(0));
    let moved =
        TWO_SONGS.iter().map(|path| Arrival { files: vec!["moved"], ..arrival(path) }).collect();
    bench.controller.add(moved, 0, Vec::new());
    let command = bench.latent_commands(1).remove(0);
    let (weights, maps) = command.files.split_last().unwrap();
    assert_eq!(*weights, "weights");
    assert!(!maps.is_empty() && maps.iter().all(|file| *file == "moved"), "{maps:?}");
}

/// Two songs, of which the second has evidence.
const WITH_EVIDENCE: [&str; 5] =
    ["tide-ann.osz", "tide-bob.osz", "dune-ann.osz", "dune-bob.osz", "dune-cid.osz"];

impl Bench {
    /// How many pairs on bars the last record has.
    fn n_bar_pairs(&self) -> usize {
        let latent = self.recorded.as_ref().and_then(|run| run.latent.as_ref());
        latent.map_or(0, |latent| latent.songs.iter().map(|song| song.bar_pairs.len()).sum())
    }
}

#[test]
fn pairs_on_bars_come_last_and_are_in_the_last_files() {
    let mut bench = Bench::of(&WITH_EVIDENCE);
    bench.choose();
    bench.load();
    bench.take_sent();
    bench.drive_latents();
    let sent = bench.take_sent();
    let place = |start: &str| sent.iter().position(|command| command.starts_with(start)).unwrap();
    let bars: Vec<_> = sent.iter().filter(|command| command.starts_with("bars")).collect();
    assert_eq!(bars, ["bars dune 0-1", "bars dune 0-2", "bars dune 1-2"]);
    let last_map = sent.iter().rposition(|command| command.starts_with("latents")).unwrap();
    assert!(place("bars") > last_map && place("bars") > place("compare 2 of tide"), "{sent:?}");
    assert_eq!(bench.state(), EncoderState::Idle);
    bench.drive();
    assert_eq!(bench.take_sent(), ["last summary of 2"]);
    assert_eq!(bench.n_bar_pairs(), 3);
}

#[test]
fn a_stop_keeps_pairs_on_bars_and_another_encoder_forgets_them() {
    let mut bench = Bench::of(&WITH_EVIDENCE);
    bench.choose();
    bench.load();
    while bench.controller.latents().n_maps_done < 5 {
        bench.latent_commands(1).into_iter().for_each(|command| bench.answer_latents(command));
    }
    let is_pair =
        |command: &EncoderCommand<Handle>| matches!(command.request, EncoderRequest::EncodePair(_));
    let (pairs, comparisons): (Vec<_>, Vec<_>) =
        bench.latent_commands(9).into_iter().partition(is_pair);
    assert_eq!((pairs.len(), comparisons.len()), (3, 1));
    comparisons.into_iter().for_each(|command| bench.answer_latents(command));
    let [done, dropped, _] = pairs.try_into().unwrap();
    bench.answer_latents(done);
    bench.controller.pause_latents();
    assert_eq!(bench.state(), EncoderState::Stopped);
    bench.answer_latents(dropped);
    bench.drive();
    assert_eq!(bench.n_bar_pairs(), 1, "what a worker says that was ended counts for nothing");
    bench.controller.resume_latents();
    bench.drive_latents();
    bench.drive();
    assert_eq!((bench.n_bar_pairs(), bench.state()), (3, EncoderState::Idle));

    bench.choose();
    bench.load();
    bench.take_sent();
    bench.drive_latents();
    let n_bars = bench.take_sent().iter().filter(|it| it.starts_with("bars")).count();
    bench.drive();
    assert_eq!((n_bars, bench.n_bar_pairs()), (3, 3));
}

#[test]
fn a_pair_that_cannot_be_read_is_named_and_the_others_go_on() {
    let mut bench = Bench::of(&WITH_EVIDENCE);
    bench.choose();
    bench.load();
    let mut is_first = true;
    while let Some(command) = bench.latent_commands(1).pop() {
        if matches!(command.request, EncoderRequest::EncodePair(_)) && is_first {
            is_first = false;
            let refusal = MapRefusal::new("gone".into(), "it was moved");
            let reply = EncodedPair { found: Err(refusal), backend: study::cpu() };
            bench.controller.on_pair_encoded(command.job_id, Ok(reply));
        } else {
            bench.answer_latents(command);
        }
    }
    bench.drive();
    assert_eq!((bench.n_bar_pairs(), bench.state()), (2, EncoderState::Idle));
    let latent = bench.recorded.as_ref().unwrap().latent.as_ref().unwrap();
    let issues: Vec<_> = latent.songs.iter().flat_map(|song| &song.issues).collect();
    assert!(issues.len() == 1 && issues[0].message.contains("it was moved"), "{issues:?}");
}
