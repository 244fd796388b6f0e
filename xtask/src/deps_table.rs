//! Which crate may depend on which: the edges of `ARCHITECTURE.md`, one row a crate.

/// What one crate of the workspace may use.
pub(crate) struct Rule {
    pub(crate) package: &'static str,
    /// Direct dependencies, where the list is closed.
    pub(crate) only: Option<&'static [&'static str]>,
    /// Never, directly or through others; a final `*` stands for any ending.
    pub(crate) never: &'static [&'static str],
    /// Whether the crate also runs in the browser, so both targets are checked.
    pub(crate) on_wasm: bool,
    pub(crate) why: &'static str,
}

/// A crate without a row fails the check: its edges are a decision to take.
pub(crate) const RULES: &[Rule] = &[
    Rule {
        package: "carto-core",
        only: Some(&["libm", "rosu-map", "rosu-pp", "thiserror"]),
        never: &[
            "serde",
            "serde_json",
            "postcard",
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
            "carto-*",
        ],
        on_wasm: true,
        why: "a function of its arguments: no I/O, clock, log, browser or unseeded randomness, \
              and no wire format that would change with its types",
    },
    Rule {
        package: "carto-archive",
        only: None,
        never: &[
            "wasm-bindgen",
            "web-sys",
            "js-sys",
            "getrandom",
            "tokio",
            "rayon",
            "burn*",
            "carto-models",
            "carto-figures",
            "carto-protocol",
            "leptos",
        ],
        on_wasm: true,
        why: "reads over any source of bytes, so it knows neither the browser nor the disk",
    },
    Rule {
        package: "carto-figures",
        only: None,
        never: &[
            "burn*",
            "carto-models",
            "carto-archive",
            "carto-protocol",
            "leptos",
            "getrandom",
            "font-kit",
            "image",
        ],
        on_wasm: true,
        why: "draws numbers that it is given, in the page and in the command alike",
    },
    Rule {
        package: "carto-models",
        only: None,
        // Burn and wgpu only behind features, none of which is on by default.
        never: &[
            "burn*",
            "cubecl*",
            "wgpu*",
            "carto-core",
            "carto-protocol",
            "wasm-bindgen",
            "web-sys",
            "js-sys",
            "getrandom",
            "rayon",
            "leptos",
        ],
        on_wasm: true,
        why: "numbers in, numbers out: it knows no beatmap, no worker and no page, and only who \
              asks for a graphics processor or the plain definition pays for it",
    },
    Rule {
        package: "carto-protocol",
        only: Some(&["postcard", "serde", "serde_json", "thiserror"]),
        never: &["carto-*", "wasm-bindgen", "web-sys", "js-sys", "getrandom", "burn*"],
        on_wasm: true,
        why: "messages and nothing else: domain types do not cross the worker boundary",
    },
    Rule {
        package: "carto-study",
        only: Some(&[
            "carto-archive",
            "carto-core",
            "carto-figures",
            "carto-protocol",
            "serde",
            "serde_json",
            "siphasher",
            "thiserror",
        ]),
        never: &["leptos", "rayon", "tokio", "getrandom", "burn*", "carto-models"],
        on_wasm: true,
        why: "the page and the command call it and get the same bytes: it knows no worker, \
              no file and no clock",
    },
    Rule {
        package: "carto-worker-port",
        only: Some(&[
            "carto-protocol",
            "js-sys",
            "wasm-bindgen",
            "wasm-bindgen-futures",
            "web-sys",
        ]),
        never: &["leptos", "rayon", "burn*", "wgpu*", "carto-study", "carto-models"],
        on_wasm: true,
        why: "what every worker has in common: it knows messages and files, and nothing of the work",
    },
    Rule {
        package: "carto-worker",
        only: None,
        never: &[
            "leptos",
            "rayon",
            "burn*",
            "wgpu*",
            "carto-models",
            "carto-cli",
            "osu-cartography",
        ],
        on_wasm: true,
        why: "ready at once: no page and no neural network in it",
    },
    Rule {
        package: "carto-encoder-worker",
        only: None,
        never: &["leptos", "rayon", "burn*", "cubecl*", "carto-cli", "osu-cartography"],
        on_wasm: true,
        why: "loaded when latents are asked for: an encoder and its kernels, and no framework for them",
    },
    Rule {
        package: "carto-bench-wasm",
        only: None,
        // Burn only behind the feature of the one program that measures it.
        never: &["burn*", "leptos", "rayon", "carto-study", "carto-cli", "osu-cartography"],
        on_wasm: true,
        why: "measures the encoder as the page runs it, with nothing of the page around it",
    },
    Rule {
        package: "carto-cli",
        only: None,
        never: &[
            "leptos",
            // Burn's backends on graphics processors take ten minutes to build: only
            // behind the feature `train-gpu`.
            "burn-wgpu",
            "cubecl-wgpu",
            "carto-worker",
            "carto-worker-port",
            "carto-encoder-worker",
            "osu-cartography",
            "web-sys",
        ],
        on_wasm: false,
        why: "the command does what the page does, without any of the page, and trains",
    },
    Rule {
        package: "osu-cartography",
        only: None,
        never: &[
            "burn*",
            "cubecl*",
            "carto-models",
            "carto-archive",
            "carto-cli",
            "zip",
            "symphonia*",
        ],
        on_wasm: true,
        why: "the main thread never parses or encodes, and a first visit loads little",
    },
    Rule {
        package: "xtask",
        only: Some(&["anyhow", "flate2", "tiny_http"]),
        never: &["carto-*", "serde"],
        on_wasm: false,
        why: "a fresh machine compiles it before it can do anything else",
    },
];
