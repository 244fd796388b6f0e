//! The web worker that measures the maps of songs, and says in what mappers differ.

mod comparing;

use carto_port::serve::{open_one, serve};
use carto_protocol::{Call, FindMoments, ListMappers, MapperRequest, MeasureSong, Message};
use carto_study::{MapSource, add_moments, map_values_of_song, planned_maps};
use web_sys::File;

/// Runs when the browser has loaded the worker's script.
fn main() {
    serve(|request, files| async move { run(request, &files) });
}

/// Does one job and gives the message that ends it.
fn run(request: MapperRequest, files: &[File]) -> Message {
    match request {
        MapperRequest::ListMappers(call) => list(&call),
        MapperRequest::MeasureSong(call) => measure(&call, files),
        MapperRequest::CompareMapper(call) => call.reply(&comparing::compare(&call)),
        MapperRequest::FindMoments(call) => find_moments(&call, files),
        MapperRequest::WriteMapper(call) => call.reply(&comparing::files(&call.report)),
    }
}

fn list(call: &ListMappers) -> Message {
    let songs: Vec<_> = call.songs.iter().map(planned_maps).collect();
    call.reply(&carto_mapper::mappers(&songs))
}

fn measure(call: &MeasureSong, files: &[File]) -> Message {
    let mut open =
        |slot: usize| MapSource::of_slot(&call.sources, slot, |idx| open_one(files, idx));
    call.reply(&map_values_of_song(&call.song, &mut open))
}

fn find_moments(call: &FindMoments, files: &[File]) -> Message {
    let mut open =
        |place: u32| MapSource::of_slot(&call.sources, place as usize, |idx| open_one(files, idx));
    let mut report = call.report.clone();
    add_moments(&mut report.fingerprint, &call.songs, &mut open);
    if let Some(head_to_head) = &mut report.head_to_head {
        add_moments(head_to_head, &call.songs, &mut open);
    }
    call.reply(&report)
}
