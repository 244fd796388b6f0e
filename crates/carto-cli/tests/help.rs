//! The help of every command, held against `tests/help`: `UPDATE_EXPECT=1` writes it anew.
#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use expect_test::expect_file;

/// How the end of a command's help begins where the command is left out of the build.
const LEFT_OUT: &str = "\nThis carto was built without this command: ";

#[test]
fn help_is_what_the_files_say() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/help");
    let (mut names, mut commands) = (BTreeSet::new(), vec![vec!["carto".to_owned()]]);
    while let Some(command) = commands.pop() {
        let help = help(&command[1..]);
        let is_training = command
            .get(1)
            .is_some_and(|name| ["pack", "train", "evaluate", "crossval"].contains(&name.as_str()));
        let is_left_out = help.contains(LEFT_OUT);
        assert_eq!(is_left_out, is_training && !cfg!(feature = "train"), "{command:?}");
        let help = help.split(LEFT_OUT).next().unwrap();
        let name = format!("{}.txt", command.join("-"));
        expect_file![folder.join(&name)].assert_eq(help);
        let below = |name: &str| [&command[..], &[name.to_owned()]].concat();
        commands.extend(subcommands(help).map(below));
        names.insert(name);
    }
    let files = fs::read_dir(folder).unwrap();
    let files = files.map(|file| file.unwrap().file_name().into_string().unwrap());
    assert_eq!(files.collect::<BTreeSet<_>>(), names, "a file for each command and no other");
}

fn help(command: &[String]) -> String {
    let mut carto = Command::new(env!("CARGO_BIN_EXE_carto"));
    // Help shows the values of the variables that an option can be set by.
    carto.env_remove("CARTO_OSU").env_remove("CARTO_COLLECTOR");
    let output = carto.args(command).arg("--help").output().unwrap();
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// The names in a list of commands; what goes on in a further line is indented further.
fn subcommands(help: &str) -> impl Iterator<Item = &str> {
    let list = help.split_once("Commands:\n").map_or("", |(_, list)| list);
    let lines = list.lines().take_while(|line| !line.is_empty());
    let names = lines.filter_map(|line| line.strip_prefix("  ")?.split(' ').next());
    names.filter(|name| !["", "help"].contains(name))
}
