//! Controls, tables and keys of charts, under the names and signatures of `carto-ui`.

use leptos::children::Children;
use leptos::prelude::*;

pub(super) use super::focus;
pub(crate) use super::later::later as deferred;
pub(crate) use super::live::{
    Drawn as Dynamic, aria as derived_aria, drawn as dynamic, flag as derived_bool,
    text as derived_string, word as derived_str,
};

/// One button of a choice between several.
///
/// - `choose`: runs when it is pressed
pub(crate) fn segment(
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
pub(crate) fn segments<T, const N: usize>(
    chosen: RwSignal<T>,
    choices: [(T, &'static str); N],
) -> AnyView
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
pub(crate) fn Field(
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
pub(crate) fn ShowAsTable(
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

/// The figures of a chart as a table, in a region that scrolls where it is too wide.
#[component]
pub(crate) fn FigureTable(
    /// Id of what names the table: of its caption, or of a heading where it has none.
    named_by: &'static str,
    /// Caption of the table; empty where a heading names it.
    #[prop(optional, into)]
    caption: String,
    /// Classes of the table.
    #[prop(default = "table")]
    class: &'static str,
    /// Headings of the columns.
    heads: Vec<String>,
    /// Heads after these that come and go.
    #[prop(optional)]
    more_heads: Option<AnyView>,
    /// Rows of the table, as [`figure_row`] makes them.
    rows: Dynamic,
) -> impl IntoView {
    let caption = (!caption.is_empty())
        .then(|| view! { <caption id=named_by class="table__caption">{caption}</caption> });
    let heads = heads.into_iter().map(|head| view! { <th scope="col">{head}</th> });
    view! {
        <div class="table-scroll" role="region" aria-labelledby=named_by tabindex="0">
            <table class=class>
                {caption}
                <thead>
                    <tr>
                        {heads.collect_view()}
                        {more_heads}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

/// A row of a [`FigureTable`]: its name, its figures, and cells of another kind.
pub(crate) fn figure_row(name: AnyView, figures: Vec<String>, more_cells: AnyView) -> AnyView {
    let figures = figures.into_iter().map(|figure| view! { <td>{figure}</td> });
    view! {
        <tr>
            <th scope="row">{name}</th>
            {figures.collect_view()}
            {more_cells}
        </tr>
    }
    .into_any()
}

/// A line of a chart's key: a mark, and what it means.
#[component]
pub(crate) fn MarkKey(
    /// The mark, which says nothing to screen readers.
    mark: AnyView,
    /// Whether the chart has no such mark now.
    #[prop(optional)]
    is_hidden: Option<Signal<bool>>,
    /// Meaning of the mark.
    children: Children,
) -> impl IntoView {
    view! {
        <div hidden=derived_bool(move || is_hidden.is_some_and(|hidden| hidden.get()))>
            <dt aria-hidden="true">{mark}</dt>
            <dd>{children()}</dd>
        </div>
    }
}

/// The mark of a mean for a [`MarkKey`].
///
/// - `is_other`: whether it is that of a result which is laid over
/// - `has_whisker`: whether its standard deviation is drawn too
pub(crate) fn key_mark(is_other: bool, has_whisker: bool) -> AnyView {
    let class = if is_other { "key-mark other" } else { "key-mark" };
    view! {
        <span class=class>
            {has_whisker.then(|| view! { <span class="whisker"></span> })}
            <span class="diamond"></span>
        </span>
    }
    .into_any()
}

/// The mark that a key leads to along a row of marks; `None` for any other key.
///
/// - `key`: as the browser names it
/// - `at`, `last`: places of the mark with the focus and of the last mark
#[must_use]
pub(crate) fn next_mark(key: &str, at: usize, last: usize) -> Option<usize> {
    match key {
        "ArrowDown" | "ArrowRight" => Some((at + 1).min(last)),
        "ArrowUp" | "ArrowLeft" => Some(at.saturating_sub(1)),
        "Home" => Some(0),
        "End" => Some(last),
        _ => None,
    }
}
