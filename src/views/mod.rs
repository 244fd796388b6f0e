//! The parts of the page. They read one [`Run`](crate::state::Run) and hold no
//! state but what is on screen: which row is lit, what is unfolded.

mod agreement;
mod chart_data;
mod crossval;
mod differences;
mod drop_frame;
pub(crate) mod encoder;
mod file_buttons;
mod footer;
mod header;
mod held_out;
mod hero;
mod how;
mod icons;
mod issues_panel;
mod latent_data;
mod latent_sheets;
mod latents;
mod later;
mod listen;
mod listen_example;
mod live;
mod menu;
mod method_note;
mod mode_switch;
mod published;
mod result_files;
mod run_head;
mod run_labels;
mod save_menu;
mod share_menu;
mod songs;
mod stage_panel;
mod synthesis;
mod ui;
mod yours;

use leptos::prelude::*;

pub(crate) use drop_frame::DropFrame;
pub(crate) use file_buttons::OpenResultButton;
pub(crate) use footer::Footer;
pub(crate) use header::Header;
pub(crate) use how::HowItWorks;
pub(crate) use later::later;
pub(crate) use live::{drawn, flag, text, word};
pub(crate) use published::PublishedView;
pub(crate) use yours::YoursView;

/// A heading whose lines break first where its parts end: after `", "` or `". "`.
fn sentences(text: &str, end: &'static str) -> impl IntoView + use<> {
    text.split_inclusive(end)
        .map(|part| view! { <span class="sentence">{part.to_owned()}</span> })
        .collect_view()
}

/// Sends the focus to an element of the page, if it is there.
fn focus(id: &str) {
    use wasm_bindgen::JsCast;
    let element = document().get_element_by_id(id);
    if let Some(element) =
        element.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok())
    {
        let _ = element.focus();
    }
}
