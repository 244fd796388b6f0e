//! The page: drop beatmap archives, see where mappers agree.
#![allow(unreachable_pub, reason = "the component macro of Leptos writes `pub` for its props")]

mod address;
mod app;
mod arrive;
mod beatmaps;
mod context;
mod download;
mod files;
mod format;
mod program;
mod results;
mod run;
mod theme;
mod trouble;
mod views;

fn main() {
    trouble::show_panics();
    leptos::mount::mount_to_body(app::App);
}
