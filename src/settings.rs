//! What the browser remembers of a person's choices, and whether fetching costs them.

use js_sys::Reflect;
use leptos::prelude::window;

/// Key of the choice that latents do not start by themselves; the number is that of the
/// values' meaning.
const LATENTS_KEY: &str = "osu-cartography.latents.v1";

/// The value under it; every other one is as none.
const OFF: &str = "off";

/// Key of the choice that what is read is kept for the next visit, as the one above.
const KEEPING_KEY: &str = "osu-cartography.keep.v1";

/// The value under it; every other one is as none.
const ON: &str = "on";

/// Key of the choice that the result of the last run is not kept, as the first one.
const LAST_RUN_KEEPING_KEY: &str = "osu-cartography.keep-last-run.v1";

/// Key of the day and the name of the run that is kept, a blank between them.
const LAST_RUN_KEY: &str = "osu-cartography.last-run.v1";

/// The run whose result is kept for the next visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LastRun {
    /// Day on which it was made, `2026-11-30`.
    pub(crate) day: String,
    /// What it is called.
    pub(crate) name: String,
}

/// What was stored under a key at an earlier visit.
pub(crate) fn stored(key: &str) -> Option<String> {
    storage().and_then(|storage| storage.get_item(key).ok().flatten())
}

/// Stores a choice for the next visit, or forgets it. A browser that stores nothing is
/// asked in vain, and nothing else happens.
pub(crate) fn store(key: &str, value: Option<&str>) {
    if let Some(storage) = storage() {
        let _ = match value {
            Some(value) => storage.set_item(key, value),
            None => storage.remove_item(key),
        };
    }
}

/// Whether latents start by themselves: unless a person switched that off.
pub(crate) fn has_automatic_latents() -> bool {
    stored(LATENTS_KEY).as_deref() != Some(OFF)
}

/// Remembers whether latents start by themselves.
pub(crate) fn store_automatic_latents(is_on: bool) {
    store(LATENTS_KEY, (!is_on).then_some(OFF));
}

/// Whether what is fetched may cost the person: the browser is told to save data, or goes
/// through a mobile line. Browsers that do not tell count as no.
pub(crate) fn is_metered() -> bool {
    let navigator = window().navigator();
    let Ok(connection) = Reflect::get(&navigator, &"connection".into()) else { return false };
    let get = |name: &str| Reflect::get(&connection, &name.into()).unwrap_or_default();
    get("saveData").is_truthy() || get("type").as_string().as_deref() == Some("cellular")
}

/// Whether a person wants what is read to be kept for the next visit.
pub(crate) fn is_keeping() -> bool {
    stored(KEEPING_KEY).as_deref() == Some(ON)
}

/// Remembers whether what is read is kept for the next visit.
pub(crate) fn store_keeping(is_on: bool) {
    store(KEEPING_KEY, is_on.then_some(ON));
}

/// Whether the result of the last run is kept for the next visit: unless a person switched
/// that off.
pub(crate) fn is_keeping_last_run() -> bool {
    stored(LAST_RUN_KEEPING_KEY).as_deref() != Some(OFF)
}

/// Remembers whether the result of the last run is kept for the next visit.
pub(crate) fn store_keeping_last_run(is_on: bool) {
    store(LAST_RUN_KEEPING_KEY, (!is_on).then_some(OFF));
}

/// The run whose result is kept.
pub(crate) fn last_run() -> Option<LastRun> {
    let stored = stored(LAST_RUN_KEY)?;
    let (day, name) = stored.split_once(' ')?;
    Some(LastRun { day: day.to_owned(), name: name.to_owned() })
}

/// Remembers which run's result is kept, or that none is.
pub(crate) fn store_last_run(last_run: Option<&LastRun>) {
    let text = last_run.map(|LastRun { day, name }| format!("{day} {name}"));
    store(LAST_RUN_KEY, text.as_deref());
}

fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}
