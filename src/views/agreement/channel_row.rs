//! One channel of the chart.

use leptos::prelude::*;

use super::figures::{Figures, Row, Whisker};
use crate::format::percent;
use crate::views::channels::{CHANNELS, Channel, family_opened_by};
use crate::views::charted::Charted;
use crate::views::icons::{class_symbol, icon};
use crate::views::live::{drawn, text, word};
use crate::views::words::{AgreementClass, capital};

/// Name, mark, figures and class of one channel; its family's name before the first.
pub(super) fn channel_row(
    idx: usize,
    charted: Charted,
    figures: Memo<Figures>,
    (tab_stop, lit): (RwSignal<usize>, RwSignal<Option<usize>>),
) -> impl IntoView {
    let Channel { name, listens, swatch, .. } = CHANNELS[idx];
    let figure = move |field: fn(&Row) -> &str| {
        text(move || figures.with(|figures| figures.rows.get(idx).map_or("", field).to_owned()))
    };
    let label = text(move || {
        let words = figures.with(|figures| read_aloud(idx, figures.rows.get(idx)?, charted));
        words.unwrap_or_else(|| format!("{name}, {listens}. Not surveyed yet."))
    });
    let part = move |draw: fn(&Row) -> AnyView| {
        drawn(move || {
            figures.with(|figures| figures.rows.get(idx).map_or_else(|| ().into_any(), draw))
        })
    };
    let family = family_opened_by(idx).map(|family| {
        view! {
            <div class="agreement__family">
                <span>{family}</span>
                <span class="agreement__plot"></span>
            </div>
        }
    });
    view! {
        {family}
        <div
            id=row_id(idx)
            class="agreement__row"
            role="img"
            aria-label=label
            tabindex=word(move || if tab_stop.get() == idx { "0" } else { "-1" })
            on:focus=move |_| {
                tab_stop.set(idx);
                lit.set(Some(idx));
            }
            on:blur=move |_| lit.set(None)
            on:pointerenter=move |_| lit.set(Some(idx))
        >
            <span class="agreement__name">
                <span class=swatch></span>
                <b>{name}</b>
                <span class="agreement__listens">{listens}</span>
            </span>
            <span class="agreement__plot">{part(mark)}</span>
            <span class="agreement__figure agreement__figure--mean">{figure(|row| &row.mean)}</span>
            <span class="agreement__figure agreement__figure--spread">{figure(|row| &row.spread)}</span>
            <span class="agreement__figure agreement__figure--companion">
                {figure(|row| &row.companion)}
            </span>
            <span class="agreement__class">
                {part(|row| class_word(row.class).into_any())}
            </span>
        </div>
    }
}

/// `ONSET, when anything is hit. Mean r 0.58 over 15 pairs, ...`
pub(super) fn read_aloud(idx: usize, row: &Row, charted: Charted) -> Option<String> {
    let Channel { name, listens, .. } = CHANNELS.get(idx)?;
    let other = row.beside.as_ref().map_or_else(String::new, |other| {
        format!(" {}: {}.", capital(&charted.beside.name.get()), other.mean)
    });
    Some(format!("{name}, {listens}. {}{other}", row.reading))
}

/// The mark and the whisker through it; below them, those of what is laid over.
fn mark(row: &Row) -> AnyView {
    let other = row.beside.as_ref().map(|other| {
        view! {
            <span class="other">
                {other.whisker.map(line)} <span class="diamond" style:left=percent(other.at)></span>
            </span>
        }
    });
    view! {
        {other}
        {row.whisker.map(line)}
        <span class="diamond" style:left=percent(row.at)></span>
    }
    .into_any()
}

fn line(whisker: Whisker) -> impl IntoView {
    view! {
        <span
            class=whisker.class()
            style:left=percent(whisker.from)
            style:width=percent(whisker.to - whisker.from)
        ></span>
    }
}

/// Symbol and word.
pub(crate) fn class_word(class: AgreementClass) -> impl IntoView {
    let modifier = match class {
        AgreementClass::Perceptual => "class class--perceptual",
        AgreementClass::Mixed => "class class--mixed",
        AgreementClass::Stylistic => "class class--stylistic",
        AgreementClass::Undetermined => "class class--undetermined",
    };
    view! { <span class=modifier>{icon(class_symbol(class))} <span>{class.word()}</span></span> }
}

/// Id of a row, to send the focus to.
pub(super) fn row_id(idx: usize) -> String {
    format!("channel-{idx}")
}
