//! The parts of the page. They read one [`Run`](crate::run::Run) and hold no
//! state but what is on screen: which row is lit, which menu is open.

mod agreement;
mod beatmaps_host;
mod bring_back;
mod channel_demo;
mod chart_data;
mod drop_frame;
mod encoder;
mod evidence;
mod file_buttons;
mod footer;
mod header;
mod held_out;
mod html_sheets;
mod icons;
mod intro;
mod issues_panel;
mod keep_panel;
mod latent_data;
mod latent_sheets;
mod latents;
mod later;
mod method;
mod method_note;
mod mode_switch;
mod published;
mod result_name;
mod result_parts;
mod result_text;
mod run_head;
mod run_labels;
mod save_menu;
mod saved_files;
mod sentences;
mod share_menu;
mod songs;
mod stage_panel;
mod synthesis;
mod yours;

pub(crate) use beatmaps_host::BeatmapsHost;
pub(crate) use drop_frame::DropFrame;
pub(crate) use encoder::bundled_encoder;
pub(crate) use footer::Footer;
pub(crate) use header::Header;
pub(crate) use later::{LaterPart, LaterParts, Part};
pub(crate) use published::{FirstChart, PublishedView};
