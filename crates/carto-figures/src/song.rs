//! `song.svg`: two maps of a song over time.

use carto_charts::{ChartText, SongChart};
use carto_types::{MomentKind, SignalChannel, SongMoment};
use plotters::backend::DrawingBackend;

use crate::figure::{Figure, MARGIN_PX};
use crate::sheet::{Drawn, Lettering, Sheet};
use crate::song_profile::{self, PROFILE_BOTTOM_PX};
use crate::song_strips::{self, N_COLUMNS, Strip, height_px};
use crate::theme::Theme;

/// Width of the figures of two maps over time.
pub(crate) const WIDTH_PX: u32 = 946;
/// The line of the finding, below the heading.
pub(crate) const FINDING_PX: f64 = 60.0;
/// From one line of the list of moments to the next.
const ROW_PX: f64 = 19.0;
/// Left ends of the two columns of the list.
const LIST_LEFT_PX: [f64; 2] = [MARGIN_PX, 484.0];
/// From the left end of a column to its time, to what a moment is about, and to the end of its r.
const LIST_COLUMNS_PX: [f64; 3] = [20.0, 74.0, 420.0];
/// Lines of a list: its head and three moments.
const LIST_ROWS: f64 = 4.0;
const LIST_TOP_PX: f64 = PROFILE_BOTTOM_PX + 52.0;
const STRIPS_TOP_PX: f64 = LIST_TOP_PX + LIST_ROWS * ROW_PX + 34.0;
/// What stands below the strips: their times, and the caption.
pub(crate) const FOOT_PX: f64 = 102.0;

impl Figure for SongChart<'_> {
    fn size(&self) -> (u32, u32) {
        (WIDTH_PX, (STRIPS_TOP_PX + height_px(SignalChannel::COUNT) + FOOT_PX) as u32)
    }

    fn text(&self) -> ChartText {
        SongChart::text(self)
    }

    fn draw<DB: DrawingBackend>(&self, sheet: &Sheet<DB>, theme: &Theme) -> Drawn<DB> {
        let finding = Lettering::new(theme.sans, 13.0, theme.ink2);
        sheet.text(&self.finding(), (MARGIN_PX, FINDING_PX), finding)?;
        song_profile::draw(sheet, self, theme)?;
        draw_moments(sheet, self, theme)?;
        song_strips::draw(sheet, self, &strips(self, theme), STRIPS_TOP_PX, theme)
    }
}

/// The nine channels.
fn strips(chart: &SongChart<'_>, theme: &Theme) -> Vec<Strip> {
    let rows = SignalChannel::ALL.into_iter().zip(theme.swatches);
    let strip = |(channel, colour): (SignalChannel, _)| Strip {
        name: channel.name().to_owned(),
        colour,
        edges: [0, 1].map(|map_idx| chart.edges(map_idx, channel, N_COLUMNS)),
        r: chart.r(channel),
    };
    rows.map(strip).collect()
}

/// The list of moments: agreement in the left column, divergence in the right one.
fn draw_moments<DB: DrawingBackend>(
    sheet: &Sheet<DB>,
    chart: &SongChart<'_>,
    theme: &Theme,
) -> Drawn<DB> {
    let rows = chart.moment_rows();
    let is_agreement = |moment: &&SongMoment| moment.kind == MomentKind::Agreement;
    let n_of_agreement = chart.song.moments.iter().filter(is_agreement).count();
    let (agreement, divergence) = rows.split_at(n_of_agreement.min(rows.len()));
    let columns = [("Strongest agreement", agreement), ("Strongest divergence", divergence)];
    let head = Lettering::new(theme.serif, 13.0, theme.ink2).italic();
    let plain = Lettering::new(theme.sans, 12.0, theme.ink);
    for (left, (title, rows)) in LIST_LEFT_PX.into_iter().zip(columns) {
        sheet.text(title, (left, LIST_TOP_PX), head)?;
        for (place, [number, time, what, r]) in (1_u32..).zip(rows) {
            let y = LIST_TOP_PX + f64::from(place) * ROW_PX;
            let [time_left, what_left, r_end] = LIST_COLUMNS_PX.map(|offset| left + offset);
            sheet.text(number, (left, y), plain)?;
            sheet.text(time, (time_left, y), plain.bold())?;
            sheet.text(what, (what_left, y), plain)?;
            sheet.text(r, (r_end, y), plain.flush_right())?;
        }
    }
    Ok(())
}
