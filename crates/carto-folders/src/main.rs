//! Walks through folders that were dropped or picked: a program of its own, which the page
//! loads with the first of them.
//!
//! The page puts walks into `window.cartoWalks` and sends the event `carto-walk`, see
//! `www/folders.js`. Each is an array: the folders, with the interface of
//! `FileSystemDirectoryEntry`; whether the view of beatmaps reads what is found; whether
//! nothing of the drop came before; and a function that gets the parts. Its arguments are
//! the bytes of a [`carto_protocol::FoundPart`] and the handles of its files, and it returns
//! whether more is wanted.

mod found;
mod walk;

use js_sys::futures::spawn_local;
use js_sys::{Array, Function, Reflect};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

/// Where walks wait.
const WAITING: &str = "cartoWalks";
/// Says that one does.
const EVENT: &str = "carto-walk";

fn main() {
    let Some(window) = web_sys::window() else { return };
    let listener = Closure::<dyn Fn()>::new(start_waiting);
    // Without it the walks that wait already are taken all the same.
    let _ = window.add_event_listener_with_callback(EVENT, listener.as_ref().unchecked_ref());
    listener.forget();
    start_waiting();
}

fn start_waiting() {
    let waiting = web_sys::window().and_then(|window| Reflect::get(&window, &WAITING.into()).ok());
    let Some(waiting) = waiting.and_then(|waiting| waiting.dyn_into::<Array>().ok()) else {
        return;
    };
    while waiting.length() > 0 {
        if let Ok(request) = waiting.shift().dyn_into::<Array>() {
            start(&request);
        }
    }
}

fn start(request: &Array) {
    let Ok(folders) = request.get(0).dyn_into::<Array>() else { return };
    let Ok(on_part) = request.get(3).dyn_into::<Function>() else { return };
    let (is_for_beatmaps, is_first) = (request.get(1).is_truthy(), request.get(2).is_truthy());
    let folders = folders.iter().map(JsCast::unchecked_into).collect();
    spawn_local(walk::walk(folders, is_for_beatmaps, is_first, move |found| found.tell(&on_part)));
}
