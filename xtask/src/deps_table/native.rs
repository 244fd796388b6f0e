//! Programs of this computer.

use super::rule::Rule;

pub(super) const RULES: &[Rule] = &[
    Rule {
        package: "carto-collect",
        only: None,
        // Neither a TLS that cmake builds nor one that the system has to bring.
        never: &[&[
            "leptos",
            "rayon",
            "burn*",
            "aws-lc*",
            "openssl-sys",
            "carto-*",
            "osu-cartography",
        ]],
        on_wasm: false,
        why: "asks two services and writes what they answer: it reads no beatmap",
    },
    Rule {
        package: "carto-cli",
        only: None,
        // Burn's backends on graphics processors take ten minutes to build: only
        // behind the feature `train-gpu`.
        never: &[&[
            "leptos",
            "burn-wgpu",
            "cubecl-wgpu",
            "carto-worker",
            "carto-port",
            "carto-encoder-worker",
            "osu-cartography",
            "web-sys",
        ]],
        on_wasm: false,
        why: "the command does what the page does, without any of the page, and trains",
    },
    Rule {
        package: "xtask",
        only: Some(&[
            "anyhow",
            "base64",
            "carto-charts",
            "carto-protocol",
            "carto-types",
            "flate2",
            "proc-macro2",
            "serde_json",
            "sha2",
            "wasm-bindgen-cli-support",
            "wasm_split_cli_support",
        ]),
        never: &[&["carto-study", "carto-beatmap", "carto-results", "leptos", "tokio", "clap"]],
        on_wasm: false,
        why: "a fresh machine compiles it before it can do anything else: wasm-bindgen, the \
              splitter of the page's program, what they bring along, and what draws the chart of \
              the first view into the page",
    },
];
