//! Room for the view of a person's own maps and for the songs of an opened result, whose code
//! is loaded when one of them is opened first.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_split::{SplitLoaderError, wasm_split};

use carto_ui::{dynamic, focus};

use super::songs::{SongsData, SongsSheet};
use super::yours::YoursView;

/// What the chunk can draw.
#[derive(Debug, Clone, Copy)]
enum Part {
    /// The view of a person's own maps.
    YourMaps,
    /// The songs of the result that was opened.
    ResultSongs,
}

/// Draws a part.
type Draw = fn(Part) -> AnyView;

/// How far the code of the view is.
#[derive(Debug, Clone, Copy)]
enum Code {
    /// On its way.
    Pending,
    /// It did not arrive: no network, or a server's error.
    Failed,
    /// There.
    Ready(Draw),
}

/// The view of a person's own maps.
#[component]
pub(crate) fn YoursHost() -> impl IntoView {
    host(Part::YourMaps)
}

/// The songs of the result that was opened.
#[component]
pub(crate) fn ResultSongsHost() -> impl IntoView {
    host(Part::ResultSongs)
}

/// A part, or what is to be said as long as its code is not there.
///
/// The code is a chunk of the page's program: everything that is reached from [`load`] and
/// from nowhere else. It is fetched once; where that failed, a person can try again, and
/// loses nothing of a run by it.
fn host(part: Part) -> impl IntoView {
    let code = RwSignal::new(Code::Pending);
    let fetch = move || {
        code.set(Code::Pending);
        spawn_local(async move {
            // Another view may be open by now.
            code.try_set(load().await.map_or(Code::Failed, Code::Ready));
        });
    };
    fetch();
    let retry = move |_| {
        fetch();
        focus("main");
    };
    dynamic(move || match code.get() {
        Code::Pending => view! { <p role="status">"Loading this view."</p> }.into_any(),
        Code::Failed => view! {
            <div role="alert">
                <p class="failure">"This view could not be loaded. Check the connection."</p>
                <button class="button" type="button" on:click=retry>"Try again"</button>
            </div>
        }
        .into_any(),
        Code::Ready(draw) => draw(part),
    })
}

#[wasm_split(your_maps, wasm_split_path = leptos::wasm_split, fallible)]
fn load() -> Result<Draw, SplitLoaderError> {
    Ok(|part| match part {
        Part::YourMaps => view! { <YoursView/> }.into_any(),
        Part::ResultSongs => view! { <SongsSheet data=SongsData::opened()/> }.into_any(),
    })
}
