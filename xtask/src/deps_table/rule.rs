//! What a row says, and the lists of crates that several rows have.

/// What one crate of the workspace may use.
pub(crate) struct Rule {
    pub(crate) package: &'static str,
    /// Direct dependencies, where the list is closed.
    pub(crate) only: Option<&'static [&'static str]>,
    /// Never, directly or through others, in any of these lists; a final `*` stands for any ending.
    pub(crate) never: &'static [&'static [&'static str]],
    /// Whether the crate also runs in the browser, so both targets are checked.
    pub(crate) on_wasm: bool,
    pub(crate) why: &'static str,
}

/// What no function of its arguments needs.
pub(super) const PURE: &[&str] = &[
    "wasm-bindgen",
    "web-sys",
    "js-sys",
    "getrandom",
    "rand",
    "rayon",
    "tokio",
    "chrono",
    "time",
    "web-time",
    "log",
    "tracing",
    "burn*",
];

/// What knows the browser.
pub(super) const BROWSER: &[&str] = &["wasm-bindgen", "web-sys", "js-sys"];

/// Frameworks for neural networks and graphics processors.
pub(super) const GPU: &[&str] = &["burn*", "wgpu*"];

/// The models themselves.
pub(super) const MODELS: &[&str] = &["carto-classifier", "carto-encoder"];

/// What no view needs, since its worker reads and computes.
pub(super) const VIEW: &[&str] = &["rayon", "burn*", "wgpu*", "carto-archive", "carto-cli"];

/// What no worker of the page needs: elements, threads, other programs.
pub(super) const WORKER: &[&str] = &["leptos", "rayon", "carto-cli", "osu-cartography"];
