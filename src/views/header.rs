//! The name of the page and what stays in reach.

use leptos::prelude::*;

use super::icons::{THEME_DARK, THEME_LIGHT, THEME_SYSTEM, live_icon, mark};
use super::live::word;
use crate::theme::Theme;

/// Mark, name, the way to the explanations, the theme.
#[component]
pub(crate) fn Header() -> impl IntoView {
    view! {
        <header class="header">
            <div class="header__inner">
                <a class="header__name" href="#main">
                    {mark()}
                    <span>"osu! Latent Space"<br/>"Cartography"</span>
                </a>
                <nav class="header__nav" aria-label="On this page">
                    <a class="header__link" href="#how">"How it works"</a>
                </nav>
                <ThemeButton/>
            </div>
        </header>
    }
}

/// Goes round: as the system, light, dark.
#[component]
fn ThemeButton() -> impl IntoView {
    let theme = RwSignal::new(Theme::stored());
    let drawing = Signal::derive(move || match theme.get() {
        Theme::System => THEME_SYSTEM,
        Theme::Light => THEME_LIGHT,
        Theme::Dark => THEME_DARK,
    });
    let label = word(move || match theme.get() {
        Theme::System => "Colours: as the system",
        Theme::Light => "Colours: light",
        Theme::Dark => "Colours: dark",
    });
    let turn = move |_| {
        theme.update(|theme| *theme = theme.next());
        theme.get_untracked().apply();
    };
    view! {
        <button id="theme" class="icon-button" type="button" aria-label=label title=label on:click=turn>
            {live_icon(drawing)}
        </button>
    }
}
