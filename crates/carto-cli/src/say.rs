/// Writes a line for whoever reads along. One who stopped reading, as `head` does,
/// is no reason to stop working: files are what a run is for.
macro_rules! say {
    ($($words:tt)*) => {{
        use std::io::Write as _;
        let _ = writeln!(std::io::stdout(), $($words)*);
    }};
}
