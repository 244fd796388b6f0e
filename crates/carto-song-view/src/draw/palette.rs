//! The colours of the page's stylesheet, as a canvas takes them.

use carto_types::SignalChannel;
use leptos::prelude::{document, window};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// The colours of the present theme, each as the browser computes it.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Palette {
    pub(crate) ink: String,
    pub(crate) ink2: String,
    pub(crate) ink3: String,
    pub(crate) rule: String,
    pub(crate) rule2: String,
    pub(crate) sheet: String,
    /// More agreement than shifts by whole bars reach.
    pub(crate) above: String,
    /// No more than they reach.
    pub(crate) within: String,
    /// In the order of [`SignalChannel::ALL`].
    pub(crate) channels: [String; SignalChannel::COUNT],
    /// Colours of combos of maps that state none.
    pub(crate) combos: [String; 4],
    /// Whether the colours are the system's few: tints are left out then.
    pub(crate) is_forced: bool,
    /// Families of type: of figures, of what is said.
    pub(crate) face: String,
    pub(crate) face_serif: String,
}

/// Names of the channels' colours in the stylesheet.
const CHANNELS: [&str; SignalChannel::COUNT] =
    ["onset", "combo", "slide", "sustain", "whistle", "finish", "clap", "x", "y"];

/// The channels whose colours stand for combos of maps without colours of their own.
const COMBOS: [&str; 4] = ["onset", "sustain", "whistle", "combo"];

impl Palette {
    /// Reads the stylesheet; empty colours, which draw black, where there is no page.
    ///
    /// The value of a custom property is the text of the stylesheet, both themes in it: only the
    /// colour of an element is the one that is meant.
    pub(crate) fn read() -> Self {
        let Some(probe) = probe() else { return Self::default() };
        let colour = |name: &str| {
            let _ = probe.style().set_property("color", &format!("var(--{name})"));
            computed(&probe, "color")
        };
        let of_channel = |name: &str| colour(&format!("ch-{name}"));
        let is_forced = window().match_media("(forced-colors: active)").ok().flatten();
        let palette = Self {
            ink: colour("ink"),
            ink2: colour("ink2"),
            ink3: colour("ink3"),
            rule: colour("rule"),
            rule2: colour("rule2"),
            sheet: colour("sheet"),
            above: colour("r15"),
            within: colour("r6"),
            channels: CHANNELS.map(of_channel),
            combos: COMBOS.map(of_channel),
            is_forced: is_forced.is_some_and(|query| query.matches()),
            face: computed(&probe, "--face"),
            face_serif: computed(&probe, "--face-serif"),
        };
        probe.remove();
        palette
    }

    /// Text of 12 px, the smallest of the page.
    pub(crate) fn small_font(&self) -> String {
        format!("500 12px {}", self.face)
    }

    /// Names of sections.
    pub(crate) fn section_font(&self) -> String {
        format!("italic 400 13px {}", self.face_serif)
    }
}

fn probe() -> Option<HtmlElement> {
    let probe = document().create_element("span").ok()?.dyn_into::<HtmlElement>().ok()?;
    probe.set_hidden(true);
    document().body()?.append_child(&probe).ok()?;
    Some(probe)
}

fn computed(element: &HtmlElement, property: &str) -> String {
    let style = window().get_computed_style(element).ok().flatten();
    style.and_then(|style| style.get_property_value(property).ok()).unwrap_or_default()
}
