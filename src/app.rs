//! The page as a whole.

use carto_protocol::ResultSource;
use carto_types::DeviceChoice;
use carto_ui::{MessageKind, Messages, deferred, derived_str, derived_string, dynamic, message};
use leptos::ev;
use leptos::prelude::*;

use crate::address::allowed_url;
use crate::own_result::OwnResult;
use crate::results::{RequestState, Results};
use crate::routing::FileSinks;
use crate::run::{Phase, Run};
use crate::settings::{has_automatic_latents, is_metered};
use crate::title::follow;
use crate::view_state::{Tab, ViewState, follow_address, fragment, go_to_part, parameter, set};
use crate::views::{
    BeatmapsHost, DropFrame, FirstChart, Footer, Header, LaterPart, LaterParts, MapperHost, Part,
    PublishedView, SongHost, bundled_encoder,
};

/// State of the page, and then the page itself, in a task of its own: until that is drawn,
/// the first view of `index.html` is in its place. It waits for the figures that it opens
/// on, so that no part of it is pushed down when they come.
#[component]
pub(crate) fn App() -> impl IntoView {
    let run = Run::new();
    provide_context(run);
    run.set_device(requested_device());
    run.offer_encoder(bundled_encoder(), has_automatic_latents(), is_metered());
    provide_context(OwnResult::new(run));
    let results = Results::new();
    provide_context(results);
    let look = follow_address(move || run.state.phase.get_untracked() != Phase::Empty);
    provide_context(look);
    open_what_the_address_names(results);
    let sinks = FileSinks::new(run, results, look.tab);
    provide_context(sinks);
    sinks.listen_to_launches();
    let is_settled = Memo::new(move |_| results.state.is_settled.get());
    dynamic(move || {
        if !is_settled.get() {
            return ().into_any();
        }
        provide_context(FirstChart::take_from_first_view());
        view! { <Page run results look/> }.into_any()
    })
}

/// Five views: the published run or an opened result, a person's own maps, the labels of
/// maps, one song over time, and one mapper.
#[component]
fn Page(
    /// The run of the page.
    run: Run,
    /// Results that were not made here.
    results: Results,
    /// The choices of what is shown.
    look: ViewState,
) -> impl IntoView {
    let phase = run.state.phase;
    let state_name = derived_str(move || match phase.get() {
        Phase::Empty => "empty",
        Phase::Running => "running",
        Phase::Cancelled => "cancelled",
        Phase::Done => "done",
    });
    // A person who drops files wants to see their run, whichever view was shown.
    Effect::new(move |before: Option<Phase>| {
        let now = phase.get();
        let stays = matches!(look.tab.get_untracked(), Tab::Beatmaps | Tab::Song | Tab::Mapper);
        if before == Some(Phase::Empty) && now == Phase::Running && !stays {
            look.tab.set(Tab::Yours);
        }
        now
    });
    Effect::new(move || {
        if let Some(opened) = results.state.opened.get() {
            look.tab.set(Tab::Published);
            run.add_owners(&opened.owners);
        }
    });
    Effect::new(move || {
        let is_read = |state: &RequestState<_>| {
            matches!(state, RequestState::Ready(_) | RequestState::Failed(_))
        };
        if results.state.cross_validation.with(is_read) {
            look.tab.set(Tab::Yours);
        }
    });
    follow(look, run, results);
    // The rules stand in the address; whoever changes them changes both.
    let mode = run.state.mode;
    Effect::new(move || run.set_mode(look.mode.get()));
    Effect::new(move || set(look.mode, mode.get()));
    // What was refused is over with the next run, with other rules, and with *Clear* and its undo.
    Effect::new(move |before: Option<(bool, carto_types::Mode)>| {
        let now = (phase.get() == Phase::Empty, mode.get());
        if before.is_some_and(|before| before != now) {
            results.forget_refusals();
        }
        now
    });
    // Once the parts are drawn.
    request_animation_frame(go_to_part);
    let failure = derived_string(move || run.state.failure.get().unwrap_or_default());
    // The view of beatmaps has a status of its own, which speaks of maps and not of pairs.
    let announcement = derived_string(move || match look.tab.get() {
        Tab::Beatmaps => String::new(),
        Tab::Published | Tab::Yours | Tab::Song | Tab::Mapper => run.state.announcement.get(),
    });
    let page = dynamic(move || match look.tab.get() {
        Tab::Published => view! { <PublishedView/> }.into_any(),
        Tab::Yours => view! { <LaterPart part=Part::YourMaps/> }.into_any(),
        Tab::Beatmaps | Tab::Song | Tab::Mapper => ().into_any(),
    });
    let tab_name = derived_str(move || match look.tab.get() {
        Tab::Published => "published",
        Tab::Yours => "yours",
        Tab::Beatmaps => "beatmaps",
        Tab::Song => "song",
        Tab::Mapper => "mapper",
    });
    let parts = LaterParts::new();
    provide_context(parts);
    let are_settled = parts.are_settled();
    // The last of the page: nothing that comes later pushes it down.
    let footer = dynamic(move || match are_settled.get() {
        true => deferred(|| view! { <Footer/> }.into_any()).into_any(),
        false => ().into_any(),
    });
    view! {
        <a class="skip-link" href="#main">"Skip to the charts"</a>
        <Header/>
        <main id="main" class="page" tabindex="-1" data-state=state_name data-view=tab_name>
            <Messages>
                {message(MessageKind::Failure, failure, Callback::new(move |()| run.dismiss_failure()))}
                {refusal(results.state.opening)}
                {refusal(results.state.opening_overlay)}
                {message(MessageKind::Failure, cross_validation_refusal(results), forget(results.state.cross_validation))}
            </Messages>
            <p id="announcement" class="visually-hidden" role="status">{announcement}</p>
            {page}
            <BeatmapsHost/>
            <SongHost/>
            <MapperHost/>
            {deferred(|| view! { <LaterPart part=Part::Method/> }.into_any())}
        </main>
        {footer}
        <DropFrame/>
    }
}

/// Why a result could not be opened, as long as that is the last that was tried.
fn refusal(opening: RwSignal<RequestState<()>>) -> AnyView {
    message(MessageKind::Failure, reason(opening), forget(opening))
}

/// Why a cross-validation could not be read, and what to do.
fn cross_validation_refusal(results: Results) -> Signal<String> {
    let reason = reason(results.state.cross_validation);
    derived_string(move || match reason.get() {
        why if why.is_empty() => why,
        why => format!("{why}. Drop the crossval_results.json that carto crossval wrote."),
    })
}

/// Why a request failed; empty if it did not.
fn reason<T: Clone + Send + Sync + 'static>(request: RwSignal<RequestState<T>>) -> Signal<String> {
    derived_string(move || {
        request.with(|request| match request {
            RequestState::Failed(why) => why.clone(),
            _ => String::new(),
        })
    })
}

/// Forgets how a request ended.
fn forget<T: Send + Sync + 'static>(request: RwSignal<RequestState<T>>) -> Callback<()> {
    Callback::new(move |()| request.set(RequestState::Idle))
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
        match allowed_url(&url) {
            Ok(url) => results.open(ResultSource::Address { url }, Vec::new()),
            Err(why) => results.refuse(why),
        }
    }
    if let Some(url) = parameter("compare") {
        match allowed_url(&url) {
            Ok(url) => results.open_overlay(ResultSource::Address { url }),
            Err(why) => results.refuse(why),
        }
    }
    // A link that is put into the address of an open page, or a part that may not be drawn yet.
    let handle = window_event_listener(ev::hashchange, move |_| {
        if !open_link() {
            go_to_part();
        }
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

/// What is to compute latents, as the address asks: `?backend=cpu` or `?backend=webgpu`.
fn requested_device() -> DeviceChoice {
    match parameter("backend").as_deref() {
        Some("cpu") => DeviceChoice::Cpu,
        Some("webgpu") => DeviceChoice::WebGpu,
        _ => DeviceChoice::Auto,
    }
}
