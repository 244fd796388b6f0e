//! What is wrong with a JSON text, in words that say nothing of the library that reads it.

use serde_json::Error;
use serde_json::error::Category;

/// What is wrong with a JSON text and where, to follow the name of its file and a colon.
///
/// Lines and columns are counted from 1.
#[must_use]
pub fn json_fault(error: &Error) -> String {
    let (line, column) = (error.line(), error.column());
    match error.classify() {
        Category::Eof if line <= 1 && column == 0 => "it is empty".to_owned(),
        Category::Eof => format!("it is cut off in line {line}: copy or download it again"),
        Category::Io => "it could not be read to its end".to_owned(),
        Category::Syntax => format!("it is no JSON: line {line}, column {column} cannot be read"),
        Category::Data => {
            let text = error.to_string();
            let what = text.rsplit_once(" at line ").map_or(&*text, |(what, _)| what);
            let place = if line > 1 { format!(" (line {line})") } else { String::new() };
            format!("its layout is another one: {}{place}", layout_fault(what))
        }
    }
}

/// What serde says of a layout, in plain words; words that it does not use itself, such as
/// those of a type's own reader, are left as they are.
fn layout_fault(text: &str) -> String {
    if let Some(name) = text.strip_prefix("missing field ") {
        return format!("{name} is missing");
    }
    if let Some(name) = text.strip_prefix("duplicate field ") {
        return format!("{name} stands in it twice");
    }
    for (start, kind) in [("unknown field ", "field"), ("unknown variant ", "word")] {
        if let Some((name, expected)) = text.strip_prefix(start).and_then(|it| it.split_once(", "))
        {
            return format!("the {kind} {name} is not known ({expected})");
        }
    }
    let found =
        text.strip_prefix("invalid type: ").or_else(|| text.strip_prefix("invalid value: "));
    match found.and_then(|it| it.split_once(", expected ")) {
        Some((found, expected)) => {
            format!("there is {} in the place of {}", plain(found), plain(expected))
        }
        None => text.to_owned(),
    }
}

/// A kind of value as JSON's users call it.
fn plain(kind: &str) -> String {
    // What stands behind the kind is the value itself: string "a", integer `5`.
    let (name, value) = kind.split_once([' ', '`']).unwrap_or((kind, ""));
    let plain = match (name, kind) {
        ("sequence", _) | (_, "a sequence") => "a list",
        ("map", _) | (_, "a map") => "an object",
        ("null" | "unit", _) | (_, "unit") => "nothing",
        ("string", _) | (_, "a string" | "a borrowed string") => "a text",
        ("integer" | "floating", _) | (_, "f64" | "f32") => "a number",
        ("boolean", _) | (_, "a boolean") => "true or false",
        ("u8" | "u16" | "u32" | "u64" | "usize", _) => "a whole number of 0 or more",
        ("i8" | "i16" | "i32" | "i64", _) => "a whole number",
        _ if kind.starts_with("struct ") => "an object",
        _ => return kind.to_owned(),
    };
    let shown = value.trim_start_matches("point ").trim_matches('`');
    match plain {
        "a text" | "a number"
            if !shown.is_empty() && kind != "a string" && !kind.starts_with("a ") =>
        {
            format!("{plain} ({shown})")
        }
        _ => plain.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Example {
        #[expect(dead_code, reason = "only its type is read")]
        n_songs: u32,
    }

    fn fault(text: &str) -> String {
        json_fault(&serde_json::from_str::<Example>(text).unwrap_err())
    }

    #[test]
    fn what_is_no_json_says_where_it_ends_or_breaks() {
        assert_eq!(fault(""), "it is empty");
        assert_eq!(
            fault("{\n\"n_songs\": 1"),
            "it is cut off in line 2: copy or download it again"
        );
        assert_eq!(fault("{]"), "it is no JSON: line 1, column 2 cannot be read");
    }

    #[test]
    fn another_layout_is_told_in_words_of_json() {
        let layout = "its layout is another one: ";
        for (text, expected) in [
            ("null", "there is nothing in the place of an object"),
            ("{}", "`n_songs` is missing"),
            (r#"{"n_songs": 1, "n_songs": 2}"#, "`n_songs` stands in it twice"),
            (
                "{\n\"n_songs\": \"many\"}",
                "there is a text (\"many\") in the place of a whole number of 0 or more (line 2)",
            ),
            (
                r#"{"n_songs": -1}"#,
                "there is a number (-1) in the place of a whole number of 0 or more",
            ),
            (r#"{"songs": 1}"#, "the field `songs` is not known (expected `n_songs`)"),
        ] {
            assert_eq!(fault(text), format!("{layout}{expected}"), "{text}");
        }
        let error = serde_json::from_str::<BTreeMap<String, f64>>("[1]").unwrap_err();
        assert_eq!(
            json_fault(&error),
            format!("{layout}there is a list in the place of an object")
        );
    }
}
