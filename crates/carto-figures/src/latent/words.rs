//! The figure in words.

use carto_types::AgreementClass;

use super::LatentAgreementFigure;
use crate::agreement::AgreementFigure;
use crate::agreement::row::Value;
use crate::agreement::words::{class_word, description_by_class, evidence, ground_caption};
use crate::encoder::FigureEncoder;
use crate::number::r_text;

/// The printed heading, which claims nothing.
pub(super) fn heading(figure: &LatentAgreementFigure) -> String {
    let songs = if figure.is_held_out { " on held-out songs" } else { "" };
    let latents = match figure.rows.len() {
        0 => String::new(),
        1 => ", one latent".to_owned(),
        n_rows => format!(", {n_rows} latents"),
    };
    format!("Agreement between mappers{songs}{latents}")
}

/// What the marks are and what they stand on, in three lines.
pub(super) fn caption(figure: &AgreementFigure, encoder: &FigureEncoder) -> [String; 3] {
    let whisker = match figure.n_pairs {
        0 | 1 => "",
        _ => ", whisker \u{b1} 1 standard deviation over pairs",
    };
    [
        format!("Diamond: mean Pearson r over {}{whisker}.", evidence(figure)),
        ground_caption(figure),
        encoder.caption(),
    ]
}

/// A zone's name with what stands in it: `perceptual, above 0.30: 8`.
pub(super) fn zone(figure: &AgreementFigure, class: AgreementClass) -> String {
    let n = members(figure, class);
    let n = if n == 0 { "none".to_owned() } else { n.to_string() };
    let bound = match class {
        AgreementClass::Perceptual => format!(", above {}", r_text(figure.perceptual_above)),
        AgreementClass::Mixed => String::new(),
        AgreementClass::Stylistic => format!(", below {}", r_text(figure.stylistic_below)),
    };
    format!("{}{bound}: {n}", class_word(class))
}

/// The finding in one line, and all numbers of the figure by class.
pub(super) fn title_and_description(
    figure: &AgreementFigure,
    latents: &LatentAgreementFigure,
) -> (String, String) {
    let classes = [AgreementClass::Perceptual, AgreementClass::Mixed, AgreementClass::Stylistic];
    let counts = classes.map(|class| format!("{} {}", members(figure, class), class_word(class)));
    let title = format!("{}: {}", heading(latents), counts.join(", "));
    let description =
        format!("{} {}", caption(figure, &latents.encoder).join(" "), description_by_class(figure));
    (title, description.trim_end().to_owned())
}

fn members(figure: &AgreementFigure, class: AgreementClass) -> usize {
    let values = figure.rows.iter().filter_map(|row| Value::of(row, figure));
    values.filter(|value| value.class == class).count()
}
