use std::rc::Rc;

use carto_protocol::{JobError, PROTOCOL_VERSION, Request, Response, encode};
use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::spawn_local;
use web_sys::{DedicatedWorkerGlobalScope, File, MessageEvent};

use crate::message::Incoming;
use crate::panics;

/// Does whatever the page asks for, from now on, and says that it listens.
///
/// `run` does one job and gives the answer that ends it; with [`post`] it tells
/// of things in between.
pub fn serve<R, F>(run: R)
where
    R: Fn(Request, Vec<File>) -> F + 'static,
    F: Future<Output = Response> + 'static,
{
    panics::name_panics();
    let run = Rc::new(run);
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let run = Rc::clone(&run);
        spawn_local(async move { post(&answer(&event, &*run).await) });
    });
    scope().set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    // It listens as long as the worker lives.
    on_message.forget();
    post(&Response::Ready { version: PROTOCOL_VERSION });
}

async fn answer<R, F>(event: &MessageEvent, run: &R) -> Response
where
    R: Fn(Request, Vec<File>) -> F,
    F: Future<Output = Response>,
{
    let Some(Incoming { request, files }) = Incoming::read(&event.data()) else {
        return Response::Failed { job_id: None, error: JobError::BadMessage };
    };
    panics::set_job(Some(request.job_id()));
    let response = run(request, files).await;
    panics::set_job(None);
    response
}

/// Sends an answer; its bytes are moved, not copied.
pub fn post(response: &Response) {
    let Ok(bytes) = encode(response) else { return };
    let buffer = Uint8Array::from(bytes.as_slice()).buffer();
    let transfer = Array::of1(&buffer);
    // It fails only for what cannot be moved, and a fresh buffer can.
    let _ = scope().post_message_with_transfer(&buffer, &transfer);
}

fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}
