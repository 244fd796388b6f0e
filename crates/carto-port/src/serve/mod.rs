//! What every web worker of the page has: a loop around its calls, dropped files as
//! readers, files of the site, panics that are named before they end the worker.
//!
//! A worker says that it listens once, then does whatever it is sent: while it waits for what
//! one job reads it goes on with another, and every message says of which job it is. The page
//! stops it by ending the worker, so nothing here needs to be interruptible. What they say to
//! each other is one of the closed sets of [`carto_protocol`].

mod block_reader;
mod fetch;
mod files;
mod new_files;
mod panics;

use std::cell::Cell;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use carto_protocol::{JobError, Message, decode};
use js_sys::{Array, Object, Reflect, Uint8Array};
use serde::de::DeserializeOwned;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{DedicatedWorkerGlobalScope, File, MessageEvent};

pub use self::fetch::{FetchError, fetch, read_pieces};
pub use self::files::{FileSource, ReadsAhead, open, open_one};
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
        let data = event.data();
        let job = field(&data, "job");
        spawn_local(OfJob {
            job,
            doing: Box::pin(async move {
                let answer: Answer = match read(&data) {
                    Some((request, files)) => run(request, files).await.into(),
                    None => Message::failed(JobError::BadMessage).into(),
                };
                answer.post();
            }),
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

    fn post(&self) {
        post_with_files(&self.message, &self.files);
    }
}

impl From<Message> for Answer {
    fn from(message: Message) -> Self {
        Self { message, files: Vec::new() }
    }
}

/// Sends a message of the job that is being done; its bytes are moved, not copied.
pub fn post(message: &Message) {
    post_with_files(message, &[]);
}

/// Sends `{ job: number or none, bytes: Uint8Array, files: File[] }`.
fn post_with_files(message: &Message, files: &[File]) {
    let bytes = Uint8Array::from(message.bytes());
    let transfer = Array::of1(&bytes.buffer());
    let said = Object::new();
    // A fresh object takes every field.
    let _ = Reflect::set(&said, &JsValue::from_str("bytes"), &bytes);
    let files: Array = files.iter().collect();
    let _ = Reflect::set(&said, &JsValue::from_str("files"), &files);
    if let Some(job) = JOB.get() {
        let _ = Reflect::set(&said, &JsValue::from_str("job"), &JsValue::from_f64(job));
    }
    // It fails only for what cannot be moved, and a fresh buffer can.
    let _ = scope().post_message_with_transfer(&said, &transfer);
}

thread_local! {
    /// The page's number of the job that is being done.
    static JOB: Cell<Option<f64>> = const { Cell::new(None) };
}

/// What is done for a job: meanwhile, all that is posted is of that job.
struct OfJob<F> {
    job: JsValue,
    doing: Pin<Box<F>>,
}

impl<F: Future<Output = ()>> Future for OfJob<F> {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        JOB.set(self.job.as_f64());
        let polled = self.doing.as_mut().poll(context);
        JOB.set(None);
        polled
    }
}

/// Reads `{ job: number, bytes: Uint8Array, files: File[] }`; `None` for anything else.
fn read<R: DeserializeOwned>(data: &JsValue) -> Option<(R, Vec<File>)> {
    let request = decode(&field(data, "bytes").dyn_ref::<Uint8Array>()?.to_vec()).ok()?;
    let files = field(data, "files").dyn_into::<Array>().ok()?;
    let files = files.iter().map(|file| file.dyn_into().ok()).collect::<Option<_>>()?;
    Some((request, files))
}

fn field(data: &JsValue, name: &str) -> JsValue {
    Reflect::get(data, &JsValue::from_str(name)).unwrap_or_default()
}

fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}
