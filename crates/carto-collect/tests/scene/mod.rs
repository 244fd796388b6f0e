//! A run against the mock server, and what it wrote.
#![allow(dead_code, reason = "each test binary uses its part")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::OnceLock;
use std::time::Duration;

use carto_collect::{
    Address, Config, Credentials, Event, FreeSpace, Labels, Outcome, Retry, Secret, Stopper,
    SystemDisk, collect,
};
use tempfile::TempDir;

use crate::mock_server::{CLIENT_ID, CLIENT_SECRET, Fault, MockServer, World};

pub(crate) const LABELS: &str = r#"{"stream": [20, 10], "alt, slow": [99, 30]}"#;

/// A folder, the services, and rules without pauses.
pub(crate) struct Scene {
    pub(crate) folder: TempDir,
    pub(crate) services: MockServer,
    pub(crate) config: Config,
    pub(crate) events: Vec<Event>,
}

impl Scene {
    pub(crate) fn new(world: World) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let services = MockServer::start(world);
        let address: Address = services.address.parse().unwrap();
        let mut config = Config::new(folder.path().join("out"), address.clone(), address);
        config.api_pause = Duration::ZERO;
        config.map_pause = Duration::ZERO;
        config.min_free_bytes = 0;
        config.retry = Retry {
            attempts: 4,
            first_pause: Duration::from_millis(5),
            longest_wait: Duration::from_secs(60),
        };
        Self { folder, services, config, events: Vec::new() }
    }

    pub(crate) fn run(&mut self) -> Outcome {
        self.run_on(&SystemDisk, CLIENT_SECRET)
    }

    pub(crate) fn run_on(&mut self, disk: &(dyn FreeSpace + Sync), secret: &str) -> Outcome {
        let labels = self.folder.path().join("labels.json");
        fs::write(&labels, LABELS).unwrap();
        let labels = Labels::read(&labels).unwrap();
        let credentials = Credentials::new(CLIENT_ID, Secret::new(secret));
        let (_stopper, stop) = Stopper::new();
        let events = &mut self.events;
        let mut on_event = |event| events.push(event);
        let run = collect(&self.config, credentials, labels, disk, stop, &mut on_event);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(run)
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.config.out.join(name)).unwrap()
    }

    /// Everything that was written, by its path.
    pub(crate) fn files(&self) -> Files {
        files(&self.config.out)
    }

    pub(crate) fn n_waits(&self) -> usize {
        self.events.iter().filter(|event| matches!(event, Event::Waiting { .. })).count()
    }
}

pub(crate) fn files(folder: &Path) -> Files {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        if entry.path().is_dir() {
            found.extend(
                files(&entry.path())
                    .into_iter()
                    .map(|(below, bytes)| (format!("{name}/{below}"), bytes)),
            );
        } else {
            found.insert(name, fs::read(entry.path()).unwrap());
        }
    }
    found
}

pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// The files of a run without any fault.
pub(crate) fn undisturbed() -> &'static Files {
    static FILES: OnceLock<Files> = OnceLock::new();
    FILES.get_or_init(|| {
        let mut scene = Scene::new(World::example());
        assert!(scene.run().error.is_none());
        scene.files()
    })
}

/// Runs with faults and holds the files against those of a run without.
pub(crate) fn survives(faults: &[(&str, Fault)]) -> Scene {
    let mut world = World::example();
    faults.iter().for_each(|(path, fault)| world.fault(path, fault.clone()));
    let mut scene = Scene::new(world);
    let outcome = scene.run();
    assert!(outcome.error.is_none(), "{:?}", outcome.error);
    assert_eq!(scene.services.with(|world| world.faults.len()), 0, "every fault took place");
    assert!(&scene.files() == undisturbed(), "other files than without {faults:?}");
    scene
}
