//! Light or dark colours, or as the system has it.

use leptos::prelude::*;

use crate::settings::{store, stored};

/// Key of the choice in the browser's storage; `www/boot.js` reads it before the first paint.
const STORAGE_KEY: &str = "osu-cartography.theme.v1";

/// Colours of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Theme {
    /// As the system prefers.
    System,
    /// Dark text on light ground.
    Light,
    /// Light text on dark ground.
    Dark,
}

impl Theme {
    /// The theme that was stored at an earlier visit; the system's if there is none.
    pub(crate) fn stored() -> Self {
        match stored(STORAGE_KEY).as_deref() {
            Some("light") => Self::Light,
            Some("dark") => Self::Dark,
            _ => Self::System,
        }
    }

    /// The theme that a press of the button brings: system, light, dark, and round again.
    pub(crate) fn next(self) -> Self {
        match self {
            Self::System => Self::Light,
            Self::Light => Self::Dark,
            Self::Dark => Self::System,
        }
    }

    /// Name of the theme: the class on `<html>`, and the value in storage.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// Changes the colours of the page, and stores the choice for the next visit.
    ///
    /// A browser that stores nothing still changes its colours.
    pub(crate) fn apply(self) {
        if let Some(root) = document().document_element() {
            let classes = root.class_list();
            let _ = classes.remove_2("light", "dark");
            if self != Self::System {
                let _ = classes.add_1(self.name());
            }
        }
        store(STORAGE_KEY, (self != Self::System).then(|| self.name()));
    }
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
