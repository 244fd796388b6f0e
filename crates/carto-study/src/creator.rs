use carto_types::Mode;

/// What two sets or maps share that count as the same mapper's.
///
/// The published rules compare names letter by letter; the tolerant ones know
/// that osu! names do not differ by case.
pub(crate) fn creator_key(mode: Mode, name: &str) -> String {
    match mode {
        Mode::Published => name.to_owned(),
        Mode::Tolerant => name.trim().to_lowercase(),
    }
}
