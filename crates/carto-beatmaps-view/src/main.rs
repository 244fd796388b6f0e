//! The view of beatmaps: what kind of map each one is, soft and with reasons.
//!
//! A program of its own, which the page loads when the view is opened first: the
//! page puts dropped files into `window.cartoBeatmaps`, this takes them from there.
#![allow(unreachable_pub, reason = "the component macro of Leptos writes `pub` for its props")]

mod client;
mod download;
mod format;
mod intake;
mod kinds;
mod labels;
mod rows;
mod songs;
mod state;
mod tables;
mod trouble;
mod views;
mod workers;

use leptos::prelude::document;
use wasm_bindgen::JsCast;

/// Where the page leaves room for this view.
const HOST: &str = "beatmaps";

fn main() {
    trouble::show_panics();
    let host = document().get_element_by_id(HOST).map(JsCast::unchecked_into);
    if let Some(host) = host {
        leptos::mount::mount_to::<_, _>(host, views::Beatmaps).forget();
    }
}
