//! The view of mappers: in what the maps of one differ from those of the other mappers of the same
//! songs.
//!
//! A program of its own, which the page loads when the view is opened first: the page says in
//! `window.cartoMapper` which mapper is asked for and which songs there are.
#![allow(unreachable_pub, reason = "the component macro of Leptos writes `pub` for its props")]

mod client;
mod guests;
mod host;
mod latents;
mod links;
mod measured;
mod plate;
mod state;
mod views;
mod words;

use leptos::prelude::document;
use wasm_bindgen::JsCast;

/// Where the page leaves room for this view.
const HOST: &str = "mapper";

fn main() {
    carto_ui::show_panics("Something in this view broke");
    let host = document().get_element_by_id(HOST).map(JsCast::unchecked_into);
    if let Some(host) = host {
        leptos::mount::mount_to::<_, _>(host, views::MapperView).forget();
    }
}
