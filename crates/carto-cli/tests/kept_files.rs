//! What the command writes of the demo set is byte for byte what version 0.1.0 wrote at
//! commit `5abdcf3`; by the rules of osu! all but the index of songs changed when difficulties
//! got owners and star ratings, by which they are chosen; `osu/result.json` again when it got
//! the numbers and audio files of its maps (layout `carto-result/2`); with evidence, which comes by
//! default, `result.json` has more, and the published layouts nothing else. Tables of features and of label
//! probabilities got columns behind the ones that they had: what a row is of, and its mods.
//!
//! Pictures are not in the list: how numbers are drawn in them may improve.
#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

mod shared;

use std::fs;
use std::path::Path;

use carto_encoder::weights::sha256_hex;
use shared::carto;

/// sha256 of each file, by its path.
const KEPT: [(&str, &str); 15] = [
    (
        "published/beatmap_registry.json",
        "f159bbc733d21ede5b10e13f7d86ef67b1c6f0cfdf3cffe6c59dfa5082318412",
    ),
    (
        "published/encoding_manifest.json",
        "2da802f46ab2a1c2583584e30183d43c7fa9e6984d15f331059f9488461ec34f",
    ),
    (
        "published/multi_mapper_index.json",
        "9a748ddf95e101769159cebcbe38f376f595811fbfaa58e0d0143a906dfc6be9",
    ),
    ("published/result.json", "96da489aa1ac2484c57f45c3e870825effd20565d27d1027ebc9682dfe8e74c7"),
    (
        "published/track_a_results.json",
        "6b572a29b1444c44a9a822e440f619ab06ddfbedfd1ff569f14b72af4bb0e206",
    ),
    (
        "osu/beatmap_registry.json",
        "df36ee57f199d7af2e7ed3c616c38efffd8df45a10870496c5cb46403d2fa4ed",
    ),
    (
        "osu/encoding_manifest.json",
        "cce577005f69f19985c0f8b88e33e9761319cfe3e3bf8ccfb7a2f1014b6704b2",
    ),
    (
        "osu/multi_mapper_index.json",
        "9a748ddf95e101769159cebcbe38f376f595811fbfaa58e0d0143a906dfc6be9",
    ),
    ("osu/result.json", "2adcc2a963b214b66ab1aa2b58dad19eadcd0e44a724769da8fba5b541e7e4dd"),
    (
        "osu/track_a_results.json",
        "a41d3150db1c42f133eaebda11685c54a7a2cbb768935bb2a8e207b885a24e09",
    ),
    (
        "evidence/encoding_manifest.json",
        "cce577005f69f19985c0f8b88e33e9761319cfe3e3bf8ccfb7a2f1014b6704b2",
    ),
    (
        "evidence/track_a_results.json",
        "a41d3150db1c42f133eaebda11685c54a7a2cbb768935bb2a8e207b885a24e09",
    ),
    ("features.csv", "bb15c7d716634e3066d525d8e79e2ab6831a2350759c54194b3861db165c2ea4"),
    ("features_dt.csv", "e8da02147186d3a69e58d85477fb046c05369d2a61a3eecb85f61638eefc793f"),
    ("classify.csv", "41fac236368e953f8ba1316269305afe103c8e9b8e70da25f08bbd6033f502ca"),
];

fn run(args: &[&str]) {
    let args: Vec<&Path> = args.iter().map(Path::new).collect();
    let output = carto(&args);
    assert!(output.status.success(), "{output:?}");
}

#[test]
fn files_are_what_they_were() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let demo = path("demo");
    run(&["demo", "--out", &demo]);
    let analyze = |name: &str, more: &[&str]| {
        let out = path(name);
        run(&[&["analyze", &demo, "--no-latents", "--out", &out], more].concat());
    };
    analyze("published", &["--mode", "published"]);
    analyze("osu", &["--no-evidence"]);
    analyze("evidence", &[]);
    run(&["features", &demo, "--csv", &path("features.csv")]);
    run(&["features", &demo, "--mods", "DT", "--csv", &path("features_dt.csv")]);
    run(&["classify", &demo, "--out", &path("classify.csv")]);
    let changed: Vec<_> = KEPT
        .iter()
        .filter(|(name, sum)| sha256_hex(&fs::read(path(name)).unwrap()[..]).unwrap() != **sum)
        .map(|(name, _)| *name)
        .collect();
    assert!(changed.is_empty(), "{changed:?} are not what they were");
}
