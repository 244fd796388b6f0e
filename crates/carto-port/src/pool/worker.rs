use std::rc::Rc;

use carto_protocol::JobError;
use js_sys::{Array, Object, Reflect, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Blob, BlobPropertyBag, DomException, ErrorEvent, Event, File, MessageEvent, Url, Worker,
    WorkerOptions, WorkerType,
};

use super::scheduler::JobId;

/// The program of a worker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Script {
    /// What the browser's own tools call its workers.
    pub name: String,
    /// As the page names it: it may be relative.
    pub url: String,
}

impl Script {
    /// The script of a program of the page. Its address stands in a `<meta>` of `index.html` with
    /// the program's name, since the build gives it a name that changes with its content.
    ///
    /// # Errors
    ///
    /// [`JobError::WorkerLost`] if the page does not name it.
    pub fn named(name: &str) -> Result<Self, JobError> {
        let document = web_sys::window().and_then(|window| window.document());
        let selector = format!("meta[name='{name}']");
        let meta = document.and_then(|it| it.query_selector(&selector).ok().flatten());
        let url = meta
            .and_then(|meta| meta.get_attribute("content"))
            .ok_or_else(|| lost("the page does not name its worker's script"))?;
        Ok(Self { name: name.to_owned(), url })
    }
}

/// One module worker and the listeners on it; ends when dropped.
pub(crate) struct BrowserWorker {
    worker: Worker,
    start_url: String,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_message_error: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(Event)>,
}

impl BrowserWorker {
    /// Starts a worker.
    ///
    /// - `on_heard`: hears its messages, and why it broke down
    ///
    /// # Errors
    ///
    /// [`JobError::WorkerLost`] if the page does not name the worker's script
    /// or the browser refuses to start one.
    pub(crate) fn start(
        script: &Script,
        on_heard: Rc<dyn Fn(Result<Heard, JobError>)>,
    ) -> Result<Self, JobError> {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        options.set_name(&script.name);
        let start_url = start_url(&script.url).map_err(|error| lost(&describe(&error)))?;
        let worker = Worker::new_with_options(&start_url, &options)
            .map_err(|error| lost(&describe(&error)))?;

        let tell = Rc::clone(&on_heard);
        let on_message = Closure::new(move |event: MessageEvent| tell(heard(&event.data())));
        let tell = Rc::clone(&on_heard);
        let on_message_error = Closure::new(move |_: MessageEvent| tell(Err(JobError::BadMessage)));
        let on_error = Closure::new(move |event: Event| on_heard(Err(broken(&event))));
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onmessageerror(Some(on_message_error.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        Ok(Self {
            worker,
            start_url,
            _on_message: on_message,
            _on_message_error: on_message_error,
            _on_error: on_error,
        })
    }

    /// Sends a request and its files; the bytes are moved, not copied.
    ///
    /// - `job_id`: comes back with whatever the worker says of it
    ///
    /// # Errors
    ///
    /// [`JobError::WorkerLost`] if the browser cannot pass it on.
    pub(crate) fn send(&self, job_id: JobId, bytes: &[u8], files: &[File]) -> Result<(), JobError> {
        let bytes = Uint8Array::from(bytes);
        let transfer = Array::of1(&bytes.buffer());
        let files: Array = files.iter().collect();
        let message = Object::new();
        Reflect::set(&message, &JsValue::from_str("bytes"), &bytes)
            .and_then(|_| Reflect::set(&message, &JsValue::from_str("job"), &job_id.into()))
            .and_then(|_| Reflect::set(&message, &JsValue::from_str("files"), &files))
            .and_then(|_| self.worker.post_message_with_transfer(&message, &transfer))
            .map_err(|error| lost(&describe(&error)))
    }
}

impl Drop for BrowserWorker {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onmessageerror(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
        // Not before: some browsers read it late. It costs a line of text.
        let _ = Url::revoke_object_url(&self.start_url);
    }
}

/// An address under which the script runs with the page's own policy. A script from
/// the network brings the policy that its host sends with it, and static hosts send
/// none; one that the page makes itself inherits the page's. All it does is to import
/// the program.
fn start_url(script_url: &str) -> Result<String, JsValue> {
    let url = absolute(script_url).ok_or("the address of its script is none")?;
    let text = Array::of1(&format!("import {url:?};").into());
    let kind = BlobPropertyBag::new();
    kind.set_type("text/javascript");
    Url::create_object_url_with_blob(&Blob::new_with_str_sequence_and_options(&text, &kind)?)
}

/// What a worker says, the job that it was at, and the files that came with it.
pub(crate) struct Heard {
    pub(crate) job_id: Option<JobId>,
    pub(crate) bytes: Vec<u8>,
    pub(crate) files: Vec<File>,
}

/// Reads `{ job: number or none, bytes: Uint8Array, files: File[] }`.
fn heard(data: &JsValue) -> Result<Heard, JobError> {
    let field = |name: &str| Reflect::get(data, &JsValue::from_str(name)).unwrap_or_default();
    let bytes = field("bytes").dyn_into::<Uint8Array>().map_err(|_| JobError::BadMessage)?;
    let files = field("files").dyn_into::<Array>().map_err(|_| JobError::BadMessage)?;
    // Numbers of jobs are whole and small.
    let job_id = field("job").as_f64().map(|job_id| job_id as JobId);
    let files = files.iter().filter_map(|file| file.dyn_into().ok()).collect();
    Ok(Heard { job_id, bytes: bytes.to_vec(), files })
}

/// An error in a running script has a message; a script that cannot be loaded has none.
fn broken(event: &Event) -> JobError {
    match event.dyn_ref::<ErrorEvent>().map(ErrorEvent::message) {
        Some(message) if !message.is_empty() => lost(&message),
        _ => lost("its script could not be loaded: reload the page"),
    }
}

fn describe(error: &JsValue) -> String {
    error.dyn_ref::<DomException>().map_or_else(
        || error.as_string().unwrap_or_else(|| "no reason given".to_owned()),
        DomException::message,
    )
}

/// A worker that could not be started or broke down, in words.
#[must_use]
pub fn lost(message: &str) -> JobError {
    JobError::WorkerLost { message: message.to_owned() }
}

/// An address as seen from the page; `None` for what is none.
///
/// Workers get whole addresses: a script that the page made itself has no place that
/// a relative one could begin at.
#[must_use]
pub fn absolute(url: &str) -> Option<String> {
    let base = web_sys::window()?.document()?.base_uri().ok().flatten()?;
    web_sys::Url::new_with_base(url, &base).ok().map(|url| url.href())
}
