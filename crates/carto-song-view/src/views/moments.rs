//! The moments of strongest agreement and divergence, as lists that lead there.

use carto_charts::moment_text;
use carto_charts::number::{clock, fixed};
use carto_types::{MomentKind, SongMoment};
use carto_ui::dynamic;
use leptos::prelude::*;

use crate::client::use_client;
use crate::player::{Player, use_player};

/// Two lists; nothing of a kind of which there is none.
#[component]
pub(super) fn Moments() -> impl IntoView {
    let (state, player) = (use_client().state, use_player());
    // More may become known of a pair; its moments stay.
    let moments = Memo::new(move |_| state.opened().map(|pair| pair.song.moments.clone()));
    let lists = dynamic(move || {
        let Some(moments) = moments.get() else { return ().into_any() };
        let list = |kind: MomentKind, title: &'static str| {
            let of_kind: Vec<_> = moments.iter().filter(|it| it.kind == kind).collect();
            (!of_kind.is_empty()).then(|| {
                let items = of_kind.into_iter().map(|it| item(it, player)).collect_view();
                view! {
                    <h2 class="song-moments__title">{title}</h2>
                    <ul class="song-moments">{items}</ul>
                }
            })
        };
        view! {
            {list(MomentKind::Agreement, "Strongest agreement")}
            {list(MomentKind::Divergence, "Strongest divergence")}
        }
        .into_any()
    });
    view! { <section aria-label="Moments">{lists}</section> }
}

fn item(moment: &SongMoment, player: Player) -> impl IntoView {
    let number = moment.number;
    view! {
        <li>
            <button
                class="song-moment"
                type="button"
                aria-keyshortcuts=number.to_string()
                on:click=move |_| player.jump(number)
            >
                <span class="song-moment__number">{number}</span>
                <span class="song-moment__text">
                    <b>{clock(moment.from_ms)}</b>
                    " "
                    {moment_text(moment)}
                </span>
                <span class="song-moment__r">{fixed(moment.mean, 2)}</span>
            </button>
        </li>
    }
}
