//! The heatmap: a row of the matrix for each latent, a cell for each channel.
//!
//! One drawing in two arrangements, latents in columns or in rows. It has one
//! tab stop; which cell is active moves within it.

use carto_charts::{CHANNELS, COLORMAP_KEY, Cell, cell_label, value};
use carto_ui::{derived_bool, derived_str, derived_string, dynamic};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::colormap::CellStyle;
use super::heat_view::HeatView;
use super::keyboard_nav::{Drawing, enter, step};
use crate::view_state::{HeatmapPart, Line};

/// Id of what takes the focus.
const HEAT_ID: &str = "heat";

/// Names, cells, the frames around what is active and selected, and the key.
#[component]
pub(super) fn Heatmap(
    /// What is on screen.
    view: HeatView,
) -> impl IntoView {
    let places = view.latents.places;
    let n_dims = Memo::new(move |_| view.latents.n_dims());
    let cursor = Memo::new(move |_| view.cursor());
    let latents = dynamic(move || {
        (0..n_dims.get()).map(|dim| latent_line(dim, view)).collect_view().into_any()
    });
    let keys = move |event: leptos::ev::KeyboardEvent| {
        let cell = cursor.get_untracked();
        match event.key().as_str() {
            "Enter" => view.selected.update(|selected| *selected = enter(*selected, cell)),
            "Escape" if view.selected.get_untracked().is_some() => view.selected.set(None),
            key => {
                let places = places.get_untracked();
                let Some(to) = step(cell, key, drawing(), &places) else { return };
                view.hovered.set(None);
                view.chosen.set(Some(to));
            }
        }
        event.prevent_default();
    };
    let press = move |event: leptos::ev::MouseEvent| match part_under(&event) {
        Some(HeatmapPart::Cell(cell)) => {
            view.hovered.set(None);
            view.chosen.set(Some(cell));
        }
        // A second press on a name lets it go.
        Some(HeatmapPart::Line(line)) => view.selected.update(|selected| {
            *selected = (*selected != Some(line)).then_some(line);
        }),
        None => {}
    };
    // A finger has no place where it only points.
    let hover = move |event: leptos::ev::PointerEvent| {
        if event.pointer_type() != "touch" {
            view.hovered.set(match part_under(&event) {
                Some(HeatmapPart::Cell(cell)) => Some(cell),
                _ => None,
            });
        }
    };
    view! {
        <div class="heat-key" aria-hidden="true">
            <span class="heat-key__end">"moves against"</span>
            <span class="heat-key__bar"></span>
            <span class="heat-key__end">"moves with"</span>
            <span class="heat-key__figures">
                {COLORMAP_KEY.map(|(label, _)| view! { <span>{label}</span> }).collect_view()}
            </span>
        </div>
        <div
            id=HEAT_ID
            class="heat"
            style=("--n", derived_string(move || n_dims.get().to_string()))
            role="grid"
            tabindex="0"
            aria-label="Correlation of latents with nine channels. Arrow keys move the cell, Enter selects its latent and then its channel, Escape lets go."
            aria-activedescendant=derived_string(move || HeatmapPart::Cell(cursor.get()).id())
            on:keydown=keys
            on:click=press
            on:pointerover=hover
            on:pointerleave=move |_| view.hovered.set(None)
        >
            <div class="heat__channels" role="row">
                <span class="heat__corner" role="columnheader">"latent"</span>
                {(0..CHANNELS.len()).map(|channel| channel_name(channel, view)).collect_view()}
            </div>
            <div class="heat__latents" role="rowgroup">{latents}</div>
            <div class="heat__frames" aria-hidden="true">
                <span
                    class="heat__line"
                    class:heat__line--latent=derived_bool(move || matches!(view.selected.get(), Some(Line::Latent(_))))
                    hidden=derived_bool(move || view.selected.get().is_none())
                    style=("--i", derived_string(move || match view.selected.get() {
                        Some(Line::Latent(dim)) => places.with(|places| places.of(dim)).to_string(),
                        _ => "0".to_owned(),
                    }))
                    style=("--c", derived_string(move || match view.selected.get() {
                        Some(Line::Channel(channel)) => channel.to_string(),
                        _ => "0".to_owned(),
                    }))
                ></span>
                <span
                    class="heat__cursor"
                    style=("--i", derived_string(move || places.with(|places| places.of(view.shown().dim)).to_string()))
                    style=("--c", derived_string(move || view.shown().channel.to_string()))
                ></span>
            </div>
        </div>
        <figcaption class="ranks__reading">
            "Mean correlation over all maps. Latents stand in the order of the chart above. Arrow keys move the cell; Enter selects its latent, once more its channel; Escape lets go."
        </figcaption>
    }
}

/// Swatch and name of a channel; pressing it selects all of it.
fn channel_name(channel: usize, view: HeatView) -> impl IntoView {
    let line = Line::Channel(channel);
    let names = CHANNELS.get(channel).copied();
    view! {
        <span
            id=HeatmapPart::Line(line).id()
            class=derived_str(move || match view.selected.get() == Some(line) {
                true => "heat__channel heat__name--selected",
                false => "heat__channel",
            })
            role="columnheader"
            aria-label=names.map(|channel| channel.name)
        >
            <span class=names.map(|channel| channel.swatch)></span>
            <span class="heat__full">{names.map(|channel| channel.name)}</span>
            <span class="heat__abbr">{names.map(|channel| channel.abbr)}</span>
        </span>
    }
}

/// Number and nine cells of a latent, which slide together when the order changes.
fn latent_line(dim: usize, view: HeatView) -> impl IntoView {
    let line = Line::Latent(dim);
    let place =
        derived_string(move || view.latents.places.with(|places| places.of(dim)).to_string());
    let cells = dynamic(move || {
        let (fade, values) = (f64::from(view.fade.get()) / 100.0, view.values.get());
        view.with_matrix(|m| {
            (0..CHANNELS.len())
                .map(|channel| {
                    let cell = Cell { dim, channel };
                    let r = value(m, cell);
                    let CellStyle { class, fill, text } = CellStyle::new(r, fade, values);
                    view! {
                        <span
                            id=HeatmapPart::Cell(cell).id()
                            class=class
                            style=("--fill", fill)
                            role="gridcell"
                            aria-label=cell_label(cell, r)
                        >
                            {text}
                        </span>
                    }
                })
                .collect_view()
                .into_any()
        })
    });
    view! {
        <div class="heat__latent" role="row" style=("--i", place)>
            <span
                id=HeatmapPart::Line(line).id()
                class=derived_str(move || match view.selected.get() == Some(line) {
                    true => "heat__number heat__name--selected",
                    false => "heat__number",
                })
                role="rowheader"
                aria-label=format!("Latent {dim}")
            >
                {dim.to_string()}
            </span>
            {cells}
        </div>
    }
}

/// What an event is about, by the id of its target or of what that stands in.
fn part_under(event: &web_sys::Event) -> Option<HeatmapPart> {
    let target = event.target()?.dyn_into::<web_sys::Element>().ok()?;
    HeatmapPart::of_id(&target.id()).or_else(|| HeatmapPart::of_id(&target.parent_element()?.id()))
}

/// How the heatmap is drawn just now: the wide drawing is wider than high.
fn drawing() -> Drawing {
    let heat = document().get_element_by_id(HEAT_ID);
    let heat = heat.and_then(|heat| heat.dyn_into::<web_sys::HtmlElement>().ok());
    match heat.map(|heat| (heat.offset_width(), heat.offset_height())) {
        Some((width, height)) if width < height => Drawing::Narrow,
        _ => Drawing::Wide,
    }
}
