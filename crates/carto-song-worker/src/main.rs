//! The web worker that reads two maps of a song and what is said of them over time.

mod pairs;
mod reading;
mod sounds;

use carto_port::serve::{Answer, NewFile, serve};
use carto_protocol::{Call, ReadRecording, SongRequest};
use web_sys::File;

/// Runs when the browser has loaded the worker's script.
fn main() {
    serve(|request, files| async move { run(request, &files) });
}

/// Does one job and gives the message that ends it.
fn run(request: SongRequest, files: &[File]) -> Answer {
    match request {
        SongRequest::OpenPair(call) => {
            let opened = pairs::with(&call, files, pairs::Pair::opened);
            call.reply(&opened).into()
        }
        SongRequest::AgreementOfStretch(call) => {
            let found =
                pairs::with(&call.pair, files, |pair| pair.agreement(call.from_ms, call.to_ms));
            call.reply(&found).into()
        }
        SongRequest::ReachOfShifts(call) => {
            let found = pairs::with(&call.pair, files, pairs::Pair::reaches);
            call.reply(&found).into()
        }
        SongRequest::ReadRecording(call) => recording(&call, files),
        SongRequest::WriteSong(call) => {
            let written = pairs::with(&call.pair, files, |pair| pair.files(&call));
            call.reply(&written).into()
        }
    }
}

/// The recording as a file that the page reads without copying it.
fn recording(call: &ReadRecording, files: &[File]) -> Answer {
    let read = reading::recording(call.mode, &call.map, files);
    let made = read.and_then(|(name, bytes)| {
        let mut file = NewFile::default();
        std::io::Write::write_all(&mut file, &bytes)
            .and_then(|()| file.finish(&name, 0.0))
            .map(|file| (name, file))
            .map_err(|error| format!("the recording cannot be handed over: {error}"))
    });
    match made {
        Ok((name, file)) => Answer::with_files(call.reply(&Ok(name)), vec![file]),
        Err(why) => call.reply(&Err(why)).into(),
    }
}
