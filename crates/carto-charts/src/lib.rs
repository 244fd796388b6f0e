//! The chart model: what every chart shows, ready to be drawn.
//!
//! Data of [`carto_types`] in, plain structs out: axes with their labels, places as shares of
//! an axis, bins, classes with their bands, and all texts with their numbers. `carto-figures`
//! draws them as pictures, the page as DOM. Nothing here knows a pixel, a colour or a browser.

mod agreement;
mod axis;
mod channel;
mod class;
mod cosines;
mod evidence;
mod evidence_measures;
mod evidence_panel;
mod evidence_reach;
mod evidence_words;
#[cfg(test)]
mod fixtures;
mod held_out;
mod latents;
mod line_figure;
mod mapper;
mod mapper_words;
mod matrices;
mod matrix;
mod mean;
mod metric;
pub mod number;
mod places;
mod signs;
mod song;
mod song_latents;
mod song_words;
mod songs;
mod text;

pub use agreement::{AgreementChart, AgreementRow, Progress};
pub use axis::{AxisPart, TenthsAxis};
pub use carto_types::{AgreementClass, ClassBounds};
pub use channel::{CHANNELS, ChannelLabels, channel_name, family_opened_by};
pub use class::{Band, background, band_name, bands, class_symbol, class_word};
pub use cosines::{CosineBar, CosineBins, CosineChart, CosineMean};
pub use evidence::{EvidenceChart, EvidenceRow};
pub use evidence_measures::{CarryingSong, CarryingSongs, Measure, MeasuresChart};
pub use evidence_panel::{EvidencePanel, KeyFigure};
pub use evidence_reach::{NullRow, ReachChart, ShiftBin};
pub use evidence_words::{
    alignment_sources, alignment_text, interval_text, lag_text, left_out_and_copies, place_text,
    why_not_aligned, with_interval,
};
pub use held_out::HeldOutChart;
pub use latents::{LatentChart, LatentRow, OtherLatent, agreement_of};
pub use line_figure::LineFigure;
pub use mapper::{MapperChart, MapperRow};
pub use mapper_words::{direction_rule, direction_text, stars_text, why_undetermined_text};
pub use matrices::{
    CouplingChart, HeatmapChart, cell_label, closest_sentence, direction, matrix_facts,
    matrix_finding, matrix_kicker, other_sampling, strongest_latent,
};
pub use matrix::{
    COLORMAP_KEY, Cell, Nearest, Sampling, by_channel, cell_text, colormap_place, nearest_channel,
    r_text, value,
};
pub use mean::{PairMean, Whisker, correlation};
pub use metric::Metric;
pub use places::{LatentOrder, Places};
pub use signs::{
    PText, SignChoice, direct_r, expected_signs, p_text, same_signs, sign_members, small_p_values,
};
pub use song::{ProfilePoint, SongChart, SongMark, strip_height, time_step_ms, window_runs};
pub use song_latents::{
    SongLatentRow, SongLatentsChart, latent_extent, latent_height, latents_finding,
};
pub use song_words::{moment_text, section_name, song_finding};
pub use songs::{SongRow, SongsChart, result_name, songs_finding, timing_r};
pub use text::{COSINE_NOTE, ChartText, encoder_caption};
