use std::panic::PanicHookInfo;

use carto_protocol::{JobError, Message};

/// Lets a panic be named before it takes the worker down: what follows it is a
/// trap that tells nothing.
pub(super) fn name_panics(post: fn(&Message)) {
    std::panic::set_hook(Box::new(move |info| {
        post(&Message::failed(JobError::Panic { message: describe(info) }));
    }));
}

fn describe(info: &PanicHookInfo<'_>) -> String {
    let said = info.payload_as_str().unwrap_or("no message");
    match info.location() {
        Some(at) => format!("{said}, in {}:{}", short_path(at.file()), at.line()),
        None => said.to_owned(),
    }
}

/// A path without the folders of whoever built this.
fn short_path(path: &str) -> &str {
    let below = |marker: &str| path.split_once(marker).map(|(_, below)| below);
    below("/registry/src/")
        .and_then(|below| below.split_once('/').map(|(_, path)| path))
        .or_else(|| below("/library/"))
        .unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::short_path;

    #[test]
    fn paths_say_which_crate_and_not_whose_machine() {
        let cases = [
            ("crates/carto-beatmap/src/lib.rs", "crates/carto-beatmap/src/lib.rs"),
            (
                "/home/a/.cargo/registry/src/index-1949cf8c/libm-0.2.16/src/a.rs",
                "libm-0.2.16/src/a.rs",
            ),
            ("/rustc/4a4ef4/library/alloc/src/raw_vec.rs", "alloc/src/raw_vec.rs"),
        ];
        for (path, expected) in cases {
            assert_eq!(short_path(path), expected);
        }
    }
}
