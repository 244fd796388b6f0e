//! The last lines of the page: promise, sources, licence, and how to cite them.

use leptos::prelude::*;

use super::intro::STUDY;

/// The footer of the page. How to cite is a file of its own, which is fetched when that is
/// opened (`www/boot.js`); links elsewhere lead to it (`www/cite.js`).
#[component]
pub(crate) fn Footer() -> impl IntoView {
    view! { <footer class="footer" inner_html=html()></footer> }
}

/// A tab of its own, so that nothing of a run is lost.
const NEW_TAB: &str = "target='_blank' rel='noopener noreferrer'";

/// As plain HTML, since nothing in it changes.
fn html() -> String {
    let version = env!("CARGO_PKG_VERSION");
    format!(
        "<div class='footer__inner'>\
        <p>Your files stay on this computer: nothing you drop is uploaded.</p>\
        <p>Every number says where it comes from: rules, inputs, version.</p>\
        <p>Nine channels after <a href='https://github.com/jaswon/osu-dreamer' {NEW_TAB}>osu-dreamer</a>, \
        tables after <a href='{STUDY}' {NEW_TAB}>osu-dreamer-cartography</a>. \
        Not affiliated with osu! or ppy.</p>\
        <p>Version {version}, free software under the <a href='./LICENSE.txt'>MIT licence</a>. \
        <a href='#how'>How it works</a></p>\
        <details class='cite' id='cite' data-source='./cite.html'>\
        <summary>Cite, source, licence</summary></details>\
        </div>"
    )
}
