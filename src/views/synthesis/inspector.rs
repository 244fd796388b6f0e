//! The cell under pointer or keys, and the latent or channel that is selected.

use carto_charts::number::fixed;
use carto_charts::{
    CHANNELS, Cell, agreement_of, by_channel, channel_name, direction, other_sampling, r_text,
    value,
};
use carto_ui::{derived_str, derived_string, dynamic};
use leptos::prelude::*;

use super::heat_view::HeatView;
use super::keyboard_nav::{Drawing, step};
use crate::view_state::Line;

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
    let r = Memo::new(move |_| view.with_matrix(|m| value(m, shown.get())));
    let figure = derived_string(move || r_text(r.get()));
    let words = derived_string(move || match r.get() {
        None => "No data yet.".to_owned(),
        Some(r) => {
            let (cell, sampling, latents) = (shown.get(), view.sampling.get(), view.latents);
            let other = latents.synthesis.with(|s| {
                s.as_ref().map_or_else(String::new, |s| other_sampling(s, sampling, cell))
            });
            let agreement = latents.track_b.with(|track| {
                track.as_ref().map_or_else(String::new, |track| agreement_of(track, cell.dim))
            });
            [direction(cell, r), other, agreement].join(" ")
        }
    });
    let line = dynamic(move || match view.selected.get() {
        None => ().into_any(),
        Some(line) => selected_line(line, view),
    });
    view! {
        <div class="inspector">
            <p class="inspector__kicker">
                {derived_str(move || match view.hovered.get() {
                    Some(_) => "Cell under the pointer",
                    None => "Selected cell",
                })}
            </p>
            <div class="inspector__cell" aria-live="polite">
                <p class="inspector__name">
                    {derived_string(move || format!("Latent {} × {}", shown.get().dim, channel_name(shown.get().channel)))}
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

/// All channels of a latent, or the latents that a channel goes with most.
fn selected_line(line: Line, view: HeatView) -> AnyView {
    let (title, rows) = view.with_matrix(|m| match line {
        Line::Latent(dim) => {
            let rows = CHANNELS.into_iter().enumerate().filter_map(|(channel, names)| {
                let r = value(m, Cell { dim, channel })?;
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
