//! The part of `report.json` that says where latents came from.

use carto_agreement::TrackBConfig;
use carto_agreement::synthesis::SynthesisConfig;
use carto_types::{Backend, EncoderFacts, EncoderOrigin, LatentRun};
use serde::Serialize;

#[derive(Serialize)]
pub(crate) struct LatentReport<'a> {
    encoder: Encoder<'a>,
    backend: BackendReport<'a>,
    /// Null where latents are means.
    sample_seed: Option<u64>,
    songs: usize,
    maps: usize,
    config: Config,
}

#[derive(Serialize)]
struct Encoder<'a> {
    name: &'a str,
    origin: &'static str,
    weights_sha256: &'a str,
    hidden_dim: u32,
    n_latent_dims: u32,
    frames_per_latent: u32,
    n_parameters: u32,
    is_untrained: bool,
    note: Option<&'a str>,
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
enum BackendReport<'a> {
    Cpu { instructions: &'a str, reason: Option<&'a str> },
    Gpu { adapter: &'a str, is_software: bool },
}

#[derive(Serialize)]
struct Config {
    perceptual_above: f64,
    stylistic_below: f64,
    sign_threshold: f64,
}

impl<'a> LatentReport<'a> {
    pub(crate) fn new(run: &'a LatentRun) -> Self {
        let thresholds = TrackBConfig::default();
        Self {
            encoder: encoder(&run.encoder),
            backend: match &run.backend {
                Backend::Cpu { instructions, reason } => {
                    BackendReport::Cpu { instructions, reason: reason.as_deref() }
                }
                Backend::Gpu { adapter, is_software } => {
                    BackendReport::Gpu { adapter, is_software: *is_software }
                }
            },
            sample_seed: run.sample_seed,
            songs: run.songs.len(),
            maps: run.songs.iter().map(|song| song.maps.len()).sum(),
            config: Config {
                perceptual_above: thresholds.perceptual_above,
                stylistic_below: thresholds.stylistic_below,
                sign_threshold: SynthesisConfig::default().sign_threshold,
            },
        }
    }
}

fn encoder(facts: &EncoderFacts) -> Encoder<'_> {
    Encoder {
        name: &facts.name,
        origin: match facts.origin {
            EncoderOrigin::Bundled => "bundled",
            EncoderOrigin::File => "file",
            EncoderOrigin::Published => "published",
        },
        weights_sha256: &facts.weights_sha256,
        hidden_dim: facts.hidden_dim,
        n_latent_dims: facts.n_latent_dims,
        frames_per_latent: facts.frames_per_latent,
        n_parameters: facts.n_parameters,
        is_untrained: facts.is_untrained,
        note: facts.note.as_deref(),
    }
}
