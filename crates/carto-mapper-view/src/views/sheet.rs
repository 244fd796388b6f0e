//! The finding, the plate and the notes; words where a mapper cannot be compared.

use std::sync::Arc;

use carto_ui::{ShowAsTable, derived_bool, derived_str, derived_string, dynamic, view_link};
use leptos::prelude::*;

use super::chart::{MapperFigures, MapperLines};
use super::detail::Detail;
use super::notes::MapperNotes;
use crate::client::use_client;
use crate::links::mapper_query;
use crate::plate::Plate;
use crate::state::{Comparison, RequestState};
use crate::words::{heading, partial};

/// What sets the mapper apart, as a heading and a chart.
#[component]
pub(super) fn MapperSheet() -> impl IntoView {
    let state = use_client().state;
    // While something else is compared the plate stays, its marks faint.
    let plate = Memo::new(move |before: Option<&Option<Arc<Plate>>>| {
        let shows_all = state.shows_all.get();
        state.found.with(|found| match found {
            RequestState::Ready(Comparison::Found(found)) => {
                Some(Arc::new(Plate::new(found, shows_all)))
            }
            RequestState::Ready(Comparison::Nobody(_)) | RequestState::Failed(_) => None,
            RequestState::Idle | RequestState::Pending(_) => before.cloned().flatten(),
        })
    });
    let is_stale = derived_bool(move || state.found().is_none());
    let has_plate = Memo::new(move |_| plate.with(Option::is_some));
    let words = derived_string(move || match (state.found(), state.found.get()) {
        (Some(found), _) => heading(&found),
        (None, RequestState::Ready(_)) => {
            format!("{} cannot be compared with anybody.", state.mapper.get())
        }
        (None, RequestState::Failed(why)) => format!("The maps could not be compared: {why}."),
        (None, RequestState::Idle | RequestState::Pending(_)) => {
            "What sets the mapper apart shows once all songs are measured.".to_owned()
        }
    });
    let partial = derived_string(move || state.found().map_or_else(String::new, |it| partial(&it)));
    let without_other = derived_string(move || {
        let against = state.against.get();
        match state.found() {
            Some(found) if found.report.head_to_head.is_none() && !against.is_empty() => format!(
                "{} and {against} have no song in common in which both have a difficulty of their own. Shown is {0} against all others.",
                found.report.fingerprint.mapper
            ),
            _ => String::new(),
        }
    });
    let body = dynamic(move || {
        match has_plate.get() {
        false => view! { <Nearest/> }.into_any(),
        true => view! {
            <div class="sheet__body">
                <figure class="plate mapper-plate" class:mapper-plate--stale=is_stale aria-labelledby="mapper-finding">
                    <div class="mapper-plate__controls">
                        <ShowAsTable is_table=state.is_table/>
                    </div>
                    {dynamic(move || match state.is_table.get() {
                        true => view! { <MapperFigures plate/> }.into_any(),
                        false => view! { <MapperLines plate/> <Detail plate/> }.into_any(),
                    })}
                </figure>
                <MapperNotes plate/>
            </div>
        }
        .into_any(),
    }
    });
    view! {
        <section class="sheet" aria-labelledby="mapper-finding">
            <div class="sheet__head">
                <h2 id="mapper-finding" class="heading">{words}</h2>
                <p class="mapper-said" hidden=derived_bool(move || partial.with(String::is_empty))>
                    {partial}
                </p>
                <p class="mapper-said" hidden=derived_bool(move || without_other.with(String::is_empty))>
                    {without_other}
                </p>
            </div>
            {body}
        </section>
    }
}

/// The mappers whose names are like that of one who is not there.
#[component]
fn Nearest() -> impl IntoView {
    let state = use_client().state;
    let names = Memo::new(move |_| {
        state.found.with(|found| match found {
            RequestState::Ready(Comparison::Nobody(names)) => names.clone(),
            _ => Vec::new(),
        })
    });
    let items = dynamic(move || {
        let item = |name: String| {
            view! { <li>{view_link(mapper_query(&name, ""), name, None, "")}</li> }
        };
        names.get().into_iter().map(|it| item(it.name)).collect_view().into_any()
    });
    let has_none = derived_bool(move || {
        !state.found.with(|found| matches!(found, RequestState::Ready(Comparison::Nobody(_))))
    });
    view! {
        <div hidden=has_none>
            <p>
                "No song here has a map of this mapper beside one of another mapper."
                {derived_str(move || if names.with(Vec::is_empty) { "" } else { " The nearest names:" })}
            </p>
            <ul class="mapper-nearest">{items}</ul>
        </div>
    }
}
