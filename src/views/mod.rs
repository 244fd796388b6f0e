//! The parts of the page. They read one [`Run`](crate::state::Run) and hold no
//! state but what is on screen: which row is lit, what is unfolded.

pub(crate) mod agreement;
mod channels;
mod drop_frame;
mod file_buttons;
mod footer;
mod header;
mod hero;
mod how;
mod icons;
mod issues_panel;
mod listen;
mod listen_example;
mod mode_switch;
mod run_head;
mod save_menu;
pub(crate) mod songs;
mod stage_panel;
mod words;

use leptos::prelude::*;

pub(crate) use agreement::AgreementSheet;
pub(crate) use drop_frame::DropFrame;
pub(crate) use footer::Footer;
pub(crate) use header::Header;
pub(crate) use hero::Hero;
pub(crate) use how::HowItWorks;
pub(crate) use issues_panel::IssuesPanel;
pub(crate) use listen::ListenSheet;
pub(crate) use run_head::RunHead;
pub(crate) use songs::SongsSheet;
pub(crate) use stage_panel::StagePanel;

/// A heading whose lines break between sentences first.
fn sentences(text: &str) -> impl IntoView + use<> {
    text.split_inclusive(". ")
        .map(|sentence| view! { <span class="sentence">{sentence.to_owned()}</span> })
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
