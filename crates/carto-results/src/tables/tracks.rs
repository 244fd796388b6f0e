//! Agreement and correlations.

use carto_types::csv::{Cell, Csv};
use carto_types::{HeldOut, SignRow, SignalChannel, Synthesis, TrackA, TrackB};

/// What a row over all channels or latents is called.
const ALL: &str = "all";

pub(super) fn channels(track: &TrackA) -> String {
    let mut csv = Csv::new([
        "channel",
        "n_pairs",
        "r_mean",
        "r_std",
        "cosine_mean",
        "cosine_std",
        "mean_abs_diff_mean",
        "mean_abs_diff_std",
    ]);
    for channel in &track.channels {
        csv.row([
            Cell::Text(&channel.name),
            Cell::Count(channel.n_pairs),
            Cell::Number(channel.pearson_mean),
            Cell::Number(channel.pearson_std),
            Cell::Number(channel.cosine_mean),
            Cell::Number(channel.cosine_std),
            Cell::Number(channel.mad_mean),
            Cell::Number(channel.mad_std),
        ]);
    }
    let cosine = [Cell::Number(track.cosine_mean), Cell::Number(track.cosine_std)];
    let head = [Cell::Text(ALL), Cell::Count(track.pairs_compared), Cell::Empty, Cell::Empty];
    csv.row(head.into_iter().chain(cosine).chain([Cell::Empty; 2]));
    csv.into_text()
}

/// By number; `rank` 1 has the highest mean r.
pub(super) fn latents(track: &TrackB) -> String {
    let mut csv = Csv::new([
        "latent",
        "rank",
        "class",
        "n_pairs",
        "r_mean",
        "r_std",
        "cosine_mean",
        "cosine_std",
        "between_var_mean",
    ]);
    for latent in &track.dims {
        csv.row([
            Cell::Count(latent.dim),
            rank(&track.ranking, latent.dim),
            Cell::Text(latent.class.name()),
            Cell::Count(latent.n_pairs),
            Cell::Number(latent.pearson_mean),
            Cell::Number(latent.pearson_std),
            Cell::Number(latent.cosine_mean),
            Cell::Number(latent.cosine_std),
            Cell::Number(latent.between_var_mean),
        ]);
    }
    let cosine = [Cell::Number(track.cosine_mean), Cell::Number(track.cosine_std)];
    let n_pairs = Cell::Count(track.pairs_compared);
    let head = [Cell::Text(ALL), Cell::Empty, Cell::Empty, n_pairs, Cell::Empty, Cell::Empty];
    csv.row(head.into_iter().chain(cosine).chain([Cell::Empty]));
    csv.into_text()
}

pub(super) fn held_out(held_out: &HeldOut) -> String {
    let mut csv = Csv::new(["latent", "rank", "n_pairs", "r_mean", "r_std"]);
    for latent in &held_out.dims {
        csv.row([
            Cell::Count(latent.dim),
            rank(&held_out.ranking, latent.dim),
            Cell::Count(latent.n_pairs),
            Cell::Number(latent.pearson_mean),
            Cell::Number(latent.pearson_std),
        ]);
    }
    csv.into_text()
}

fn rank(ranking: &[u32], dim: u32) -> Cell<'static> {
    let place = ranking.iter().position(|&number| number == dim);
    place.map_or(Cell::Empty, |place| Cell::Count(place as u32 + 1))
}

/// One row for each cell of the matrix; `r_up` is empty where it is not known.
pub(super) fn synthesis(table: &Synthesis) -> String {
    let mut csv = Csv::new(["latent", "channel", "r_down", "r_up"]);
    for (dim, row) in (0..).zip(table.downsampled.rows()) {
        let upsampled = table.upsampled.rows().get(dim as usize);
        for channel in SignalChannel::ALL {
            csv.row([
                Cell::Count(dim),
                Cell::Text(channel.name()),
                Cell::Number(row[channel as usize]),
                upsampled.map(|row| row[channel as usize]).into(),
            ]);
        }
    }
    csv.into_text()
}

/// `None` where the correlations between channels are not known.
pub(super) fn coupling(table: &Synthesis) -> Option<String> {
    let names = SignalChannel::ALL.map(SignalChannel::name);
    let mut csv = Csv::new(["channel"].into_iter().chain(names));
    for (name, row) in names.into_iter().zip(table.between_channels.rows()) {
        csv.row([Cell::Text(name)].into_iter().chain(row.map(Cell::Number)));
    }
    (!table.between_channels.is_empty()).then(|| csv.into_text())
}

pub(super) fn signs(table: &Synthesis) -> String {
    let heads = ["channels", "n_channels", "threshold", "same_count", "valid_rows", "p_value"];
    let mut csv = Csv::new(heads);
    let mut put = |rows: &[SignRow], threshold: f64| {
        for row in rows {
            csv.row([
                Cell::Text(&row.name()),
                Cell::Count(row.channels.len() as u32),
                Cell::Number(threshold),
                Cell::Count(row.same_count),
                Cell::Count(row.valid_rows),
                Cell::Number(row.p_value),
            ]);
        }
    };
    put(&table.pairs, 0.0);
    put(&table.pairs_thresholded, table.sign_threshold);
    put(&table.triples, 0.0);
    put(&table.triples_thresholded, table.sign_threshold);
    csv.into_text()
}
