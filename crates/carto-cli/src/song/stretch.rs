//! Agreement on a stretch of the song, as its page shows it of what is visible.

use anyhow::{Context, Result, bail};
use carto_charts::number::{clock, fixed};
use carto_song::SongPair;
use carto_types::StretchAgreement;

/// Name of the file.
pub(super) const STRETCH_FILE: &str = "stretch.json";

/// Where the stretch begins and ends.
#[derive(Debug, Clone, Copy, clap::Args)]
pub(super) struct StretchArgs {
    /// Begin of a stretch of the song, ms on the time line of A: r of it goes into stretch.json
    #[arg(long, value_name = "MS", requires = "to", allow_negative_numbers = true)]
    from: Option<f64>,
    /// End of the stretch, ms
    #[arg(long, value_name = "MS", requires = "from", allow_negative_numbers = true)]
    to: Option<f64>,
}

impl StretchArgs {
    /// Begin and end, ms; `None` where no stretch is asked for.
    ///
    /// # Errors
    ///
    /// An end that is not after the begin, and what is no time.
    pub(super) fn times_ms(self) -> Result<Option<[f64; 2]>> {
        let (Some(from_ms), Some(to_ms)) = (self.from, self.to) else { return Ok(None) };
        if !(from_ms.is_finite() && to_ms.is_finite() && from_ms < to_ms) {
            bail!("--from {from_ms} --to {to_ms}: the end must be after the begin, both in ms");
        }
        Ok(Some([from_ms, to_ms]))
    }
}

/// The file about a stretch, and a line about it.
///
/// # Errors
///
/// A stretch outside the span that is compared.
pub(super) fn stretch(pair: &SongPair, [from_ms, to_ms]: [f64; 2]) -> Result<(String, String)> {
    let found = pair.agreement(from_ms, to_ms);
    if found.n_frames == 0 {
        let [start_ms, end_ms] = pair.span_ms().map(|time_ms| fixed(time_ms, 0).replace(',', ""));
        bail!(
            "--from {from_ms} --to {to_ms}: nothing is compared there, only from {start_ms} to {end_ms} ms"
        );
    }
    let text = serde_json::to_string_pretty(&found).context(STRETCH_FILE)? + "\n";
    Ok((text, line(&found)))
}

fn line(found: &StretchAgreement) -> String {
    let mean = found.mean.map_or_else(|| "none".to_owned(), |mean| fixed(mean, 2));
    format!("From {} to {} the mean r is {mean}.", clock(found.from_ms), clock(found.to_ms))
}
