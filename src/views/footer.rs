//! The last lines of the page: promise, sources, licence.

use leptos::prelude::*;

/// Nothing in the footer changes: it is plain HTML.
const HTML: &str = concat!(
    "<div class='footer__inner'>",
    "<p>Your files stay on this computer: nothing you drop is uploaded.</p>",
    "<p>Every number says where it comes from: rules, inputs, version.</p>",
    "<p>Nine channels after osu-dreamer, tables after osu-dreamer-cartography. ",
    "Not affiliated with osu! or ppy.</p>",
    "<p>Version ",
    env!("CARGO_PKG_VERSION"),
    ", free software under the MIT licence. <a href='#how'>How it works</a></p>",
    "</div>",
);

/// The footer of the page.
#[component]
pub(crate) fn Footer() -> impl IntoView {
    view! { <footer class="footer" inner_html=HTML></footer> }
}
