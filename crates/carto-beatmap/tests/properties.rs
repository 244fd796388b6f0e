//! What holds for every map.
#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

use carto_beatmap::beatmap::{Beatmap, HitObjectKind};
use carto_beatmap::limits::Limits;
use carto_beatmap::published;
use carto_beatmap::signal::{self, FrameClock, SignalFunction};
use carto_types::SignalChannel;
use proptest::prelude::*;

const HEAD: &str = "[General]\nAudioFilename:a.mp3\nMode:0\n[Metadata]\nTitle:t\nArtist:a\n\
    Creator:c\nVersion:v\n[Difficulty]\nHPDrainRate:5\nCircleSize:4\nOverallDifficulty:7\n\
    SliderMultiplier:1.4\nSliderTickRate:1\n[TimingPoints]\n0,500,4\n[HitObjects]\n";

/// Circles, sliders of every shape and spinners, in order and apart.
fn objects() -> impl Strategy<Value = String> {
    let point = || (-100..700_i32, -100..500_i32);
    let curve = prop::collection::vec(point(), 1..16);
    let object = prop_oneof![
        3 => point().prop_map(|(x, y)| (x, y, "1".to_owned(), String::new())),
        3 => (point(), curve, 1..4_u8, 20..400_u32).prop_map(|((x, y), curve, slides, length)| {
            let points: String = curve.iter().map(|(x, y)| format!("|{x}:{y}")).collect();
            (x, y, "2".to_owned(), format!(",B{points},{slides},{length}"))
        }),
        1 => Just((256, 192, "8".to_owned(), ",SPIN".to_owned())),
    ];
    prop::collection::vec((object, 0..16_u8, any::<bool>()), 1..30).prop_map(|objects| {
        let lines =
            objects.into_iter().enumerate().map(|(idx, ((x, y, kind, rest), sound, combo))| {
                let start = idx * 6_000 + 7;
                let kind = kind.parse::<u8>().unwrap_or(1) | if combo { 4 } else { 0 };
                let rest = rest.replace("SPIN", &(start + 2_000).to_string());
                format!("{x},{y},{start},{kind},{sound}{rest}\n")
            });
        lines.collect()
    })
}

/// The definition of spec and source, frame by frame and object by object.
fn naive_events(beatmap: &Beatmap, n_frames: usize, channel: SignalChannel) -> Vec<f64> {
    let is_event = |object: &carto_beatmap::beatmap::HitObject| match channel {
        SignalChannel::Combo => object.new_combo,
        SignalChannel::Whistle => object.hit_sound.has_whistle(),
        SignalChannel::Finish => object.hit_sound.has_finish(),
        SignalChannel::Clap => object.hit_sound.has_clap(),
        _ => true,
    };
    let value = |frame_idx: usize| {
        let time_ms = FrameClock::OSU_DREAMER.time_ms(frame_idx);
        let mut since_ms: f64 = 2048.0;
        for object in beatmap.hit_objects.iter().filter(|object| is_event(object)) {
            let distance = time_ms - object.start_ms;
            if (0.0..=2048.0).contains(&distance) {
                since_ms = distance;
            }
        }
        2.0 * ((since_ms + 16.0).log2().clamp(4.0, 11.0) - 4.0) / 7.0 - 1.0
    };
    (0..n_frames).map(value).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn events_and_sustain_match_the_naive_definition(objects in objects()) {
        let text = format!("{HEAD}{objects}");
        let beatmap = published::read(text.as_bytes(), &Limits::default())?;
        let n_frames = FrameClock::OSU_DREAMER.frames_until_ms(beatmap.end_ms() + 3_000.0) as usize;
        let Ok(signal) = signal::encode(&beatmap, n_frames, 1 << 20) else { return Ok(()) };
        for channel in SignalChannel::ALL.into_iter().filter(|&channel| {
            !matches!(channel, SignalChannel::Slide | SignalChannel::Sustain | SignalChannel::X | SignalChannel::Y)
        }) {
            let naive = naive_events(&beatmap, n_frames, channel);
            for (frame_idx, (actual, naive)) in signal.channel(channel).iter().zip(naive).enumerate() {
                prop_assert!((actual - naive).abs() < 1e-12, "{} {frame_idx}", channel.name());
            }
        }
        for (frame_idx, &held) in signal.channel(SignalChannel::Sustain).iter().enumerate() {
            let time_ms = FrameClock::OSU_DREAMER.time_ms(frame_idx);
            let is_held = beatmap.hit_objects.iter().any(|object| {
                !matches!(object.kind, HitObjectKind::Circle(_))
                    && object.start_ms <= time_ms && time_ms < object.end_ms
            });
            prop_assert_eq!(held, if is_held { 1.0 } else { -1.0 });
        }
    }

    #[test]
    fn a_signal_at_any_times_is_that_of_the_frames(objects in objects(), seed in any::<u64>()) {
        let text = format!("{HEAD}{objects}");
        let beatmap = published::read(text.as_bytes(), &Limits::default())?;
        let clock = FrameClock::OSU_DREAMER;
        let n_frames = clock.frames_until_ms(beatmap.end_ms() + 3_000.0) as usize;
        let Ok(signal) = signal::encode(&beatmap, n_frames, 1 << 20) else { return Ok(()) };
        let function = SignalFunction::new(beatmap.clone())?;
        let frames_ms: Vec<_> = (0..n_frames).map(|idx| clock.time_ms(idx)).collect();
        let bits = |values: &[f64]| values.iter().map(|it| it.to_bits()).collect::<Vec<_>>();
        prop_assert_eq!(bits(&function.sample(&frames_ms)), bits(signal.values()));

        // Some frames, in any order.
        let mut rng = fastrand::Rng::with_seed(seed);
        let idxs: Vec<_> = (0..50).map(|_| rng.usize(0..n_frames)).collect();
        let times_ms: Vec<_> = idxs.iter().map(|&idx| clock.time_ms(idx)).collect();
        let sampled = function.sample(&times_ms);
        for channel in SignalChannel::ALL {
            let expected: Vec<_> = idxs.iter().map(|&idx| signal.channel(channel)[idx]).collect();
            prop_assert_eq!(bits(&sampled[channel as usize * 50..][..50]), bits(&expected));
        }

        // A map moved by whole frames is asked for earlier times.
        let moved_ms = clock.time_ms(64);
        let moved = SignalFunction::new(beatmap.stretched(0.0, 1.0, moved_ms))?;
        let later_ms: Vec<_> = frames_ms.iter().map(|time_ms| time_ms + moved_ms).collect();
        let onsets = |values: &[f64]| bits(&values[..n_frames]);
        prop_assert_eq!(onsets(&moved.sample(&later_ms)), onsets(signal.values()));
    }

    #[test]
    fn the_cursor_is_at_each_object_when_its_time_comes(objects in objects()) {
        let text = format!("{HEAD}{objects}");
        let beatmap = published::read(text.as_bytes(), &Limits::default())?;
        let n_frames = FrameClock::OSU_DREAMER.frames_until_ms(beatmap.end_ms() + 3_000.0) as usize;
        let Ok(signal) = signal::encode(&beatmap, n_frames, 1 << 20) else { return Ok(()) };
        for object in &beatmap.hit_objects {
            let HitObjectKind::Circle(position) = object.kind else { continue };
            let frame_idx = FrameClock::OSU_DREAMER.frame_at_or_after(object.start_ms, n_frames);
            let x = (signal.channel(SignalChannel::X)[frame_idx] + 1.0) * 256.0;
            let y = (signal.channel(SignalChannel::Y)[frame_idx] + 1.0) * 192.0;
            prop_assert!((x - position.x).abs() < 1e-9 && (y - position.y).abs() < 1e-9);
        }
    }

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        drop(published::read(&bytes, &Limits::default()));
        drop(published::read_head(&bytes));
        drop(published::read_fields(&bytes));
    }

    #[test]
    fn no_object_line_makes_the_reader_panic(lines in "([0-9|:,.eE+BLPC-]{0,40}\n){1,12}") {
        let text = format!("{HEAD}{lines}");
        if let Ok(beatmap) = published::read(text.as_bytes(), &Limits::default()) {
            drop(signal::encode(&beatmap, 2_000, 1 << 20));
        }
    }
}
