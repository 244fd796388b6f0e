//! The name of the page and what stays in reach.

use leptos::prelude::*;

use super::icons::{THEME_DARK, THEME_LIGHT, THEME_SYSTEM, live_icon, mark};
use super::live::word;
use crate::theme::Theme;
use crate::view_state::{Tab, use_view_state};

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
                <nav class="header__nav" aria-label="Views">
                    {tab(Tab::Published, "Published results")}
                    {tab(Tab::Yours, "Your maps")}
                    {tab(Tab::Beatmaps, "Beatmaps")}
                    <a class="header__link" href="#how">"How it works"</a>
                </nav>
                <ThemeButton/>
            </div>
        </header>
    }
}

/// The way to a view; it is a link, so that it can be opened beside this one.
fn tab(tab: Tab, name: &'static str) -> impl IntoView {
    let look = use_view_state();
    let href = match tab {
        Tab::Published => "./",
        Tab::Yours => "./?view=yours",
        Tab::Beatmaps => "./?view=beatmaps",
    };
    let turn = move |event: leptos::ev::MouseEvent| {
        if event.ctrl_key() || event.meta_key() || event.shift_key() {
            return;
        }
        event.prevent_default();
        look.tab.set(tab);
    };
    let current = move || (look.tab.get() == tab).then_some("page");
    view! {
        <a class="header__link header__tab" href=href aria-current=current on:click=turn>
            {name}
        </a>
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
