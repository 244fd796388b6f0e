//! The view of beatmaps: the label probabilities of each map, and what they come from.
//!
//! A program of its own, which the page loads when the view is opened first: the
//! page puts dropped files into `window.cartoBeatmaps`, this takes them from there.
#![allow(unreachable_pub, reason = "the component macro of Leptos writes `pub` for its props")]

mod address;
mod choice;
mod client;
mod collected;
mod collections;
mod export;
mod feature_words;
mod format;
mod intake;
mod labels;
mod own_labels;
mod queue;
mod reading;
mod rows;
mod songs;
mod state;
mod views;
mod window;
mod workers;

use leptos::prelude::document;
use wasm_bindgen::JsCast;

/// Where the page leaves room for this view.
const HOST: &str = "beatmaps";

fn main() {
    carto_ui::show_panics("Something in this view broke");
    let host = document().get_element_by_id(HOST).map(JsCast::unchecked_into);
    if let Some(host) = host {
        leptos::mount::mount_to::<_, _>(host, views::Beatmaps).forget();
    }
}
