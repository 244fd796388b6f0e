//! Light, dark, or as the system has it.

use leptos::prelude::*;

/// Where the choice is kept; `www/boot.js` reads it before the first paint.
const STORAGE_KEY: &str = "osu-cartography.theme.v1";

/// Which colours the page wears.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Theme {
    /// What the system prefers.
    System,
    /// Paper.
    Light,
    /// Night.
    Dark,
}

impl Theme {
    /// The one kept from an earlier visit.
    pub(crate) fn stored() -> Self {
        let stored = storage().and_then(|storage| storage.get_item(STORAGE_KEY).ok().flatten());
        match stored.as_deref() {
            Some("light") => Self::Light,
            Some("dark") => Self::Dark,
            _ => Self::System,
        }
    }

    /// The next in the button's round.
    pub(crate) fn next(self) -> Self {
        match self {
            Self::System => Self::Light,
            Self::Light => Self::Dark,
            Self::Dark => Self::System,
        }
    }

    /// The class on `<html>`, the word in storage and on the button.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// Puts it on, and keeps it for the next visit.
    ///
    /// A browser that keeps nothing still changes its colours.
    pub(crate) fn apply(self) {
        if let Some(root) = document().document_element() {
            let classes = root.class_list();
            let _ = classes.remove_2("light", "dark");
            if self != Self::System {
                let _ = classes.add_1(self.name());
            }
        }
        if let Some(storage) = storage() {
            let _ = match self {
                Self::System => storage.remove_item(STORAGE_KEY),
                _ => storage.set_item(STORAGE_KEY, self.name()),
            };
        }
    }
}

fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_round_visits_all_three() {
        let round = [Theme::System, Theme::Light, Theme::Dark];
        for (idx, theme) in round.iter().enumerate() {
            assert_eq!(theme.next(), round[(idx + 1) % 3]);
        }
    }
}
