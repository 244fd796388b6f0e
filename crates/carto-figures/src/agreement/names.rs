use plotters::backend::DrawingBackend;
use plotters::style::RGBColor;

use super::layout::Layout;
use crate::channel;
use crate::sheet::{Drawn, Lettering, Sheet};
use crate::theme::Theme;

pub(crate) const MARGIN_PX: f64 = 24.0;
const NAME_PX: f64 = 46.0;
const LISTENS_PX: f64 = 122.0;
/// From the middle of a row to the line that its text stands on.
pub(crate) const BASELINE_PX: f64 = 4.6;

/// The headings over rows of one family.
pub(crate) fn draw_families<DB: DrawingBackend>(
    sheet: &Sheet<DB>,
    layout: &Layout,
    theme: &Theme,
) -> Drawn<DB> {
    let lettering = Lettering::new(theme.serif, 14.0, theme.ink2).italic();
    for &(name, y) in &layout.families {
        sheet.text(name, (MARGIN_PX, y), lettering)?;
    }
    Ok(())
}

/// The left of a row: swatch, name, and what the channel listens to.
pub(crate) fn draw_name<DB: DrawingBackend>(
    sheet: &Sheet<DB>,
    name: &str,
    y: f64,
    theme: &Theme,
) -> Drawn<DB> {
    let baseline = y + BASELINE_PX;
    let lettering = Lettering::new(theme.sans, 13.0, theme.ink).bold();
    sheet.text(name, (NAME_PX, baseline), lettering)?;
    let Some(channel) = channel::named(name) else { return Ok(()) };
    if let Some(&swatch) = channel::position(channel).and_then(|idx| theme.swatches.get(idx)) {
        draw_swatch(sheet, y, swatch)?;
    }
    let listens = Lettering::new(theme.sans, 12.0, theme.ink2);
    sheet.text(channel::listens(channel), (LISTENS_PX, baseline), listens)
}

/// The colour of a channel at the left of its row.
pub(crate) fn draw_swatch<DB: DrawingBackend>(
    sheet: &Sheet<DB>,
    y: f64,
    colour: RGBColor,
) -> Drawn<DB> {
    sheet.block((MARGIN_PX, y - 6.0), (MARGIN_PX + 12.0, y + 6.0), colour)
}
