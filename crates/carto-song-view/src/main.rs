//! The view of one song: two maps of it over time, drawn and played.
//!
//! A program of its own, which the page loads when the view is opened first: the page puts the song
//! and its files into `window.cartoSong`, this takes them from there.
#![allow(unreachable_pub, reason = "the component macro of Leptos writes `pub` for its props")]

mod choice;
mod client;
mod clip;
mod draw;
mod gesture;
mod host;
mod keys;
mod latent_client;
mod latent_state;
mod latent_strips;
mod latent_words;
mod observe;
mod place;
mod player;
mod score;
mod stage;
mod state;
mod still;
mod views;
mod visible;
mod words;

use leptos::prelude::document;
use wasm_bindgen::JsCast;

/// Where the page leaves room for this view.
const HOST: &str = "song";

fn main() {
    carto_ui::show_panics("Something in this view broke");
    let host = document().get_element_by_id(HOST).map(JsCast::unchecked_into);
    if let Some(host) = host {
        leptos::mount::mount_to::<_, _>(host, views::SongView).forget();
    }
}
