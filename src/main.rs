//! The page: drop beatmap archives, see where mappers agree.
#![allow(unreachable_pub, reason = "the component macro of Leptos writes `pub` for its props")]

mod address;
mod app;
mod arrive;
mod beatmaps;
mod download;
mod files;
mod program;
mod state;
mod theme;
mod trouble;
mod view_state;
mod views;

fn main() {
    trouble::show_panics();
    leptos::mount::mount_to_body(app::App);
}
