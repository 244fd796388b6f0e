//! Crates of the page: its programs, and what these are built from.

use super::rule::{GPU, MODELS, Rule, VIEW};

pub(super) const RULES: &[Rule] = &[
    Rule {
        package: "carto-port",
        only: Some(&[
            "carto-protocol",
            "gloo-net",
            "js-sys",
            "serde",
            "wasm-bindgen",
            "wasm-bindgen-futures",
            "web-sys",
        ]),
        never: &[GPU, MODELS, &["leptos", "rayon", "carto-beatmap", "carto-study"]],
        on_wasm: true,
        why: "both ends of any page's workers: it knows messages and files, and nothing of the work",
    },
    Rule {
        package: "carto-ui",
        only: Some(&["js-sys", "leptos", "wasm-bindgen", "web-sys"]),
        never: &[GPU, &["carto-*"]],
        on_wasm: true,
        why: "controls for both programs of the page: it knows neither data nor workers",
    },
    Rule {
        package: "carto-sound",
        only: Some(&[
            "carto-types",
            "js-sys",
            "libm",
            "thiserror",
            "wasm-bindgen",
            "wasm-bindgen-futures",
            "web-sys",
        ]),
        never: &[&["leptos"]],
        on_wasm: true,
        why: "plays what it is told at the times it is told: it reads no beatmap and draws nothing",
    },
    Rule {
        package: "carto-folders",
        only: Some(&["carto-protocol", "carto-types", "js-sys", "wasm-bindgen", "web-sys"]),
        never: &[&["leptos"]],
        on_wasm: true,
        why: "the walk through folders, which a visit that drops none does not load",
    },
    Rule {
        package: "carto-beatmaps-view",
        only: None,
        never: &[VIEW, MODELS, &["rosu-pp"]],
        on_wasm: true,
        why: "draws: what reads and classifies maps is its worker",
    },
    Rule {
        package: "carto-song-view",
        only: None,
        never: &[
            VIEW,
            &[
                "rosu-*",
                "plotters*",
                "carto-agreement",
                "carto-evidence",
                "carto-results",
                "carto-song",
                "carto-study",
            ],
        ],
        on_wasm: true,
        why: "draws and plays: what reads maps and computes their agreement is its worker",
    },
    Rule {
        package: "carto-mapper-view",
        only: None,
        never: &[
            VIEW,
            &[
                "rosu-*",
                "plotters*",
                "carto-evidence",
                "carto-features",
                "carto-mapper",
                "carto-results",
                "carto-study",
            ],
        ],
        on_wasm: true,
        why: "draws: what measures and compares maps is its worker",
    },
    Rule {
        package: "osu-cartography",
        only: None,
        never: &[
            MODELS,
            &["rosu-pp", "burn*", "cubecl*", "carto-archive", "carto-cli", "zip", "symphonia*"],
        ],
        on_wasm: true,
        why: "the main thread never parses or encodes, and a first visit loads little",
    },
];
