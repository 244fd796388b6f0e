//! The page: drop beatmap archives, see where mappers agree.
#![allow(unreachable_pub, reason = "the component macro of Leptos writes `pub` for its props")]

mod address;
mod app;
mod beatmaps;
mod context;
mod files;
mod own_result;
mod program;
mod results;
mod routing;
mod run;
mod settings;
mod theme;
mod title;
mod view_program;
mod view_state;
mod views;

fn main() {
    carto_ui::show_panics("Something in this page broke");
    leptos::mount::mount_to_body(app::App);
}
