//! Room for the view of a person's own maps, whose code is loaded when it is opened first.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_split::{SplitLoaderError, wasm_split};

use carto_ui::{dynamic, focus};

use super::yours::YoursView;

/// Draws the view.
type Draw = fn() -> AnyView;

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

/// The view, or what is to be said as long as its code is not there.
///
/// The code is a chunk of the page's program: everything that is reached from [`load`] and
/// from nowhere else. It is fetched once; where that failed, a person can try again, and
/// loses nothing of a run by it.
#[component]
pub(crate) fn YoursHost() -> impl IntoView {
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
        Code::Ready(draw) => draw(),
    })
}

#[wasm_split(your_maps, wasm_split_path = leptos::wasm_split, fallible)]
fn load() -> Result<Draw, SplitLoaderError> {
    Ok(|| view! { <YoursView/> }.into_any())
}
