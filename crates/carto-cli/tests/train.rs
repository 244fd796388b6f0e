//! An encoder of one's own: packed, trained, stopped, resumed, evaluated, cross-validated.
#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

mod shared;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use serde_json::{Value, json};
use shared::carto;
use tempfile::TempDir;

const N_STEPS: u64 = 6;

/// A folder with the demo set, packed, and a configuration that takes seconds.
struct Bench {
    folder: TempDir,
}

impl Bench {
    fn new() -> Self {
        let bench = Self { folder: tempfile::tempdir().unwrap() };
        bench.ok(&["demo", "--out", "demo"]);
        bench.ok(&["pack", "demo", "--out", "demo.set"]);
        fs::write(bench.path("config.json"), config().to_string()).unwrap();
        bench
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Words that name something in the folder become its path.
    fn run(&self, words: &[&str]) -> Output {
        let is_ours = |word: &str| {
            ["demo", "config", "run", "cut", "card", "cv", "other"]
                .iter()
                .any(|name| word.starts_with(name))
        };
        let place = |idx: usize, word: &str| match idx > 0 && is_ours(word) {
            true => self.path(word),
            false => PathBuf::from(word),
        };
        let words: Vec<PathBuf> =
            words.iter().enumerate().map(|(idx, word)| place(idx, word)).collect();
        carto(&words.iter().map(PathBuf::as_path).collect::<Vec<&Path>>())
    }

    fn ok(&self, words: &[&str]) -> String {
        let output = self.run(words);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{words:?}: {said}");
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    fn train(&self, out: &str, more: &[&str]) -> String {
        let words =
            ["train", "encoder", "--data", "demo.set", "--config", "config.json", "--out", out];
        self.ok(&[&words[..], more].concat())
    }

    fn json(&self, name: &str) -> Value {
        shared::json(&self.path(name))
    }
}

fn config() -> Value {
    json!({
        "encoder": {
            "n_latent_dims": 32, "hidden_dim": 8, "strides": [2, 3, 3],
            "stack_depth": 2, "n_stacks": 1, "layer_expand": 1, "down_expand": 1
        },
        "seed": 1, "n_steps": N_STEPS, "crop_frames": 360, "batch_len": 2, "n_workers": 2,
        "learning_rate": 0.01, "warm_up_steps": 2, "final_rate_share": 0.1, "betas": [0.9, 0.99],
        "clip_norm": 1.0, "kl_factor": 1e-4, "channel_weights": [1, 1, 1, 1, 1, 1, 1, 1, 1],
        "precision": "single",
        "split": {"share": {"held_out_share": 0.6, "holds_shared_songs": false}}
    })
}

#[test]
fn a_run_that_was_stopped_gives_the_same_encoder_as_one_that_was_not() {
    let bench = Bench::new();
    let said = bench.train("run", &[]);
    assert!(said.contains("6 steps done"), "{said}");
    let said = bench.train("cut", &["--minutes", "0"]);
    assert!(said.contains("1 steps done"), "{said}");
    bench.train("cut", &["--resume", "cut"]);
    for name in ["encoder.safetensors", "decoder.safetensors"] {
        let bytes = |dir: &str| fs::read(bench.path(&format!("{dir}/{name}"))).unwrap();
        assert!(bytes("run") == bytes("cut"), "{name} differs");
    }
    let metrics = fs::read_to_string(bench.path("run/metrics.jsonl")).unwrap();
    let last: Value = serde_json::from_str(metrics.lines().last().unwrap()).unwrap();
    assert_eq!((&last["kind"], &last["step"]), (&json!("validation"), &json!(N_STEPS)));
    assert_eq!(last["latent_kl"].as_array().unwrap().len(), 32);
    let curves = fs::read_to_string(bench.path("run/curves.svg")).unwrap();
    assert!(curves.contains("held out, ONSET"));

    // A run that is there is not written over.
    let again =
        ["train", "encoder", "--data", "demo.set", "--config", "config.json", "--out", "run"];
    let output = bench.run(&again);
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("holds a run already") && said.lines().count() == 1, "{said}");

    // Another configuration is another run.
    let mut other = config();
    other["seed"] = json!(2);
    fs::write(bench.path("config.json"), other.to_string()).unwrap();
    let words =
        ["train", "encoder", "--data", "demo.set", "--config", "config.json", "--out", "cut"];
    let output = bench.run(&[&words[..], &["--resume", "cut"]].concat());
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("another `configuration`"), "{said}");
}

#[test]
fn a_card_says_what_an_encoder_keeps_and_what_it_is_worth() {
    let bench = Bench::new();
    bench.train("run", &[]);
    let words = [
        "evaluate",
        "--encoder",
        "run/encoder.safetensors",
        "--decoder",
        "run/decoder.safetensors",
    ];
    let rest = ["--config", "config.json", "--data", "demo.set", "--out", "card"];
    let said = bench.ok(&[&words[..], &rest].concat());
    assert!(said.contains("onsets F = "), "{said}");
    let card = bench.json("card/encoder.card.json");
    let data = &card["data"];
    let n = |value: &Value| value.as_u64().unwrap();
    assert_eq!(n(&data["n_training_maps"]) + n(&data["n_held_out_maps"]), n(&data["n_maps"]));
    assert!(n(&data["n_held_out_maps"]) > 0 && n(&data["n_training_maps"]) > 0);
    let onsets = &card["reconstruction"]["onsets"];
    assert!(n(&onsets["n_expected"]) > 100);
    assert_eq!(card["reconstruction"]["channels"].as_array().unwrap().len(), 9);
    assert_eq!(card["latents"].as_array().unwrap().len(), 32);
    let retrieval = &card["retrieval"];
    // All maps of the demo's songs share its beat: the channels find them.
    let rank = |value: &Value| value["mean_reciprocal_rank"].as_f64().unwrap();
    assert!(rank(&retrieval["channels"]) > retrieval["random"].as_f64().unwrap());
    let words = fs::read_to_string(bench.path("card/encoder.card.md")).unwrap();
    assert!(words.contains("## What it is not") && words.contains("| ONSET |"));
    let page = fs::read_to_string(bench.path("card/encoder.card.html")).unwrap();
    assert_eq!(page.matches("<table").count(), page.matches("</table>").count());
    assert!(retrieval["difference"]["interval"]["low"].is_f64(), "{retrieval}");
    assert!(
        words.contains("latents less channels, the mean reciprocal rank differs by"),
        "{words}"
    );
    // Packed maps have no timing points.
    assert_eq!([&card["aligned_agreement"], &card["aligned_retrieval"]], [&Value::Null; 2]);
    assert!(words.contains("not aligned: pairs whose audio files begin at different times"));
    // Said again, it says the same.
    let (before, again) = (card, bench.ok(&[&["evaluate"], &words_of_again()[..]].concat()));
    assert!(again.contains("onsets F = "));
    assert_eq!(before, bench.json("card/encoder.card.json"));
}

#[test]
fn maps_that_are_at_hand_are_aligned_for_the_card() {
    let bench = Bench::new();
    bench.train("run", &[]);
    let words = [
        "evaluate",
        "--encoder",
        "run/encoder.safetensors",
        "--decoder",
        "run/decoder.safetensors",
    ];
    bench.ok(&[&words[..], &["--config", "config.json", "--data", "demo", "--out", "card"]].concat());
    let card = bench.json("card/encoder.card.json");
    let n = |value: &Value| value.as_u64().unwrap();
    let found = &card["aligned_agreement"];
    assert!(n(&found["n_aligned"]) > 0, "{found}");
    let n_pairs = n(&found["n_aligned"]) + n(&found["n_left_out"]);
    assert_eq!(n(&found["latents_as_is"]["n_pairs"]), n_pairs);
    assert_eq!(n(&found["channels"]["n_pairs"]), n(&found["n_aligned"]));
    let queries = |search: &str| n(&card[search]["n_queries"]);
    assert_eq!(queries("aligned_retrieval"), queries("retrieval"));
    let words = fs::read_to_string(bench.path("card/encoder.card.md")).unwrap();
    for row in ["| latents, aligned |", "| nine channels, aligned |", "| latents, as is |"] {
        assert_eq!(words.matches(row).count(), 2, "{row}\n{words}");
    }
    assert!(words.contains("of each mapper the map with the highest overall difficulty"));
}

fn words_of_again() -> [&'static str; 10] {
    [
        "--encoder",
        "run/encoder.safetensors",
        "--decoder",
        "run/decoder.safetensors",
        "--config",
        "config.json",
        "--data",
        "demo.set",
        "--out",
        "card",
    ]
}

#[test]
fn every_song_is_held_out_once_and_the_page_reads_the_result() {
    let bench = Bench::new();
    let words = [
        "crossval",
        "--data",
        "demo.set",
        "--config",
        "config.json",
        "--out",
        "cv",
        "--folds",
        "2",
    ];
    let said = bench.ok(&[&words[..], &["--minutes", "0"]].concat());
    assert!(said.contains("stopped in part 1"), "{said}");
    bench.ok(&words);
    let results = bench.json("cv/crossval_results.json");
    let folds = results["folds"].as_array().unwrap();
    let held_out = folds.iter().map(|fold| fold["n_held_out_maps"].as_u64().unwrap()).sum::<u64>();
    assert_eq!((folds.len(), held_out), (2, results["n_maps"].as_u64().unwrap()));
    assert_eq!(results["comparisons"].as_array().unwrap().len(), 1);
    let matches = results["comparisons"][0]["matches"].as_array().unwrap();
    assert_eq!(matches.len(), 32);
    assert_ne!(folds[0]["weights_sha256"], folds[1]["weights_sha256"]);
    let text = fs::read_to_string(bench.path("cv/crossval_results.json")).unwrap();
    let part = carto_results::cross_validation_part(&text).unwrap();
    assert_eq!(part.matches("<table").count(), 2);

    // What is done is taken as it is, and says the same.
    bench.ok(&words);
    assert_eq!(results, bench.json("cv/crossval_results.json"));
    // Parts of another configuration are not written over either.
    let mut other = config();
    other["seed"] = json!(9);
    fs::write(bench.path("other.json"), other.to_string()).unwrap();
    let mut other_words = words;
    other_words[4] = "other.json";
    let output = bench.run(&other_words);
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("another `configuration`"), "{said}");
    // The demo has no song of exactly two mappers to learn from.
    let output = bench.run(&[&words[..7], &["--published-split"]].concat());
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn a_configuration_or_a_set_that_is_wrong_is_named() {
    let bench = Bench::new();
    let fails = |words: &[&str], expected: &str| {
        let output = bench.run(words);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(said.contains(expected) && said.lines().count() == 1, "{said}");
    };
    let train =
        ["train", "encoder", "--data", "demo.set", "--config", "other.json", "--out", "run"];
    let mut other = config();
    other["sead"] = json!(1);
    fs::write(bench.path("other.json"), other.to_string()).unwrap();
    fails(&train, "sead");
    let mut other = config();
    other["n_workers"] = json!(3);
    fs::write(bench.path("other.json"), other.to_string()).unwrap();
    fails(&train, "n_workers");
    let set = fs::read(bench.path("demo.set")).unwrap();
    fs::write(bench.path("demo.cut"), &set[..set.len() / 2]).unwrap();
    fails(
        &["train", "encoder", "--data", "demo.cut", "--config", "config.json", "--out", "run"],
        "demo.cut",
    );
}
