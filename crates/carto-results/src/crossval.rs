//! Part D: a cross-validation of a person's own, as a piece of the page.

use std::fmt::Write;
use std::io::{self, Read};

use carto_charts::number::{fixed, whole_percent};
use carto_types::crossval::{Comparison, CrossValidation, FORMAT, Fold};
use carto_types::{AgreementClass, json_fault};
use serde::de::IgnoredAny;

use crate::html::table;

/// A file of five parts has 40 KB, one of a hundred parts 20 MB.
const MAX_BYTES: u64 = 32 << 20;
/// More would be no table any more.
const MAX_FOLDS: usize = 100;

/// The text of a result file.
///
/// # Errors
///
/// The reader's; [`io::ErrorKind::InvalidData`] for more than 32 MiB and for what
/// is no text.
pub fn read_text(from: impl Read) -> io::Result<String> {
    let mut text = String::new();
    if from.take(MAX_BYTES + 1).read_to_string(&mut text)? as u64 > MAX_BYTES {
        return Err(io::Error::new(
            io::ErrorKind::InvalidData,
            "it is larger than any results are",
        ));
    }
    Ok(text)
}

/// What `crossval_results.json` says, as HTML without scripts or styles: a heading
/// that states the finding, the table of parts, the table of comparisons.
///
/// # Errors
///
/// Words that follow the file's name.
pub fn cross_validation_part(text: &str) -> Result<String, String> {
    let results: CrossValidation<IgnoredAny> = serde_json::from_str(text)
        .map_err(|error| format!("it is no result of carto crossval: {}", json_fault(&error)))?;
    if results.format != FORMAT {
        return Err(format!("its layout is {:?}, this page reads {FORMAT:?}", results.format));
    }
    if results.folds.is_empty() || results.folds.len() > MAX_FOLDS {
        return Err(format!("it has {} parts, which cannot be shown", results.folds.len()));
    }
    Ok(html(&results))
}

fn html(results: &CrossValidation<IgnoredAny>) -> String {
    let mut html = String::from("<p class=\"kicker\">Part D · cross-validation</p>\n");
    let _ = writeln!(html, "<h2 id=\"crossval-title\" class=\"heading\">{}</h2>", finding(results));
    let _ = writeln!(html, "<p class=\"crossval__how\">{}</p>", how(results));
    let heads =
        ["part", "songs", "pairs", "mean r", "highest r", "lowest r", "mean cosine", "p / m / s"];
    let folds = results.folds.iter().enumerate().map(|(idx, fold)| fold_cells(idx, fold));
    table(&mut html, "Agreement on songs that a part did not see", &heads, folds);
    if !results.comparisons.is_empty() {
        let heads = ["parts", "matched |r|", "same class", "kappa", "spectra differ by"];
        table(
            &mut html,
            "Latents of two parts, matched by correlation",
            &heads,
            results.comparisons.iter().map(comparison_cells),
        );
    }
    html.push_str(
        "<p class=\"crossval__how\">p / m / s counts perceptual, mixed and stylistic latents. Latents \
         have no names: those of two parts are matched one to one, so that the sum of |r| over the \
         same maps is largest. Because that choice is the best of all, |r| is above 0 for encoders that share nothing too. Kappa \
         is agreement on classes beyond chance: 1 is all of it, 0 none. Each part has songs of its own, so \
         classes change with the songs as well as with the training. \
         Cosine also rewards what never changes, so it says less than r.</p>\n",
    );
    html
}

fn finding(results: &CrossValidation<IgnoredAny>) -> String {
    let means: Vec<f64> = results.folds.iter().map(|fold| fold.mean_r).collect();
    let mean = means.iter().sum::<f64>() / means.len() as f64;
    match results.comparisons.as_slice() {
        [] => format!("On held-out songs, mappers agree at a mean r of {}", fixed(mean, 3)),
        all => {
            let same = all.iter().map(|one| one.same_class).sum::<f64>() / all.len() as f64;
            format!(
                "On held-out songs, mappers agree at a mean r of {}; {} % of latents keep their class \
                 when trained again{}",
                fixed(mean, 3),
                whole_percent(same),
                kappas(all),
            )
        }
    }
}

/// Agreement on classes beyond chance, which a share alone does not say where most latents are of
/// one class: `, kappa 0.18 to 0.39`.
fn kappas(comparisons: &[Comparison]) -> String {
    let mut kappas: Vec<f64> = comparisons.iter().filter_map(|one| one.kappa).collect();
    kappas.sort_by(f64::total_cmp);
    match kappas.as_slice() {
        [] => String::new(),
        [only] => format!(", kappa {}", fixed(*only, 2)),
        [least, .., most] => format!(", kappa {} to {}", fixed(*least, 2), fixed(*most, 2)),
    }
}

fn how(results: &CrossValidation<IgnoredAny>) -> String {
    let n = results.folds.len();
    let rule = match &*results.rule {
        "mappers" => "trained on songs of two mappers, tested on songs of three or more".to_owned(),
        _ => format!("trained {n} times, each time without one part of the songs"),
    };
    format!("{} maps; an encoder {rule}.", results.n_maps)
}

fn fold_cells(idx: usize, fold: &Fold) -> Vec<String> {
    let agreement = &fold.agreement;
    let rank = |rank: usize| fixed(agreement.at_rank(rank).unwrap_or(f64::NAN), 3);
    let classes = AgreementClass::ALL.map(|class| agreement.n_of(class).to_string());
    vec![
        (idx + 1).to_string(),
        agreement.n_songs.to_string(),
        agreement.n_pairs.to_string(),
        fixed(fold.mean_r, 3),
        rank(0),
        rank(agreement.ranking.len().saturating_sub(1)),
        fixed(agreement.full_cosine_mean, 3),
        classes.join(" / "),
    ]
}

fn comparison_cells(found: &Comparison) -> Vec<String> {
    vec![
        format!("{} and {}", found.a.saturating_add(1), found.b.saturating_add(1)),
        fixed(found.mean_abs_pearson, 3),
        format!("{} %", whole_percent(found.same_class)),
        fixed(found.kappa.unwrap_or(f64::NAN), 2),
        fixed(found.spectrum_mean_diff, 3),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn results(n_folds: usize) -> String {
        let spectrum = r#"{"n_songs":3,"n_pairs":4,"pearson_mean":[0.1,0.5],"pearson_std":[0.1,0.1],
            "class":["mixed","perceptual"],"ranking":[1,0],"full_cosine_mean":0.8,"full_cosine_std":0.1}"#;
        let fold = format!(
            r#"{{"n_training_maps":9,"n_held_out_maps":4,"weights_sha256":"ab","mean_r":0.3,"agreement":{spectrum}}}"#
        );
        let folds = vec![fold; n_folds].join(",");
        format!(
            r#"{{"format":"carto-crossval/1","rule":"folds","n_maps":13,"n_frames":99,"config":{{"any":[1]}},
            "folds":[{folds}],"comparisons":[{{"a":0,"b":1,"mean_abs_pearson":0.6,"same_class":0.5,"kappa":-0.25,
            "table":[[1,0,0],[0,0,1],[0,0,0]],"spectrum_max_diff":0.1,"spectrum_mean_diff":0.05,"matches":[]}}]}}"#
        )
    }

    #[test]
    fn a_result_file_becomes_two_tables_under_its_finding() {
        let html = cross_validation_part(&results(2)).unwrap();
        let heading = "a mean r of 0.300; 50 % of latents keep their class when trained again, kappa \u{2212}0.25";
        assert!(html.contains(heading), "{html}");
        assert_eq!(html.matches("<table").count(), 2);
        assert!(html.contains(
            "<th scope=\"row\">1</th><td>3</td><td>4</td><td>0.300</td><td>0.500</td><td>0.100</td>"
        ));
        assert!(html.contains("<td>\u{2212}0.25</td>"));
    }

    #[test]
    fn what_is_no_result_file_is_refused_in_words() {
        let other = results(2).replace("crossval/1", "crossval/9");
        for (text, words) in [
            ("{}", "no result of carto crossval"),
            ("nonsense", "no result of carto crossval"),
            (&other, "carto-crossval/9"),
            (&results(0), "0 parts"),
            (&results(101), "101 parts"),
        ] {
            let error = cross_validation_part(text).unwrap_err();
            assert!(error.contains(words), "{error}");
        }
        assert!(read_text(io::repeat(b' ')).is_err());
    }

    #[test]
    fn nothing_of_a_file_gets_into_the_page_but_numbers() {
        let hostile = results(2).replace("\"folds\",\"n_maps\"", "\"<script>\",\"n_maps\"");
        assert!(!cross_validation_part(&hostile).unwrap().contains("script"));
    }
}
