//! Which encoder made the latents, and what computed them.

use carto_charts::number::{capital, grouped};
use carto_types::{Backend, EncoderFacts, EncoderOrigin};
use carto_ui::{derived_bool, derived_string, dynamic};
use leptos::prelude::*;

use crate::views::icons::{WARNING, icon};

/// What is to be known of an untrained encoder.
const UNTRAINED: &str = "This encoder has random weights. It shows how the page works; its latents mean nothing about music.";

/// Which encoder, where it runs, and that it was not trained.
#[component]
pub(super) fn ComputedBy(
    /// Which encoder.
    encoder: Signal<Option<EncoderFacts>>,
    /// What computes.
    backend: Signal<Option<Backend>>,
) -> impl IntoView {
    let encoder_line = derived_string(move || {
        encoder.with(|encoder| encoder.as_ref().map_or_else(String::new, encoder_line))
    });
    let backend_line = derived_string(move || {
        backend.with(|backend| backend.as_ref().map_or_else(String::new, backend_line))
    });
    let warning = dynamic(move || {
        match encoder.with(|encoder| encoder.as_ref().is_some_and(|e| e.is_untrained)) {
            false => ().into_any(),
            true => view! {
                <p class="computed__warning" role="note">{icon(WARNING)} {UNTRAINED}</p>
            }
            .into_any(),
        }
    });
    view! {
        <div class="computed">
            {warning}
            <p class="computed__line" hidden=derived_bool(move || encoder.with(Option::is_none))>
                <b>"Encoder: "</b>
                {encoder_line}
            </p>
            <p class="computed__line" hidden=derived_bool(move || backend.with(Option::is_none))>
                {backend_line}
            </p>
        </div>
    }
}

/// `model.safetensors, served with the page: 9,260,000 numbers, sha256 3fa9c1d2`.
fn encoder_line(encoder: &EncoderFacts) -> String {
    let origin = match encoder.origin {
        EncoderOrigin::Bundled => "served with the page",
        EncoderOrigin::File => "your file",
        EncoderOrigin::Published => "the published one",
    };
    let n_parameters = grouped(encoder.n_parameters);
    let hash: String = encoder.weights_sha256.chars().take(8).collect();
    format!("{}, {origin}: {n_parameters} numbers, sha256 {hash}.", encoder.name)
}

/// Where the latents are computed, and why there.
fn backend_line(backend: &Backend) -> String {
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

    #[test]
    fn encoder_and_backend_are_named_with_a_reason() {
        assert_eq!(
            encoder_line(&EncoderFacts {
                name: "tiny.safetensors".to_owned(),
                origin: EncoderOrigin::File,
                weights_sha256: "0123abcdef".to_owned(),
                hidden_dim: 8,
                n_latent_dims: 3,
                frames_per_latent: 16,
                n_parameters: 12_345,
                note: None,
                is_untrained: false,
            }),
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
