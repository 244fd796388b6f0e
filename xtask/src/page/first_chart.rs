//! The chart of the first view as HTML: what `index.html` shows until the program draws it.
//!
//! Made of the chart model from which the program draws (`src/views/agreement`), with the same
//! elements and classes, so that it stands at the same place at any width and in any colours.
//! `tests/e2e/first-view.spec.mjs` holds both against each other.

use std::fmt::Write as _;

use anyhow::{Context, Result};
use carto_charts::number::percent;
use carto_charts::{
    AgreementChart, AgreementClass, AgreementRow, CHANNELS, Metric, PairMean, TenthsAxis,
    class_symbol, class_word, family_opened_by,
};
use carto_types::ShownResult;

/// Where the chart goes in `index.html`.
pub(crate) const PLACE: &str = "<!--first chart-->";

/// The sheet of part A without its notes, which stand beside it or below it.
///
/// - `figures`: `published.bin`
///
/// # Errors
///
/// Figures of another version of the program, and figures without part A.
pub(crate) fn first_chart(figures: &[u8]) -> Result<String> {
    let shown: ShownResult = carto_protocol::decode(figures).context(
        "the figures that the page opens on are of another version: run cargo xtask published",
    )?;
    let track_a = shown.track_a.context("the figures that the page opens on have no part A")?;
    let chart = AgreementChart::new(Some(&track_a), None, Metric::Correlation, true);
    let sentences: String = chart
        .study_finding()
        .split_inclusive(". ")
        .map(|part| format!("<span class=\"sentence\">{}</span>", escaped(part)))
        .collect();
    Ok(format!(
        "<div class=\"printed\"><section class=\"sheet\">\
         <div class=\"sheet__head\"><p class=\"kicker\">{}</p>\
         <h2 class=\"heading\">{sentences}</h2></div>\
         <div class=\"sheet__body\"><figure class=\"plate agreement\">{}{}\
         <figcaption class=\"agreement__reading\">{}</figcaption></figure></div>\
         </section></div>",
        escaped(&chart.kicker()),
        controls(),
        plot(&chart),
        escaped(chart.metric.caption()),
    ))
}

/// What needs the program: inert until that is there.
fn controls() -> String {
    let buttons: String = Metric::ALL
        .iter()
        .map(|metric| {
            let is_shown = *metric == Metric::Correlation;
            let name = metric.name();
            format!(
                "<button class=\"segments__item\" type=\"button\" aria-pressed=\"{is_shown}\">{name}</button>"
            )
        })
        .collect();
    format!(
        "<div class=\"agreement__controls\" inert><div class=\"segments\">{buttons}</div>\
         <button class=\"button button--small agreement__as-table\" type=\"button\">Show as table</button></div>"
    )
}

fn plot(chart: &AgreementChart) -> String {
    let bounds = AgreementChart::BOUNDS;
    let place = |value: f64| percent(100.0 * chart.axis.share(value));
    let mut html = format!(
        "<div class=\"agreement__chart agreement__chart--grounded\" style=\"--zero:{};--shore:{};\
         --land:{};--step:{}\">{}",
        place(0.0),
        place(bounds.stylistic_below),
        place(bounds.perceptual_above),
        percent(100.0 / f64::from(chart.axis.n_segments())),
        columns(chart),
    );
    for channel in 0..CHANNELS.len() {
        if let (Some(row), Some(label)) = (chart.rows.get(channel), chart.reading(channel, "")) {
            html.push_str(&row_of(channel, row, &label, chart.axis));
        }
    }
    let _ = write!(
        html,
        "<div class=\"agreement__axis\" aria-hidden=\"true\"><div class=\"agreement__scale\">\
         <div class=\"scale-bar\"></div>{}</div></div></div>",
        ticks(chart.axis)
    );
    html
}

fn columns(chart: &AgreementChart) -> String {
    let zone = |class: AgreementClass| {
        let name = class.name();
        format!("<span class=\"agreement__zone agreement__zone--{name}\">{name}</span>")
    };
    let zones =
        [AgreementClass::Stylistic, AgreementClass::Mixed, AgreementClass::Perceptual].map(zone);
    format!(
        "<div class=\"agreement__columns\" aria-hidden=\"true\">\
         <div class=\"agreement__plot agreement__zones\">{}</div>\
         <span class=\"agreement__figure\">{}</span>\
         <span class=\"agreement__figure agreement__figure--spread\">spread</span>\
         <span class=\"agreement__figure agreement__figure--companion\">{}</span>\
         <span class=\"agreement__class\">class by r</span></div>",
        zones.concat(),
        chart.metric.column(),
        chart.metric.companion().column(),
    )
}

fn row_of(channel: usize, row: &AgreementRow, label: &str, axis: TenthsAxis) -> String {
    let labels = CHANNELS[channel];
    let family = family_opened_by(channel).map_or_else(String::new, |family| {
        format!(
            "<div class=\"agreement__family\"><span>{family}</span>\
             <span class=\"agreement__plot\"></span></div>"
        )
    });
    format!(
        "{family}<div class=\"agreement__row\" role=\"img\" aria-label=\"{}\">\
         <span class=\"agreement__name\"><span class=\"{}\"></span><b>{}</b>\
         <span class=\"agreement__listens\">{}</span></span>\
         <span class=\"agreement__plot\">{}</span>\
         <span class=\"agreement__figure agreement__figure--mean\">{}</span>\
         <span class=\"agreement__figure agreement__figure--spread\">{}</span>\
         <span class=\"agreement__figure agreement__figure--companion\">{}</span>\
         <span class=\"agreement__class\">{}</span></div>",
        escaped(label),
        labels.swatch,
        labels.name,
        labels.listens,
        mark(row.shown, axis),
        row.shown.mean_text(),
        row.shown.spread_text(),
        row.companion.mean_text(),
        class_label(row.r.class(AgreementChart::BOUNDS)),
    )
}

fn mark(value: PairMean, axis: TenthsAxis) -> String {
    let whisker = value.whisker(axis).map_or_else(String::new, |whisker| {
        let cut =
            |is_cut, side| if is_cut { format!(" whisker--cut-{side}") } else { String::new() };
        format!(
            "<span class=\"whisker{}{}\" style=\"left:{};width:{}\"></span>",
            cut(whisker.is_cut_low, "left"),
            cut(whisker.is_cut_high, "right"),
            percent(100.0 * whisker.from),
            percent(100.0 * (whisker.to - whisker.from)),
        )
    });
    let diamond = value.share(axis).map_or_else(String::new, |at| {
        format!("<span class=\"diamond\" style=\"left:{}\"></span>", percent(100.0 * at))
    });
    whisker + &diamond
}

fn class_label(class: Option<AgreementClass>) -> String {
    let (fill, line) = class_symbol(class);
    let name = class.map_or("undetermined", AgreementClass::name);
    format!(
        "<span class=\"class class--{name}\"><svg class=\"icon\" viewBox=\"0 0 16 16\" \
         aria-hidden=\"true\"><path class=\"icon__fill\" d=\"{fill}\"></path>\
         <path class=\"icon__line\" d=\"{line}\"></path></svg><span>{}</span></span>",
        class_word(class)
    )
}

fn ticks(axis: TenthsAxis) -> String {
    let tick = |(at, label): (f64, String)| {
        let end = match at {
            ..=0.0 => " agreement__tick--first",
            1.0.. => " agreement__tick--last",
            _ => "",
        };
        let left = percent(100.0 * at);
        format!("<span class=\"agreement__tick{end}\" style=\"left:{left}\">{label}</span>")
    };
    axis.labels().map(tick).collect()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the page opens on.
    const FIGURES: &[u8] = include_bytes!("../../../public/published/published.bin");

    #[test]
    fn the_published_figures_stand_in_it() {
        let html = first_chart(FIGURES).unwrap();
        let n = |mark: &str| html.matches(mark).count();
        let counts = [n("agreement__row"), n("class=\"diamond\""), n("class=\"whisker")];
        assert_eq!(counts, [CHANNELS.len(); 3]);
        assert!(html.contains("460 pairs of 292 songs"), "{html}");
        // As the study's own table has it.
        assert!(html.contains("ONSET") && html.contains(">0.58<"), "{html}");
        assert_eq!(n("<span"), n("</span>"));
        assert_eq!(n("<div"), n("</div>"));
    }

    #[test]
    fn the_page_has_a_place_for_it() {
        assert_eq!(include_str!("../../../index.html").matches(PLACE).count(), 1);
    }

    #[test]
    fn figures_of_another_version_are_refused() {
        let words = format!("{:#}", first_chart(b"foobar").unwrap_err());
        assert!(words.contains("cargo xtask published"), "{words}");
    }
}
