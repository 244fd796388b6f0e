//! Both playfields at the moment, side by side or over each other.

use carto_charts::number::clock;
use carto_ui::{Field, derived_bool, derived_string, segments};
use leptos::html;
use leptos::prelude::*;

use crate::choice::Side;
use crate::client::use_client;
use crate::observe::on_resize;
use crate::player::use_player;
use crate::stage::Part;
use crate::words::approach_rate;

/// Two canvases; that of A holds both maps where they lie over each other.
#[component]
pub(super) fn Fields() -> impl IntoView {
    let state = use_client().state;
    let is_over = state.is_over;
    view! {
        <section class="song-fields" class:song-fields--over=is_over aria-label="Playfields">
            <PlayfieldCanvas side=Side::A/>
            <PlayfieldCanvas side=Side::B/>
            <div class="song-fields__look">
                <Field name="Playfields">
                    {segments(is_over, [(false, "Side by side"), (true, "Over each other")])}
                </Field>
            </div>
        </section>
    }
}

#[component]
fn PlayfieldCanvas(
    /// Whose map.
    side: Side,
) -> impl IntoView {
    let (state, player) = (use_client().state, use_player());
    let (part, place) = match side {
        Side::A => (Part::FieldA, 0),
        Side::B => (Part::FieldB, 1),
    };
    let canvas = NodeRef::<html::Canvas>::new();
    Effect::new(move || {
        let Some(canvas) = canvas.get() else { return };
        player.stage().put(part, canvas.clone());
        on_resize(&canvas, move || player.stage().fit(part));
    });
    on_cleanup(move || player.stage().remove(part));
    let name = derived_string(move || state.names()[place].clone());
    let rate = derived_string(move || {
        let drawn = state.opened().map(|pair| pair.drawn[place].preempt_ms);
        drawn.map_or_else(String::new, approach_rate)
    });
    let other = derived_string(move || match (side, state.is_over.get()) {
        (Side::A, true) => format!(" over {}", state.names()[1]),
        _ => String::new(),
    });
    let label = derived_string(move || {
        format!("Playfield of {}{} at {}", name.get(), other.get(), clock(state.cursor_ms.get()))
    });
    let is_hidden = derived_bool(move || side == Side::B && state.is_over.get());
    view! {
        <figure class="song-field" hidden=is_hidden>
            <figcaption class="song-field__name">
                <b>{name}</b>
                " "
                {rate}
                {other}
            </figcaption>
            <canvas class="song-field__canvas" node_ref=canvas role="img" aria-label=label></canvas>
        </figure>
    }
}
