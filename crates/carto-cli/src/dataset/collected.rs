//! The folder that `carto collect` fills.

use std::collections::HashMap;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;

use anyhow::{Context, Result, bail};
use carto_dataset::{ApiBeatmap, Appearance, Limits, clean_label};

use super::source::{Files, Source};

/// Opens the folder: labels in the order of `labels.csv`, answers, files by number.
///
/// # Errors
///
/// No `labels.csv`, or one without its two columns. Rows and answers that
/// cannot be read are left out with a warning.
pub(super) fn open(folder: &Path) -> Result<Source> {
    let mut source = Source { files: Files::Numbered(folder.join("osu")), ..Source::default() };
    read_labels(&folder.join("labels.csv"), &mut source)?;
    read_answers(&folder.join("beatmaps.jsonl"), &mut source);
    Ok(source)
}

fn read_labels(path: &Path, source: &mut Source) -> Result<()> {
    let name = path.display();
    let text = fs::read(path).with_context(|| {
        format!("{name} cannot be read; name the folder that `carto collect` filled")
    })?;
    let text = text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&text);
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text);
    let head = reader.headers().with_context(|| format!("{name} is no text"))?;
    let place = |column| head.iter().position(|cell| cell == column);
    let (Some(id_place), Some(label_place)) = (place("id"), place("label")) else {
        bail!("{name} should begin with the line \"id,label\"");
    };
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                source.warnings.push(format!("{name}: a row is left out: {error}"));
                continue;
            }
        };
        let label = record.get(label_place).filter(|label| !label.trim().is_empty());
        let id = record.get(id_place).and_then(|id| id.trim().parse().ok());
        if let (Some(label), Some(id)) = (label, id) {
            let label = clean_label(label);
            source.appearances.push(Appearance { label, id: Some(id), ..Appearance::default() });
        } else {
            let line = record.position().map_or(0, csv::Position::line);
            source.warnings.push(format!(
                "{name}, line {line}: no number of a map and label; the row is left out"
            ));
        }
    }
    Ok(())
}

fn read_answers(path: &Path, source: &mut Source) {
    let name = path.display();
    let file = match fs::File::open(path) {
        Ok(file) => file,
        Err(error) => {
            source.warnings.push(format!(
                "{name} cannot be read ({error}): numbers are taken from the maps' files alone"
            ));
            return;
        }
    };
    let limits = Limits::default();
    let mut answers = HashMap::new();
    for (idx, line) in BufReader::new(file).split(b'\n').enumerate() {
        let line = match line {
            Ok(line) => line,
            Err(error) => {
                source.warnings.push(format!("{name} cannot be read to its end: {error}"));
                break;
            }
        };
        if line.trim_ascii().is_empty() {
            continue;
        }
        match ApiBeatmap::from_json(&line, &limits) {
            Ok(answer) => _ = answers.insert(answer.id, answer),
            Err(error) => {
                source.warnings.push(format!("{name}, line {}: {error}; left out", idx + 1));
            }
        }
    }
    source.answers = answers;
}
