//! The figure in words.

use carto_types::SignalChannel;

use super::{MAX_ROWS, SongsFigure};
use crate::number::{cell_or_none, correlation, counted, r_or_none};

/// The printed heading, which claims nothing.
pub(super) const HEADING: &str = "Agreement between mappers, song by song";

/// What a cell is, how the rows stand and which are left out, in two lines.
pub(super) fn caption(figure: &SongsFigure) -> [String; 2] {
    let order = "Songs stand by timing r, the mean of ONSET and COMBO, highest first.";
    let n_songs = counted(figure.songs.len() as u32, "song", "songs");
    let left_out = if figure.is_cut() {
        let half = MAX_ROWS / 2;
        format!("Drawn are the {half} highest and the {half} lowest of {n_songs}. ")
    } else {
        String::new()
    };
    [
        "Mean Pearson r of each channel over the pairs of a song.".to_owned(),
        format!("{left_out}{order}"),
    ]
}

/// The name of the figure: its ends in one line.
pub(super) fn finding(figure: &SongsFigure) -> String {
    let rows = figure.drawn();
    match (rows.first(), rows.last()) {
        (Some(first), Some(last)) if rows.len() > 1 => {
            let timing = |r: f64| r_or_none(correlation(r));
            format!(
                "{HEADING}: timing r from {} ({}) to {} ({})",
                timing(first.timing_r()),
                first.title,
                timing(last.timing_r()),
                last.title
            )
        }
        _ => HEADING.to_owned(),
    }
}

/// All numbers, song by song.
pub(super) fn description(figure: &SongsFigure) -> String {
    let mut text = caption(figure).join(" ");
    for row in figure.drawn() {
        let cells = SignalChannel::ALL.into_iter().zip(row.r).map(|(channel, r)| {
            let r = cell_or_none(correlation(r));
            format!("{} {r}", channel.name())
        });
        let pairs = counted(row.n_pairs, "pair", "pairs");
        let cells = cells.collect::<Vec<_>>().join(", ");
        text += &format!(" {} by {}, {pairs}: {cells}.", row.title, row.artist);
    }
    text
}

/// As much of a name as has room, with dots where it is cut.
///
/// No text is measured: letters of wide scripts count as two.
pub(super) fn cut(name: &str, n_columns: usize) -> String {
    let wide_from = '\u{1100}';
    let width = |c: char| if c >= wide_from { 2 } else { 1 };
    if name.chars().map(width).sum::<usize>() <= n_columns {
        return name.to_owned();
    }
    let mut room = n_columns.saturating_sub(1);
    let kept = name.chars().take_while(|&c| {
        let fits = width(c) <= room;
        room = room.saturating_sub(width(c));
        fits
    });
    format!("{}\u{2026}", kept.collect::<String>().trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_names_are_cut_where_their_column_ends() {
        assert_eq!(cut("Ironwood", 8), "Ironwood");
        assert_eq!(cut("Ironwoods", 8), "Ironwoo\u{2026}");
        assert_eq!(cut("Paper lanterns", 7), "Paper\u{2026}");
        assert_eq!(cut("\u{97f3}\u{697d}\u{97f3}\u{697d}", 7), "\u{97f3}\u{697d}\u{97f3}\u{2026}");
        assert_eq!(cut("", 3), "");
    }
}
