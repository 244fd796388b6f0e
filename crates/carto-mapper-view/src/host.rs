//! What the page gives this view: the mapper that it is to show, the songs of the run with their
//! files, and its encoder. They wait in `window.cartoMapper`; an event says that they have changed.

use carto_port::pool::offer_at;
use carto_types::{OfferedEncoder, OfferedRun};
use js_sys::{Array, Reflect};
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::File;

/// How the run of the page stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Standing {
    /// There are no files.
    #[default]
    Empty,
    /// It is at work, and its songs may change.
    Running,
    /// It was stopped.
    Stopped,
    /// All its songs are compared.
    Done,
}

impl Standing {
    fn of_word(word: &str) -> Self {
        match word {
            "running" => Self::Running,
            "stopped" => Self::Stopped,
            "done" => Self::Done,
            _ => Self::Empty,
        }
    }
}

/// What is to be shown.
pub(crate) struct Shown {
    /// The mapper; empty for the list of all.
    pub(crate) mapper: String,
    /// The other of a head-to-head; empty for nobody.
    pub(crate) against: String,
    /// How the run stands.
    pub(crate) standing: Standing,
    /// The songs of the run, once no more of them are coming.
    pub(crate) run: Option<OfferedRun>,
    /// Their files, those of each source one after the other.
    pub(crate) files: Vec<File>,
    /// The encoder of the run, with the file of its weights; `None` where it has none.
    pub(crate) encoder: Option<(OfferedEncoder, File)>,
}

/// Hears what is to be shown, now and from now on; `None` while another view is.
pub(crate) fn listen(on_shown: impl Fn(Option<Shown>) + 'static) {
    on_shown(read());
    // It listens as long as the page lives.
    let _ =
        window_event_listener(ev::Custom::<web_sys::CustomEvent>::new("carto-mapper"), move |_| {
            on_shown(read());
        });
}

fn read() -> Option<Shown> {
    let shown = Reflect::get(&window(), &JsValue::from_str("cartoMapper")).ok()?;
    let shown = shown.dyn_into::<Array>().ok()?;
    let word = |place: u32| shown.get(place).as_string().unwrap_or_default();
    let (run, files) = offer_at(&shown, 3).unzip();
    let encoder = offer_at(&shown, 5);
    Some(Shown {
        mapper: word(0),
        against: word(1),
        standing: Standing::of_word(&word(2)),
        run,
        files: files.unwrap_or_default(),
        encoder: encoder.and_then(|(encoder, files)| Some((encoder, files.into_iter().next()?))),
    })
}
