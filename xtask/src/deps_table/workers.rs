//! Programs of the page's workers.

use super::rule::{GPU, MODELS, Rule, WORKER};

pub(super) const RULES: &[Rule] = &[
    Rule {
        package: "carto-worker",
        only: None,
        never: &[WORKER, GPU, MODELS, &["carto-audio", "symphonia*"]],
        on_wasm: true,
        why: "ready at once: no page and no neural network in it; star ratings, by which the rules \
              of osu! choose difficulties, bring rosu-pp",
    },
    Rule {
        package: "carto-audio-worker",
        only: Some(&["carto-port", "carto-protocol", "carto-study", "web-sys"]),
        never: &[WORKER, GPU, MODELS],
        on_wasm: true,
        why: "the decoders, for songs whose timing points leave a lag open: the worker of a first drop \
              has no room for them",
    },
    Rule {
        package: "carto-results-worker",
        only: None,
        never: &[WORKER, GPU, MODELS, &["rosu-pp", "carto-study"]],
        on_wasm: true,
        why: "opens, writes and compares results: it reads no beatmap, and writes archives but \
              reads none",
    },
    Rule {
        package: "carto-beatmaps-worker",
        only: None,
        // Burn trains a person's own classifier; none of its backends on graphics
        // processors, and none of its threads.
        never: &[WORKER, &["wgpu*", "cubecl-wgpu", "carto-study"]],
        on_wasm: true,
        why: "loaded with the view of beatmaps: features, classifiers and their training",
    },
    Rule {
        package: "carto-song-worker",
        only: None,
        never: &[WORKER, GPU, &["rosu-pp", "carto-study"]],
        on_wasm: true,
        why: "loaded with the view of one song: reads two maps and what is said of them over time",
    },
    Rule {
        package: "carto-mapper-worker",
        only: None,
        never: &[WORKER, GPU, &["symphonia*", "carto-encoder"]],
        on_wasm: true,
        why: "loaded with the view of mappers: the numbers of maps, and what they say of a mapper",
    },
    Rule {
        package: "carto-encoder-worker",
        only: None,
        never: &[WORKER, &["burn*", "cubecl*"]],
        on_wasm: true,
        why: "loaded when latents are asked for: an encoder and its kernels, and no framework for them",
    },
    Rule {
        package: "carto-bench-wasm",
        only: None,
        // Burn only behind the feature of the one program that measures it.
        never: &[WORKER, &["burn*", "carto-study"]],
        on_wasm: true,
        why: "measures the encoder as the page runs it, with nothing of the page around it",
    },
];
