//! Runs that end before they are done, and what the next one makes of them.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests may fail loudly")]

mod mock_server;
mod scene;

use std::fs;
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use carto_collect::{
    CollectError, Credentials, FreeSpace, Labels, Outcome, Secret, Stopper, SystemDisk, collect,
};
use mock_server::{CLIENT_ID, CLIENT_SECRET, Fault, World};
use scene::{LABELS, Scene, undisturbed};

#[test]
fn what_cannot_be_had_is_listed_and_the_next_run_gets_it() {
    let mut world = World::example();
    (0..4).for_each(|_| world.fault("/osu/55", Fault::Status(500, None, "")));
    (0..4).for_each(|_| world.fault("/api/collections/20", Fault::Drop));
    world.fault("/osu/56", Fault::Body("<html>We are down</html>"));
    world.fault("/osu/57", Fault::Status(403, None, ""));
    world.fault("/api/v2/", Fault::Body("<html>We are down</html>"));
    let mut scene = Scene::new(world);
    let Outcome { summary, error } = scene.run();
    let summary = summary.unwrap();
    assert!(error.is_none(), "{error:?}");
    let failed: Vec<_> =
        summary.failures.iter().map(|failure| failure.what.split(',').next().unwrap()).collect();
    let expected = ["collection 20", "what the API says of 120", "map 57", "map 56", "map 55"];
    assert_eq!(failed, expected);
    assert!(summary.failures[4].reason.contains("/osu/55 was asked 4 times, at last: status 500"));
    assert!(scene.run().summary.unwrap().failures.is_empty());
    assert!(&scene.files() == undisturbed());
}

#[test]
fn a_service_that_is_gone_ends_the_run() {
    let mut scene = Scene::new(World::example());
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    scene.config.osu = format!("http://{nobody}").parse().unwrap();
    let error = scene.run().error.unwrap();
    assert!(matches!(error, CollectError::TokenUnanswered(_)), "{error}");
    assert!(error.to_string().contains("refused"), "{error}");

    let mut world = World::example();
    (0..100).for_each(|_| world.fault("/osu/", Fault::Drop));
    let mut scene = Scene::new(world);
    let error = scene.run().error.unwrap();
    assert!(matches!(error, CollectError::GaveUp { n_failures: 5, .. }), "{error}");
}

/// A disk that shrinks with every look at it.
struct Shrinking(AtomicU64);

impl FreeSpace for Shrinking {
    fn free_bytes(&self, _: &Path) -> io::Result<u64> {
        Ok(self.0.fetch_sub(1_000_000, Ordering::Relaxed))
    }
}

#[test]
fn a_disk_that_gets_full_ends_the_run_before_it_is() {
    let mut scene = Scene::new(World::example());
    scene.config.min_free_bytes = 500_000_000;
    let disk = Shrinking(AtomicU64::new(523_000_000));
    let Outcome { summary, error } = scene.run_on(&disk, CLIENT_SECRET);
    let (summary, error) = (summary.unwrap(), error.unwrap());
    assert!(matches!(error, CollectError::DiskFull { free_mb: 499, min_mb: 500, .. }), "{error}");
    // One look before the run, one before each of three batches, one before each map.
    assert_eq!(summary.n_maps, 19, "119 is deleted");
    assert!(!summary.is_complete);
    assert_eq!(scene.services.with(|world| world.n_seen("/osu/")), 20);
    assert!(scene.run().error.is_none());
    assert!(&scene.files() == undisturbed());
}

#[test]
fn a_disk_that_is_full_from_the_start_changes_nothing() {
    let mut scene = Scene::new(World::example());
    assert!(scene.run().error.is_none());
    scene.config.min_free_bytes = 500_000_000;
    let disk = Shrinking(AtomicU64::new(499_000_000));
    let Outcome { summary, error } = scene.run_on(&disk, CLIENT_SECRET);
    assert!(matches!(error, Some(CollectError::DiskFull { .. })), "{error:?}");
    assert_eq!(summary.unwrap().n_maps, 130, "what is there is counted");
    assert!(&scene.files() == undisturbed());
}

#[test]
fn a_folder_that_cannot_be_read_is_not_counted_as_empty() {
    let mut scene = Scene::new(World::example());
    assert!(scene.run().error.is_none());
    let summary = scene.read("summary.json");
    fs::write(scene.config.out.join("collections.json"), "[{").unwrap();
    let outcome = scene.run();
    assert!(matches!(outcome.error, Some(CollectError::Damaged { .. })), "{:?}", outcome.error);
    assert_eq!(outcome.summary, None);
    assert_eq!(scene.read("summary.json"), summary);
}

#[test]
fn a_run_may_be_dropped_after_any_request() {
    let expected = undisturbed();
    for n_events in [2, 5, 8, 9, 60] {
        let mut scene = Scene::new(World::example());
        let labels = scene.folder.path().join("labels.json");
        fs::write(&labels, LABELS).unwrap();
        let labels = Labels::read(&labels).unwrap();
        let (stopper, stop) = Stopper::new();
        let mut n_left = n_events;
        let mut on_event = |_| {
            n_left -= 1;
            if n_left == 0 {
                stopper.stop();
            }
        };
        let credentials = Credentials::new(CLIENT_ID, Secret::new(CLIENT_SECRET));
        let run = collect(&scene.config, credentials, labels, &SystemDisk, stop, &mut on_event);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let outcome = runtime.block_on(run);
        assert!(matches!(outcome.error, Some(CollectError::Stopped)), "{:?}", outcome.error);
        assert!(&scene.files() != expected);
        assert!(scene.run().error.is_none());
        assert!(&scene.files() == expected, "stopped after {n_events} events");
    }
}

#[test]
fn a_half_written_line_and_map_are_made_whole() {
    let mut scene = Scene::new(World::example());
    scene.run();
    let first = scene.files();
    let lines = scene.read("beatmaps.jsonl");
    fs::write(scene.config.out.join("beatmaps.jsonl"), &lines[..lines.len() / 3]).unwrap();
    fs::rename(scene.config.out.join("osu/9.osu"), scene.config.out.join("osu/.9.osu.part"))
        .unwrap();
    fs::write(scene.config.out.join(".labels.csv.part"), "id").unwrap();
    assert!(scene.run().error.is_none());
    assert!(scene.files() == first);
}
