//! `carto evaluate`: an encoder on maps of songs that it was not trained on.

mod agreement;
mod aligned;
mod card;
mod card_tables;
mod describe;
mod identification;
mod reconstruction;
mod retrieval;

use std::fs::{self, File};
use std::path::Path;

use anyhow::{Context, Result, bail};
use burn::tensor::Device;
use carto_encoder::cpu::native_encoder;
use carto_encoder::folded::FoldedEncoder;
use carto_encoder::weights::{WeightsLimits, read_weights};
use carto_encoder::{EncoderConfig, EncoderWeights};
use carto_encoder_train::{Reconstructor, Split, decoder_from_safetensors};
use carto_types::Mode;

pub(crate) use agreement::{SetSeries, classed, latents_of, shared_songs, spectrum};
use agreement::{aligned_agreement, channels_of};
use aligned::AlignedSet;
use card::{Card, DataFacts, LatentRow};

use crate::{args, files, tables, train, training_set};

/// Measures an encoder on the maps that its configuration holds out, and writes its
/// card: numbers, words, and a part of a page.
pub(crate) fn run(args: &args::Evaluate) -> Result<()> {
    let config = train::read_config(&args.config)?;
    let weights = read(&args.encoder)?;
    if weights.config() != &config.encoder {
        let (encoder, config) = (args.encoder.display(), args.config.display());
        bail!("{encoder} has not the size that {config} describes");
    }
    let (set, timed) = training_set::read_with_times(&args.data, Mode::Published)?;
    let split = Split::new(&set, &config.split, config.seed);
    files::make_folder(&args.out)?;

    let folded = FoldedEncoder::new(&weights);
    let latents = latents_of(&set, &(0..set.maps.len()).collect::<Vec<_>>(), &folded);
    let channels = channels_of(&set, &split.held_out);
    let decoder = decoder(&args.decoder, weights.config())?;
    let reconstructor = || {
        let encoder = native_encoder(folded.clone());
        Reconstructor::new(encoder, decoder.clone(), Device::flex())
    };
    let reconstruction = reconstruction::measure(&set, &split.held_out, reconstructor)?;
    let spectrum = spectrum(&set, &split.held_out, &latents);
    let channel_spectrum = agreement::spectrum(&set, &split.held_out, &channels);
    let aligned = AlignedSet { set: &set, timed: &timed, folded: &folded };
    let aligned = aligned.has_times().then_some(&aligned);
    let find = |aligned| retrieval::retrieval(&set, &split.held_out, &latents, &channels, aligned);
    let aligned_spectra = aligned
        .and_then(|aligned| aligned_agreement(aligned, &split.held_out, &latents, &channels));
    let best_spectrum = aligned_spectra.as_ref().map(|found| &found.latents).or(spectrum.as_ref());
    let card = Card {
        format: card::FORMAT.to_owned(),
        encoder: card::EncoderFacts::of(&weights, fs::metadata(&args.encoder)?.len()),
        data: DataFacts::of(&set, &split),
        retrieval: find(None),
        aligned_retrieval: aligned.and_then(|aligned| find(Some(aligned))),
        identification: identification::identification(&set, &split, &latents),
        latents: LatentRow::all(&reconstruction.latent_kl, best_spectrum),
        aligned_agreement: aligned_spectra,
        agreement: spectrum,
        channel_agreement: channel_spectrum,
        reconstruction,
        training: config,
    };
    write(&args.out, "encoder.card.json", &(serde_json::to_string_pretty(&card)? + "\n"))?;
    write(&args.out, "encoder.card.md", &describe::markdown(&card))?;
    write(
        &args.out,
        "encoder.card.html",
        &tables::html(&card_tables::tables(&card), &describe::limits(&card)),
    )?;
    print_line!("{}", describe::summary(&card));
    Ok(())
}

/// Reads an encoder.
///
/// # Errors
///
/// In words that name the file.
pub(crate) fn read(path: &Path) -> Result<EncoderWeights> {
    let name = path.display().to_string();
    let file = File::open(path).with_context(|| format!("{name} cannot be read"))?;
    read_weights(file, &name, &WeightsLimits::default()).with_context(|| name)
}

fn decoder(path: &Path, config: &EncoderConfig) -> Result<carto_encoder::reference::Decoder> {
    let name = path.display();
    let bytes = fs::read(path).with_context(|| format!("{name} cannot be read"))?;
    decoder_from_safetensors(bytes, config, &Device::flex()).with_context(|| name.to_string())
}

fn write(dir: &Path, name: &str, text: &str) -> Result<()> {
    files::write_atomic(&dir.join(name), text.as_bytes())
}
