//! How one result differs from another.

use carto_types::{RunResult, SignRow, SignalChannel, Synthesis, TrackA, TrackB};

/// Where a cell of the matrix counts as strong.
const STRONG: f64 = 0.5;
/// Where a set of channels counts as going together, not corrected for their number.
const LOW_P: f64 = 0.05;

/// Two results side by side.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// Mean r of each channel, and the full cosine last.
    pub channels: Vec<Compared>,
    /// Mean r of the latents, and the full cosine last.
    pub latents: Vec<Compared>,
    /// Whether latents are compared by their number: both results have the same
    /// encoder. Otherwise by their rank, for numbers of two encoders do not
    /// correspond.
    pub is_by_number: bool,
    /// Perceptual, mixed and stylistic latents of each result.
    pub classes: [Option<[usize; 3]>; 2],
    /// Statistics of the matrices, by name.
    pub matrices: Vec<(&'static str, [Option<f64>; 2])>,
    /// Largest absolute difference of two cells of the downsampled matrices, of two
    /// results of one encoder.
    pub downsampled_max_diff: Option<f64>,
    /// Largest absolute difference of two cells of the matrices between channels, which
    /// always correspond.
    pub between_channels_max_diff: Option<f64>,
}

/// One figure of both results.
#[derive(Debug, Clone, PartialEq)]
pub struct Compared {
    /// Name of the channel, latent or rank.
    pub label: String,
    /// The figure of each result; `None` where it has none.
    pub figures: [Option<Figure>; 2],
}

impl Compared {
    /// How much greater the first is.
    #[must_use]
    pub fn difference(&self) -> Option<f64> {
        let [a, b] = self.figures;
        Some(a?.mean - b?.mean)
    }
}

/// A mean over pairs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Figure {
    /// Pairs of maps.
    pub n_pairs: u32,
    /// Mean over pairs.
    pub mean: f64,
    /// Population standard deviation over pairs.
    pub spread: f64,
}

/// Holds one result against another.
#[must_use]
pub fn compare(a: &RunResult, b: &RunResult) -> Comparison {
    let both = [a, b];
    let hash = |result: &RunResult| {
        let encoder = result.parameters.encoder.as_ref();
        encoder.map(|facts| facts.weights_sha256.clone()).filter(|hash| !hash.is_empty())
    };
    let is_by_number = hash(a).is_some() && hash(a) == hash(b);
    let tables = both.map(|result| result.synthesis.as_ref());
    let downsampled = tables.map(|table| Some(table?.downsampled.cells()));
    let between_channels = tables.map(|table| Some(table?.between_channels.cells()));
    Comparison {
        channels: channels(both.map(|result| result.track_a.as_ref())),
        latents: latents(both.map(|result| result.track_b.as_ref()), is_by_number),
        is_by_number,
        classes: both.map(|result| Some(result.track_b.as_ref()?.class_counts())),
        matrices: matrices(tables),
        downsampled_max_diff: if is_by_number { max_diff(downsampled) } else { None },
        between_channels_max_diff: max_diff(between_channels),
    }
}

fn channels(tracks: [Option<&TrackA>; 2]) -> Vec<Compared> {
    let names = tracks.iter().copied().flatten().take(1).flat_map(|track| &track.channels);
    let channel = |track: Option<&TrackA>, idx: usize| {
        let channel = track?.channels.get(idx)?;
        let (mean, spread) = (channel.pearson_mean, channel.pearson_std);
        Some(Figure { n_pairs: channel.n_pairs, mean, spread })
    };
    let mut rows: Vec<_> = names
        .enumerate()
        .map(|(idx, named)| Compared {
            label: named.name.clone(),
            figures: tracks.map(|track| channel(track, idx)),
        })
        .collect();
    let cosine = |track: &TrackA| Figure {
        n_pairs: track.pairs_compared,
        mean: track.cosine_mean,
        spread: track.cosine_std,
    };
    rows.extend(full_cosine(tracks.map(|track| track.map(cosine))));
    rows
}

fn latents(tracks: [Option<&TrackB>; 2], is_by_number: bool) -> Vec<Compared> {
    let n_rows = tracks.iter().copied().flatten().map(|track| track.dims.len()).max();
    let latent = |track: Option<&TrackB>, row: usize| {
        let track = track?;
        let dim = if is_by_number { row } else { *track.ranking.get(row)? as usize };
        let latent = track.dims.get(dim)?;
        let (mean, spread) = (latent.pearson_mean, latent.pearson_std);
        Some(Figure { n_pairs: latent.n_pairs, mean, spread })
    };
    let label = |row: usize| match is_by_number {
        true => format!("latent {row}"),
        false => format!("rank {}", row + 1),
    };
    let rows = (0..n_rows.unwrap_or_default())
        .map(|row| Compared { label: label(row), figures: tracks.map(|track| latent(track, row)) });
    let mut rows: Vec<_> = rows.collect();
    let cosine = |track: &TrackB| Figure {
        n_pairs: track.pairs_compared,
        mean: track.cosine_mean,
        spread: track.cosine_std,
    };
    rows.extend(full_cosine(tracks.map(|track| track.map(cosine))));
    rows
}

fn full_cosine(figures: [Option<Figure>; 2]) -> Option<Compared> {
    let label = "full cosine".to_owned();
    figures.iter().any(Option::is_some).then_some(Compared { label, figures })
}

fn matrices(tables: [Option<&Synthesis>; 2]) -> Vec<(&'static str, [Option<f64>; 2])> {
    let row = |name, figure: &dyn Fn(&Synthesis) -> Option<f64>| {
        (name, tables.map(|table| figure(table?)))
    };
    let share = |table: &Synthesis| {
        let cells = table.downsampled.cells();
        let n_strong = cells.iter().filter(|r| r.abs() >= STRONG).count();
        n_strong as f64 / cells.len().max(1) as f64
    };
    let n_low = |rows: &[SignRow]| rows.iter().filter(|row| row.p_value < LOW_P).count() as f64;
    let off_diagonal = |table: &Synthesis| {
        let cells = table.between_channels.cells().iter().enumerate();
        let cells = cells.filter(|(idx, _)| idx % (SignalChannel::COUNT + 1) != 0);
        let abs: Vec<f64> = cells.map(|(_, r)| r.abs()).collect();
        (!abs.is_empty()).then(|| abs.iter().sum::<f64>() / abs.len() as f64)
    };
    if tables.iter().all(Option::is_none) {
        return Vec::new();
    }
    vec![
        row("maps", &|table| Some(f64::from(table.n_maps))),
        row("mean |r| of latents and channels", &|table| Some(table.mean_abs_downsampled)),
        row("the same, latents repeated", &|table| {
            (!table.upsampled.is_empty()).then_some(table.mean_abs_upsampled)
        }),
        row("share of cells with |r| of 0.5 or more", &|table| Some(share(table))),
        row("mean |r| of channels among themselves", &off_diagonal),
        row("pairs of channels with p below 0.05", &|table| Some(n_low(&table.pairs))),
        row("the same, cells below the threshold left out", &|table| {
            Some(n_low(&table.pairs_thresholded))
        }),
    ]
}

/// `None` for matrices of two shapes, and for none.
fn max_diff([a, b]: [Option<&[f64]>; 2]) -> Option<f64> {
    let (a, b) = (a?, b?);
    let diffs = a.iter().zip(b).map(|(a, b)| (a - b).abs());
    (a.len() == b.len()).then(|| diffs.reduce(f64::max))?
}
