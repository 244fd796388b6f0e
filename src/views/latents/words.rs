//! What Part B says of its figures, and of the encoder behind them.

use carto_types::{Backend, EncoderFacts, EncoderOrigin};

use super::figures::LatentFigures;
use crate::format::{counted, grouped};
use crate::views::words::{AgreementClass, capital};

/// The heading: what was found.
pub(crate) fn finding(figures: &LatentFigures, is_untrained: bool) -> String {
    let n = figures.rows.len();
    if n == 0 {
        return "What an encoder hears in a map, not surveyed yet".to_owned();
    }
    if is_untrained {
        return format!("{n} latents of an untrained encoder. A rehearsal, not a finding.");
    }
    if figures.n_of(AgreementClass::Undetermined) == n {
        let pairs = counted(figures.n_pairs, "pair", "pairs");
        return format!("Too few pairs to say much yet: {pairs}.");
    }
    let shared = figures.n_of(AgreementClass::Perceptual);
    let own = figures.n_of(AgreementClass::Stylistic);
    match (shared, own) {
        (0, 0) => format!("All {n} latents lie between the music and the mapper."),
        (_, _) if shared == n => format!("All {n} latents follow the music."),
        (_, _) if own == n => format!("No agreement: all {n} latents follow the mapper."),
        (0, own) => format!("No latent follows the music. {own} of {n} {} the mapper.", s(own)),
        (shared, 0) => {
            format!("{shared} of {n} latents {} the music. None is pure style.", s(shared))
        }
        (shared, own) => {
            format!("{shared} of {n} latents {} the music. {own} {} the mapper.", s(shared), s(own))
        }
    }
}

/// `follow`, for one `follows`.
fn s(n: usize) -> &'static str {
    if n == 1 { "follows" } else { "follow" }
}

/// The line above the heading.
pub(crate) fn kicker(figures: &LatentFigures, n_dims: usize) -> String {
    let latents = counted(n_dims, "latent", "latents");
    if figures.n_pairs == 0 {
        return format!("Part B · {latents}");
    }
    let pairs = counted(figures.n_pairs, "pair", "pairs");
    format!("Part B · {latents} · {pairs} of {}", counted(figures.n_songs, "song", "songs"))
}

/// The two ends of the ranking, as sentences; `None` without one.
///
/// - `ranked`: numbers of the latents, most agreed on first
pub(crate) fn ends(figures: &LatentFigures, ranked: &[usize]) -> Option<(String, String)> {
    let (first, last) = (*ranked.first()?, *ranked.last()?);
    let sentence = |dim: usize, degree: &str| {
        let row = figures.rows.get(dim)?;
        let nearest = row.nearest.map_or_else(String::new, |nearest| {
            let r = crate::format::fixed(nearest.r, 2);
            format!(" and goes with {} most closely (r = {r})", nearest.name())
        });
        Some(format!("agrees {degree} ({}){nearest}.", row.mean))
    };
    (first != last).then_some(())?;
    Some((sentence(first, "most")?, sentence(last, "least")?))
}

/// What an untrained encoder is worth.
pub(crate) const UNTRAINED: &str = "This encoder has random weights. It shows how the page works; its latents mean nothing about music.";

/// `model.safetensors, served with the page: 9,260,000 numbers, sha256 3fa9c1d2`.
pub(crate) fn encoder_line(encoder: &EncoderFacts) -> String {
    let origin = match encoder.origin {
        EncoderOrigin::Bundled => "served with the page",
        EncoderOrigin::File => "your file",
        EncoderOrigin::Published => "the published one",
    };
    let n_parameters = grouped(u64::from(encoder.n_parameters));
    let hash: String = encoder.weights_sha256.chars().take(8).collect();
    format!("{}, {origin}: {n_parameters} numbers, sha256 {hash}.", encoder.name)
}

/// Where the latents are computed, and why there.
pub(crate) fn backend_line(backend: &Backend) -> String {
    match backend {
        Backend::Cpu { instructions, reason: None } => {
            format!("Computed on your processor{}.", with(instructions))
        }
        Backend::Cpu { instructions, reason: Some(reason) } => {
            let reason = reason.trim_end_matches('.');
            format!(
                "Computed on your processor{}, because {reason}. The numbers are the same.",
                with(instructions)
            )
        }
        Backend::Gpu { adapter, is_software: false } => {
            format!("Computed on your graphics processor: {}.", named(adapter))
        }
        Backend::Gpu { adapter, is_software: true } => {
            format!(
                "{} imitates a graphics processor in software. The numbers are the same.",
                capital(&named(adapter))
            )
        }
    }
}

fn with(instructions: &str) -> String {
    match instructions.trim() {
        "" => String::new(),
        instructions => format!(" ({instructions})"),
    }
}

fn named(adapter: &str) -> String {
    match adapter.trim() {
        "" => "an adapter without a name".to_owned(),
        adapter => adapter.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::views::latents::tests::{encoder, synthesis, track};

    /// The finding of three latents with these mean r's.
    fn found(means: [f64; 3], n_pairs: u32) -> String {
        finding(&LatentFigures::new(Some(&with_means(means, n_pairs)), None), false)
    }

    fn with_means(means: [f64; 3], n_pairs: u32) -> carto_types::TrackB {
        let mut track = track(n_pairs);
        for (dim, mean) in track.dims.iter_mut().zip(means) {
            dim.pearson_mean = mean;
            dim.class = carto_types::ClassBounds::LATENTS.class_of(mean);
        }
        track
    }

    #[test]
    fn headings_state_what_was_found() {
        assert_eq!(
            found([0.4, 0.1, 0.01], 9),
            "1 of 3 latents follows the music. 1 follows the mapper."
        );
        assert_eq!(
            found([0.4, 0.5, 0.1], 9),
            "2 of 3 latents follow the music. None is pure style."
        );
        assert_eq!(
            found([0.0, 0.0, 0.1], 9),
            "No latent follows the music. 2 of 3 follow the mapper."
        );
        assert_eq!(found([0.1; 3], 9), "All 3 latents lie between the music and the mapper.");
        assert_eq!(found([0.4; 3], 9), "All 3 latents follow the music.");
        assert_eq!(found([0.0; 3], 9), "No agreement: all 3 latents follow the mapper.");
        assert_eq!(found([0.4; 3], 2), "Too few pairs to say much yet: 2 pairs.");
        assert_eq!(found([0.4; 3], 0), "What an encoder hears in a map, not surveyed yet");
    }

    #[test]
    fn an_untrained_encoder_finds_nothing() {
        let figures = LatentFigures::new(Some(&track(15)), None);
        assert_eq!(
            finding(&figures, true),
            "3 latents of an untrained encoder. A rehearsal, not a finding."
        );
    }

    #[test]
    fn the_ends_of_the_ranking_are_named() {
        let figures = LatentFigures::new(Some(&track(15)), Some(&synthesis()));
        let (most, least) = ends(&figures, &[1, 0, 2]).unwrap();
        assert_eq!(most, "agrees most (0.45) and goes with X most closely (r = −0.89).");
        assert_eq!(least, "agrees least (0.02) and goes with ONSET most closely (r = 0.30).");
        assert_eq!(ends(&figures, &[1]), None);
    }

    #[test]
    fn the_kicker_counts() {
        assert_eq!(kicker(&LatentFigures::new(None, None), 32), "Part B · 32 latents");
        let figures = LatentFigures::new(Some(&track(15)), None);
        assert_eq!(kicker(&figures, 3), "Part B · 3 latents · 15 pairs of 4 songs");
    }

    #[test]
    fn encoder_and_backend_are_named_with_a_reason() {
        assert_eq!(
            encoder_line(&encoder()),
            "tiny.safetensors, your file: 12,345 numbers, sha256 0123abcd."
        );
        let cpu = |reason: Option<&str>| Backend::Cpu {
            instructions: "simd128".to_owned(),
            reason: reason.map(str::to_owned),
        };
        assert_eq!(
            backend_line(&cpu(Some("this browser offers no graphics processor."))),
            "Computed on your processor (simd128), because this browser offers no graphics processor. The numbers are the same."
        );
        assert_eq!(backend_line(&cpu(None)), "Computed on your processor (simd128).");
        let gpu =
            |adapter: &str, is_software| Backend::Gpu { adapter: adapter.to_owned(), is_software };
        assert_eq!(
            backend_line(&gpu("", false)),
            "Computed on your graphics processor: an adapter without a name."
        );
        assert_eq!(
            backend_line(&gpu("llvmpipe", true)),
            "Llvmpipe imitates a graphics processor in software. The numbers are the same."
        );
    }
}
