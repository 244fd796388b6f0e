//! Buttons that choose: one of several, a table instead of a chart, more rows.

use leptos::children::Children;
use leptos::prelude::*;

use crate::{derived_aria, derived_bool};

/// One button of a choice between several.
///
/// - `choose`: runs when it is pressed
pub fn segment(
    label: impl IntoView + 'static,
    is_chosen: Signal<bool>,
    choose: Callback<()>,
) -> AnyView {
    let label = label.into_any();
    view! {
        <button
            class="segments__item"
            type="button"
            aria-pressed=derived_aria(move || is_chosen.get())
            on:click=move |_| choose.run(())
        >
            {label}
        </button>
    }
    .into_any()
}

/// A choice between the values of a signal: one button each, in the order of `choices`.
///
/// - `choices`: values, and what their buttons say
pub fn segments<T, const N: usize>(chosen: RwSignal<T>, choices: [(T, &'static str); N]) -> AnyView
where
    T: Copy + PartialEq + Send + Sync + 'static,
{
    let button = |(value, label): (T, &'static str)| {
        let choose = Callback::new(move |()| chosen.set(value));
        segment(label, derived_bool(move || chosen.get() == value), choose)
    };
    choices.into_iter().map(button).collect_view().into_any()
}

/// A group of [`segments`] with its name before it.
#[component]
pub fn Field(
    /// Name of the choice.
    name: &'static str,
    /// Name for screen readers, where `name` says too little.
    #[prop(optional)]
    label: Option<&'static str>,
    /// Whether it is left out.
    #[prop(optional)]
    is_hidden: Option<Signal<bool>>,
    /// The buttons.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="field" hidden=derived_bool(move || is_hidden.is_some_and(|hidden| hidden.get()))>
            <span class="field__name">{name}</span>
            <div class="segments" role="group" aria-label=label.unwrap_or(name)>{children()}</div>
        </div>
    }
}

/// The way from a chart to its plain table and back.
#[component]
pub fn ShowAsTable(
    /// Whether the table is shown instead of the chart.
    is_table: RwSignal<bool>,
    /// Classes of the button.
    #[prop(default = "button button--small")]
    class: &'static str,
) -> impl IntoView {
    view! {
        <button
            class=class
            type="button"
            aria-pressed=derived_aria(move || is_table.get())
            on:click=move |_| is_table.update(|is_table| *is_table = !*is_table)
        >
            "Show as table"
        </button>
    }
}
