//! Examples of every command, which end its help.

use clap::Command;

/// A command, by the words that follow `carto`, and its examples: each a line to type and what
/// it does. Those of `carto` itself are what it prints without arguments.
const EXAMPLES: [(&str, &[(&str, &str)]); 26] = [
    (
        "",
        &[
            ("carto demo --out demo", "writes invented songs by invented mappers, to try it on"),
            ("carto analyze demo --out results", "compares them; result.json opens in the page"),
            ("carto analyze Songs --out results", "the same with maps of your own"),
        ],
    ),
    (
        "analyze",
        &[
            ("carto analyze Songs --out results", "channels and latents of a folder"),
            ("carto analyze Songs --out results --no-latents", "channels only, which is faster"),
            ("carto analyze Songs --out results --mode published", "by the study's own rules"),
            ("carto analyze Songs --out results --cache kept", "the next run reads changes only"),
        ],
    ),
    ("encode", &[("carto encode map.osu --frames 13375 --out map.npy", "float32 [9, 13375]")]),
    (
        "latent",
        &[(
            "carto latent map.npy --encoder encoder.safetensors --out latents.npy",
            "latents of what carto encode wrote",
        )],
    ),
    (
        "pair",
        &[
            ("carto pair mine.osu theirs.osu", "lag, agreement and what is chance, as JSON"),
            ("carto pair Hard.osu Insane.osu --same-set", "of two difficulties of one set"),
            (
                "carto pair mine.osu theirs.osu --audio mine.mp3 theirs.ogg",
                "lag and version as heard, with the timing points as the check",
            ),
        ],
    ),
    (
        "song",
        &[
            (
                "carto song Songs --song \"Kite Season - Paper Lanterns\" --out lanterns",
                "where its two mappers agree: strips, agreement and moments as CSV, a figure",
            ),
            (
                "carto song Songs --song \"Paper Lanterns\" --mappers aoi_ferry,Tarn --out lanterns",
                "of two of its mappers; the first one's map is A",
            ),
            (
                "carto song Songs --song \"Paper Lanterns\" --difficulties Insane Extra --out lanterns",
                "of two difficulties",
            ),
            (
                "carto song Songs --song \"Paper Lanterns\" --from 40000 --to 48000 --out lanterns",
                "r of eight seconds too, as the page says it of what is visible",
            ),
            (
                "carto song Songs --song \"Paper Lanterns\" --latents --out lanterns",
                "with the latents of both maps and how much they agree",
            ),
        ],
    ),
    (
        "mapper",
        &[
            ("carto mapper Songs --mapper Ann --out ann", "against all mappers of the same songs"),
            (
                "carto mapper Songs --mapper Ann --against Bea --out ann --png",
                "and against one, with figures as PNG",
            ),
            (
                "carto mapper Songs --mapper Ann --latents --out ann",
                "in latents too, which takes longer",
            ),
        ],
    ),
    (
        "objects",
        &[("carto objects map.osu", "approach time, radius, and one line per object, as JSON")],
    ),
    ("audio-frames", &[("carto audio-frames audio.mp3", "what --frames of encode takes")]),
    ("demo", &[("carto demo --out demo", "a folder of .osz archives")]),
    (
        "convert",
        &[("carto convert epoch=3-step=58000.ckpt encoder.safetensors --half", "half the size")],
    ),
    (
        "features",
        &[
            ("carto features Songs --csv features.csv", "one row per map"),
            ("carto features map.osu --mods DT", "of one map with Double Time, to the terminal"),
        ],
    ),
    (
        "owners",
        &[("carto owners Songs --csv owners.csv", "correct it, then: analyze --owners owners.csv")],
    ),
    (
        "classify",
        &[
            ("carto classify Songs --out labels.csv", "label probabilities, one row per map"),
            (
                "carto classify Songs --collections new.db --first-label",
                "a collection.db with one collection per label",
            ),
        ],
    ),
    (
        "figures",
        &[("carto figures results/result.json --out figures --png", "SVG, and PNG beside it")],
    ),
    (
        "dataset",
        &[
            ("carto dataset --folders labels --out dataset.csv", "from one folder per label"),
            (
                "carto dataset --collection-db collection.db --maps Songs --out dataset.csv",
                "from your own collections",
            ),
        ],
    ),
    (
        "random-encoder",
        &[("carto random-encoder --seed 1 --hidden-dim 8 --out tiny.safetensors", "a small one")],
    ),
    (
        "import",
        &[(
            "carto import track_a.json track_b.json --out result.json --name \"My run\"",
            "one result file from two tables",
        )],
    ),
    (
        "publish",
        &[(
            "carto publish results/result.json --to dist/published --name \"My run\"",
            "the page lists what is in that folder",
        )],
    ),
    ("collect", &[("carto collect collections.json --out collected", "continues if run again")]),
    ("pack", &[("carto pack Songs --out maps.set", "read once, train on it often")]),
    ("train", &[("carto train classifier --help", "the arguments of one of the two")]),
    (
        "train encoder",
        &[(
            "carto train encoder --data maps.set --config encoder.train.json --out run",
            "add --resume run to go on after a stop",
        )],
    ),
    (
        "train classifier",
        &[("carto train classifier --dataset dataset.csv --out my.classifier", "with its card")],
    ),
    (
        "evaluate",
        &[(
            "carto evaluate --encoder run/encoder.safetensors --decoder run/decoder.safetensors \
             --config encoder.train.json --data maps.set --out card",
            "on the maps that its training held out",
        )],
    ),
    (
        "crossval",
        &[(
            "carto crossval --data maps.set --config encoder.train.json --out folds",
            "five encoders, one for each fifth of the songs",
        )],
    ),
];

/// Ends the help of a command and of all below it with their examples.
///
/// - `path`: the words that follow `carto`
pub(crate) fn add_to(command: Command, path: &str) -> Command {
    let names: Vec<_> = command.get_subcommands().map(|it| it.get_name().to_owned()).collect();
    let command = names.iter().fold(command, |command, name| {
        let below = format!("{path} {name}");
        command.mut_subcommand(name, |inner| add_to(inner, below.trim_start()))
    });
    let Some(examples) = of(path) else { return command };
    let end = match command.get_after_help() {
        Some(more) => format!("{examples}\n\n{more}"),
        None => examples,
    };
    command.after_help(end)
}

/// What is printed where no command is named: what this is, how it is called, three examples.
pub(crate) fn without_arguments(about: &str) -> String {
    let examples = of("").unwrap_or_default();
    format!(
        "{about}.\n\nUsage: carto <COMMAND>\n\n{examples}\n\n\
         `carto --help` lists all commands, `carto COMMAND --help` explains one."
    )
}

/// The paragraph of examples of one command.
fn of(path: &str) -> Option<String> {
    let (_, examples) = EXAMPLES.iter().find(|(command, _)| *command == path)?;
    let lines = examples.iter().map(|(line, what)| format!("\n  {line}\n      {what}"));
    Some(std::iter::once("Examples:".to_owned()).chain(lines).collect())
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    /// The words of a line as a shell gives them: quotes hold words together.
    fn words(line: &str) -> Vec<String> {
        let mut is_quoted = false;
        let mut all = vec![String::new()];
        for letter in line.chars() {
            match letter {
                '"' => is_quoted = !is_quoted,
                ' ' if !is_quoted => all.push(String::new()),
                _ => all.last_mut().unwrap().push(letter),
            }
        }
        all.retain(|word| !word.is_empty());
        all
    }

    fn all_commands(command: &Command, path: &str, found: &mut Vec<String>) {
        found.push(path.to_owned());
        for inner in command.get_subcommands() {
            all_commands(inner, format!("{path} {}", inner.get_name()).trim_start(), found);
        }
    }

    #[test]
    fn every_command_has_examples() {
        let mut commands = Vec::new();
        all_commands(&crate::Args::command(), "", &mut commands);
        let mut named: Vec<_> = EXAMPLES.iter().map(|(command, _)| (*command).to_owned()).collect();
        commands.sort();
        named.sort();
        assert_eq!(commands, named);
    }

    #[test]
    fn every_example_is_understood() {
        for (command, examples) in EXAMPLES {
            for (line, _) in examples {
                let begins = line.strip_prefix("carto ").unwrap();
                assert!(begins.starts_with(command), "{line} is no example of {command}");
                let parsed = crate::Args::command().try_get_matches_from(words(line));
                let is_help =
                    |error: &clap::Error| error.kind() == clap::error::ErrorKind::DisplayHelp;
                let is_understood = parsed.as_ref().map_or_else(is_help, |_| true);
                assert!(is_understood, "{line}: {parsed:?}");
            }
        }
    }
}
