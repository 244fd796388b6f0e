//! What a person sees of a running command: lines on standard output, progress bars, and no
//! traces of panics.

use carto_types::Issue;
use indicatif::{ProgressBar, ProgressStyle};

/// Prints a line to standard output. A reader that went away, as `head` does, is no
/// reason to stop working: files are what a run is for.
macro_rules! print_line {
    ($($words:tt)*) => {{
        use std::io::Write as _;
        let _ = writeln!(std::io::stdout(), $($words)*);
    }};
}

/// A progress bar on a terminal, nothing elsewhere.
pub(crate) fn progress_bar(stage: &'static str, n_items: usize) -> ProgressBar {
    let bar = ProgressBar::new(n_items as u64);
    let template = "{msg:<16} {bar:32} {pos} of {len}, {per_sec}, {eta} left";
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar.set_message(stage);
    bar
}

/// Keeps traces of panics off the terminal: a fault in one map is told in its warning or
/// its issue.
pub(crate) fn silence_panics() {
    std::panic::set_hook(Box::new(|_| {}));
}

/// Says on stderr how many maps of other games are left out, where there are some.
pub(crate) fn tell_other_games(n_maps: usize) {
    if n_maps > 0 {
        let (maps, are) = if n_maps == 1 { ("map", "is") } else { ("maps", "are") };
        eprintln!("carto: {n_maps} {maps} of other games {are} left out");
    }
}

/// Says an issue on stderr in one line; the message of some begins with what they are about.
pub(crate) fn warn(issue: &Issue) {
    if issue.message.starts_with(&issue.subject) {
        eprintln!("carto: warning: {}", issue.message);
    } else {
        eprintln!("carto: warning: {}: {}", issue.subject, issue.message);
    }
}
