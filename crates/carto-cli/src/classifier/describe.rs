//! The card in words, for people who read files.

use std::fmt::Write;

use carto_classifier::{Evaluation, PerfectCalibration};

use super::card::Card;
use super::evaluate::taken_for;
use crate::tables::{Table, thousands};

/// Columns that are listed as important.
const N_IMPORTANT: usize = 12;

/// The tables of a card, which words and page share.
pub(super) fn tables(card: &Card) -> Vec<Table> {
    let mut tables = vec![scores(card)];
    let evaluated = card.held_out.as_ref().or(card.cross_validated.as_ref());
    tables.extend(evaluated.map(labels));
    tables.extend(card.held_out.as_ref().map(reliability));
    tables.extend((!card.importance.is_empty()).then(|| important(card)));
    tables.extend((!card.overlap.pairs.is_empty()).then(|| overlap(card)));
    tables
}

fn scores(card: &Card) -> Table {
    let data = &card.data;
    let row = |name: &str, found: &Evaluation| {
        vec![
            name.to_owned(),
            percent(found.top_1),
            percent(found.top_3),
            format!("{:.3}", found.log_loss),
            format!("{:.3}", found.macro_f1),
            format!("{:.3}", found.calibration_error),
            perfect(found).map_or("–".to_owned(), |it| {
                format!("{:.3} ({:.3} to {:.3})", it.mean, it.low, it.high)
            }),
        ]
    };
    let mut rows = Vec::new();
    rows.extend(card.held_out.as_ref().map(|found| row("this classifier", found)));
    let uncalibrated = card.held_out_uncalibrated.as_ref();
    rows.extend(uncalibrated.map(|found| row("the same, not calibrated", found)));
    let family = card.baseline.as_ref().map(|found| &found.held_out);
    rows.extend(family.map(|found| row("a perceptron of the published family", found)));
    let crossed = card.cross_validated.as_ref();
    rows.extend(crossed.map(|found| row("this classifier, cross-validated", found)));
    let any = card.held_out.as_ref().map_or_else(String::new, |found| {
        format!(
            " Where any label that a map has counts as right, the first answer is right for {}.",
            percent(found.top_1_any_label)
        )
    });
    Table {
        heading: "How often it is right",
        how: format!(
            "{} maps of {} songs that it was not trained on; no song is on both sides. The last \
             row: {} maps to learn from, in {} parts by song, each answered by models that had \
             not seen it; its calibration was fitted to the same answers.{any} The last column is \
             what a perfectly calibrated classifier has on as many maps, on average and in 95 % \
             of draws, if maps were independent; with several maps of a song the range is wider.{}",
            thousands(data.n_held_out_maps),
            thousands(data.n_held_out_songs),
            thousands(data.n_training_maps),
            card.training.n_folds,
            calibrated(card),
        ),
        head: vec![
            "",
            "first answer",
            "first three",
            "log loss, nats",
            "macro F1",
            "calibration error",
            "if perfectly calibrated",
        ],
        rows,
    }
}

fn perfect(found: &Evaluation) -> Option<PerfectCalibration> {
    PerfectCalibration::of(&found.reliability, found.calibration_error)
}

/// What calibration changed on held-out maps, as sentences after others; empty where none are
/// held out.
fn calibrated(card: &Card) -> String {
    let (Some(found), Some(before)) = (&card.held_out, &card.held_out_uncalibrated) else {
        return String::new();
    };
    let (from, to) = (before.calibration_error, found.calibration_error);
    let way = if to < from { "lowered" } else { "did not lower" };
    let far = perfect(found).map_or_else(String::new, |it| {
        format!(" Perfect calibration has {to:.3} or more in {} of draws.", percent(it.p_value))
    });
    format!(
        " On held-out maps calibration {way} the error ({from:.3} before, {to:.3} after; log loss \
         {:.3} and {:.3}).{far}",
        before.log_loss, found.log_loss,
    )
}

fn labels(found: &Evaluation) -> Table {
    let taken = taken_for(found);
    let row = |label: &carto_classifier::LabelScores| {
        let other = taken.get(label.label.as_str());
        vec![
            label.label.clone(),
            label.n_maps.to_string(),
            percent(label.precision),
            percent(label.recall),
            format!("{:.3}", label.f1),
            other.map_or("–".to_owned(), |(name, n)| format!("{name} ({n})")),
        ]
    };
    Table {
        heading: "Label by label",
        how: "Precision: of the maps that got the label as first answer, those that have it. \
              Recall: of those that have it, those that got it."
            .to_owned(),
        head: vec!["label", "maps", "precision", "recall", "F1", "most taken for"],
        rows: found.labels.iter().map(row).collect(),
    }
}

fn reliability(found: &Evaluation) -> Table {
    let n_bins = found.reliability.len() as f64;
    let row = |bin: &carto_classifier::ReliabilityBin| {
        let to = bin.from + 1.0 / n_bins;
        vec![
            format!("{:.0} to {:.0} %", 100.0 * bin.from, 100.0 * to),
            bin.n_maps.to_string(),
            percent(bin.confidence),
            percent(bin.accuracy),
        ]
    };
    let filled = found.reliability.iter().filter(|bin| bin.n_maps > 0);
    Table {
        heading: "As sure as it is right",
        how: format!(
            "The same maps by how sure the first answer is. Mean distance between both columns, \
             by maps: {:.3}; see above for what perfect calibration would have.",
            found.calibration_error
        ),
        head: vec!["how sure", "maps", "on average", "right"],
        rows: filled.map(row).collect(),
    }
}

fn important(card: &Card) -> Table {
    let row = |found: &carto_classifier::Importance| {
        let points = format!("{:.1}", 100.0 * found.top_1_lost).replace('-', "\u{2212}");
        vec![found.column.clone(), format!("{:.3}", found.log_loss_gained), points]
    };
    Table {
        heading: "What it looks at",
        how: format!(
            "What is lost on held-out maps when one column’s numbers are given out anew among \
             them, once and so without an error: log loss, and points of the first answer. The first {N_IMPORTANT} of {}; \
             columns that say nearly the same stand in for each other.",
            card.importance.len()
        ),
        head: vec!["column", "log loss", "first answer"],
        rows: card.importance.iter().take(N_IMPORTANT).map(row).collect(),
    }
}

fn overlap(card: &Card) -> Table {
    let found = &card.overlap;
    let row = |(first, other, n): &(String, String, usize)| {
        vec![first.clone(), other.clone(), n.to_string()]
    };
    Table {
        heading: "Where people disagree",
        how: format!(
            "{} of {} maps are known to have a second label. One that knew all labels of each \
             map and guessed which of them counts would be right for {}; labels that were never \
             given are not counted, so that the true bound is lower.",
            thousands(found.n_with_others),
            thousands(found.n_maps),
            percent(found.top_1_bound),
        ),
        head: vec!["label that counts", "other label", "maps"],
        rows: found.pairs.iter().map(row).collect(),
    }
}

/// What it is not: said on the card and on the page.
pub(super) const LIMITS: [&str; 4] = [
    "A label is what one collector called a map. Collections overlap and leave much out: read the \
     memberships as a mixture, not as a verdict.",
    "It sees 20 to 40 numbers of a map, no objects: two maps with the same numbers are the same \
     map to it.",
    "It knows maps like those of its dataset. For others the memberships still sum to one: there \
     is no answer for “none of these”.",
    "What moves a map’s memberships says what the model looks at, not what makes the style.",
];

/// The card as Markdown.
///
/// - `stem`: what the files beside it begin with
pub(super) fn markdown(card: &Card, stem: &str) -> String {
    let (data, model, training) = (&card.data, &card.model, &card.training);
    let mut text = String::from("# The classifier\n\n");
    let _ = writeln!(
        text,
        "Soft membership of {} labels from {} columns of a map: the mean of {} perceptrons ({} \
         parameters), calibrated with two numbers. {} bytes in float16. Trained by \
         `carto train classifier`, which wrote this card.\n",
        model.labels.len(),
        model.columns.len(),
        model.n_perceptrons,
        thousands(model.n_parameters),
        thousands(model.n_bytes),
    );
    let hidden: Vec<String> = training.shape.hidden.iter().map(ToString::to_string).collect();
    let _ = writeln!(
        text,
        "- **Data**: {} maps of {} songs; {} maps of {} songs to learn from, {} maps of {} songs \
         held out, seed {}.\n\
         - **Inputs**: {} numbers, brought to a normal distribution by rank: the columns and what \
         is derived from them. Genre, mapper and titles are not among them.\n\
         - **Training**: layers of {}; {} epochs, batches of {}, AdamW with a highest learning \
         rate of {}, dropout {}, label smoothing {}, other labels with a weight of {}. All of it: \
         `{stem}.train.json`.\n\
         - **Calibration**: temperature {}, share of noise {}; from {} parts by song with {} \
         perceptrons each.\n\
         - **File**: sha256 `{}`.\n",
        thousands(data.n_maps),
        thousands(data.n_songs),
        thousands(data.n_training_maps),
        thousands(data.n_training_songs),
        thousands(data.n_held_out_maps),
        thousands(data.n_held_out_songs),
        training.seed,
        model.n_inputs,
        hidden.join(", "),
        training.n_epochs,
        training.batch_len,
        training.learning_rate,
        training.dropout,
        training.label_smoothing,
        training.also_weight,
        model.calibration.temperature,
        model.calibration.noise,
        training.n_folds,
        training.n_fold_perceptrons,
        model.sha256,
    );
    for table in tables(card) {
        text.push_str(&table.markdown());
    }
    if let Some(found) = &card.held_out {
        let _ = writeln!(text, "![How sure and how often right]({stem}.reliability.svg)\n");
        text.push_str(&confusion(found));
    }
    text.push_str("## What it is not\n\n");
    for limit in LIMITS {
        let _ = writeln!(text, "- {limit}");
    }
    text
}

/// Too wide for the page, which has the largest of each row.
fn confusion(found: &Evaluation) -> String {
    let names: Vec<&str> = found.labels.iter().map(|label| label.label.as_str()).collect();
    let mut text =
        String::from("## Confusion\n\nMaps by their label (rows) and first answer (columns).\n\n");
    let _ = writeln!(text, "| | {} |", names.join(" | "));
    let _ = writeln!(text, "|{}", "---|".repeat(names.len() + 1));
    for (name, row) in names.iter().zip(&found.confusion) {
        let cells: Vec<String> = row.iter().map(ToString::to_string).collect();
        let _ = writeln!(text, "| {name} | {} |", cells.join(" | "));
    }
    text.push('\n');
    text
}

/// The card in a line, for a terminal.
pub(super) fn summary(card: &Card) -> String {
    let Some(found) = card.held_out.as_ref().or(card.cross_validated.as_ref()) else {
        return format!("{} bytes; no held-out maps to evaluate on", card.model.n_bytes);
    };
    format!(
        "top-1 {:.4}, top-3 {:.4}, log loss {:.4}, macro F1 {:.4}, calibration error {:.4} on {} \
         maps; {} bytes",
        found.top_1,
        found.top_3,
        found.log_loss,
        found.macro_f1,
        found.calibration_error,
        found.n_maps,
        card.model.n_bytes,
    )
}

fn percent(share: f64) -> String {
    format!("{:.1} %", 100.0 * share)
}
