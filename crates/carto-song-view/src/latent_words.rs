//! The sentences of the latents.

use carto_charts::latents_finding;
use carto_charts::number::{fixed, grouped};
use carto_protocol::TileDone;
use carto_types::{Backend, EncoderFacts, LatentSpan, SongLatents, frames_ms, latent_name};
use leptos::prelude::With;

use crate::latent_state::LatentState;
use crate::state::SongState;

/// Mean over the latents that have an r; `None` where none has.
fn mean(span: &LatentSpan) -> Option<f64> {
    let r: Vec<f64> = span.r.iter().copied().flatten().collect();
    (!r.is_empty()).then(|| r.iter().sum::<f64>() / r.len() as f64)
}

fn figure(mean: Option<f64>) -> String {
    mean.map_or_else(|| "–".to_owned(), |mean| fixed(mean, 2))
}

/// What is said once they are there.
pub(crate) fn computed_text(latents: &SongLatents) -> String {
    format!("Latents of both maps are computed: {}", latents_finding(latents))
}

/// How far their computation is.
pub(crate) fn progress_text(tile: Option<TileDone>) -> String {
    match tile {
        None => "Computing the latents of both maps.".to_owned(),
        Some(TileDone { n_latents_done, n_latents }) => {
            format!("{} of {} columns.", grouped(n_latents_done), grouped(n_latents))
        }
    }
}

/// Whose they are, what made them, and how they are drawn.
pub(crate) fn about_latents(song: SongState) -> String {
    let [a, b] = song.names();
    let made = song.latents.computed().map(|computed| {
        let made = made_by(&computed.facts, &computed.encoded.latents);
        format!("{made} {}", computed_by(&computed.encoded.backend))
    });
    format!(
        "{a} above, {b} mirrored below: symmetry is agreement. Each strip reaches from the lowest to \
         the highest value of its latent in either map; the highest r over the song stand first. {}",
        made.unwrap_or_default()
    )
}

/// `One step is 18 frames (108 ms) of the encoder model.safetensors.`
fn made_by(facts: &EncoderFacts, latents: &SongLatents) -> String {
    let frames = latents.frames_per_column;
    let untrained = match facts.is_untrained {
        true => " Its weights are random: these latents mean nothing about music.",
        false => "",
    };
    format!(
        "A step is {frames} frames ({} ms), read by the encoder {}.{untrained}",
        fixed(frames_ms(frames), 0),
        facts.name
    )
}

fn computed_by(backend: &Backend) -> &'static str {
    match backend {
        Backend::Cpu { .. } => "Computed on your processor.",
        Backend::Gpu { .. } => "Computed on your graphics processor.",
    }
}

/// Mean r of what is seen, and of the song.
pub(crate) fn mean_text(state: LatentState) -> String {
    let here = state.here.with(|here| here.as_ref().and_then(mean));
    let computed = state.computed();
    let latents = computed.as_ref().map(|computed| &computed.encoded.latents);
    format!(
        "Mean r of all {} latents: {} here, {} over the song.",
        latents.map_or(0, |latents| latents.n_latents),
        figure(here),
        figure(latents.and_then(|latents| mean(&latents.song)))
    )
}

/// The name of the chart: its finding.
pub(crate) fn chart_name(song: SongState) -> String {
    let [a, b] = song.names();
    let strongest = song.latents.here.with(|here| {
        let r = here.iter().flat_map(|here| here.r.iter().enumerate());
        let r = r.filter_map(|(latent, r)| Some((latent, (*r)?)));
        r.max_by(|a, b| a.1.total_cmp(&b.1))
    });
    let strongest = strongest.map_or_else(String::new, |(latent, r)| {
        format!(" They agree most in {}, r {}.", latent_name(latent), fixed(r, 2))
    });
    format!("Latents of {a} and {b} over time.{strongest}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn means_are_over_the_latents_that_have_an_r() {
        let song = LatentSpan { columns: 3, r: vec![Some(0.5), None, Some(0.25)] };
        let latents = SongLatents { song, frames_per_column: 18, ..SongLatents::default() };
        assert_eq!(
            computed_text(&latents),
            "Latents of both maps are computed: r of 2 latents from 0.25 (z2) to 0.50 (z0), 0.38 on \
             average."
        );
        assert_eq!(mean(&LatentSpan::default()), None);
        let facts = EncoderFacts { name: "m.safetensors".to_owned(), ..EncoderFacts::default() };
        assert_eq!(
            made_by(&facts, &latents),
            "A step is 18 frames (108 ms), read by the encoder m.safetensors."
        );
    }

    #[test]
    fn progress_counts_columns() {
        let tile = TileDone { n_latents_done: 1_200, n_latents: 2_400 };
        assert_eq!(progress_text(Some(tile)), "1,200 of 2,400 columns.");
        assert_eq!(progress_text(None), "Computing the latents of both maps.");
    }
}
