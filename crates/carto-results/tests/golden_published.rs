//! The published figures, number by number: `../shared/published/*.json` is the data
//! of the published page, read and combined here.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "tests may fail loudly"
)]

use carto_agreement::synthesis as synthesis_of;
use carto_results::read_any;
use carto_types::{ChannelCorrelations, ChannelMatrix, RunResult, SignRow, Synthesis};
use serde_json::Value;

const NAMES: [&str; 5] =
    ["track_a.json", "track_b.json", "synthesis.json", "track_b_cv.json", "cv_comparison.json"];

fn texts() -> Option<Vec<String>> {
    let folder = carto_testkit::folder("published")?;
    Some(NAMES.map(|name| std::fs::read_to_string(folder.join(name)).unwrap()).to_vec())
}

fn combined(texts: &[String]) -> RunResult {
    let texts: Vec<_> = NAMES.into_iter().zip(texts.iter().map(|text| &**text)).collect();
    read_any(&texts).unwrap()
}

/// Every number of a file with the way to it.
fn numbers(value: &Value, path: &mut Vec<String>, found: &mut Vec<(Vec<String>, f64)>) {
    match value {
        Value::Object(entries) => {
            for (key, value) in entries {
                path.push(key.clone());
                numbers(value, path, found);
                path.pop();
            }
        }
        Value::Array(values) => {
            for (idx, value) in values.iter().enumerate() {
                path.push(idx.to_string());
                numbers(value, path, found);
                path.pop();
            }
        }
        Value::Number(number) => found.push((path.clone(), number.as_f64().unwrap())),
        _ => {}
    }
}

#[test]
fn every_published_number_is_the_same_in_the_result() {
    let Some(texts) = texts() else { return };
    let result = combined(&texts);
    let (mut n_exact, mut n_derived) = (0, 0);
    for (name, text) in NAMES.iter().zip(&texts) {
        let mut found = Vec::new();
        numbers(&serde_json::from_str(text).unwrap(), &mut Vec::new(), &mut found);
        for (path, published) in found {
            let path: Vec<&str> = path.iter().map(|step| &**step).collect();
            let at = format!("{name} {}", path.join("."));
            if let Some(ours) = exact(name, &path, &result) {
                assert_eq!(ours.to_bits(), published.to_bits(), "{at}: {ours}, {published}");
                n_exact += 1;
            } else {
                let ours = derived(&path, &result).unwrap_or_else(|| panic!("{at} is nowhere"));
                // Means and medians over 288 cells, summed in another order.
                assert!((ours - published).abs() < 1e-12, "{at}: {ours}, {published}");
                n_derived += 1;
            }
        }
    }
    assert_eq!((n_exact, n_derived), (1803, 7));
}

/// What the result holds itself.
fn exact(name: &str, path: &[&str], result: &RunResult) -> Option<f64> {
    match name {
        "track_a.json" => track_a(path, result),
        "track_b.json" => track_b(path, result),
        "synthesis.json" => synthesis(path, result),
        "track_b_cv.json" => held_out(path, result),
        _ => comparison(path, result),
    }
}

fn track_a(path: &[&str], result: &RunResult) -> Option<f64> {
    let track = result.track_a.as_ref()?;
    match path {
        ["cross_mapper_cosine_mean"] => Some(track.cosine_mean),
        ["cross_mapper_cosine_std"] => Some(track.cosine_std),
        ["songs_analyzed"] => Some(f64::from(track.songs_analyzed)),
        ["pairs_compared"] => Some(f64::from(track.pairs_compared)),
        ["summary", name, figure] => {
            let channel = track.channels.iter().find(|channel| channel.name == *name)?;
            Some(match *figure {
                "pearson_mean" => channel.pearson_mean,
                "pearson_std" => channel.pearson_std,
                "mad_mean" => channel.mad_mean,
                "mad_std" => channel.mad_std,
                "cosine_mean" => channel.cosine_mean,
                "cosine_std" => channel.cosine_std,
                "n_pairs" => f64::from(channel.n_pairs),
                _ => return None,
            })
        }
        _ => None,
    }
}

fn track_b(path: &[&str], result: &RunResult) -> Option<f64> {
    let track = result.track_b.as_ref()?;
    let [perceptual, mixed, stylistic] = track.class_counts();
    let latent = |dim: u32, figure: &str| {
        let latent = track.dims.get(dim as usize)?;
        Some(match figure {
            "dim" => f64::from(latent.dim),
            "pearson_mean" => latent.pearson_mean,
            "pearson_std" => latent.pearson_std,
            "cosine_mean" => latent.cosine_mean,
            "cosine_std" => latent.cosine_std,
            "between_var_mean" => latent.between_var_mean,
            "n_pairs" => f64::from(latent.n_pairs),
            _ => return None,
        })
    };
    match path {
        ["full_cosine_mean"] => Some(track.cosine_mean),
        ["full_cosine_std"] => Some(track.cosine_std),
        ["songs_analyzed"] => Some(f64::from(track.songs_analyzed)),
        ["pairs_compared"] => Some(f64::from(track.pairs_compared)),
        ["taxonomy", "perceptual"] => Some(perceptual as f64),
        ["taxonomy", "mixed"] => Some(mixed as f64),
        ["taxonomy", "stylistic"] => Some(stylistic as f64),
        ["dim_summary", dim, figure] => latent(dim.parse().ok()?, figure),
        ["dim_ranking", rank, figure] => {
            latent(*track.ranking.get(rank.parse::<usize>().ok()?)?, figure)
        }
        _ => None,
    }
}

fn held_out(path: &[&str], result: &RunResult) -> Option<f64> {
    let track = result.held_out.as_ref()?;
    let latent = |dim: u32, figure: &str| {
        let latent = track.dims.get(dim as usize)?;
        Some(match figure {
            "dim" => f64::from(latent.dim),
            "pearson_mean" => latent.pearson_mean,
            "pearson_std" => latent.pearson_std,
            "n_pairs" => f64::from(latent.n_pairs),
            _ => return None,
        })
    };
    match path {
        ["full_cosine_mean"] => Some(track.cosine_mean),
        ["full_cosine_std"] => Some(track.cosine_std),
        ["test_songs"] => Some(f64::from(track.n_songs)),
        ["pairs_compared"] => Some(f64::from(track.n_pairs)),
        ["dim_summary", dim, figure] => latent(dim.parse().ok()?, figure),
        ["dim_ranking", rank, figure] => {
            latent(*track.ranking.get(rank.parse::<usize>().ok()?)?, figure)
        }
        _ => None,
    }
}

fn comparison(path: &[&str], result: &RunResult) -> Option<f64> {
    let [side, figure] = path else { return None };
    let (original, held_out) = (result.track_b.as_ref()?, result.held_out.as_ref()?);
    let top = *original.ranking.first()?;
    let held_out_top = *held_out.ranking.first()?;
    Some(match (*side, *figure) {
        ("original", "full_cosine_mean") => original.cosine_mean,
        ("original", "top_dim") => f64::from(top),
        ("original", "top_pearson") => original.dims.get(top as usize)?.pearson_mean,
        ("original", "pairs") => f64::from(original.pairs_compared),
        ("original", "songs") => f64::from(original.songs_analyzed),
        ("cv_test", "full_cosine_mean") => held_out.cosine_mean,
        ("cv_test", "top_dim") => f64::from(held_out_top),
        ("cv_test", "top_pearson") => held_out.dims.get(held_out_top as usize)?.pearson_mean,
        ("cv_test", "pairs") => f64::from(held_out.n_pairs),
        ("cv_test", "songs") => f64::from(held_out.n_songs),
        _ => return None,
    })
}

fn synthesis(path: &[&str], result: &RunResult) -> Option<f64> {
    let table = result.synthesis.as_ref()?;
    let at = |matrix: &ChannelMatrix, row: &str, column: &str| {
        let (row, column): (usize, usize) = (row.parse().ok()?, column.parse().ok()?);
        matrix.rows().get(row)?.get(column).copied()
    };
    let n_encoded = || result.counts.n_encoded.map(f64::from);
    match path {
        ["n_beatmaps_used"] => Some(f64::from(table.n_maps)),
        ["n_beatmaps_9x9"] | ["fix2_raw_9x9_coupling", "n_beatmaps"] => n_encoded(),
        ["fix1_correlation_comparison", rest @ ..] => match rest {
            ["correlation_matrix_v2_downsampled", row, column] => {
                at(&table.downsampled, row, column)
            }
            ["correlation_matrix_old_upsampled", row, column] => at(&table.upsampled, row, column),
            ["n_latent"] => Some(f64::from(table.n_latent_dims)),
            ["mean_abs_r_downsampled"] => Some(table.mean_abs_downsampled),
            ["mean_abs_r_upsampled"] => Some(table.mean_abs_upsampled),
            _ => None,
        },
        ["fix2_raw_9x9_coupling", "correlation_matrix_9x9", row, column] => {
            at(&table.between_channels, row, column)
        }
        ["fix2_raw_9x9_coupling", "pairwise_polarity_vs_raw", pair, figure] => {
            let row = named(&table.pairs, pair)?;
            match *figure {
                "raw_9x9_coupling" => {
                    let [a, b] = row.channels[..] else { return None };
                    table.between_channels.rows().get(a as usize)?.get(b as usize).copied()
                }
                _ => of_row(row, figure, table),
            }
        }
        ["fix3_sign_threshold", rest @ ..] => signs(rest, table),
        _ => None,
    }
}

fn signs(path: &[&str], table: &Synthesis) -> Option<f64> {
    match path {
        ["threshold"] => Some(table.sign_threshold),
        ["pairwise_no_threshold", pair, figure] => {
            of_row(named(&table.pairs, pair)?, figure, table)
        }
        ["pairwise_with_threshold", pair, figure] => {
            of_row(named(&table.pairs_thresholded, pair)?, figure, table)
        }
        ["triplet_no_threshold_top10", place, figure] => {
            of_row(table.triples.get(place.parse::<usize>().ok()?)?, figure, table)
        }
        ["triplet_with_threshold_top10", place, figure] => {
            of_row(table.triples_thresholded.get(place.parse::<usize>().ok()?)?, figure, table)
        }
        ["ssw_no_threshold", figure] => {
            of_row(named(&table.triples, "SLIDE+SUSTAIN+WHISTLE")?, figure, table)
        }
        ["ssw_with_threshold", figure] => {
            of_row(named(&table.triples_thresholded, "SLIDE+SUSTAIN+WHISTLE")?, figure, table)
        }
        ["sig_pairs_no_threshold"] => Some(n_below_5_percent(&table.pairs)),
        ["sig_pairs_with_threshold"] => Some(n_below_5_percent(&table.pairs_thresholded)),
        _ => None,
    }
}

fn n_below_5_percent(rows: &[SignRow]) -> f64 {
    rows.iter().filter(|row| row.p_value < 0.05).count() as f64
}

fn named<'a>(rows: &'a [SignRow], name: &str) -> Option<&'a SignRow> {
    rows.iter().find(|row| row.name() == name)
}

fn of_row(row: &SignRow, figure: &str, table: &Synthesis) -> Option<f64> {
    Some(match figure {
        "same_count" => f64::from(row.same_count),
        "valid_rows" => f64::from(row.valid_rows),
        "excluded" => f64::from(table.n_latent_dims - row.valid_rows),
        "p_value" => row.p_value,
        _ => return None,
    })
}

/// What follows from the figures of the result.
fn derived(path: &[&str], result: &RunResult) -> Option<f64> {
    let table = result.synthesis.as_ref()?;
    let (original, held_out) = (result.track_b.as_ref()?, result.held_out.as_ref()?);
    let cells = table.upsampled.cells().iter().zip(table.downsampled.cells());
    let mut inflation: Vec<_> = cells.map(|(up, down)| up.abs() - down.abs()).collect();
    inflation.sort_by(f64::total_cmp);
    let n = inflation.len();
    let cosine_absolute = held_out.cosine_mean - original.cosine_mean;
    let n_excluded = |row: &SignRow| f64::from(table.n_latent_dims - row.valid_rows);
    Some(match path.last().copied()? {
        "inflation_pct" => 100.0 * (table.mean_abs_upsampled / table.mean_abs_downsampled - 1.0),
        "mean_inflation" => inflation.iter().sum::<f64>() / n as f64,
        "median_inflation" => 0.5 * (inflation[n / 2 - 1] + inflation[n / 2]),
        "max_inflation" => *inflation.last()?,
        "avg_excluded_per_pair" => {
            table.pairs_thresholded.iter().map(n_excluded).sum::<f64>() / 36.0
        }
        "cosine_absolute" => cosine_absolute,
        "cosine_percent" => 100.0 * cosine_absolute / original.cosine_mean,
        _ => return None,
    })
}

#[test]
fn the_other_triples_follow_from_the_matrix() {
    let Some(texts) = texts() else { return };
    let table = combined(&texts).synthesis.unwrap();
    let downsampled = table.downsampled.clone();
    let ours = synthesis_of(ChannelCorrelations { downsampled, ..Default::default() }, 722);
    let both =
        [(&ours.triples, &table.triples), (&ours.triples_thresholded, &table.triples_thresholded)];
    for (ours, theirs) in both {
        for (ours, theirs) in ours[..10].iter().zip(&theirs[..10]) {
            assert_eq!(ours.channels, theirs.channels);
            assert_eq!((ours.same_count, ours.valid_rows), (theirs.same_count, theirs.valid_rows));
        }
    }
    assert_eq!((table.triples.len(), table.triples_thresholded.len()), (84, 84));
    for rows in [&table.triples, &table.triples_thresholded] {
        // Of equal chances each program has its own last bit.
        assert!(rows.is_sorted_by(|a, b| a.p_value <= b.p_value * (1.0 + 1e-12)));
    }
}
