//! The reference encoder, which is the definition: against the published program's
//! own latents, and the folded form against it.
#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

mod encoder_shared;

use burn::tensor::{Device, Tensor, TensorData};
use carto_encoder::cpu::native_encoder;
use carto_encoder::folded::FoldedEncoder;
use carto_encoder::reference::Encoder;
use carto_encoder::{EncoderConfig, EncoderWeights, SignalFrames};
use encoder_shared::{
    configs, golden_maps, golden_weights, invented_signal, largest_difference, narrow,
};

/// `(n_latents, mu, logvar)`, the latter two `[n_latent_dims, n_latents]`.
fn run(encoder: &Encoder, signal: &[f32]) -> (usize, Vec<f32>, Vec<f32>) {
    let n_frames = signal.len() / EncoderConfig::N_CHANNELS;
    let data = TensorData::new(signal.to_vec(), [1, EncoderConfig::N_CHANNELS, n_frames]);
    let (mu, logvar) = encoder.forward(Tensor::from_data(data, &Device::flex()));
    let [_, _, n_latents] = mu.dims();
    (n_latents, mu.try_into_vec_as().unwrap(), logvar.try_into_vec_as().unwrap())
}

#[test]
fn the_folded_form_is_the_reference() {
    let mut n_checked = 0;
    for (idx, config) in configs().into_iter().enumerate() {
        let weights = EncoderWeights::random(&config, idx as u64).unwrap();
        let reference = Encoder::load(&weights, &Device::flex());
        let mut folded = native_encoder(FoldedEncoder::new(&weights));
        // One frame; fewer than the taps reach; odd; a multiple; several blocks.
        for n_frames in [1, 17, 61, 180, 1001] {
            let signal = invented_signal(n_frames, 9 + idx as u64);
            let (n_latents, mu, logvar) = run(&reference, &signal);
            let moments = folded.encode(SignalFrames::new(&signal).unwrap(), 1 << 20);
            assert_eq!(moments.n_latents(), n_latents);
            let context = format!("{config:?}, {n_frames} frames");
            for (ours, theirs) in [(moments.mu(), mu), (moments.logvar(), logvar)] {
                let difference = largest_difference(ours, &theirs, &context);
                let largest = theirs.iter().fold(0.0_f32, |largest, x| largest.max(x.abs()));
                assert!(difference <= 1e-5, "{context}: {difference} apart");
                // A single frame in a padded column leaves small numbers.
                assert!(difference <= 1e-5 * largest, "{context}: {difference} of {largest}");
                n_checked += theirs.len();
            }
        }
    }
    assert!(n_checked > 10_000);
}

#[test]
fn the_small_encoder_gives_the_published_latents() {
    let Some(maps) = golden_maps() else { return };
    let encoder = Encoder::load(&golden_weights("small"), &Device::flex());
    let mut n_with_logvar = 0;
    for map in &maps {
        let (n_latents, mu, logvar) = run(&encoder, &map.signal());
        n_with_logvar += usize::from(map.check("small", n_latents, &mu, &logvar));
    }
    assert!(n_with_logvar > 0);
}

#[test]
fn the_full_size_encoder_gives_the_published_latents() {
    let Some(maps) = golden_maps() else { return };
    let encoder = Encoder::load(&golden_weights("big"), &Device::flex());
    let mut n_with_logvar = 0;
    // The shortest three, and the shortest whose variances are known.
    let with_logvar = maps.iter().find(|map| map.name.starts_with("1222"));
    for map in maps[..3].iter().chain(with_logvar) {
        let (n_latents, mu, logvar) = run(&encoder, &map.signal());
        n_with_logvar += usize::from(map.check("big", n_latents, &mu, &logvar));
    }
    assert!(n_with_logvar > 0);
}

#[test]
fn maps_of_a_batch_do_not_see_each_other() {
    let weights = EncoderWeights::random(&narrow(24), 3).unwrap();
    let encoder = Encoder::load(&weights, &Device::flex());
    let signals = [invented_signal(91, 1), invented_signal(91, 2)];
    let data = TensorData::new(signals.concat(), [2, EncoderConfig::N_CHANNELS, 91]);
    let (mu, _) = encoder.forward(Tensor::from_data(data, &Device::flex()));
    assert_eq!(mu.dims(), [2, 32, 6]);
    let both: Vec<f32> = mu.try_into_vec_as().unwrap();
    let alone = signals.map(|signal| run(&encoder, &signal).1).concat();
    let difference = largest_difference(&both, &alone, "batch");
    assert!(difference <= 1e-6, "{difference}");
}

#[test]
fn weights_go_in_and_come_out_under_their_keys() {
    for config in configs() {
        let weights = EncoderWeights::random(&config, 5).unwrap();
        let encoder = Encoder::load(&weights, &Device::flex());
        assert_eq!(&encoder.tensors().unwrap(), weights.tensors());
    }
}

#[test]
fn a_new_encoder_has_the_tensors_of_its_family() {
    let device = Device::flex();
    device.seed(1);
    let config = EncoderConfig { layer_expand: 2, n_stacks: 2, ..narrow(20) };
    let tensors = config.init(&device).tensors().unwrap();
    let metadata = EncoderWeights::random(&config, 0).unwrap().metadata;
    let weights = EncoderWeights::new(config, tensors, metadata).unwrap();
    // Drawn as the published program draws: the spread is 1, but for the heads.
    let filter = weights.tensor("encoder.1.blocks.0.layers.0.filter.0.weight");
    let mean_square = filter.iter().map(|weight| weight * weight).sum::<f32>() / 800.0;
    assert!((mean_square - 1.0).abs() < 0.25, "{mean_square}");
}
