//! The result file: a [`RunResult`] as JSON, and what else a result is read from.

use carto_types::{FIRST_RESULT_FORMAT, RESULT_FORMAT, ResultOrigin, RunResult};
use serde::Deserialize;

use crate::ResultError;
use crate::check::check;
use crate::published::{Layout, combine, detect, parse};

/// Reads a result file, or any files of the published layouts that belong to one
/// run.
///
/// - `texts`: names, which errors and the result's name come from, and contents
///
/// # Errors
///
/// What is wrong, behind the name of the file where there are several.
pub fn read_any(texts: &[(&str, &str)]) -> Result<RunResult, ResultError> {
    let in_file = |name: &str, error: ResultError| match texts.len() {
        1 => error,
        _ => ResultError::InFile { name: name.to_owned(), error: Box::new(error) },
    };
    if let [(_, text)] = texts
        && detect(text)? == Layout::Result
    {
        return read_result(text);
    }
    let parts = texts.iter().map(|(name, text)| parse(text).map_err(|error| in_file(name, error)));
    let parts = parts.collect::<Result<Vec<_>, _>>()?;
    let names: Vec<_> = texts.iter().map(|(name, _)| *name).collect();
    combine(parts, &names.join(", "), ResultOrigin::default())
}

/// Reads and checks a result file.
///
/// - `text`: of a size that the caller has limited; memory stays within a few
///   times of it
///
/// # Errors
///
/// [`ResultError::Newer`] for a later version of the layout, else the first thing
/// that is wrong.
pub fn read_result(text: &str) -> Result<RunResult, ResultError> {
    // A later version may have fields that this one would call unknown.
    let head: Head = serde_json::from_str(text)?;
    let format = head.format.ok_or(ResultError::Unknown)?;
    if is_newer(&format) {
        return Err(ResultError::Newer { format });
    }
    if ![FIRST_RESULT_FORMAT, RESULT_FORMAT].contains(&&*format) {
        return Err(ResultError::Unknown);
    }
    let result: RunResult = serde_json::from_str(text)?;
    check(&result)?;
    Ok(result)
}

/// A result file, in one line.
///
/// What it gives for a checked result is read back without a difference, and
/// written again byte for byte.
#[must_use]
pub fn write_result(result: &RunResult) -> String {
    // The writer fails on maps whose keys are no strings: there are no maps here.
    let mut text = serde_json::to_string(result).unwrap_or_default();
    text.push('\n');
    text
}

#[derive(Deserialize)]
struct Head {
    format: Option<String>,
}

/// Whether a layout has our name and a greater number.
fn is_newer(format: &str) -> bool {
    let split = |format: &str| {
        let (name, version) = format.split_once('/')?;
        Some((name.to_owned(), version.parse::<u32>().ok()?))
    };
    match (split(format), split(RESULT_FORMAT)) {
        (Some((name, version)), Some((ours, our_version))) => name == ours && version > our_version,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::fixtures;

    #[test]
    fn what_was_written_is_read_and_written_again_byte_for_byte() {
        for seed in 0..20 {
            let result = fixtures::result(seed);
            let text = write_result(&result);
            let read = read_result(&text).unwrap();
            assert_eq!(read, result);
            assert_eq!(write_result(&read), text);
        }
    }

    #[test]
    fn owners_are_read_again_and_only_the_second_layout_has_them() {
        let result = fixtures::result_with_owners(3);
        let text = write_result(&result);
        assert_eq!(read_result(&text).as_ref(), Ok(&result));
        let first = text.replacen("carto-result/2", "carto-result/1", 1);
        let error = read_result(&first).unwrap_err().to_string();
        assert!(error.contains("carto-result/2"), "{error}");
        // The first layout is unchanged, so that earlier versions read it.
        let text = write_result(&fixtures::result(3));
        for key in ["owner", "owners", "star_rating", "audio"] {
            assert!(!text.contains(&format!("\"{key}\":")), "{key}");
        }
    }

    #[test]
    fn evidence_is_read_again_and_only_the_second_layout_has_it() {
        let result = fixtures::result_with_evidence(3);
        let text = write_result(&result);
        assert_eq!(read_result(&text).as_ref(), Ok(&result));
        assert_eq!(write_result(&read_result(&text).unwrap()), text);
        let first = text.replacen("carto-result/2", "carto-result/1", 1);
        assert!(read_result(&first).is_err());
        // What has none is written as before.
        let without = write_result(&fixtures::result_with_owners(3));
        for key in ["evidence\":{", "kind", "ceiling"] {
            assert!(!without.contains(&format!("\"{key}")), "{key}");
        }
        for (from, to) in [
            ("\"evidence\":{\"format\":\"carto-evidence/1\"", "\"evidence\":{\"format\":\"other\""),
            ("\"song_idx\":1", "\"song_idx\":2"),
            ("\"shifts\":{\"ONSET\":[0,", "\"shifts\":{\"ONSET\":["),
        ] {
            let bad = text.replacen(from, to, 1);
            assert_ne!(bad, text, "{from}");
            assert!(read_result(&bad).unwrap_err().to_string().contains("evidence"), "{to}");
        }
    }

    #[test]
    fn a_newer_layout_is_called_so_even_with_other_fields() {
        let error = read_result(r#"{"format":"carto-result/3","channels":[]}"#).unwrap_err();
        assert_eq!(error, ResultError::Newer { format: "carto-result/3".to_owned() });
        assert!(error.to_string().contains("newer version"), "{error}");
    }

    #[test]
    fn other_texts_are_no_results() {
        for text in ["{}", r#"{"format":"carto-crossval/1"}"#, r#"{"format":"carto-result/x"}"#] {
            assert_eq!(read_result(text), Err(ResultError::Unknown), "{text}");
        }
        let text = write_result(&fixtures::result(1));
        let cut = &text[..text.len() / 2];
        let more = text.replacen("\"name\"", "\"more\":1,\"name\"", 1);
        let infinite = text.replacen("\"cosine_mean\":", "\"cosine_mean\":1e999,\"x\":", 1);
        for text in ["", "[]", "null", "nonsense", cut, &more, &infinite] {
            let error = read_result(text).unwrap_err();
            assert!(matches!(error, ResultError::Json { .. }), "{error}");
        }
    }

    proptest! {
        #[test]
        fn no_change_of_a_byte_makes_it_panic(
            place in any::<prop::sample::Index>(),
            byte in 32_u8..127,
        ) {
            let mut text = write_result(&fixtures::result(2)).into_bytes();
            let place = place.index(text.len());
            text[place] = byte;
            if let Some(Ok(result)) = String::from_utf8(text).ok().map(|text| read_result(&text)) {
                prop_assert_eq!(read_result(&write_result(&result)), Ok(result));
            }
        }
    }
}
