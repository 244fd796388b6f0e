//! The header of the page: name, views, theme.

use carto_ui::derived_str;
use leptos::prelude::*;

use super::icons::{THEME_DARK, THEME_LIGHT, THEME_SYSTEM, live_icon, mark};
use crate::theme::Theme;
use crate::view_state::{Tab, use_view_state};

/// Logo, name, links to the views and to the method, and the button for the theme.
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

/// A link to a view; a press with a modifier key opens it beside this one, as any link.
fn tab(tab: Tab, name: &'static str) -> impl IntoView {
    let look = use_view_state();
    let href = match tab {
        Tab::Published => "./",
        Tab::Yours => "./?view=yours",
        Tab::Beatmaps => "./?view=beatmaps",
        Tab::Song => "./?view=song",
        Tab::Mapper => "./?view=mapper",
    };
    let open = move |event: leptos::ev::MouseEvent| {
        if event.ctrl_key() || event.meta_key() || event.shift_key() {
            return;
        }
        event.prevent_default();
        look.tab.set(tab);
    };
    // A song and a mapper are parts of a person's own maps.
    let current = move || match look.tab.get() {
        shown if shown == tab => Some("page"),
        Tab::Song | Tab::Mapper if tab == Tab::Yours => Some("true"),
        _ => None,
    };
    view! {
        <a class="header__link header__tab" href=href aria-current=current on:click=open>
            {name}
        </a>
    }
}

/// A button that changes the theme: as the system, light, dark, and round again.
#[component]
fn ThemeButton() -> impl IntoView {
    let theme = RwSignal::new(Theme::stored());
    let drawing = Signal::derive(move || match theme.get() {
        Theme::System => THEME_SYSTEM,
        Theme::Light => THEME_LIGHT,
        Theme::Dark => THEME_DARK,
    });
    let label = derived_str(move || match theme.get() {
        Theme::System => "Colours: as the system",
        Theme::Light => "Colours: light",
        Theme::Dark => "Colours: dark",
    });
    let switch = move |_| {
        theme.update(|theme| *theme = theme.next());
        theme.get_untracked().apply();
    };
    view! {
        <button id="theme" class="icon-button" type="button" aria-label=label title=label on:click=switch>
            {live_icon(drawing)}
        </button>
    }
}
