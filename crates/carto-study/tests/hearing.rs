//! The lags of a song's pairs by their recordings, and the messages for recordings that cannot be decoded.
#![cfg(feature = "audio")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests may fail loudly")]

use std::io::Cursor;

use carto_archive::write_archive;
use carto_demo::{DemoConfig, DemoMap, demo_maps};
use carto_study::{MapSource, compare_song, hear_song, plan, plan_evidence, scan};
use carto_testkit::{Music, wav};
use carto_types::{
    AlignmentClass, AlignmentSource, ArchiveFacts, AudioLag, Cause, HeardSong, Mode, PairLag,
    SongPlan, SourceKind,
};

const RATE_HZ: u32 = 16_000;

/// Two sets of the first song of the demo by two mappers, each with audio of its own.
struct Sets {
    archives: Vec<Vec<u8>>,
    song: SongPlan,
}

impl Sets {
    fn new(audio: [Vec<u8>; 2], mode: Mode) -> Self {
        let maps = demo_maps(&DemoConfig::default());
        let is_it = |map: &&DemoMap| map.song_idx == 0 && map.version == "Insane";
        let archives: Vec<Vec<u8>> = maps
            .iter()
            .filter(is_it)
            .zip(audio)
            .map(|(map, audio)| {
                let text = map.text.clone().into_bytes();
                let files = [("0.osu".to_owned(), text), ("audio.mp3".to_owned(), audio)];
                write_archive(&files).unwrap()
            })
            .collect();
        let facts = archives
            .iter()
            .enumerate()
            .map(|(idx, bytes)| scan(source(bytes), &format!("{}.osz", idx + 1), mode));
        let facts: Vec<ArchiveFacts> = facts.collect();
        let mut plan = plan(&facts, mode, &[]);
        plan_evidence(&mut plan, &facts, mode);
        Self { archives, song: plan.songs[0].clone() }
    }

    /// What is heard, and how often an archive was opened for it.
    fn heard(&self, mode: Mode) -> (HeardSong, usize) {
        let mut n_opened = 0;
        let mut open = |slot: usize| {
            n_opened += 1;
            source(&self.archives[self.song.archives[slot] as usize])
        };
        let heard = hear_song(&self.song, mode, &mut open);
        (heard, n_opened)
    }

    /// The lag of the pair in a comparison with what was heard.
    fn compared(&self, heard: &HeardSong) -> PairLag {
        let mut song = self.song.clone();
        song.evidence.as_mut().unwrap().audio = heard.pairs.clone();
        let mut open = |slot: usize| source(&self.archives[song.archives[slot] as usize]);
        let outcome = compare_song(&song, Mode::Osu, &mut open, &mut |_, _| {});
        outcome.pairs[0].lag.clone().unwrap()
    }
}

fn source(bytes: &[u8]) -> MapSource<'_, Cursor<&[u8]>> {
    MapSource::of_file(SourceKind::Archive, Ok(Cursor::new(bytes)))
}

fn length_ms() -> f64 {
    demo_maps(&DemoConfig::default())[0].length_ms
}

#[test]
fn recordings_settle_the_lag_of_a_pair() {
    let music = Music::new(1, length_ms());
    let audio = [music.wav(RATE_HZ), music.moved(0.0, -2345.0).wav(RATE_HZ)];
    let sets = Sets::new(audio, Mode::Osu);
    let (heard, _) = sets.heard(Mode::Osu);
    assert_eq!(heard.issues, []);
    let [pair] = heard.pairs[..] else { panic!("{heard:?}") };
    assert_eq!((pair.a, pair.b), (0, 1));
    let AudioLag::Same { lag_ms } = pair.lag else { panic!("{pair:?}") };
    assert!((lag_ms - 2345.0).abs() < 5.0, "{lag_ms}");

    let alone = sets.compared(&HeardSong::default());
    assert_eq!((alone.source, alone.lag_ms), (AlignmentSource::TimingPoints, 0.0));
    let lag = sets.compared(&heard);
    assert_eq!((lag.class, lag.source), (AlignmentClass::Aligned, AlignmentSource::Audio));
    // The nearest beat of the maps is not farther than a recording can tell, or it is said.
    assert!((lag.lag_ms - 2345.0).abs() < 60.0, "{lag:?}");
    assert!(lag.warning.unwrap().contains("lag 0.0 ms"));
}

#[test]
fn another_cut_is_another_version() {
    let music = Music::new(2, length_ms());
    let other = music.moved(length_ms() / 2.0, 3000.0);
    let sets = Sets::new([music.wav(RATE_HZ), other.wav(RATE_HZ)], Mode::Osu);
    let lag = sets.compared(&sets.heard(Mode::Osu).0);
    assert_eq!((lag.class, lag.source), (AlignmentClass::OtherVersion, AlignmentSource::Audio));
    assert!(lag.warning.unwrap().contains("early and -3000"));
}

#[test]
fn copies_of_one_file_have_no_lag_and_are_not_decoded() {
    // Nothing could be heard in it.
    let silence = wav(&vec![0.0; (length_ms() / 1000.0) as usize * RATE_HZ as usize], RATE_HZ, 1);
    let sets = Sets::new([silence.clone(), silence], Mode::Osu);
    let (heard, n_opened) = sets.heard(Mode::Osu);
    assert_eq!(n_opened, 2, "each is read once");
    assert_eq!(heard.pairs[0].lag, AudioLag::Same { lag_ms: 0.0 });
    assert_eq!(sets.compared(&heard).source, AlignmentSource::Audio);
}

#[test]
fn what_cannot_be_heard_is_named_and_timing_points_hold() {
    let music = Music::new(3, length_ms()).wav(RATE_HZ);
    let short = Music::new(3, 5000.0).wav(RATE_HZ);
    let cases = [(short, "it takes 12500 ms"), (b"no audio".to_vec(), "no audio file")];
    for (other, words) in cases {
        let sets = Sets::new([music.clone(), other], Mode::Osu);
        let (heard, _) = sets.heard(Mode::Osu);
        let [issue] = &heard.issues[..] else { panic!("{words}: {heard:?}") };
        assert_eq!(issue.cause, Cause::AudioNotHeard);
        assert!(issue.message.contains("lags come from timing points"), "{issue:?}");
        assert!(issue.message.contains(words), "{issue:?}");
        assert_eq!(heard.pairs, []);
        assert_eq!(sets.compared(&heard).source, AlignmentSource::TimingPoints);
    }
}

#[test]
fn without_evidence_nobody_listens() {
    let music = Music::new(4, length_ms()).wav(RATE_HZ);
    let audio = || [music.clone(), b"other".to_vec()];
    let published = Sets::new(audio(), Mode::Published);
    assert_eq!(published.heard(Mode::Published), (HeardSong::default(), 0));
    let mut sets = Sets::new(audio(), Mode::Osu);
    sets.song.evidence = None;
    assert_eq!(sets.heard(Mode::Osu), (HeardSong::default(), 0));
}
