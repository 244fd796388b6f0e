use indicatif::{ProgressBar, ProgressStyle};

/// A bar on a terminal, nothing elsewhere.
pub(crate) fn bar(stage: &'static str, n_items: usize) -> ProgressBar {
    let bar = ProgressBar::new(n_items as u64);
    let template = "{msg:<16} {bar:32} {pos} of {len}, {per_sec}, {eta} left";
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar.set_message(stage);
    bar
}
