use carto_protocol::{JobError, PROTOCOL_VERSION, Response, encode};
use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

use crate::message::Incoming;
use crate::{jobs, panics};

/// Does whatever the page asks for, from now on, and says that it listens.
pub(crate) fn listen() {
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(|event: MessageEvent| {
        post(&answer(&event));
    });
    scope().set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    // It listens as long as the worker lives.
    on_message.forget();
    post(&Response::Ready { version: PROTOCOL_VERSION });
}

fn answer(event: &MessageEvent) -> Response {
    let Some(Incoming { request, files }) = Incoming::read(&event.data()) else {
        return Response::Failed { job_id: None, error: JobError::BadMessage };
    };
    panics::set_job(Some(jobs::job_id_of(&request)));
    let response = jobs::run(request, &files, &mut post);
    panics::set_job(None);
    response
}

/// Sends an answer; its bytes are moved, not copied.
pub(crate) fn post(response: &Response) {
    let Ok(bytes) = encode(response) else { return };
    let buffer = Uint8Array::from(bytes.as_slice()).buffer();
    let transfer = Array::of1(&buffer);
    // It fails only for what cannot be moved, and a fresh buffer can.
    let _ = scope().post_message_with_transfer(&buffer, &transfer);
}

fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}
