//! `carto collect` as a person runs it, against a mock server of both services.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests may fail loudly")]

#[path = "../../carto-collect/tests/mock_server/mod.rs"]
mod mock_server;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::thread;
use std::time::Duration;

use mock_server::{CLIENT_ID, CLIENT_SECRET, Fault, MockServer, TOKEN_START, World};
use tempfile::TempDir;

const LABELS: &str = r#"{"stream": [20, 10], "alt, slow": [99, 30]}"#;
const OUT: &str = "collected";

/// A folder to be in, with credentials and collections, and both services.
struct Scene {
    folder: TempDir,
    services: MockServer,
}

impl Scene {
    fn new(world: World) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let env = format!("OSU_CLIENT_ID={CLIENT_ID}\nOSU_CLIENT_SECRET={CLIENT_SECRET}\n");
        fs::write(folder.path().join(".env"), env).unwrap();
        fs::write(folder.path().join("labels.json"), LABELS).unwrap();
        Self { folder, services: MockServer::start(world) }
    }

    fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_carto"));
        command.current_dir(&self.folder).args(["collect", "labels.json"]);
        command.args(["--osu", &self.services.address, "--rate", "60000", "--map-pause-ms", "0"]);
        command.args(["--failure-pause-ms", "5", "--min-free-mb", "0"]);
        command.env("CARTO_COLLECTOR", &self.services.address);
        ["OSU_CLIENT_ID", "OSU_CLIENT_SECRET", "CARTO_OSU"].iter().for_each(|name| {
            command.env_remove(name);
        });
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    fn run(&self) -> Output {
        self.command().output().unwrap()
    }

    fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let mut found = BTreeMap::new();
        read_folder(&self.folder.path().join(OUT), "", &mut found);
        found
    }

    /// Waits until a running command has asked for `n_maps` maps.
    fn wait_for_maps(&self, n_maps: usize) {
        while self.services.with(|world| world.n_seen("/osu/")) < n_maps {
            thread::sleep(Duration::from_millis(2));
        }
    }
}

fn read_folder(folder: &Path, above: &str, found: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = format!("{above}{}", entry.file_name().into_string().unwrap());
        if entry.path().is_dir() {
            read_folder(&entry.path(), &format!("{name}/"), found);
        } else {
            found.insert(name, fs::read(entry.path()).unwrap());
        }
    }
}

fn said(output: &Output) -> (String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (text(&output.stdout), text(&output.stderr))
}

fn signal(child: &Child, name: &str) {
    let pid = child.id().to_string();
    assert!(Command::new("kill").args(["-s", name, &pid]).status().unwrap().success());
}

#[test]
fn a_run_says_what_is_there_and_what_is_not() {
    let scene = Scene::new(World::example());
    let output = scene.run();
    let (stdout, stderr) = said(&output);
    assert_eq!(output.status.code(), Some(0), "{stderr}");
    assert_eq!(
        stdout,
        "collected: 3 of 4 collections, 154 rows of 132 maps; 131 of them described by the API, \
         130 fetched\n\
         collections that do not exist: 99 (alt, slow)\n\
         maps that the API leaves out: 501\n\
         maps that are deleted: 119, 120\n"
    );
    assert!(stderr.contains("100 maps fetched, 0.0 MB in the folder, "), "{stderr}");
    assert_eq!(scene.files().len(), 130 + 5);
}

#[cfg(unix)]
#[test]
fn ctrl_c_loses_nothing_and_the_same_command_goes_on() {
    let undisturbed = Scene::new(World::example());
    undisturbed.run();
    let scene = Scene::new(World { delay: Duration::from_millis(4), ..World::example() });
    for n_maps in [1, 40, 90] {
        let child = scene.command().spawn().unwrap();
        scene.wait_for_maps(n_maps);
        signal(&child, "INT");
        let output = child.wait_with_output().unwrap();
        let (stdout, stderr) = said(&output);
        assert_eq!(output.status.code(), Some(130), "{stderr}");
        assert!(stderr.ends_with("carto: stopped; the same command goes on from here\n"));
        assert!(stdout.starts_with("collected: 3 of 4 collections, "), "{stdout}");
        assert!(scene.files() != undisturbed.files());
    }
    assert_eq!(scene.run().status.code(), Some(0));
    assert!(scene.files() == undisturbed.files(), "other files than without an interruption");
    scene.services.with(|world| {
        // A map whose answer ctrl-C cut off is asked for again, and so are deleted ones.
        let n_most = 130 + 3 + 2 * 4;
        assert!(world.n_seen("/osu/") <= n_most, "{}", world.n_seen("/osu/"));
        // Three batches once, and the one id that the API leaves out each time.
        assert_eq!(world.n_seen("/api/v2/"), 3 + 3);
    });
}

#[cfg(unix)]
#[test]
fn a_command_that_is_killed_leaves_nothing_half() {
    let undisturbed = Scene::new(World::example());
    undisturbed.run();
    let scene = Scene::new(World { delay: Duration::from_millis(4), ..World::example() });
    for idx in 0..12 {
        let mut child = scene.command().spawn().unwrap();
        thread::sleep(Duration::from_millis(30 + 13 * idx));
        child.kill().unwrap();
        child.wait().unwrap();
    }
    assert_eq!(scene.run().status.code(), Some(0));
    assert!(scene.files() == undisturbed.files(), "other files than without an interruption");
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_a_long_wait() {
    let mut world = World::example();
    let wait = || Fault::Status(429, Some(("Retry-After", "600".to_owned())), "");
    world.fault("/api/collections/20", wait());
    let scene = Scene::new(world);
    let child = scene.command().spawn().unwrap();
    while scene.services.with(|world| world.seen.is_empty()) {
        thread::sleep(Duration::from_millis(2));
    }
    thread::sleep(Duration::from_millis(100));
    signal(&child, "INT");
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(130));
    let (_, stderr) = said(&output);
    assert!(stderr.contains("status 429; again in 600.0 s"), "{stderr}");
}

#[test]
fn neither_the_secret_nor_a_token_is_anywhere() {
    let mut world = World::example();
    world.fault("/api/v2/", Fault::Status(401, None, ""));
    world.fault("/oauth/token", Fault::Cut);
    (0..6).for_each(|_| world.fault("/osu/7", Fault::Cut));
    let scene = Scene::new(world);
    let failed = scene.run();
    assert_eq!(failed.status.code(), Some(1));
    let mut wrong = scene.command();
    let refused = wrong.env("OSU_CLIENT_SECRET", "another-s3cr3t").output().unwrap();
    assert_eq!(refused.status.code(), Some(1));
    assert!(said(&refused).1.contains("check OSU_CLIENT_ID and OSU_CLIENT_SECRET"));
    let outputs = [&failed, &refused].map(said);
    let files = scene.files().into_values().map(|bytes| String::from_utf8(bytes).unwrap());
    for text in outputs.into_iter().flat_map(|(out, err)| [out, err]).chain(files) {
        for hidden in [CLIENT_SECRET, TOKEN_START, "another-s3cr3t"] {
            assert!(!text.contains(hidden), "{text}");
        }
    }
}

#[test]
fn what_failed_is_an_exit_code_and_a_line() {
    let mut world = World::example();
    (0..6).for_each(|_| world.fault("/osu/7", Fault::Cut));
    let scene = Scene::new(world);
    let output = scene.run();
    let (stdout, stderr) = said(&output);
    assert_eq!(output.status.code(), Some(1));
    assert!(stdout.ends_with("failed: map 7\n"), "{stdout}");
    assert!(stderr.contains("carto: warning: map 7: "), "{stderr}");
    assert!(stderr.ends_with("one thing could not be had; the same command tries it again\n"));
    assert_eq!(scene.run().status.code(), Some(0));
}

#[test]
fn a_full_disk_stops_the_run() {
    let scene = Scene::new(World::example());
    let output = scene.command().args(["--min-free-mb", "999999999999"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2), "named twice");
    let mut command = Command::new(env!("CARGO_BIN_EXE_carto"));
    command.current_dir(&scene.folder).args(["collect", "labels.json"]);
    command.args(["--osu", &scene.services.address, "--collector", &scene.services.address]);
    let output = command.args(["--min-free-mb", "999999999999"]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let (_, stderr) = said(&output);
    assert!(stderr.contains("999999999999 MB must stay free; make room"), "{stderr}");
    assert_eq!(scene.services.with(|world| world.seen.len()), 0);
}

#[test]
fn wrong_usage_is_named() {
    let scene = Scene::new(World::example());
    let with = |args: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_carto"));
        command.current_dir(&scene.folder).arg("collect").args(args);
        command.env_remove("OSU_CLIENT_ID").env_remove("OSU_CLIENT_SECRET");
        let output = command.output().unwrap();
        (output.status.code().unwrap(), said(&output).1)
    };
    for (args, code, words) in [
        (&["labels.json", "--rate", "0"][..], 2, "--rate"),
        (&["labels.json", "--osu", "http://osu.ppy.sh"], 2, "in the clear: use https"),
        (&["none.json"], 1, "none.json cannot be read"),
        (&[".env"], 1, ".env does not name collections"),
        (&["labels.json", "--env-file", "none.env"], 1, "none.env cannot be read"),
        (&["labels.json", "--env-file", "labels.json"], 1, "labels.json: line 1 is not NAME=value"),
    ] {
        let (was, stderr) = with(args);
        assert_eq!((was, stderr.contains(words)), (code, true), "{args:?}: {stderr}");
        assert!(!stderr.contains(CLIENT_SECRET), "{stderr}");
    }
    fs::write(scene.folder.path().join(".env"), "").unwrap();
    let (code, stderr) = with(&["labels.json"]);
    assert_eq!((code, stderr.contains("OSU_CLIENT_ID is not set")), (1, true), "{stderr}");
}
