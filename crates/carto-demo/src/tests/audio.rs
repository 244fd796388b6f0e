//! The click tracks decode, and click where they should.

use std::io::Cursor;

use symphonia::core::codecs::audio::AudioDecoderOptions;
use symphonia::core::formats::probe::Hint;
use symphonia::core::formats::{FormatOptions, TrackType};
use symphonia::core::io::MediaSourceStream;
use symphonia::core::meta::MetadataOptions;

use crate::{DemoConfig, click_track, click_track_samples, demo_maps};

const SAMPLES_PER_MS: f64 = 22.05;

/// Decodes an mp3 whole. Any error of the decoder fails the test.
fn decode(bytes: &[u8]) -> Vec<f32> {
    let source = MediaSourceStream::new(Box::new(Cursor::new(bytes.to_vec())), Default::default());
    let mut format = symphonia::default::get_probe()
        .probe(&Hint::new(), source, FormatOptions::default(), MetadataOptions::default())
        .unwrap();
    let track = format.default_track(TrackType::Audio).unwrap();
    let params = track.codec_params.as_ref().unwrap().audio().unwrap().clone();
    assert_eq!(params.sample_rate, Some(22_050));
    let options = AudioDecoderOptions::default();
    let mut decoder =
        symphonia::default::get_codecs().make_audio_decoder(&params, &options).unwrap();
    let mut samples = Vec::new();
    while let Some(packet) = format.next_packet().unwrap() {
        let decoded = decoder.decode(&packet).unwrap();
        let mut block = vec![0.0; decoded.samples_interleaved()];
        decoded.copy_to_slice_interleaved(&mut block);
        samples.extend(block);
    }
    samples
}

/// Where the loudest sample within 100 ms of a beat lies, and how loud it is.
fn peak_near(samples: &[f32], beat_ms: f64) -> (f64, f32) {
    let first = ((beat_ms - 100.0) * SAMPLES_PER_MS).max(0.0) as usize;
    let end = (((beat_ms + 100.0) * SAMPLES_PER_MS) as usize).min(samples.len());
    let (idx, peak) = samples[first..end]
        .iter()
        .map(|sample| sample.abs())
        .enumerate()
        .max_by(|a, b| a.1.total_cmp(&b.1))
        .unwrap();
    ((first + idx) as f64 / SAMPLES_PER_MS, peak)
}

#[test]
fn every_beat_of_the_demo_clicks_on_time() {
    let mut n_beats = 0;
    let maps = demo_maps(&DemoConfig::default());
    for map in maps.iter().step_by(8) {
        let samples = decode(&click_track(&map.beats_ms, map.length_ms));
        assert_eq!(samples.len(), (map.length_ms * SAMPLES_PER_MS).round() as usize);
        for &(beat_ms, is_bar_start) in &map.beats_ms {
            let (peak_ms, peak) = peak_near(&samples, beat_ms);
            let miss_ms = peak_ms - beat_ms;
            assert!(miss_ms.abs() < 5.0, "{}: {miss_ms} ms beside {beat_ms}", map.title);
            let expected = if is_bar_start { 0.45..0.6 } else { 0.2..0.3 };
            assert!(expected.contains(&peak), "{}: {peak} at {beat_ms}", map.title);
            n_beats += 1;
        }
    }
    assert!(n_beats > 1000, "only {n_beats} beats");
}

#[test]
fn between_the_beats_is_silence() {
    let beats: Vec<(f64, bool)> =
        (0..20).map(|beat| (f64::from(beat) * 487.3, beat % 4 == 0)).collect();
    let samples = decode(&click_track(&beats, 12_000.0));
    for (idx, sample) in samples.iter().enumerate() {
        let time_ms = idx as f64 / SAMPLES_PER_MS;
        let nearest_ms = beats
            .iter()
            .map(|(beat_ms, _)| (time_ms - beat_ms).abs())
            .fold(f64::INFINITY, f64::min);
        // Two windows of 9 ms die away; filters ring for 20 ms more.
        assert!(nearest_ms < 50.0 || sample.abs() < 1e-3, "{sample} at {time_ms} ms");
    }
}

#[test]
fn any_length_decodes_to_the_announced_number_of_samples() {
    // All remainders of a frame's 576 samples matter, zero samples too.
    for n_samples in (0..1200).step_by(7).chain([575, 576, 577]) {
        let length_ms = f64::from(n_samples) / SAMPLES_PER_MS;
        assert_eq!(click_track_samples(length_ms), n_samples);
        let samples = decode(&click_track(&[], length_ms));
        assert_eq!(samples.len(), n_samples as usize);
        assert!(samples.iter().all(|sample| sample.abs() < 1e-6));
    }
}

#[test]
fn senseless_times_are_left_out() {
    let silence = click_track(&[], 500.0);
    let odd = [f64::NAN, f64::INFINITY, -1.0, 500.0, 1e300, f64::NEG_INFINITY];
    assert_eq!(click_track(&odd.map(|beat_ms| (beat_ms, true)), 500.0), silence);
    for length_ms in [f64::NAN, f64::INFINITY, -5.0] {
        assert_eq!(click_track(&[(0.0, true)], length_ms), click_track(&[], 0.0));
    }
    assert_eq!(click_track_samples(1e300), 3600 * 22_050);
}
