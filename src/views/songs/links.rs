//! Links of a song: to osu!'s own pages, which are plain, so that nothing is fetched until a person
//! clicks them, and to the views of one song and of mappers.

use carto_types::song_name;
use carto_ui::encoded;
use leptos::prelude::*;

use crate::view_state::{Tab, use_view_state};

/// osu!'s search of beatmaps.
const SEARCH: &str = "https://osu.ppy.sh/beatmapsets?q=";

/// Of all states, since a map that is not ranked is as good, and osu!standard alone.
const ALL_STANDARD: &str = "&m=0&s=any";

/// osu!'s page of one map, before its number.
const BEATMAP: &str = "https://osu.ppy.sh/beatmaps/";

/// What osu! finds for these words.
pub(super) fn search_link(words: &str, text: String, class: &'static str) -> AnyView {
    link(search_address(words), text, class)
}

/// What osu! finds for a song, to look for a map of it by somebody else.
pub(super) fn other_mappers_link(title: &str, artist: &str) -> AnyView {
    let text = format!("Find another mapper’s map of {title}");
    search_link(&song_words(title, artist), text, "")
}

/// osu!'s page of a map.
///
/// - `beatmap_id`: the number that osu! gave it when it was uploaded
pub(super) fn map_link(beatmap_id: u64, text: String) -> AnyView {
    link(format!("{BEATMAP}{beatmap_id}"), text, "")
}

/// To the view of one song; a press with a modifier key opens it beside this one, as any link.
pub(super) fn view_link(title: &str, artist: &str) -> AnyView {
    let look = use_view_state();
    let name = song_name(title, artist);
    let href = format!("./?view=song&song={}", encoded(&name));
    let label = Some(format!("Open song: {title}"));
    let open = move || {
        look.song.set(name.clone());
        look.tab.set(Tab::Song);
    };
    own_link(href, "Open song".to_owned(), label, open)
}

/// To the view of a mapper; empty for the list of all mappers of the run.
///
/// - `before`: done before the view changes
pub(super) fn mapper_link(mapper: &str, text: String, before: impl Fn() + 'static) -> AnyView {
    let look = use_view_state();
    let (href, label) = match mapper {
        "" => ("./?view=mapper".to_owned(), None),
        mapper => {
            let href = format!("./?view=mapper&mapper={}", encoded(mapper));
            (href, Some(format!("Compare {mapper} with the other mappers of the same songs")))
        }
    };
    let mapper = mapper.to_owned();
    let open = move || {
        before();
        look.mapper.set(mapper.clone());
        look.against.set(String::new());
        look.tab.set(Tab::Mapper);
    };
    own_link(href, text, label, open)
}

/// A link to another view of this page.
fn own_link(
    href: String,
    text: String,
    label: Option<String>,
    open: impl Fn() + 'static,
) -> AnyView {
    let open = move |event: leptos::ev::MouseEvent| {
        if event.ctrl_key() || event.meta_key() || event.shift_key() {
            return;
        }
        event.prevent_default();
        open();
        window().scroll_to_with_x_and_y(0.0, 0.0);
    };
    view! {
        <a href=href class="songs__open" aria-label=label on:click=open>{text}</a>
    }
    .into_any()
}

/// The words that find a song.
pub(super) fn song_words(title: &str, artist: &str) -> String {
    format!("{artist} {title}")
}

fn link(href: String, text: String, class: &'static str) -> AnyView {
    view! {
        <a href=href class=class target="_blank" rel="noopener noreferrer">{text}</a>
    }
    .into_any()
}

fn search_address(words: &str) -> String {
    let mut address = SEARCH.to_owned();
    for byte in words.trim().bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                address.push(char::from(byte));
            }
            _ => {
                const HEX: &[u8; 16] = b"0123456789ABCDEF";
                let digit = |value: u8| char::from(HEX[usize::from(value)]);
                address.extend(['%', digit(byte >> 4), digit(byte & 15)]);
            }
        }
    }
    address + ALL_STANDARD
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_any_kind_stay_one_value_of_the_query() {
        assert_eq!(
            search_address(" a&b=c?#/ \"é\" "),
            "https://osu.ppy.sh/beatmapsets?q=a%26b%3Dc%3F%23%2F%20%22%C3%A9%22&m=0&s=any"
        );
        assert_eq!(search_address("Az09-_.~"), format!("{SEARCH}Az09-_.~{ALL_STANDARD}"));
    }
}
