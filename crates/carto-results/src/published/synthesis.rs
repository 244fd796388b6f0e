//! How latents correlate with channels.

use carto_agreement::synthesis as synthesis_of;
use carto_types::published::{Rows, SynthesisResults};
use carto_types::{ChannelCorrelations, SignRow, SignalChannel, Synthesis};
use serde::Deserialize;

use super::part::Part;
use crate::ResultError;

type Matrix = Vec<[f64; SignalChannel::COUNT]>;

#[derive(Deserialize)]
struct SiteFile {
    n_beatmaps_used: u32,
    n_beatmaps_9x9: u32,
    fix1_correlation_comparison: Comparison,
    fix2_raw_9x9_coupling: Raw,
    fix3_sign_threshold: Signs,
}

#[derive(Deserialize)]
struct Comparison {
    correlation_matrix_v2_downsampled: Matrix,
    correlation_matrix_old_upsampled: Matrix,
    dim_names_9: Vec<String>,
    n_latent: usize,
    mean_abs_r_downsampled: f64,
    mean_abs_r_upsampled: f64,
}

#[derive(Deserialize)]
struct Raw {
    correlation_matrix_9x9: Matrix,
}

#[derive(Deserialize)]
struct Signs {
    threshold: f64,
    pairwise_no_threshold: Rows<Count>,
    pairwise_with_threshold: Rows<Count>,
    triplet_no_threshold_top10: Vec<Triple>,
    triplet_with_threshold_top10: Vec<Triple>,
    ssw_no_threshold: Triple,
    ssw_with_threshold: Triple,
}

#[derive(Deserialize)]
struct Triple {
    subset: Vec<String>,
    #[serde(flatten)]
    count: Count,
}

#[derive(Clone, Copy, Deserialize)]
struct Count {
    same_count: u32,
    valid_rows: u32,
    p_value: f64,
}

/// `synthesis.json`: figures of the file as they stand there. Of the 84 triples
/// it has eleven; the others come from its matrix.
pub(super) fn of_site(text: &str) -> Result<Part, ResultError> {
    let file: SiteFile = serde_json::from_str(text)?;
    let (tables, signs) = (file.fix1_correlation_comparison, file.fix3_sign_threshold);
    let down = tables.correlation_matrix_v2_downsampled;
    check_shape(&down, tables.n_latent, &tables.dim_names_9)?;
    let mean = ChannelCorrelations {
        downsampled: down.into(),
        upsampled: tables.correlation_matrix_old_upsampled.into(),
        between_channels: file.fix2_raw_9x9_coupling.correlation_matrix_9x9.into(),
    };
    let mut synthesis = synthesis_of(mean, file.n_beatmaps_used);
    synthesis.mean_abs_downsampled = tables.mean_abs_r_downsampled;
    synthesis.mean_abs_upsampled = tables.mean_abs_r_upsampled;
    same("the threshold of signs", synthesis.sign_threshold, signs.threshold)?;
    let Synthesis { pairs, pairs_thresholded, triples, triples_thresholded, .. } = &mut synthesis;
    put_pairs(pairs, &signs.pairwise_no_threshold)?;
    put_pairs(pairs_thresholded, &signs.pairwise_with_threshold)?;
    put_triples(triples, &signs.triplet_no_threshold_top10, &signs.ssw_no_threshold)?;
    let (top, one) = (&signs.triplet_with_threshold_top10, &signs.ssw_with_threshold);
    put_triples(triples_thresholded, top, one)?;
    Ok(Part::Synthesis { synthesis, n_maps_raw: Some(file.n_beatmaps_9x9) })
}

/// Every pair stands in the file.
fn put_pairs(rows: &mut [SignRow], pairs: &Rows<Count>) -> Result<(), ResultError> {
    for row in rows {
        let count = super::rows::row(pairs, &row.name(), "the pairs of channels")?;
        put(row, *count)?;
    }
    Ok(())
}

/// The file's first ten in its order, then the others in ours.
fn put_triples(rows: &mut [SignRow], top: &[Triple], one: &Triple) -> Result<(), ResultError> {
    for (place, triple) in top.iter().enumerate() {
        let found = place_of(rows, triple)?;
        put(&mut rows[found], triple.count)?;
        // Equal chances may be ordered otherwise there.
        if found > place {
            rows[place..=found].rotate_right(1);
        }
    }
    let found = place_of(rows, one)?;
    put(&mut rows[found], one.count)
}

fn place_of(rows: &[SignRow], triple: &Triple) -> Result<usize, ResultError> {
    let place = rows.iter().position(|row| row.name() == triple.subset.join("+"));
    place.ok_or_else(|| ResultError::Unexpected {
        at: "a triple of channels".to_owned(),
        found: triple.subset.join("+"),
        expected: "three of the nine channels in their order".to_owned(),
    })
}

/// The chance as it stands in the file; both programs sum it in their own order.
fn put(row: &mut SignRow, count: Count) -> Result<(), ResultError> {
    let (same_count, valid_rows) = (f64::from(count.same_count), f64::from(count.valid_rows));
    same(
        "a count of signs, from the matrix and as written,",
        f64::from(row.same_count),
        same_count,
    )?;
    same(
        "a count of rows, from the matrix and as written,",
        f64::from(row.valid_rows),
        valid_rows,
    )?;
    row.p_value = count.p_value;
    Ok(())
}

fn same(at: &'static str, a: f64, b: f64) -> Result<(), ResultError> {
    if a.to_bits() == b.to_bits() {
        return Ok(());
    }
    Err(ResultError::Contradiction { at, a, b })
}

/// `synthesis_results.json`: signs come from its matrix.
pub(super) fn of_run(text: &str) -> Result<Part, ResultError> {
    let file: SynthesisResults = serde_json::from_str(text)?;
    check_shape(&file.correlation_matrix, file.n_latent, &file.dim_names_9)?;
    let downsampled = file.correlation_matrix.into();
    let mean = ChannelCorrelations { downsampled, ..ChannelCorrelations::default() };
    let synthesis = synthesis_of(mean, file.n_beatmaps_used);
    Ok(Part::Synthesis { synthesis, n_maps_raw: None })
}

fn check_shape(down: &Matrix, n_latent: usize, channels: &[String]) -> Result<(), ResultError> {
    if down.len() != n_latent {
        let at = "the correlation matrix".to_owned();
        return Err(ResultError::WrongLength { at, n: down.len(), expected: n_latent });
    }
    let expected = SignalChannel::ALL.map(SignalChannel::name);
    if channels == expected {
        return Ok(());
    }
    Err(ResultError::Unexpected {
        at: "dim_names_9".to_owned(),
        found: channels.join(", "),
        expected: expected.join(", "),
    })
}
