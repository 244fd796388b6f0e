//! Reading and writing archives; the `zip` crate serves as a second opinion.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests are tests")]

mod fixtures;

use std::cell::Cell;
use std::io::{Cursor, Read, Seek, SeekFrom, Write};
use std::rc::Rc;

use carto_archive::{Archive, Limits, ZipRules, write_archive};
use fixtures::mp3;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

const LIMIT: u64 = 1 << 20;

fn open(bytes: Vec<u8>) -> Archive<Cursor<Vec<u8>>> {
    Archive::open(Cursor::new(bytes), "set.osz", ZipRules::Osu, &Limits::default()).unwrap()
}

fn names<S: Read + Seek>(archive: &Archive<S>) -> Vec<&str> {
    archive.entries().iter().map(|entry| entry.name.as_str()).collect()
}

/// Packed by the `zip` crate.
fn packed_elsewhere(files: &[(&str, &[u8])], method: CompressionMethod) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        let options = SimpleFileOptions::default().compression_method(method);
        writer.start_file(*name, options).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn two_files() -> Vec<(String, Vec<u8>)> {
    vec![("b.osu".to_owned(), b"osu file format v14".repeat(50)), ("夜/a.mp3".to_owned(), mp3(50))]
}

#[test]
fn what_we_write_we_read() {
    let mut archive = open(write_archive(&two_files()).unwrap());
    assert_eq!(names(&archive), ["b.osu", "夜/a.mp3"]);
    for (index, (_, content)) in two_files().iter().enumerate() {
        assert_eq!(&archive.read_entry(index, LIMIT).unwrap(), content);
    }
    assert_eq!(archive.audio_length(1).unwrap().n_native_samples, 50 * 1_152);
}

#[test]
fn what_we_write_others_read() {
    let mut archive = ZipArchive::new(Cursor::new(write_archive(&two_files()).unwrap())).unwrap();
    for (name, content) in two_files() {
        let mut bytes = Vec::new();
        archive.by_name(&name).unwrap().read_to_end(&mut bytes).unwrap();
        assert_eq!(bytes, content);
    }
}

#[test]
fn the_same_files_give_the_same_bytes() {
    assert_eq!(write_archive(&two_files()).unwrap(), write_archive(&two_files()).unwrap());
    assert_eq!(names(&open(write_archive(&[]).unwrap())), [""; 0]);
}

#[test]
fn what_others_write_we_read() {
    let files: [(&str, &[u8]); 3] = [("z.osu", b"one"), ("a.osu", &[7; 100_000]), ("dir/e", b"")];
    for method in [CompressionMethod::Stored, CompressionMethod::Deflated] {
        let mut archive = open(packed_elsewhere(&files, method));
        assert_eq!(names(&archive), ["z.osu", "a.osu", "dir/e"], "the order of the directory");
        for (index, (_, content)) in files.iter().enumerate() {
            assert_eq!(archive.read_entry(index, LIMIT).unwrap(), *content);
            assert_eq!(archive.entries()[index].size_bytes, content.len() as u64);
        }
    }
}

#[test]
fn wide_fields_are_read() {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer.start_file("a.osu", SimpleFileOptions::default().large_file(true)).unwrap();
    writer.write_all(b"content").unwrap();
    let mut archive = open(writer.finish().unwrap().into_inner());
    assert_eq!(archive.read_entry(0, LIMIT).unwrap(), b"content");
}

#[test]
fn of_two_entries_of_one_name_the_last_is_meant() {
    let files = [("a.osu".to_owned(), b"first".to_vec()), ("a.osu".to_owned(), b"last".to_vec())];
    let mut archive = open(write_archive(&files).unwrap());
    assert_eq!(names(&archive), ["a.osu", "a.osu"]);
    let index = archive.last_named("a.osu").unwrap().index;
    assert_eq!(archive.read_entry(index, LIMIT).unwrap(), b"last");
    assert_eq!(archive.read_entry(0, LIMIT).unwrap(), b"first");
}

#[test]
fn bytes_in_front_and_a_comment_behind_do_no_harm() {
    let mut bytes = b"#!/bin/sh".to_vec();
    bytes.extend(write_archive(&two_files()).unwrap());
    let comment = b"made by PK\x05\x07";
    let n = bytes.len();
    bytes[n - 2..].copy_from_slice(&(comment.len() as u16).to_le_bytes());
    bytes.extend(comment);
    let mut archive = open(bytes);
    assert_eq!(archive.read_entry(0, LIMIT).unwrap(), two_files()[0].1);
}

/// Counts the bytes that are read.
struct Counting<S> {
    source: S,
    n_read: Rc<Cell<u64>>,
}

impl<S: Read> Read for Counting<S> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let n_new = self.source.read(buffer)?;
        self.n_read.set(self.n_read.get() + n_new as u64);
        Ok(n_new)
    }
}

impl<S: Seek> Seek for Counting<S> {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        self.source.seek(to)
    }
}

#[test]
fn only_the_directory_and_what_is_asked_for_is_read() {
    let big = [5; 500_000];
    let files: [(&str, &[u8]); 3] = [("video.avi", &big), ("a.osu", &[7; 1_000]), ("bg.jpg", &big)];
    let bytes = packed_elsewhere(&files, CompressionMethod::Stored);
    let n_read = Rc::new(Cell::new(0));
    let source = Counting { source: Cursor::new(bytes), n_read: Rc::clone(&n_read) };

    let mut archive = Archive::open(source, "set.osz", ZipRules::Osu, &Limits::default()).unwrap();
    // Three entries of 46 bytes and a short name, and the record at the end.
    assert!(n_read.get() < 500, "{} bytes for the directory", n_read.get());
    n_read.set(0);
    archive.read_entry(1, LIMIT).unwrap();
    // The content and the local header.
    assert!(n_read.get() <= 1_000 + 30, "{} bytes for the entry", n_read.get());
}

/// What a page would do that fetches ranges over a network.
#[test]
fn a_span_is_enough_to_read_its_entry() {
    let files: Vec<(String, Vec<u8>)> =
        (0..5_u8).map(|n| (format!("{n}.txt"), vec![n; 100 * usize::from(n)])).collect();
    let whole = write_archive(&files).unwrap();
    let spans = open(whole.clone()).spans();
    assert_eq!(spans.len(), files.len());
    let directory_start = whole.windows(4).position(|word| word == b"PK\x01\x02").unwrap();
    for (index, (name, content)) in files.iter().enumerate() {
        // All that is neither the entry's nor the directory's is wiped out.
        let span = spans[index].start as usize..(spans[index].end as usize).min(directory_start);
        let mut sparse = vec![0; directory_start];
        sparse[span.clone()].copy_from_slice(&whole[span]);
        sparse.extend(&whole[directory_start..]);
        assert_eq!(open(sparse).read_entry(index, LIMIT).unwrap(), *content, "{name}");
    }
}
