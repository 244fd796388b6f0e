//! Slider paths of format 128 on, which rosu-map 0.2.1 reads without decimals.

use rosu_map::section::hit_objects::{PathControlPoint, PathType};
use rosu_map::util::Pos;

/// Larger coordinates make a line unreadable (`Parsing.MAX_COORDINATE_VALUE`).
pub(super) const MAX_COORDINATE: f64 = 131_072.0;

/// Reads `P|x:y|x:y|B|x:y`: the control points relative to the head, each
/// with a type where a piece of the path begins.
///
/// `None` where osu! would skip the line.
///
/// # Source
///
/// `convertPathString` and `convertPoints` in osu!lazer's
/// `ConvertHitObjectParser.cs` (ppy/osu), for format 128 on: there a Catmull
/// path may be split at a doubled point too, and only a circle through more
/// than three points becomes a Bezier curve.
pub(super) fn control_points(text: &str, head: Pos) -> Option<Vec<PathControlPoint>> {
    let pieces: Vec<&str> = text.split('|').collect();
    // A piece begins at its letter; the first begins with the text whatever it is.
    let starts = pieces
        .iter()
        .enumerate()
        .filter(|(idx, piece)| *idx == 0 || piece.starts_with(|c: char| c.is_ascii_alphabetic()))
        .map(|(idx, _)| idx);
    let starts: Vec<usize> = starts.chain([pieces.len()]).collect();

    let mut points = Vec::with_capacity(pieces.len());
    for window in starts.windows(2) {
        let &[start, end] = window else { continue };
        let mut vertices = Vec::with_capacity(end - start + 1);
        if start == 0 {
            vertices.push(Pos::default());
        }
        for piece in &pieces[start + 1..end] {
            vertices.push(read_point(piece, head)?);
        }
        // The piece ends where the next one begins, which is the point after its letter.
        let end_point = match pieces.get(end + 1) {
            Some(piece) => Some(read_point(piece, head)?),
            None => None,
        };
        let n_own = vertices.len();
        vertices.extend(end_point);
        append_piece(PathType::new_from_str(pieces[start]), &vertices, n_own, &mut points)?;
    }
    Some(points)
}

/// Appends a piece, split where two consecutive points coincide.
///
/// `n_own`: how many of `vertices` belong to the piece; the end point of all
/// but the last piece belongs to the next one.
fn append_piece(
    mut path_type: PathType,
    vertices: &[Pos],
    n_own: usize,
    points: &mut Vec<PathControlPoint>,
) -> Option<()> {
    if path_type == PathType::PERFECT_CURVE && vertices.len() > 3 {
        path_type = PathType::BEZIER;
    }
    let mut typed: Vec<PathControlPoint> =
        vertices.iter().map(|&pos| PathControlPoint::new(pos)).collect();
    typed.first_mut()?.path_type = Some(path_type);

    let mut start = 0;
    // The last own point begins no piece.
    for idx in 1..n_own.saturating_sub(1) {
        if typed[idx].pos == typed[idx - 1].pos {
            typed[idx - 1].path_type = Some(path_type);
            points.extend_from_slice(&typed[start..idx]);
            start = idx + 1;
        }
    }
    points.extend_from_slice(typed.get(start..n_own.max(1)).unwrap_or_default());
    Some(())
}

fn read_point(text: &str, head: Pos) -> Option<Pos> {
    let mut numbers = text.split(':').map(|number| -> Option<f32> {
        let value: f64 = number.trim().parse().ok()?;
        (value.abs() <= MAX_COORDINATE).then_some(value as f32)
    });
    let (x, y) = (numbers.next()??, numbers.next()??);
    Some(Pos::new(x, y) - head)
}
