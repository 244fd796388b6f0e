//! Crates that the page and the command share: models, figures, results, the study.

use super::rule::{BROWSER, GPU, MODELS, Rule};

pub(super) const RULES: &[Rule] = &[
    Rule {
        package: "carto-encoder",
        only: None,
        // Burn and wgpu only behind features, none of which is on by default.
        never: &[
            BROWSER,
            GPU,
            &["cubecl*", "carto-beatmap", "carto-protocol", "getrandom", "rayon", "leptos"],
        ],
        on_wasm: true,
        why: "numbers in, numbers out: it knows no beatmap, no worker and no page, of the data \
              model only what a result says of an encoder, and only who asks for a graphics \
              processor or the reference definition pays for it",
    },
    Rule {
        package: "carto-encoder-train",
        only: None,
        never: &[&["carto-beatmap", "carto-protocol", "rayon", "leptos", "web-sys"]],
        on_wasm: false,
        why: "sets of signals in, weights out: it knows no beatmap, command line or clock",
    },
    Rule {
        package: "carto-classifier",
        only: None,
        never: &[&[
            "burn*",
            "carto-beatmap",
            "carto-features",
            "carto-protocol",
            "carto-encoder",
            "web-sys",
            "getrandom",
            "rayon",
            "leptos",
        ]],
        on_wasm: true,
        why: "tables in, label probabilities out; only who trains pays for Burn",
    },
    Rule {
        package: "carto-protocol",
        only: Some(&["carto-types", "postcard", "serde", "thiserror"]),
        never: &[BROWSER, &["getrandom", "burn*"]],
        on_wasm: true,
        why: "calls and nothing else: the data they carry is the data model",
    },
    Rule {
        package: "carto-figures",
        only: None,
        never: &[
            MODELS,
            &[
                "burn*",
                "carto-archive",
                "carto-protocol",
                "leptos",
                "getrandom",
                "font-kit",
                "image",
            ],
        ],
        on_wasm: true,
        why: "draws numbers that it is given, in the page and in the command alike",
    },
    Rule {
        package: "carto-results",
        only: Some(&[
            "base64",
            "carto-agreement",
            "carto-archive",
            "carto-charts",
            "carto-figures",
            "carto-types",
            "flate2",
            "serde",
            "serde_json",
            "thiserror",
        ]),
        never: &[
            MODELS,
            &["leptos", "rayon", "tokio", "getrandom", "burn*", "carto-study", "chrono", "regex"],
        ],
        on_wasm: true,
        why: "figures in, files, an archive of them and links out: a small worker holds it without \
              any beatmap; of carto-archive it has the writer alone",
    },
    Rule {
        package: "carto-study",
        only: Some(&[
            "carto-agreement",
            "carto-archive",
            // Only behind a feature, which one worker asks for.
            "carto-audio",
            "carto-beatmap",
            "carto-demo",
            "carto-evidence",
            "carto-features",
            "carto-mapper",
            "carto-results",
            "carto-types",
            "serde",
            "serde_json",
            "siphasher",
            "thiserror",
        ]),
        never: &[MODELS, &["leptos", "rayon", "tokio", "getrandom", "burn*"]],
        on_wasm: true,
        why: "the page and the command call it and get the same bytes: it knows no worker, \
              no file and no clock",
    },
];
