//! The cell under pointer or keys, and the latent or channel that is selected.

use leptos::prelude::*;

use super::HeatView;
use super::matrix::{self, Cell, Sampling, by_channel};
use super::walk::{Drawing, Line, step};
use super::words::{channel_name, direction};
use crate::format::{NO_VALUE, fixed, spread};
use crate::views::channels::CHANNELS;
use crate::views::latents::class_of;
use crate::views::live::{drawn, text, word};

/// Latents listed for a channel.
const N_LISTED: usize = 6;

/// Beside the heatmap: what one cell says, with steppers for hands that have
/// no arrow keys.
#[component]
pub(super) fn Inspector(
    /// What is on screen.
    view: HeatView,
) -> impl IntoView {
    let shown = Memo::new(move |_| view.shown());
    let r = Memo::new(move |_| view.with_matrix(|m| matrix::value(m, shown.get())));
    let figure = text(move || r.get().map_or_else(|| NO_VALUE.to_owned(), |r| fixed(r, 2)));
    let words = text(move || match r.get() {
        None => "Nothing is surveyed yet.".to_owned(),
        Some(r) => {
            let cell = shown.get();
            [direction(cell, r), other_sampling(cell, view), agreement(cell.dim, view)].join(" ")
        }
    });
    let line = drawn(move || match view.selected.get() {
        None => ().into_any(),
        Some(line) => selected_line(line, view),
    });
    view! {
        <div class="inspector">
            <p class="inspector__kicker">
                {word(move || match view.hovered.get() {
                    Some(_) => "Cell under the pointer",
                    None => "Selected cell",
                })}
            </p>
            <div class="inspector__cell" aria-live="polite">
                <p class="inspector__name">
                    {text(move || format!("Latent {} × {}", shown.get().dim, channel_name(shown.get().channel)))}
                </p>
                <p class="inspector__figure">{figure}</p>
                <p>{words}</p>
            </div>
            <div class="inspector__steppers">
                {stepper("Latent", ("ArrowLeft", "Latent before"), ("ArrowRight", "Latent after"), view)}
                {stepper("Channel", ("ArrowUp", "Channel before"), ("ArrowDown", "Channel after"), view)}
            </div>
        </div>
        {line}
    }
}

/// Two buttons that do what arrow keys do in the wide drawing.
fn stepper(
    name: &'static str,
    back: (&'static str, &'static str),
    on: (&'static str, &'static str),
    view: HeatView,
) -> impl IntoView {
    let button = move |(key, label): (&'static str, &'static str), sign: &'static str| {
        view! {
            <button
                class="segments__item"
                type="button"
                aria-label=label
                on:click=move |_| {
                    let cell = view.cursor();
                    let places = view.latents.places.get_untracked();
                    view.hovered.set(None);
                    view.chosen.set(step(cell, key, Drawing::Wide, &places));
                }
            >
                {sign}
            </button>
        }
    };
    view! {
        <div class="segments" role="group" aria-label=name>
            {button(back, "−")} <span class="inspector__stepped">{name}</span> {button(on, "+")}
        </div>
    }
}

/// The same cell in the matrix that is not shown.
fn other_sampling(cell: Cell, view: HeatView) -> String {
    let (other, name) = match view.sampling.get() {
        Sampling::Down => (Sampling::Up, "Up-sampled"),
        Sampling::Up => (Sampling::Down, "Down-sampled"),
    };
    let r = view.latents.synthesis.with(|s| matrix::value(other.of(s.as_ref()?), cell));
    r.map_or_else(String::new, |r| format!("{name}: {}.", fixed(r, 2)))
}

/// What mappers of one song share in a latent, once there are pairs.
fn agreement(dim: usize, view: HeatView) -> String {
    view.latents.track_b.with(|track| {
        let Some((track, row)) =
            track.as_ref().and_then(|track| Some((track, track.dims.get(dim)?)))
        else {
            return String::new();
        };
        if row.n_pairs == 0 {
            return String::new();
        }
        let rank = track.ranking.iter().position(|&other| other as usize == dim);
        let rank = rank.map_or_else(String::new, |rank| {
            format!(", rank {} of {}", rank + 1, track.dims.len())
        });
        let spread = match row.n_pairs {
            1 => String::new(),
            _ => format!(" {}", spread(row.pearson_std)),
        };
        let (mean, class) = (fixed(row.pearson_mean, 2), class_of(row).word());
        format!("Agreement between mappers: {mean}{spread}{rank}, {class}.")
    })
}

/// All channels of a latent, or the latents that a channel goes with most.
fn selected_line(line: Line, view: HeatView) -> AnyView {
    let (title, rows) = view.with_matrix(|m| match line {
        Line::Latent(dim) => {
            let rows = CHANNELS.into_iter().enumerate().filter_map(|(channel, names)| {
                let r = matrix::value(m, Cell { dim, channel })?;
                Some((Some(names.swatch), names.name.to_owned(), r))
            });
            (format!("Latent {dim}, channel by channel"), rows.collect::<Vec<_>>())
        }
        Line::Channel(channel) => {
            let strongest = by_channel(m, channel).into_iter().take(N_LISTED);
            let rows = strongest.map(|(dim, r)| (None, format!("Latent {dim}"), r));
            (format!("{}, its closest latents", channel_name(channel)), rows.collect())
        }
    });
    let rows = rows.into_iter().map(|(swatch, name, r)| {
        view! {
            <div class="facts__row">
                <dt>{swatch.map(|swatch| view! { <span class=swatch></span> })} {name}</dt>
                <dd>{fixed(r, 2)}</dd>
            </div>
        }
    });
    view! {
        <div>
            <h3 class="notes__title">{title}</h3>
            <dl class="facts">{rows.collect_view()}</dl>
        </div>
    }
    .into_any()
}
