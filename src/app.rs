//! The page as a whole.

use carto_protocol::ResultSource;
use leptos::ev;
use leptos::prelude::*;

use crate::address::askable;
use crate::arrive::{listen_to_launches, use_takers};
use crate::beatmaps::BeatmapsHost;
use crate::state::{Asked, Phase, Results, Run};
use crate::trouble;
use crate::view_state::{Tab, ViewState, follow_address, fragment, go_to_part, parameter, set};
use crate::views::{
    DropFrame, Footer, Header, HowItWorks, PublishedView, YoursView, drawn, encoder, flag, later,
    text, word,
};

/// What the page speaks of, and then the page, in a task of its own: until that is
/// drawn, what `index.html` holds is in its place. It waits for the figures that it
/// opens on, so that no part of it is pushed down when they come.
#[component]
pub(crate) fn App() -> impl IntoView {
    let run = Run::new();
    provide_context(run);
    run.set_device(encoder::device_of_address());
    let results = Results::new();
    provide_context(results);
    let look = follow_address(move || run.phase().get_untracked() != Phase::Empty);
    provide_context(look);
    open_what_the_address_names(results);
    listen_to_launches(use_takers());
    let is_settled = Memo::new(move |_| results.is_settled().get());
    drawn(move || {
        if !is_settled.get() {
            return ().into_any();
        }
        trouble::started();
        view! { <Page run results look/> }.into_any()
    })
}

/// Two views: the published run or an opened result, and a person's own maps.
#[component]
fn Page(
    /// The run of the page.
    run: Run,
    /// Results that were not made here.
    results: Results,
    /// What a person looks at.
    look: ViewState,
) -> impl IntoView {
    let phase = run.phase();
    let state_name = word(move || match phase.get() {
        Phase::Empty => "empty",
        Phase::Running => "running",
        Phase::Cancelled => "cancelled",
        Phase::Done => "done",
    });
    // Whoever brings files wants to see them, wherever they stood.
    Effect::new(move |before: Option<Phase>| {
        let now = phase.get();
        let stays = look.tab.get_untracked() == Tab::Beatmaps;
        if before == Some(Phase::Empty) && now == Phase::Running && !stays {
            look.tab.set(Tab::Yours);
        }
        now
    });
    Effect::new(move || {
        if results.opened().with(Option::is_some) {
            look.tab.set(Tab::Published);
        }
    });
    Effect::new(move || {
        if results.cross_validation().with(Option::is_some) {
            look.tab.set(Tab::Yours);
        }
    });
    // The rules stand in the address; whoever changes them changes both.
    let mode = run.mode();
    Effect::new(move || run.set_mode(look.mode.get()));
    Effect::new(move || set(look.mode, mode.get()));
    // Once the parts are drawn.
    request_animation_frame(go_to_part);
    let failure = run.failure();
    let page = drawn(move || match look.tab.get() {
        Tab::Published => view! { <PublishedView/> }.into_any(),
        Tab::Yours => view! { <YoursView/> }.into_any(),
        Tab::Beatmaps => ().into_any(),
    });
    let tab_name = word(move || match look.tab.get() {
        Tab::Published => "published",
        Tab::Yours => "yours",
        Tab::Beatmaps => "beatmaps",
    });
    view! {
        <a class="skip-link" href="#main">"Skip to the charts"</a>
        <Header/>
        <main id="main" class="page" tabindex="-1" data-state=state_name data-view=tab_name>
            <div role="alert" class="failure-slot">
                <p class="failure" hidden=flag(move || failure.with(Option::is_none))>{failure}</p>
                {refusal(results.opening())}
                {refusal(results.laying())}
            </div>
            <p id="announcement" class="visually-hidden" role="status">{run.announcement()}</p>
            {page}
            <BeatmapsHost/>
            {later(|| view! { <HowItWorks/> }.into_any())}
        </main>
        {later(|| view! { <Footer/> }.into_any())}
        <DropFrame/>
    }
}

/// Why a result could not be opened, as long as that is the last that was tried.
fn refusal(opening: Signal<Asked<()>>) -> impl IntoView {
    let why = text(move || match opening.get() {
        Asked::Failed(why) => why,
        _ => String::new(),
    });
    view! { <p class="failure" hidden=flag(move || why.with(String::is_empty))>{why}</p> }
}

/// A result in the fragment goes before one at an address; another may lie over it.
fn open_what_the_address_names(results: Results) {
    let open_link = move || {
        let fragment = fragment();
        if is_link(&fragment) {
            results.open(ResultSource::Link { fragment }, Vec::new());
        }
        is_link(&self::fragment())
    };
    if !open_link()
        && let Some(url) = parameter("results")
    {
        match askable(&url) {
            Ok(url) => results.open(ResultSource::Address { url }, Vec::new()),
            Err(why) => results.refuse(why),
        }
    }
    if let Some(url) = parameter("compare") {
        match askable(&url) {
            Ok(url) => results.lay_beside(ResultSource::Address { url }),
            Err(why) => results.refuse(why),
        }
    }
    // A link that is put into the address of an open page.
    let handle = window_event_listener(ev::hashchange, move |_| {
        open_link();
    });
    on_cleanup(move || handle.remove());
}

/// Every version of our links begins so; other fragments are places on the page.
fn is_link(fragment: &str) -> bool {
    let mut chars = fragment.chars();
    chars.next() == Some('r')
        && chars.next().is_some_and(|digit| digit.is_ascii_digit())
        && fragment.contains('=')
}

/// The run that the whole page speaks of.
pub(crate) fn use_run() -> Run {
    expect_context::<Run>()
}

/// Results that were not made here.
pub(crate) fn use_results() -> Results {
    expect_context::<Results>()
}
