//! The files of a trained classifier: the model, its card and its diagram.

use std::path::Path;

use anyhow::Result;
use carto_classifier::Evaluation;
use carto_figures::{ReliabilityFigure, ReliabilityPoint, svg};

use super::card::Card;
use super::describe;
use crate::{files, tables};

/// Folder of the page that serves models.
const MODELS: &str = "./models";

/// Writes the model, its configuration, its card three times, and its diagram.
///
/// # Errors
///
/// In words that name the file.
pub(super) fn write(out: &Path, bytes: &[u8], card: &Card) -> Result<()> {
    let stem = out.file_stem().map_or("classifier".into(), |stem| stem.to_string_lossy());
    let json = |text: serde_json::Result<String>| text.map(|text| text + "\n");
    let beside = |ending: &str, text: &str| {
        files::write_atomic(&out.with_extension(ending), text.as_bytes())
    };
    beside("train.json", &json(serde_json::to_string_pretty(&card.training))?)?;
    beside("card.json", &json(serde_json::to_string_pretty(card))?)?;
    beside("card.md", &describe::markdown(card, &stem))?;
    beside("card.html", &html(card, &stem))?;
    if let Some(found) = &card.held_out {
        beside("reliability.svg", &diagram(found)?)?;
    }
    files::write_atomic(out, bytes)
}

/// The card as a part of a page.
///
/// - `stem`: what the files beside it begin with
pub(super) fn html(card: &Card, stem: &str) -> String {
    let html = tables::html(&describe::tables(card), &describe::LIMITS);
    match &card.held_out {
        Some(_) => with_diagram(&html, stem),
        None => html,
    }
}

/// The diagram at the end of the card, as the page serves it.
fn with_diagram(html: &str, stem: &str) -> String {
    let (width, height) = ReliabilityFigure::SIZE_PX;
    let body = html.strip_suffix("</div>\n").unwrap_or(html);
    format!(
        "{body}<img src=\"{MODELS}/{}.reliability.svg\" width=\"{width}\" height=\"{height}\" \
         loading=\"lazy\" alt=\"How often the first answer is right, by how sure it is; the \
         numbers are in the table above\">\n</div>\n",
        tables::text(stem)
    )
}

fn diagram(found: &Evaluation) -> Result<String> {
    let point = |bin: &carto_classifier::ReliabilityBin| ReliabilityPoint {
        n_maps: u32::try_from(bin.n_maps).unwrap_or(u32::MAX),
        confidence: bin.confidence,
        accuracy: bin.accuracy,
    };
    let figure = ReliabilityFigure {
        title: "As sure as it is right, on held-out songs".to_owned(),
        bins: found.reliability.iter().map(point).collect(),
        calibration_error: found.calibration_error,
    };
    Ok(svg(&figure)?)
}
