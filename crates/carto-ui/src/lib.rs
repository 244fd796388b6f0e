//! What the page and the programs of its views are built from: controls, tables, menus, parts that
//! are drawn later, and what they ask of the browser.
//!
//! It knows no data of the study. Classes and ids come from the caller where programs
//! differ, since the stylesheet and the browser tests know them.
#![allow(unreachable_pub, reason = "the component macro of Leptos writes `pub` for its props")]

mod address;
mod browser;
mod buttons;
mod deferred;
mod download;
mod figure;
mod files;
mod menu;
mod messages;
mod navigation;
mod reactive;
mod request;
mod row_window;

pub use address::{
    decoded, encoded, hash, query, query_of, query_pairs, show_address, show_query, with_values,
};
pub use browser::{
    ask_before_leaving, dispatch_event, focus, focus_in_place, meta_element, show_panics,
};
pub use buttons::{Field, ShowAsTable, segment, segments};
pub use deferred::{deferred, until_drawn};
pub use download::{copy_text, save_file, save_picture};
pub use figure::{
    FigureTable, MarkAxis, MarkKey, Tick, figure_row, key_mark, next_mark, scale_bar,
};
pub use files::{FileButton, FolderButton};
pub use menu::{Menu, MenuIds};
pub use messages::{MessageKind, Messages, message};
pub use navigation::{go_to, view_link};
pub use reactive::{
    Dynamic, derived_aria, derived_bool, derived_str, derived_string, dynamic, once_at_rest,
};
pub use request::{PendingRequest, RequestState, unique_number};
pub use row_window::RowWindow;
