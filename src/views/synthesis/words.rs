//! What Part C says of its figures.

use carto_types::{SignRow, Synthesis};

use super::matrix::{self, Cell};
use crate::format::{NO_VALUE, counted, fixed, n_of};
use crate::views::channels::CHANNELS;

/// Below this, nobody should speak of a direction.
const HARDLY: f64 = 0.05;

/// The heading: what was found.
///
/// - `matrix`: `[n, 9]`, the one that is shown
pub(crate) fn finding(matrix: &[f64], n_maps: usize, is_untrained: bool) -> String {
    match matrix::strongest(matrix) {
        None => "What each latent listens to, not surveyed yet".to_owned(),
        _ if n_maps == 0 => "What each latent listens to, not surveyed yet".to_owned(),
        Some(_) if is_untrained => "What each latent of an untrained encoder listens to".to_owned(),
        Some((Cell { dim, channel }, r)) => {
            let (name, r) = (channel_name(channel), fixed(r, 2));
            format!("Latent {dim} listens to {name} most closely. Their r is {r}.")
        }
    }
}

/// The line above the heading.
pub(crate) fn kicker(n_maps: usize) -> String {
    match n_maps {
        0 => "Part C · latents against channels".to_owned(),
        n => format!("Part C · latents against channels · {}", counted(n, "map", "maps")),
    }
}

/// `Latent 9 and X: −0.89`.
pub(crate) fn cell_label(cell: Cell, r: Option<f64>) -> String {
    let r = r.map_or_else(|| "not surveyed yet".to_owned(), |r| fixed(r, 2));
    format!("Latent {} and {}: {r}", cell.dim, channel_name(cell.channel))
}

/// The direction of a cell as a sentence.
pub(crate) fn direction(cell: Cell, r: f64) -> String {
    let Some(channel) = CHANNELS.get(cell.channel) else { return String::new() };
    let verb = match r {
        r if r.abs() < HARDLY => "Hardly moves with",
        r if r < 0.0 => "Moves against",
        _ => "Moves with",
    };
    format!("{verb} {} ({}).", channel.name, channel.listens)
}

/// The name of a channel by its number.
pub(crate) fn channel_name(channel: usize) -> &'static str {
    CHANNELS.get(channel).map_or(NO_VALUE, |channel| channel.name)
}

/// Channels of a row of the sign statistics: `SLIDE + SUSTAIN`.
pub(crate) fn members(row: &SignRow) -> String {
    let names: Vec<_> = row.channels.iter().map(|&idx| channel_name(idx as usize)).collect();
    names.join(" + ")
}

/// `24 of 25`, or a word where every row was left out.
pub(crate) fn same_signs(row: &SignRow) -> String {
    match row.valid_rows {
        0 => "no rows".to_owned(),
        n => n_of(row.same_count as usize, n as usize),
    }
}

/// What the channels of a pair share before any network.
pub(crate) fn direct_r(row: &SignRow, synthesis: &Synthesis) -> String {
    let [a, b] = row.channels[..] else { return NO_VALUE.to_owned() };
    let cell = Cell { dim: a as usize, channel: b as usize };
    matrix::value(synthesis.between_channels.cells(), cell)
        .map_or_else(|| NO_VALUE.to_owned(), |r| fixed(r, 2))
}

/// How a p is written: a figure, and a power of ten where it is small.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PText {
    /// `0.008`, or `6.0 × 10`.
    pub(crate) figure: String,
    /// `−8`, or nothing.
    pub(crate) exponent: String,
}

/// Three decimals, and below 0.001 one decimal and a power.
pub(crate) fn p_text(p: f64) -> PText {
    let plain = |figure: String| PText { figure, exponent: String::new() };
    if !(0.0..=1.0).contains(&p) {
        return plain(NO_VALUE.to_owned());
    }
    if p >= 0.001 {
        return plain(fixed(p, 3));
    }
    if p < f64::MIN_POSITIVE {
        return plain("0".to_owned());
    }
    let (mut mantissa, mut exponent) = (p, 0);
    while mantissa < 0.995 {
        mantissa *= 10.0;
        exponent += 1;
    }
    PText { figure: format!("{} × 10", fixed(mantissa, 1)), exponent: format!("−{exponent}") }
}

/// How many of a list are small by the usual bound, and how many would be by
/// chance alone.
pub(crate) fn chance(rows: &[SignRow]) -> String {
    const USUAL: f64 = 0.05;
    let n_small = rows.iter().filter(|row| row.valid_rows > 0 && row.p_value < USUAL).count();
    let by_chance = (rows.len() as f64 * USUAL).round() as usize;
    format!(
        "{} have p below 0.05; about {by_chance} would by chance alone.",
        n_of(n_small, rows.len())
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::views::latents::tests::synthesis;

    #[test]
    fn the_heading_names_the_strongest_cell() {
        let synthesis = synthesis();
        let found =
            |n_maps, is_untrained| finding(synthesis.downsampled.cells(), n_maps, is_untrained);
        assert_eq!(found(4, false), "Latent 1 listens to X most closely. Their r is −0.89.");
        assert_eq!(found(4, true), "What each latent of an untrained encoder listens to");
        assert_eq!(found(0, false), "What each latent listens to, not surveyed yet");
        assert_eq!(finding(&[], 4, false), "What each latent listens to, not surveyed yet");
    }

    #[test]
    fn cells_are_read_with_their_direction() {
        let cell = Cell { dim: 9, channel: 7 };
        assert_eq!(cell_label(cell, Some(-0.892)), "Latent 9 and X: −0.89");
        assert_eq!(cell_label(cell, None), "Latent 9 and X: not surveyed yet");
        assert_eq!(direction(cell, -0.89), "Moves against X (cursor, left to right).");
        assert_eq!(direction(cell, 0.02), "Hardly moves with X (cursor, left to right).");
    }

    #[test]
    fn a_small_p_is_a_power() {
        let text = |p| {
            let PText { figure, exponent } = p_text(p);
            figure + &exponent
        };
        assert_eq!(text(0.0076), "0.008");
        assert_eq!(text(1.0), "1.000");
        assert_eq!(text(5.96e-8), "6.0 × 10−8");
        assert_eq!(text(4.55e-4), "4.6 × 10−4");
        assert_eq!(text(9.97e-5), "1.0 × 10−4");
        assert_eq!(text(0.000_999), "1.0 × 10−3");
        assert_eq!(text(0.0), "0");
        assert_eq!(text(f64::NAN), "none");
    }

    #[test]
    fn sign_rows_are_counted_in_words() {
        let synthesis = synthesis();
        let row = &synthesis.pairs[0];
        assert_eq!(members(row), "ONSET + COMBO");
        assert_eq!(same_signs(row), "3 of 3");
        assert_eq!(direct_r(row, &synthesis), "0.51");
        let none = SignRow { valid_rows: 0, same_count: 0, ..row.clone() };
        assert_eq!(same_signs(&none), "no rows");
        assert_eq!(
            chance(&[row.clone(), none]),
            "0 of 2 have p below 0.05; about 0 would by chance alone."
        );
    }
}
