//! Whole runs against a mock server of both services.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests may fail loudly")]

mod mock_server;
mod scene;

use std::fs;
use std::time::Duration;

use carto_collect::{CollectError, Credentials, Event, Outcome, Secret, Stage, SystemDisk};
use mock_server::{
    CLIENT_ID, CLIENT_SECRET, Fault, MockServer, TOKEN_START, World, described, map,
};
use scene::{Scene, survives, undisturbed};

/// Ids of collection 20 and then 10, each once, then 30.
fn ids() -> Vec<u64> {
    (100..=130).chain([7]).chain((1..=99).rev().filter(|&id| id != 7)).chain([500, 501]).collect()
}

#[test]
fn a_run_writes_what_both_services_know() {
    let mut scene = Scene::new(World::example());
    let Outcome { summary, error } = scene.run();
    let summary = summary.unwrap();
    assert!(error.is_none(), "{error:?}");

    let twenty = (100..=130).chain([7]).map(|id| format!("{id},stream\n"));
    let ten = (1..=120).rev().map(|id| format!("{id},stream\n"));
    let thirty = [500, 501].map(|id| format!("{id},\"alt, slow\"\n"));
    let rows: String = twenty.chain(ten).chain(thirty).collect();
    assert_eq!(scene.read("labels.csv"), format!("id,label\n{rows}"));

    let collections: serde_json::Value =
        serde_json::from_str(&scene.read("collections.json")).unwrap();
    assert_eq!(collections.as_array().unwrap().len(), 3);
    assert_eq!(
        collections[2],
        serde_json::json!({"id": 30, "label": "alt, slow", "name": "Maps, \"30\"",
            "uploader": "wer", "beatmaps": [500, 501]})
    );

    let line = |&id: &u64| described(id).replace('\n', "") + "\n";
    let lines: String = ids().iter().filter(|&&id| id != 501).map(line).collect();
    assert_eq!(scene.read("beatmaps.jsonl"), lines);

    for id in ids() {
        let path = scene.config.out.join(format!("osu/{id}.osu"));
        if [119, 120].contains(&id) {
            assert!(!path.exists(), "{id} is deleted");
        } else {
            assert_eq!(fs::read_to_string(path).unwrap(), map(id));
        }
    }

    assert_eq!((summary.n_wanted_collections, summary.n_collections), (4, 3));
    assert_eq!(summary.n_appearances, 154);
    assert_eq!((summary.n_beatmaps, summary.n_described, summary.n_maps), (132, 131, 130));
    assert!(summary.is_complete && summary.failures.is_empty());
    assert_eq!(summary.missing_collections[0].id, 99);
    assert_eq!(summary.left_out_by_api, [501]);
    assert_eq!(summary.deleted_maps, [119, 120]);
    let written: serde_json::Value = serde_json::from_str(&scene.read("summary.json")).unwrap();
    assert_eq!(written, serde_json::to_value(&summary).unwrap());
}

#[test]
fn pages_and_batches_are_as_the_services_want_them() {
    let mut scene = Scene::new(World::example());
    scene.run();
    scene.services.with(|world| {
        assert_eq!(world.n_seen("/api/collections/10/beatmapsv2"), 3, "120 maps, 50 a page");
        assert_eq!(world.n_seen("/api/collections/10/beatmapsv2?cursor=50&perPage=100"), 1);
        assert_eq!(world.n_seen("/api/collections/99"), 1);
        let batches: Vec<_> =
            world.seen.iter().filter(|seen| seen.target.starts_with("/api/v2/")).collect();
        let sizes: Vec<_> = batches.iter().map(|seen| seen.target.matches("ids").count()).collect();
        assert_eq!(sizes, [50, 50, 32]);
        assert_eq!(world.n_seen("/oauth/token"), 1);
        assert_eq!(world.n_seen("/osu/"), 132);
        let open = world.seen.iter().filter(|seen| !seen.target.starts_with("/api/v2/"));
        assert!(open.clone().all(|seen| seen.token.is_none()), "only the API gets the token");
    });
    let is_disk = |event: &&Event| matches!(event, Event::Disk { .. });
    assert_eq!(scene.events.iter().filter(is_disk).count(), 1, "after a hundred maps");
}

#[test]
fn a_second_run_asks_only_for_what_is_not_there() {
    let mut scene = Scene::new(World::example());
    scene.run();
    let first = scene.files();
    scene.services.with(|world| world.seen.clear());
    assert!(scene.run().error.is_none());
    assert!(scene.files() == first);
    let mut targets: Vec<_> = scene
        .services
        .with(|world| world.seen.iter().map(|seen| seen.target.clone()).collect::<Vec<_>>());
    targets.sort_unstable();
    let expected = [
        "/api/collections/99",
        "/api/v2/beatmaps?ids%5B%5D=501",
        "/oauth/token",
        "/osu/119",
        "/osu/120",
    ];
    assert_eq!(targets, expected);
}

#[test]
fn empty_files_are_fetched_again_and_others_are_left_alone() {
    let mut scene = Scene::new(World::example());
    let osu = scene.config.out.join("osu");
    fs::create_dir_all(&osu).unwrap();
    fs::write(osu.join("1.osu"), "").unwrap();
    fs::write(osu.join("2.osu"), "mine").unwrap();
    assert!(scene.run().error.is_none());
    assert_eq!(scene.read("osu/1.osu"), map(1));
    assert_eq!(scene.read("osu/2.osu"), "mine");
    scene.services.with(|world| {
        let asked = |path: &str| world.seen.iter().any(|seen| seen.target == path);
        assert!(asked("/osu/1") && !asked("/osu/2"));
    });
}

#[test]
fn the_service_says_how_long_to_wait() {
    let wait = |seconds: &str| Fault::Status(429, Some(("Retry-After", seconds.to_owned())), "");
    let scene = survives(&[("/api/v2/", wait("1"))]);
    let pauses: Vec<_> = scene
        .events
        .iter()
        .filter_map(|event| match event {
            Event::Waiting { pause, reason, .. } => Some((pause.as_secs(), reason.as_str())),
            _ => None,
        })
        .collect();
    assert_eq!(pauses, [(1, "status 429")]);
    let times = scene.services.with(|world| {
        let seen = world.seen.iter().filter(|seen| seen.target.starts_with("/api/v2/"));
        seen.map(|seen| seen.at).collect::<Vec<_>>()
    });
    assert!(times[1] - times[0] >= Duration::from_secs(1));
}

#[test]
fn a_date_in_retry_after_is_waited_for() {
    let date = httpdate::fmt_http_date(std::time::SystemTime::now() + Duration::from_secs(2));
    let fault = Fault::Status(503, Some(("Retry-After", date)), "");
    let scene = survives(&[("/api/collections/10", fault)]);
    let waited = |event: &Event| matches!(event, Event::Waiting { pause, .. } if *pause > Duration::from_millis(100));
    assert!(scene.events.iter().any(waited), "{:?}", scene.events);
}

#[test]
fn a_wait_of_hours_ends_the_run_with_words() {
    let mut world = World::example();
    let hours = Some(("Retry-After", "7200".to_owned()));
    world.fault("/api/v2/", Fault::Status(429, hours, ""));
    let mut scene = Scene::new(world);
    let error = scene.run().error.unwrap();
    assert!(matches!(error, CollectError::LongWait { minutes: 120, .. }), "{error}");
    assert!(scene.run().error.is_none());
    assert!(&scene.files() == undisturbed());
}

#[test]
fn an_expired_token_is_replaced_in_the_middle() {
    let refused = Fault::Status(401, None, r#"{"authentication":"basic"}"#);
    let second = "/api/v2/beatmaps?ids%5B%5D=81";
    let scene = survives(&[(second, refused)]);
    scene.services.with(|world| {
        assert_eq!(world.n_seen("/oauth/token"), 2);
        assert_eq!(world.n_seen("/api/v2/"), 4);
    });
}

#[test]
fn a_token_is_not_used_beyond_its_life() {
    let mut world = World::example();
    world.token_life_s = 0;
    let mut scene = Scene::new(world);
    assert!(scene.run().error.is_none());
    scene.services.with(|world| assert_eq!(world.n_seen("/oauth/token"), 3));
    assert!(&scene.files() == undisturbed());
}

#[test]
fn a_token_that_never_opens_anything_ends_the_run() {
    let mut world = World::example();
    (0..2).for_each(|_| world.fault("/api/v2/", Fault::Status(401, None, "")));
    let mut scene = Scene::new(world);
    let error = scene.run().error.unwrap();
    assert!(matches!(error, CollectError::TokenRefused { .. }), "{error}");
}

#[test]
fn errors_of_the_services_pass() {
    let broken = || Fault::Status(500, None, "<html>");
    let scene = survives(&[
        ("/oauth/token", broken()),
        ("/api/v2/", broken()),
        ("/api/v2/", Fault::Drop),
        ("/api/collections/20/beatmapsv2", broken()),
        ("/api/collections/20/beatmapsv2", Fault::Status(502, None, "")),
        ("/osu/55", broken()),
        ("/osu/55", Fault::Status(408, None, "")),
    ]);
    assert_eq!(scene.n_waits(), 7);
}

#[test]
fn connections_may_be_cut_anywhere() {
    let scene = survives(&[
        ("/osu/7", Fault::Cut),
        ("/osu/7", Fault::Cut),
        ("/osu/500", Fault::Drop),
        ("/api/v2/", Fault::Cut),
        ("/api/collections/10/beatmapsv2?cursor=50", Fault::Cut),
        ("/oauth/token", Fault::Cut),
    ]);
    assert_eq!(scene.n_waits(), 6);
}

#[test]
fn pages_without_an_end_are_no_endless_run() {
    let stuck = r#"{"beatmaps":[{"id":500}],"hasMore":true,"nextPageCursor":0}"#;
    let open = r#"{"beatmaps":[{"id":500}],"hasMore":true,"nextPageCursor":null}"#;
    for page in [stuck, open] {
        let mut world = World::example();
        world.fault("/api/collections/30/beatmapsv2", Fault::Body(page));
        let mut scene = Scene::new(world);
        let Outcome { summary, error } = scene.run();
        let summary = summary.unwrap();
        assert!(error.is_none(), "{error:?}");
        assert_eq!(summary.failures[0].what, "collection 30");
        assert!(summary.failures[0].reason.contains("names no next page"));
        assert!(scene.run().summary.unwrap().failures.is_empty());
        assert!(&scene.files() == undisturbed());
    }
}

#[test]
fn entries_that_were_never_submitted_are_left_out_and_cursors_go_back_as_they_came() {
    let page = r#"{"beatmaps":[{"id":500},{"id":0},{"id":null},{},{"id":-7},{"id":500}],
                   "hasMore":true,"nextPageCursor":"1"}"#;
    let _ = survives(&[("/api/collections/30/beatmapsv2", Fault::Body(page))]);
}

#[test]
fn the_secret_does_not_follow_to_another_host() {
    let elsewhere = MockServer::start(World::example());
    let mut world = World::example();
    let address = Some(("Location", format!("{}/oauth/token", elsewhere.address)));
    world.fault("/oauth/token", Fault::Status(307, address, ""));
    let mut scene = Scene::new(world);
    let error = scene.run().error.unwrap();
    assert!(matches!(error, CollectError::TokenUnanswered(_)), "{error}");
    assert!(error.to_string().contains("status 307"), "{error}");
    assert_eq!(elsewhere.with(|world| world.seen.len()), 0);

    let home = Some(("Location", format!("{}/osu/500", scene.services.address)));
    scene.services.with(|world| world.fault("/osu/500", Fault::Status(302, home, "")));
    assert!(scene.run().error.is_none());
    assert!(&scene.files() == undisturbed());
}

#[test]
fn nothing_shows_the_secret_or_a_token() {
    let mut world = World::example();
    world.fault("/api/v2/", Fault::Status(401, None, ""));
    world.fault("/api/v2/", Fault::Cut);
    world.fault("/oauth/token", Fault::Cut);
    let mut scene = Scene::new(world);
    let outcome = scene.run();
    let refused = scene.run_on(&SystemDisk, "another-s3cr3t");
    let error = refused.error.as_ref().unwrap();
    assert!(matches!(error, CollectError::CredentialsRefused { status: 401, .. }), "{error}");
    let credentials = Credentials::new(CLIENT_ID, Secret::new(CLIENT_SECRET));
    let said = format!("{outcome:?} {refused:?} {error} {:?} {credentials:?}", scene.events);
    let written = scene.files().into_values().map(|bytes| String::from_utf8(bytes).unwrap());
    for text in written.chain([said]) {
        for hidden in [CLIENT_SECRET, TOKEN_START, "another-s3cr3t"] {
            assert!(!text.contains(hidden), "{text}");
        }
    }
    assert!(scene.services.with(|world| world.n_seen("/oauth/token")) >= 3);
}

#[test]
fn stages_come_in_their_order() {
    let mut scene = Scene::new(World::example());
    scene.run();
    scene.run();
    let started: Vec<_> = scene
        .events
        .iter()
        .filter_map(|event| match event {
            Event::Started { stage, n_items, n_there } => Some((*stage, *n_items, *n_there)),
            _ => None,
        })
        .collect();
    let expected = [
        (Stage::Collections, 4, 0),
        (Stage::Beatmaps, 132, 0),
        (Stage::Maps, 132, 0),
        (Stage::Collections, 4, 3),
        (Stage::Beatmaps, 132, 131),
        (Stage::Maps, 132, 130),
    ];
    assert_eq!(started, expected);
}
