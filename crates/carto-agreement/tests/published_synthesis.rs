//! Sign statistics against the published synthesis, from its own matrix.
//!
//! `../shared/published/synthesis.json` is the published page's own data.
#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

use carto_agreement::{sign_agreement, synthesis};
use carto_types::{ChannelCorrelations, ChannelMatrix, SignRow, Synthesis};
use serde_json::Value;

const TOLERANCE: f64 = 1e-9;

fn published() -> Option<Value> {
    let folder = carto_testkit::folder("published")?;
    Some(carto_testkit::json(&folder.join("synthesis.json")))
}

fn matrix(table: &Value) -> ChannelMatrix {
    let row = |row: &Value| std::array::from_fn(|channel| row[channel].as_f64().unwrap());
    table.as_array().unwrap().iter().map(row).collect::<Vec<_>>().into()
}

fn assert_same(actual: &SignRow, expected: &Value, n_rows: u32) {
    let at = actual.name();
    assert_eq!(Some(u64::from(actual.same_count)), expected["same_count"].as_u64(), "{at}");
    assert_eq!(Some(u64::from(actual.valid_rows)), expected["valid_rows"].as_u64(), "{at}");
    if let Some(excluded) = expected["excluded"].as_u64() {
        assert_eq!(u64::from(n_rows - actual.valid_rows), excluded, "{at}");
    }
    let p_value = expected["p_value"].as_f64().unwrap();
    assert!((actual.p_value - p_value).abs() < TOLERANCE, "{at}: {} {p_value}", actual.p_value);
}

#[test]
fn pairs_agree_with_and_without_the_threshold() {
    let Some(published) = published() else { return };
    let fix1 = &published["fix1_correlation_comparison"];
    let matrix = matrix(&fix1["correlation_matrix_v2_downsampled"]);
    assert!(
        (matrix.mean_abs() - fix1["mean_abs_r_downsampled"].as_f64().unwrap()).abs() < TOLERANCE
    );

    let fix3 = &published["fix3_sign_threshold"];
    let threshold = Synthesis::SIGN_THRESHOLD;
    assert_eq!(Some(threshold), fix3["threshold"].as_f64());
    let tables = [
        (0.0, &fix3["pairwise_no_threshold"]),
        (0.0, &published["fix2_raw_9x9_coupling"]["pairwise_polarity_vs_raw"]),
        (threshold, &fix3["pairwise_with_threshold"]),
    ];
    for (threshold, expected) in tables {
        let actual = sign_agreement(&matrix, 2, threshold);
        assert_eq!(expected.as_object().unwrap().len(), actual.len());
        assert_eq!(actual.len(), 36);
        for pair in &actual {
            assert_same(pair, &expected[pair.name()], 32);
        }
    }
}

#[test]
fn triples_agree_in_order_with_and_without_the_threshold() {
    let Some(published) = published() else { return };
    let matrix =
        matrix(&published["fix1_correlation_comparison"]["correlation_matrix_v2_downsampled"]);
    let fix3 = &published["fix3_sign_threshold"];
    let mean = ChannelCorrelations { downsampled: matrix, ..ChannelCorrelations::default() };
    let found = synthesis(mean, 722);
    let tables = [
        (found.triples, "triplet_no_threshold_top10", "ssw_no_threshold"),
        (found.triples_thresholded, "triplet_with_threshold_top10", "ssw_with_threshold"),
    ];
    for (actual, top, ssw) in tables {
        assert_eq!(actual.len(), 84);
        let expected = fix3[top].as_array().unwrap();
        assert_eq!(expected.len(), 10);
        for (triple, expected) in actual.iter().zip(expected) {
            let subset: Vec<_> =
                expected["subset"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
            assert_eq!(triple.name(), subset.join("+"));
            assert_same(triple, expected, 32);
        }
        let slide_sustain_whistle = actual.iter().find(|triple| triple.channels == [2, 3, 4]);
        assert_same(slide_sustain_whistle.unwrap(), &fix3[ssw], 32);
    }
}
