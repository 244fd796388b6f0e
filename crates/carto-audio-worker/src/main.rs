//! The web worker that hears the recordings of songs, one audio file at a time.

use carto_port::serve::{open_one, serve};
use carto_protocol::{AudioRequest, Call, HearSong, Message};
use carto_study::MapSource;
use web_sys::File;

/// Runs when the browser has loaded the worker's script.
fn main() {
    serve(|request, files| async move {
        let AudioRequest::HearSong(call) = request;
        hear(&call, &files)
    });
}

fn hear(call: &HearSong, files: &[File]) -> Message {
    let mut open_slot =
        |slot: usize| MapSource::of_slot(&call.sources, slot, |idx| open_one(files, idx));
    call.reply(&carto_study::hear_song(&call.song, call.mode, &mut open_slot))
}
