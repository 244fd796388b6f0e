//! The query of the browser's address: a view keeps what it shows under keys of its own, and leaves
//! all others as they are.

use js_sys::{decode_uri_component, encode_uri_component};
use leptos::prelude::window;
use wasm_bindgen::JsValue;

/// The query of the address, without its `?`.
pub fn query() -> String {
    let search = window().location().search().unwrap_or_default();
    search.trim_start_matches('?').to_owned()
}

/// What follows the `#` of the address, with it; empty where there is none.
pub fn hash() -> String {
    window().location().hash().unwrap_or_default()
}

/// Writes a query into the address, in the present step of the browser's history; what follows the
/// `#` stays.
pub fn show_query(query: &str) {
    show_address(query, &hash(), false);
}

/// Writes query and hash into the address, unless they stand there.
///
/// - `query`: without its `?`
/// - `hash`: with its `#`, or empty
/// - `is_step`: whether as a step of the browser's history, or in the present one
pub fn show_address(query: &str, hash: &str, is_step: bool) {
    if query == self::query() && hash == self::hash() {
        return;
    }
    let path = window().location().pathname().unwrap_or_default();
    let mark = if query.is_empty() { "" } else { "?" };
    let address = format!("{path}{mark}{query}{hash}");
    // A page without a history, as in a frame that forbids it, goes on without.
    let Ok(history) = window().history() else { return };
    let _ = match is_step {
        true => history.push_state_with_url(&JsValue::NULL, "", Some(&address)),
        false => history.replace_state_with_url(&JsValue::NULL, "", Some(&address)),
    };
}

/// Keys and values of a query, not decoded; a key without a value has an empty one.
pub fn query_pairs(query: &str) -> impl Iterator<Item = (&str, &str)> {
    query.split('&').map(|pair| pair.split_once('=').unwrap_or((pair, "")))
}

/// A query with other values for some keys; what it says under all other keys stands before them.
///
/// - `ours`: the keys with their values, encoded; those without a value are left out
pub fn with_values<'a>(
    query: &str,
    ours: impl IntoIterator<Item = (&'a str, Option<String>)>,
) -> String {
    let ours: Vec<_> = ours.into_iter().collect();
    let is_other = |key: &str| ours.iter().all(|(known, _)| *known != key);
    let others = query.split('&').filter(|pair| {
        let key = pair.split('=').next().unwrap_or(pair);
        !pair.is_empty() && is_other(key)
    });
    let values = ours.iter().filter_map(|(key, value)| Some(format!("{key}={}", value.as_ref()?)));
    others.map(str::to_owned).chain(values).collect::<Vec<_>>().join("&")
}

/// The query of some keys with their values; those without a value are left out.
pub fn query_of(pairs: &[(&str, &str)]) -> String {
    let value = |value: &str| (!value.is_empty()).then(|| encoded(value));
    with_values("", pairs.iter().map(|&(key, text)| (key, value(text))))
}

/// A text as the browser has it in a query.
pub fn encoded(text: &str) -> String {
    match text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte)) {
        true => text.to_owned(),
        // The one character more that a browser escapes in a query: the address would never equal
        // what was written into it.
        false => String::from(encode_uri_component(text)).replace('\'', "%27"),
    }
}

/// A text as it was before it was written into a query.
pub fn decoded(value: &str) -> String {
    match value.contains(['%', '+']) {
        false => value.to_owned(),
        true => {
            let value = value.replace('+', " ");
            decode_uri_component(&value).map_or(value, String::from)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_keys_stay_and_keys_without_a_value_go() {
        let ours = [("a", Some("1".to_owned())), ("b", None)];
        assert_eq!(with_values("b=2&view=song&a&&c", ours), "view=song&c&a=1");
        assert_eq!(with_values("", []), "");
        assert_eq!(query_of(&[("view", "song"), ("song", ""), ("at", "1.5")]), "view=song&at=1.5");
    }

    #[test]
    fn a_key_without_a_value_has_an_empty_one() {
        assert_eq!(
            query_pairs("a=1=2&b&").collect::<Vec<_>>(),
            [("a", "1=2"), ("b", ""), ("", "")]
        );
    }
}
