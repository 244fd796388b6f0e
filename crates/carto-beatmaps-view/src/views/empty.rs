use leptos::prelude::*;
use web_sys::{CustomEvent, CustomEventInit};

use super::head::FileButton;

/// What this is, and how to begin.
#[component]
pub(crate) fn Empty() -> impl IntoView {
    let demo = move |_| {
        // The page makes it, and hands over what it made.
        let options = CustomEventInit::new();
        options.set_detail(&"demo".into());
        let event = CustomEvent::new_with_event_init_dict("carto-files", &options);
        if let Ok(event) = event {
            let _ = window().dispatch_event(&event);
        }
    };
    view! {
        <section class="beat-empty plate">
            <p class="lede">
                "Players sort maps by feel: stream, jump, tech. Collections that they share hold such labels, and a classifier learnt from thousands of these maps how they differ in numbers. Here it says of every difficulty how much it belongs to each of fifteen kinds, and what in the map speaks for it."
            </p>
            <p>
                "Drop " <b>".osz"</b> " archives or " <b>".osu"</b> " files anywhere in this window. Your own " <b>"collection.db"</b> " or "
                <b>".osdb"</b> " can be dropped too, to train a classifier on your own labels."
            </p>
            <div class="beat-empty__buttons">
                <FileButton id="beat-files" label="Choose files" is_folder=false/>
                <FileButton id="beat-folder" label="Choose a folder" is_folder=true/>
                <button class="button" type="button" on:click=demo>"Try the demo set"</button>
            </div>
            <p class="beat-empty__promise">"Your files stay on this computer. Nothing you drop is uploaded."</p>
        </section>
    }
}
