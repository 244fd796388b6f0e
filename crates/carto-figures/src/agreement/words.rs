//! The figure in words: its heading, its caption, and for those who cannot see it.

use carto_types::AgreementClass;

use super::AgreementFigure;
use super::row::{Spread, Value};
use crate::number::{counted, in_words, r_text};

const CLASSES: [AgreementClass; 3] =
    [AgreementClass::Perceptual, AgreementClass::Mixed, AgreementClass::Stylistic];

/// The word beside a symbol and in a zone.
pub(crate) fn class_word(class: AgreementClass) -> &'static str {
    match class {
        AgreementClass::Perceptual => "perceptual",
        AgreementClass::Mixed => "mixed",
        AgreementClass::Stylistic => "stylistic",
    }
}

/// The printed heading, which claims nothing.
pub(crate) fn heading(figure: &AgreementFigure) -> String {
    let name = "Agreement between mappers";
    match figure.rows.len() {
        0 => name.to_owned(),
        1 => format!("{name}, one channel"),
        n_rows => format!("{name}, {} channels", in_words(n_rows)),
    }
}

/// What the marks are and what they stand on, in two lines.
pub(crate) fn caption(figure: &AgreementFigure) -> [String; 2] {
    let whisker = match figure.n_pairs {
        0 | 1 => "",
        _ => ", whisker \u{b1} 1 standard deviation over pairs",
    };
    [
        format!(
            "Diamond: mean Pearson r over {}{whisker}; {} rules.",
            evidence(figure),
            figure.mode
        ),
        ground_caption(figure),
    ]
}

/// What the tints are, with the bounds between them.
pub(crate) fn ground_caption(figure: &AgreementFigure) -> String {
    let (low, high) = (r_text(figure.stylistic_below), r_text(figure.perceptual_above));
    format!("Ground: stylistic below {low}, mixed from {low} to {high}, perceptual above {high}.")
}

/// The name of the figure: its finding in one line.
pub(crate) fn finding(figure: &AgreementFigure) -> String {
    let values: Vec<_> = figure.rows.iter().filter_map(|row| Value::of(row, figure)).collect();
    let counts = CLASSES.map(|class| {
        let n = values.iter().filter(|value| value.class == class).count();
        format!("{} {}", in_words(n), class_word(class))
    });
    format!("{}: {}", heading(figure), counts.join(", "))
}

/// All numbers of the figure, by class.
pub(crate) fn description(figure: &AgreementFigure) -> String {
    format!("{} {}", caption(figure).join(" "), description_by_class(figure)).trim_end().to_owned()
}

/// The numbers alone.
pub(crate) fn description_by_class(figure: &AgreementFigure) -> String {
    let mut text = String::new();
    for class in CLASSES {
        let members = figure.rows.iter().filter_map(|row| {
            let value = Value::of(row, figure).filter(|value| value.class == class)?;
            Some(format!("{} {}{}", row.name, r_text(value.mean), spread_words(value.spread)))
        });
        push_list(&mut text, class_heading(class), &members.collect::<Vec<_>>());
    }
    let missing = figure.rows.iter().filter(|row| Value::of(row, figure).is_none());
    push_list(&mut text, "No value", &missing.map(|row| row.name.clone()).collect::<Vec<_>>());
    text.trim_end().to_owned()
}

fn class_heading(class: AgreementClass) -> &'static str {
    match class {
        AgreementClass::Perceptual => "Perceptual",
        AgreementClass::Mixed => "Mixed",
        AgreementClass::Stylistic => "Stylistic",
    }
}

fn push_list(text: &mut String, heading: &str, members: &[String]) {
    if !members.is_empty() {
        *text += &format!("{heading}: {}. ", members.join(", "));
    }
}

fn spread_words(spread: Spread) -> String {
    match spread {
        Spread::Std(std) => format!(" \u{b1} {}", r_text(std)),
        Spread::OnlyOnePair | Spread::NoValue => String::new(),
    }
}

/// `460 pairs of 292 songs`.
pub(crate) fn evidence(figure: &AgreementFigure) -> String {
    let pairs = counted(figure.n_pairs, "pair", "pairs");
    format!("{pairs} of {}", counted(figure.n_songs, "song", "songs"))
}
