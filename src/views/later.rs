//! Parts of the page whose code is loaded after the first chart.

use carto_ui::{deferred, dynamic, focus};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_split::{SplitLoaderError, wasm_split};

use super::method::Method;
use super::published::{OtherSheets, PublishedRest};
use super::yours::YoursView;

/// What the chunk can draw.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Part {
    /// The view of a person's own maps.
    YourMaps,
    /// Parts B to D of the reference result.
    PublishedSheets,
    /// What stands below the figures of the reference result.
    PublishedRest,
    /// How what a view shows is found.
    Method,
}

impl Part {
    /// Whether it is the first of its view that waits: it says why it is not there.
    fn speaks(self) -> bool {
        matches!(self, Self::YourMaps | Self::PublishedSheets)
    }
}

/// Draws a part.
type Draw = fn(Part) -> AnyView;

/// How far the code is.
#[derive(Debug, Clone, Copy)]
enum Code {
    /// No part was asked for.
    Unasked,
    /// On its way.
    Pending,
    /// It did not arrive: no network, or a server's error.
    Failed,
    /// There.
    Ready(Draw),
}

/// The code of the parts: a chunk of the page's program, which is everything that is reached
/// from [`load`] and from nowhere else.
///
/// It is fetched once; where that failed, a person can try again, and loses nothing of a run
/// by it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LaterParts(RwSignal<Code>);

impl LaterParts {
    /// Nothing is loaded until [`LaterPart`] is drawn.
    pub(crate) fn new() -> Self {
        Self(RwSignal::new(Code::Unasked))
    }

    /// Whether there is nothing to wait for any more: the parts stand, or cannot.
    pub(crate) fn are_settled(self) -> Memo<bool> {
        Memo::new(move |_| matches!(self.0.get(), Code::Ready(_) | Code::Failed))
    }

    fn fetch(self) {
        self.0.set(Code::Pending);
        spawn_local(async move { self.0.set(load().await.map_or(Code::Failed, Code::Ready)) });
    }
}

/// A part, or what is to be said as long as its code is not there.
#[component]
pub(crate) fn LaterPart(
    /// Which.
    part: Part,
) -> impl IntoView {
    let parts = expect_context::<LaterParts>();
    if matches!(parts.0.get_untracked(), Code::Unasked) {
        parts.fetch();
    }
    let retry = move |_| {
        parts.fetch();
        focus("main");
    };
    dynamic(move || {
        match parts.0.get() {
        Code::Ready(draw) => draw(part),
        _ if !part.speaks() => ().into_any(),
        Code::Unasked | Code::Pending => match part {
            Part::YourMaps => view! { <p role="status">"Loading this view."</p> }.into_any(),
            _ => ().into_any(),
        },
        Code::Failed => view! {
            <div role="alert">
                <p class="failure">"The rest of this page could not be loaded. Check the connection."</p>
                <button class="button" type="button" on:click=retry>"Try again"</button>
            </div>
        }
        .into_any(),
    }
    })
}

#[wasm_split(later, wasm_split_path = leptos::wasm_split, fallible)]
fn load() -> Result<Draw, SplitLoaderError> {
    Ok(|part| match part {
        Part::YourMaps => view! { <YoursView/> }.into_any(),
        Part::PublishedSheets => deferred(|| view! { <OtherSheets/> }.into_any()).into_any(),
        Part::PublishedRest => deferred(|| view! { <PublishedRest/> }.into_any()).into_any(),
        Part::Method => deferred(|| view! { <Method/> }.into_any()).into_any(),
    })
}
