//! What every web worker of the page has: a loop around its calls, dropped files as
//! readers, files of the site, panics that are named before they end the worker.
//!
//! A worker says that it listens once, then does one job after another, each ended
//! before the page sends the next. The page stops it by ending the worker, so nothing
//! here needs to be interruptible. What they say to each other is one of the closed sets
//! of [`carto_protocol`].

mod fetch;
mod files;
mod new_files;
mod panics;

use std::rc::Rc;

use carto_protocol::{JobError, Message, decode};
use js_sys::{Array, Object, Reflect, Uint8Array};
use serde::de::DeserializeOwned;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{DedicatedWorkerGlobalScope, File, MessageEvent};

pub use self::fetch::{FetchError, fetch, read_pieces};
pub use self::files::{FileSource, open, open_one};
pub use self::new_files::{NewFile, part_of};

/// Does whatever the page asks for, from now on, and says that it listens.
///
/// `run` does one job, with its files in the order that the call tells, and gives the
/// message that ends it, or that with files as an [`Answer`]; with [`post`] it tells of
/// progress.
pub fn serve<R, F>(run: impl Fn(R, Vec<File>) -> F + 'static)
where
    R: DeserializeOwned,
    F: Future<Output: Into<Answer>> + 'static,
{
    panics::name_panics(post);
    let run = Rc::new(run);
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let run = Rc::clone(&run);
        spawn_local(async move {
            let answer: Answer = match read(&event.data()) {
                Some((request, files)) => run(request, files).await.into(),
                None => Message::failed(JobError::BadMessage).into(),
            };
            answer.post();
        });
    });
    scope().set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    // It listens as long as the worker lives.
    on_message.forget();
    post(&Message::ready());
}

/// The message that ends a job, and files that the call's reply hands out.
#[derive(Debug)]
#[must_use]
pub struct Answer {
    message: Message,
    files: Vec<File>,
}

impl Answer {
    /// - `files`: in the order that the call tells
    pub fn with_files(message: Message, files: Vec<File>) -> Self {
        Self { message, files }
    }

    /// Sends it: the message alone, or `{ bytes: ArrayBuffer, files: File[] }`.
    fn post(&self) {
        if self.files.is_empty() {
            return post(&self.message);
        }
        let buffer = Uint8Array::from(self.message.bytes()).buffer();
        let (answer, files) = (Object::new(), self.files.iter().collect::<Array>());
        // Neither fails: the object is fresh, and so is the buffer.
        let _ = Reflect::set(&answer, &JsValue::from_str("bytes"), &buffer);
        let _ = Reflect::set(&answer, &JsValue::from_str("files"), &files);
        let _ = scope().post_message_with_transfer(&answer, &Array::of1(&buffer));
    }
}

impl From<Message> for Answer {
    fn from(message: Message) -> Self {
        Self { message, files: Vec::new() }
    }
}

/// Sends a message; its bytes are moved, not copied.
pub fn post(message: &Message) {
    let buffer = Uint8Array::from(message.bytes()).buffer();
    let transfer = Array::of1(&buffer);
    // It fails only for what cannot be moved, and a fresh buffer can.
    let _ = scope().post_message_with_transfer(&buffer, &transfer);
}

/// Reads `{ bytes: Uint8Array, files: File[] }`; `None` for anything else.
fn read<R: DeserializeOwned>(data: &JsValue) -> Option<(R, Vec<File>)> {
    let bytes = Reflect::get(data, &JsValue::from_str("bytes")).ok()?;
    let request = decode(&bytes.dyn_ref::<Uint8Array>()?.to_vec()).ok()?;
    let files = Reflect::get(data, &JsValue::from_str("files")).ok()?;
    let files = files.dyn_into::<Array>().ok()?;
    let files = files.iter().map(|file| file.dyn_into().ok()).collect::<Option<_>>()?;
    Some((request, files))
}

fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}
