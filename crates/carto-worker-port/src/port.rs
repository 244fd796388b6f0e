use std::rc::Rc;

use carto_protocol::{Answer, JobError, Question, encode};
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
pub fn serve<Q, A, R, F>(run: R)
where
    Q: Question + 'static,
    A: Answer + 'static,
    R: Fn(Q, Vec<File>) -> F + 'static,
    F: Future<Output = A> + 'static,
{
    panics::name_panics::<A>();
    let run = Rc::new(run);
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let run = Rc::clone(&run);
        spawn_local(async move { post(&answer(&event, &*run).await) });
    });
    scope().set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    // It listens as long as the worker lives.
    on_message.forget();
    post(&A::ready());
}

async fn answer<Q, A, R, F>(event: &MessageEvent, run: &R) -> A
where
    Q: Question,
    A: Answer,
    R: Fn(Q, Vec<File>) -> F,
    F: Future<Output = A>,
{
    let Some(Incoming { request, files }) = Incoming::<Q>::read(&event.data()) else {
        return A::failed(None, JobError::BadMessage);
    };
    panics::set_job(Some(request.job_id()));
    let response = run(request, files).await;
    panics::set_job(None);
    response
}

/// Sends an answer; its bytes are moved, not copied.
pub fn post<A: Answer>(answer: &A) {
    let Ok(bytes) = encode(answer) else { return };
    let buffer = Uint8Array::from(bytes.as_slice()).buffer();
    let transfer = Array::of1(&buffer);
    // It fails only for what cannot be moved, and a fresh buffer can.
    let _ = scope().post_message_with_transfer(&buffer, &transfer);
}

fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}
