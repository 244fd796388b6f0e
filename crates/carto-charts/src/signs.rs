//! The table of signs: in how many latents two or three channels point the same way.

use carto_types::{RandomSigns, SignRow, Synthesis, binomial_tail};

use crate::channel::channel_name;
use crate::matrix::{Cell, r_text, value};
use crate::number::{NO_VALUE, fixed, n_of};

/// The usual bound below which a p-value is called small.
const USUAL_P: f64 = 0.05;

/// Which rows the table shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SignChoice {
    /// Three channels at once instead of two.
    pub is_triples: bool,
    /// Only latents in which all of the channels have `|r|` from the threshold on.
    pub is_thresholded: bool,
}

impl SignChoice {
    /// The probability that all channels of a row have one sign in a latent whose signs are fair
    /// coin flips.
    fn chance_of_coins(self) -> f64 {
        if self.is_triples { 0.25 } else { 0.5 }
    }

    /// The rows of the choice, smallest p-value first.
    #[must_use]
    pub fn rows(self, synthesis: &Synthesis) -> Vec<SignRow> {
        let rows = match (self.is_triples, self.is_thresholded) {
            (false, false) => &synthesis.pairs,
            (false, true) => &synthesis.pairs_thresholded,
            (true, false) => &synthesis.triples,
            (true, true) => &synthesis.triples_thresholded,
        };
        let mut rows = rows.clone();
        rows.sort_by(|a, b| a.p_value.total_cmp(&b.p_value));
        rows
    }
}

/// The channels of a row: `SLIDE + SUSTAIN`.
#[must_use]
pub fn sign_members(row: &SignRow) -> String {
    let names: Vec<_> = row.channels.iter().map(|&idx| channel_name(idx as usize)).collect();
    names.join(" + ")
}

/// Latents with one sign for all channels of a row: `24 of 25`, or that every latent was left out.
#[must_use]
pub fn same_signs(row: &SignRow) -> String {
    match row.valid_rows {
        0 => "no rows".to_owned(),
        n => n_of(row.same_count as usize, n as usize),
    }
}

/// The correlation of the two channels of a pair before any network.
#[must_use]
pub fn direct_r(row: &SignRow, synthesis: &Synthesis) -> String {
    let [a, b] = row.channels[..] else { return NO_VALUE.to_owned() };
    r_text(value(synthesis.between_channels.cells(), Cell { dim: a as usize, channel: b as usize }))
}

/// A p-value as it is written: a number, and a power of ten where it is small.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PText {
    /// `0.008`, or `6.0 × 10`.
    pub number: String,
    /// `−8`, or nothing.
    pub exponent: String,
}

/// A p-value with three decimals, and below 0.001 with one decimal and a power of ten.
#[must_use]
pub fn p_text(p: f64) -> PText {
    let plain = |number: String| PText { number, exponent: String::new() };
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
    PText { number: format!("{} × 10", fixed(mantissa, 1)), exponent: format!("−{exponent}") }
}

/// The number of latents with one sign for all channels of a row that random weights would give:
/// `29.0`; nothing where it is not known, as where weak correlations were left out.
///
/// - `signs`: what [`RandomSigns::of`] gives for the table of channels with channels
#[must_use]
pub fn expected_signs(row: &SignRow, choice: SignChoice, signs: Option<&RandomSigns>) -> String {
    let signs = signs.filter(|_| !choice.is_thresholded && row.valid_rows > 0);
    let expected = signs.and_then(|signs| signs.expected(row));
    expected.map_or(NO_VALUE.to_owned(), |it| fixed(it.expected, 1))
}

/// How many p-values of the rows of a choice are small, how many would be if signs were fair coin
/// flips, and how many are against random weights where that is known.
#[must_use]
pub fn small_p_values(rows: &[SignRow], choice: SignChoice, signs: Option<&RandomSigns>) -> String {
    let counted = || rows.iter().filter(|row| row.valid_rows > 0);
    let n_small = counted().filter(|row| row.p_value < USUAL_P).count();
    let by_coins: f64 =
        counted().map(|row| smallest_rejected(row.valid_rows, choice.chance_of_coins())).sum();
    let text = format!(
        "{} have p below 0.05; fair coins would give {} on average.",
        n_of(n_small, rows.len()),
        fixed(by_coins, 1)
    );
    let Some(signs) = signs.filter(|_| !choice.is_thresholded) else { return text };
    let expected: Vec<_> = counted().filter_map(|row| signs.expected(row)).collect();
    let n_small = expected.iter().filter(|it| it.p_random_weights < USUAL_P).count();
    format!("{text} Against random weights it is {}.", n_of(n_small, expected.len()))
}

/// The probability that a one-sided binomial test rejects at 0.05 what is true: below 0.05, since
/// counts are whole.
fn smallest_rejected(n_trials: u32, chance: f64) -> f64 {
    let tails = (0..=n_trials).map(|n_hits| binomial_tail(n_hits, n_trials, chance));
    tails.filter(|&tail| tail < USUAL_P).fold(0.0, f64::max)
}

#[cfg(test)]
mod tests {
    use carto_types::ChannelMatrix;

    use super::*;
    use crate::fixtures::synthesis;

    #[test]
    fn rows_stand_by_p_whatever_their_order_in_the_results() {
        let choice = SignChoice { is_triples: false, is_thresholded: true };
        let rows = choice.rows(&synthesis());
        assert_eq!(rows.iter().map(|row| row.p_value).collect::<Vec<_>>(), [0.01, 0.125]);
        let choice = SignChoice { is_triples: true, is_thresholded: false };
        assert_eq!(choice.rows(&synthesis()).len(), 1);
    }

    #[test]
    fn a_small_p_is_a_power() {
        let text = |p| {
            let PText { number, exponent } = p_text(p);
            number + &exponent
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
        assert_eq!(sign_members(row), "ONSET + COMBO");
        assert_eq!(same_signs(row), "3 of 3");
        assert_eq!(direct_r(row, &synthesis), "0.51");
        let none = SignRow { valid_rows: 0, same_count: 0, ..row.clone() };
        assert_eq!(same_signs(&none), "no rows");
        let choice = SignChoice { is_triples: false, is_thresholded: false };
        assert_eq!(
            small_p_values(&[row.clone(), none], choice, None),
            "0 of 2 have p below 0.05; fair coins would give 0.0 on average."
        );
    }

    #[test]
    fn signs_are_held_against_coins_and_random_weights() {
        // Channels 0 and 1 go together, 0 and 2 do not.
        let mut between = ChannelMatrix::zeros(9);
        (0..9).for_each(|channel| between.cells_mut()[10 * channel] = 1.0);
        (between.cells_mut()[1], between.cells_mut()[9]) = (0.8, 0.8);
        let signs = RandomSigns::of(&between);
        let row = |channels: &[u32], same_count, p_value| SignRow {
            channels: channels.to_vec(),
            same_count,
            valid_rows: 32,
            p_value,
        };
        let rows = [row(&[0, 1], 29, 1.3e-6), row(&[0, 2], 16, 0.57)];
        let all = SignChoice { is_triples: false, is_thresholded: false };
        let expected = |row: &SignRow, choice| expected_signs(row, choice, signs.as_ref());
        assert_eq!([expected(&rows[0], all), expected(&rows[1], all)], ["29.7", "16.0"]);
        // Of 32 coins 22 are the fewest heads with p below 0.05: p = 0.0251.
        assert_eq!(
            small_p_values(&rows, all, signs.as_ref()),
            "1 of 2 have p below 0.05; fair coins would give 0.1 on average. Against random \
             weights it is 0 of 2."
        );
        let strong = SignChoice { is_thresholded: true, ..all };
        assert_eq!(expected(&rows[0], strong), NO_VALUE);
        assert!(small_p_values(&rows, strong, signs.as_ref()).ends_with("0.1 on average."));
        assert_eq!(expected_signs(&rows[0], all, None), NO_VALUE);
    }
}
