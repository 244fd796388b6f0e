//! What stands around the marks of a chart: its key, its axis, and its plain table.

use leptos::children::Children;
use leptos::prelude::*;

use crate::{Dynamic, derived_bool};

/// The figures of a chart as a table, in a region that scrolls where it is too wide.
#[component]
pub fn FigureTable(
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
    let heads =
        heads.into_iter().map(|head| view! { <th role="columnheader" scope="col">{head}</th> });
    view! {
        <div class="table-scroll" role="region" aria-labelledby=named_by tabindex="0">
            // Rows may be cards on a narrow screen: the roles stay those of a table.
            <table class=class role="table">
                {caption}
                <thead role="rowgroup">
                    <tr role="row">
                        {heads.collect_view()}
                        {more_heads}
                    </tr>
                </thead>
                <tbody role="rowgroup">{rows}</tbody>
            </table>
        </div>
    }
}

/// A row of a [`FigureTable`]: its name, its figures, and cells of another kind.
pub fn figure_row(name: AnyView, figures: Vec<String>, more_cells: AnyView) -> AnyView {
    let figures = figures.into_iter().map(|figure| view! { <td role="cell">{figure}</td> });
    view! {
        <tr role="row">
            <th role="rowheader" scope="row">{name}</th>
            {figures.collect_view()}
            {more_cells}
        </tr>
    }
    .into_any()
}

/// A line of a chart's key: a mark, and what it means.
#[component]
pub fn MarkKey(
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
/// - `is_other`: whether it belongs to the overlay
/// - `has_whisker`: whether its standard deviation is drawn too
pub fn key_mark(is_other: bool, has_whisker: bool) -> AnyView {
    let class = if is_other { "key-mark other" } else { "key-mark" };
    view! {
        <span class=class>
            {has_whisker.then(|| view! { <span class="whisker"></span> })}
            <span class="diamond"></span>
        </span>
    }
    .into_any()
}

/// A label of an axis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tick {
    /// Class of the label.
    pub class: &'static str,
    /// Place along the axis, as the stylesheet reads it: `25.00%`.
    pub place: String,
    /// The value there.
    pub label: String,
}

/// A scale bar of equal segments, with its labels below it.
///
/// - `step`: length of a segment, as the stylesheet reads it: `12.500%`
pub fn scale_bar(step: String, ticks: Vec<Tick>) -> AnyView {
    let label = |Tick { class, place, label }: Tick| {
        view! { <span class=class style:left=place>{label}</span> }
    };
    view! {
        <div class="evidence__scale" aria-hidden="true" style=("--step", step)>
            <div class="scale-bar"></div>
            {ticks.into_iter().map(label).collect_view()}
        </div>
    }
    .into_any()
}

/// The labels of an axis.
#[component]
pub fn MarkAxis(
    /// The labels; they change with the span of the axis.
    ticks: Signal<Vec<Tick>>,
    /// Property of the style that places a label: `left`, `bottom`, or one that the
    /// stylesheet reads, such as `--at`.
    property: &'static str,
) -> impl IntoView {
    move || {
        let label = |Tick { class, place, label }: Tick| {
            view! { <span class=class style=(property, place)>{label}</span> }
        };
        ticks.get().into_iter().map(label).collect_view()
    }
}

/// The mark that a key leads to along a row of marks; `None` for any other key.
///
/// - `key`: as the browser names it
/// - `at`, `last`: places of the mark with the focus and of the last mark
#[must_use]
pub fn next_mark(key: &str, at: usize, last: usize) -> Option<usize> {
    match key {
        "ArrowDown" | "ArrowRight" => Some((at + 1).min(last)),
        "ArrowUp" | "ArrowLeft" => Some(at.saturating_sub(1)),
        "Home" => Some(0),
        "End" => Some(last),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::next_mark;

    #[test]
    fn keys_stay_on_the_row_of_marks() {
        let leads = |key| [0, 4, 8].map(|at| next_mark(key, at, 8));
        assert_eq!(leads("ArrowRight"), [Some(1), Some(5), Some(8)]);
        assert_eq!(leads("ArrowUp"), [Some(0), Some(3), Some(7)]);
        assert_eq!((leads("Home"), leads("End")), ([Some(0); 3], [Some(8); 3]));
        assert_eq!(leads("Tab"), [None; 3]);
    }
}
