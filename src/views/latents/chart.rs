//! The chart of Part B: a mark for each latent over the ground of the classes.
//!
//! One drawing in two arrangements: latents in columns where the page is wide,
//! in rows where it is narrow. Nothing is ever shrunk.

use leptos::prelude::*;

use super::LatentView;
use super::figures::LatentFigures;
use super::item::{item_id, latent_item, read_aloud};
use super::span::LATENT_BOUNDS;
use crate::format::{counted, fixed, percent};
use crate::views::focus;
use crate::views::live::{drawn, flag, text, word};
use crate::views::words::AgreementClass;

/// On a narrow page only so many from the top, and two from the bottom, stand
/// there until the others are asked for.
pub(super) const FIRST_SHOWN: usize = 8;

/// Latents shown from the bottom of the order.
pub(super) const LAST_SHOWN: usize = 2;

/// Ground, marks, scale bar, and the line that reads out one latent.
#[component]
pub(crate) fn LatentChart(
    /// What both sheets read.
    view: LatentView,
    /// What to draw.
    figures: Memo<LatentFigures>,
) -> impl IntoView {
    let tab_stop = RwSignal::new(None::<usize>);
    let lit = RwSignal::new(None::<usize>);
    let is_folded = RwSignal::new(true);
    let n_dims = Memo::new(move |_| view.n_dims());
    let has_marks = flag(move || figures.with(|figures| !figures.rows.is_empty()));
    let ground = move |idx: usize| {
        text(move || percent(figures.with(|figures| figures.span.grounds()[idx])))
    };
    let step =
        text(move || percent(figures.with(|figures| 100.0 / f64::from(figures.span.n_segments()))));
    let move_focus = move |event: leptos::ev::KeyboardEvent| {
        let last = n_dims.get_untracked().saturating_sub(1);
        let places = view.places.get_untracked();
        let at = tab_stop.get_untracked().map_or(0, |dim| places.of(dim));
        let to = match event.key().as_str() {
            "ArrowDown" | "ArrowRight" => (at + 1).min(last),
            "ArrowUp" | "ArrowLeft" => at.saturating_sub(1),
            "Home" => 0,
            "End" => last,
            _ => return,
        };
        event.prevent_default();
        // What is folded away cannot take the focus before it is shown again.
        is_folded.set(false);
        let id = item_id(places.dim_at(to));
        request_animation_frame(move || focus(&id));
    };
    let items = drawn(move || {
        (0..n_dims.get())
            .map(|dim| latent_item(dim, view, figures, (tab_stop, lit), is_folded))
            .collect_view()
            .into_any()
    });
    let reading = text(move || {
        let lit = lit.get();
        let words = figures
            .with(|figures| lit.and_then(|dim| Some(read_aloud(figures.rows.get(dim)?, view))));
        words.unwrap_or_else(|| caption(figures.with(|figures| figures.n_pairs)))
    });
    view! {
        <div
            class="ranks"
            class:ranks--empty=flag(move || !has_marks.get())
            class:ranks--folded=is_folded
            style=("--n", text(move || n_dims.get().to_string()))
            style=("--zero", ground(0))
            style=("--shore", ground(1))
            style=("--land", ground(2))
            style=("--step", step)
            role="group"
            aria-label="Agreement per latent; the arrow keys move between them"
            on:keydown=move_focus
            on:pointerleave=move |_| lit.set(None)
        >
            <div class="ranks__ground" aria-hidden="true">
                {[AgreementClass::Perceptual, AgreementClass::Mixed, AgreementClass::Stylistic]
                    .map(|class| zone_name(class, figures))
                    .collect_view()}
            </div>
            <div class="ranks__heads" aria-hidden="true">
                <span class="ranks__head--number">"latent"</span>
                <span class="ranks__head--like">"most like"</span>
            </div>
            <div class="ranks__items">{items} <Fold is_folded n_dims/></div>
            <Scale figures/>
            <p class="ranks__nothing" hidden=has_marks>
                "The marks appear as soon as an encoder has read two maps of one song."
            </p>
        </div>
        <figcaption class="ranks__reading">{reading}</figcaption>
    }
}

/// What the axis and the line through a mark are, as a sentence.
fn caption(n_pairs: usize) -> String {
    match n_pairs {
        0 | 1 => "Mean correlation between two mappers of one song, latent by latent.".to_owned(),
        n => format!(
            "Mean correlation between two mappers of one song, ± one standard deviation over {}.",
            counted(n, "pair", "pairs")
        ),
    }
}

/// `perceptual, above 0.30: 8`, in the colour of its class.
fn zone_name(class: AgreementClass, figures: Memo<LatentFigures>) -> impl IntoView {
    let (low, high) = LATENT_BOUNDS;
    let (modifier, bound) = match class {
        AgreementClass::Perceptual => {
            ("ranks__zone ranks__zone--perceptual", format!(", above {}", fixed(high, 2)))
        }
        AgreementClass::Stylistic => {
            ("ranks__zone ranks__zone--stylistic", format!(", below {}", fixed(low, 2)))
        }
        _ => ("ranks__zone ranks__zone--mixed", String::new()),
    };
    let name = format!("{}{bound}", class.word());
    let name = text(move || match figures.with(|f| (f.rows.len(), f.n_of(class))) {
        (0, _) => name.clone(),
        (_, 0) => format!("{name}: none"),
        (_, n) => format!("{name}: {n}"),
    });
    view! { <span class=modifier>{name}</span> }
}

/// The scale bar: upright beside the columns, lying below the rows.
#[component]
fn Scale(
    /// What is drawn.
    figures: Memo<LatentFigures>,
) -> impl IntoView {
    let ticks = drawn(move || {
        let labels = figures.with(|figures| figures.span.labels());
        labels
            .into_iter()
            .map(|(at, label)| {
                view! { <span class="ranks__tick" style=("--at", percent(at))>{label}</span> }
            })
            .collect_view()
            .into_any()
    });
    view! {
        <div class="ranks__scale" aria-hidden="true">
            <span class="ranks__unit">"mean r"</span>
            <div class="ranks__bar"></div>
            {ticks}
        </div>
    }
}

/// On a narrow page, the way to the latents between the ends.
#[component]
fn Fold(
    /// Whether only the ends are shown.
    is_folded: RwSignal<bool>,
    /// Latents.
    n_dims: Memo<usize>,
) -> impl IntoView {
    let n_between = move || n_dims.get().saturating_sub(FIRST_SHOWN + LAST_SHOWN);
    view! {
        <button
            class="button button--small ranks__fold"
            type="button"
            hidden=flag(move || n_between() == 0)
            aria-expanded=word(move || if is_folded.get() { "false" } else { "true" })
            on:click=move |_| is_folded.update(|is_folded| *is_folded = !*is_folded)
        >
            {text(move || match is_folded.get() {
                true => format!("Show the {} between", n_between()),
                false => "Show the ends only".to_owned(),
            })}
        </button>
    }
}
