//! All numbers of the dimension that is open.

use carto_ui::{derived_bool, derived_string, dynamic, focus};
use leptos::prelude::*;

use super::line::{DETAIL, badge_id};
use crate::client::use_client;
use crate::plate::ShownPlate;
use crate::words::numbers;

/// A panel below the chart; hidden while no dimension is open.
#[component]
pub(super) fn Detail(
    /// What the chart shows.
    plate: ShownPlate,
) -> impl IntoView {
    let opened = use_client().state.opened;
    let rows = Memo::new(move |_| {
        let name = opened.get()?;
        plate.with(|plate| plate.as_ref()?.line(&name).map(|line| numbers(&line.row)))
    });
    let items = dynamic(move || {
        let item = |(name, value): (&'static str, String)| {
            view! { <div><dt>{name}</dt> <dd>{value}</dd></div> }
        };
        rows.get().unwrap_or_default().into_iter().map(item).collect_view().into_any()
    });
    let close = move |_| {
        if let Some(name) = opened.get_untracked() {
            opened.set(None);
            focus(&badge_id(&name));
        }
    };
    view! {
        <section
            id=DETAIL
            class="mapper-detail"
            aria-label="Numbers of the chosen dimension"
            hidden=derived_bool(move || rows.with(Option::is_none))
        >
            <div class="mapper-detail__head">
                <h3 class="notes__title">
                    {derived_string(move || opened.get().unwrap_or_default())}
                </h3>
                <button class="button button--small" type="button" on:click=close>"Close"</button>
            </div>
            <dl class="mapper-detail__list">{items}</dl>
        </section>
    }
}
