//! Part of `cargo xtask check`: the files of a crate use each other in one direction.
//!
//! A file uses another where it names an item that stands there: by a path, or by a name that
//! `use` brings in. Names are followed through re-exports, so that a parent module which passes
//! on what its children have is not used by those who name it. Tests do not count.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use proc_macro2::{Delimiter, Punct, Spacing, TokenStream, TokenTree};

use crate::process::root;

/// Circles that stay, by their files, each with its reason: three at most.
const ALLOWED: &[(&[&str], &str)] = &[];

/// Reads all crates of the workspace.
///
/// # Errors
///
/// Lists every circle that is not allowed, with the names that close it.
pub(crate) fn circles() -> Result<()> {
    let root = root();
    let mut crates = vec![PathBuf::from("src"), PathBuf::from("xtask/src")];
    for entry in fs::read_dir(root.join("crates")).context("cannot read crates/")? {
        crates.push(Path::new("crates").join(entry?.file_name()).join("src"));
    }
    crates.sort();
    let (mut found, mut n_files) = (Vec::new(), 0);
    for program in crates.iter().flat_map(|src| programs(&root, src)) {
        let uses = Crate::read(&program, &|path| fs::read_to_string(root.join(path)).ok())?.uses();
        n_files += uses.len();
        found.extend(circles_in(&uses).iter().filter(|circle| !is_allowed(circle)).map(described));
    }
    if !found.is_empty() {
        bail!("{} circles between files:\n{}", found.len(), found.join("\n"));
    }
    println!("no circles between {n_files} files");
    Ok(())
}

/// The roots of a crate's library and programs.
fn programs(root: &Path, src: &Path) -> Vec<PathBuf> {
    let bins = fs::read_dir(root.join(src).join("bin")).into_iter().flatten().flatten();
    let bins = bins.map(|entry| Path::new("bin").join(entry.file_name()));
    let names = ["lib.rs", "main.rs"].map(PathBuf::from).into_iter().chain(bins);
    names.map(|name| src.join(name)).filter(|path| root.join(path).is_file()).collect()
}

/// Files, and what each uses of which other.
type Uses = BTreeMap<PathBuf, BTreeMap<PathBuf, BTreeSet<String>>>;

fn is_allowed(circle: &Uses) -> bool {
    let has = |files: &[&str], file: &Path| files.iter().any(|name| Path::new(name) == file);
    ALLOWED.iter().any(|(files, _)| circle.keys().all(|file| has(files, file)))
}

fn described(circle: &Uses) -> String {
    let mut text = format!("  {} files", circle.len());
    for (file, uses) in circle {
        for (other, names) in uses {
            let names: Vec<_> = names.iter().map(String::as_str).collect();
            let (file, other) = (file.display(), other.display());
            text += &format!("\n    {file} uses {other}: {}", names.join(", "));
        }
    }
    text
}

/// A module: a file, or a part of one.
#[derive(Debug, Default)]
struct Module {
    file: PathBuf,
    /// Names below the crate's root.
    path: Vec<String>,
    /// Names of the items that stand in it.
    items: HashSet<String>,
    /// Names that `use` brings in, with their paths; `*` for everything below a path.
    imports: Vec<(String, Vec<String>)>,
    /// All paths that its code names.
    paths: Vec<Vec<String>>,
    /// Modules with a file of their own, and the file where it is named.
    children: Vec<(String, Option<String>)>,
}

/// No path is longer, imports followed.
const MAX_PATH_LEN: usize = 16;

/// The modules of one program or library.
#[derive(Debug, Default)]
struct Crate {
    modules: Vec<Module>,
    /// Indices of modules by their path; alternatives of `cfg` share one.
    of_path: HashMap<Vec<String>, Vec<usize>>,
}

impl Crate {
    /// Reads a file and all modules below it, tests left out.
    fn read(root: &Path, text_of: &dyn Fn(&Path) -> Option<String>) -> Result<Self> {
        let mut this = Self::default();
        let mut waiting = vec![(root.to_owned(), Vec::new())];
        while let Some((file, path)) = waiting.pop() {
            let text = text_of(&file).with_context(|| format!("no module {}", file.display()))?;
            let tokens: TokenStream =
                text.parse().map_err(|_| anyhow::anyhow!("{} is no Rust", file.display()))?;
            let start = this.modules.len();
            this.add(Module { file: file.clone(), path, ..Module::default() }, tokens);
            let beside = file.parent().unwrap_or(Path::new(""));
            let is_root = file == root || file.ends_with("mod.rs");
            let folder = if is_root { beside.to_owned() } else { file.with_extension("") };
            for module in &this.modules[start..] {
                for (name, named) in &module.children {
                    let named = named.as_ref().map(|named| beside.join(named));
                    let usual = [format!("{name}.rs"), format!("{name}/mod.rs")];
                    let mut paths = named.into_iter().chain(usual.map(|name| folder.join(name)));
                    let found = paths.find(|path| text_of(path).is_some());
                    let missing = || format!("{}: no file of mod {name}", file.display());
                    waiting.push((found.with_context(missing)?, below(&module.path, name)));
                }
            }
        }
        Ok(this)
    }

    fn add(&mut self, mut module: Module, tokens: TokenStream) {
        let mut inline = Vec::new();
        read_tokens(tokens, true, &mut module, &mut inline);
        self.of_path.entry(module.path.clone()).or_default().push(self.modules.len());
        let (file, path) = (module.file.clone(), module.path.clone());
        self.modules.push(module);
        for (name, tokens) in inline {
            let path = below(&path, &name);
            self.add(Module { file: file.clone(), path, ..Module::default() }, tokens);
        }
    }

    /// The modules in which the item stands that a path names in a module; none for items
    /// of other crates and for modules themselves.
    ///
    /// - `seen`: what was looked for already, and where: imports may lead in a ring
    fn resolve<'a>(
        &'a self,
        module: &'a Module,
        path: &[String],
        seen: &mut HashSet<(Vec<String>, Vec<String>)>,
    ) -> Vec<&'a Module> {
        let Some((head, rest)) = path.split_first() else { return Vec::new() };
        // A name that is brought in under the name of its crate would grow for ever.
        let is_new =
            path.len() <= MAX_PATH_LEN && seen.insert((module.path.clone(), path.to_vec()));
        if !is_new {
            return Vec::new();
        }
        let parent = module.path.len().saturating_sub(1);
        let start = match head.as_str() {
            "crate" => Some(Vec::new()),
            "self" => Some(module.path.clone()),
            "super" => Some(module.path[..parent].to_vec()),
            _ => None,
        };
        let child = below(&module.path, head);
        let start = start.or_else(|| Some(child).filter(|path| self.of_path.contains_key(path)));
        if let Some(start) = start {
            let modules = self.of_path.get(&start).into_iter().flatten();
            let modules = modules.map(|&idx| &self.modules[idx]);
            return match rest {
                [star] if star == "*" => modules.collect(),
                _ => modules.flat_map(|module| self.resolve(module, rest, seen)).collect(),
            };
        }
        if module.items.contains(head) {
            return vec![module];
        }
        // All of another crate is not looked through: what it has is not ours.
        let is_ours = |import: &[String]| {
            let first = import.first().map_or("", String::as_str);
            matches!(first, "crate" | "self" | "super")
                || self.of_path.contains_key(&below(&module.path, first))
        };
        let is_it = |(name, import): &&(String, Vec<String>)| {
            name == head || (name == "*" && is_ours(import))
        };
        let imports = module.imports.iter().filter(is_it);
        let mut found = imports.flat_map(|(name, import)| {
            let import = if name == "*" { &import[..import.len() - 1] } else { &import[..] };
            let skipped = usize::from(name != "*");
            self.resolve(module, &[import, &path[skipped..]].concat(), seen)
        });
        found.next().into_iter().collect()
    }

    /// What each file uses of which other.
    fn uses(&self) -> Uses {
        let mut uses = Uses::new();
        for module in &self.modules {
            let used = uses.entry(module.file.clone()).or_default();
            for path in &module.paths {
                for other in self.resolve(module, path, &mut HashSet::new()) {
                    if other.file != module.file {
                        let names = used.entry(other.file.clone()).or_default();
                        names.insert(path.last().cloned().unwrap_or_default());
                    }
                }
            }
        }
        uses
    }
}

/// Files that use each other, directly or through others; each file once.
fn circles_in(uses: &Uses) -> Vec<Uses> {
    let reached: BTreeMap<_, _> = uses.keys().map(|file| (file, reach(uses, file))).collect();
    let mut waiting: BTreeSet<&PathBuf> = uses.keys().collect();
    let mut circles = Vec::new();
    while let Some(file) = waiting.pop_first() {
        let is_in =
            |other: &&&PathBuf| reached[file].contains(**other) && reached[**other].contains(file);
        let circle: BTreeSet<_> = waiting.iter().filter(is_in).copied().chain([file]).collect();
        waiting.retain(|other| !circle.contains(other));
        if circle.len() > 1 {
            let inside = circle.iter().map(|&file| {
                let mut used = uses[file].clone();
                used.retain(|other, _| circle.contains(other));
                (file.clone(), used)
            });
            circles.push(inside.collect());
        }
    }
    circles
}

/// The path of a module in another one.
fn below(path: &[String], name: &str) -> Vec<String> {
    path.iter().map(String::as_str).chain([name]).map(str::to_owned).collect()
}

/// All files that a file uses, directly or through others.
fn reach(uses: &Uses, file: &PathBuf) -> BTreeSet<PathBuf> {
    let mut reached = BTreeSet::new();
    let mut waiting = vec![file];
    while let Some(file) = waiting.pop() {
        for other in uses[file].keys() {
            if reached.insert(other.clone()) {
                waiting.push(other);
            }
        }
    }
    reached
}

/// Notes what a piece of code defines, brings in and names.
///
/// - `is_top`: whether its items are the module's own
/// - `inline`: gets the modules that have no file of their own
fn read_tokens(
    tokens: TokenStream,
    is_top: bool,
    module: &mut Module,
    inline: &mut Vec<(String, TokenStream)>,
) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut named_file = None;
    let mut idx = 0;
    while let Some(token) = tokens.get(idx) {
        idx += 1;
        match token {
            TokenTree::Group(group) => {
                let text = group.stream().to_string().replace(' ', "");
                if is_punct(&tokens, idx.wrapping_sub(2), '#') {
                    if text.starts_with("cfg(") && text.contains("(test") {
                        idx += len_until(&tokens[idx..], is_item_end);
                        continue;
                    }
                    if text.starts_with("path=") {
                        named_file = text.split('"').nth(1).map(str::to_owned);
                    }
                }
                read_tokens(group.stream(), false, module, inline);
            }
            TokenTree::Ident(word) if word == "use" => {
                let n_tokens = len_until(&tokens[idx..], is_semicolon);
                let paths = use_paths(tokens[idx..][..n_tokens].iter().cloned(), &[]);
                idx += n_tokens;
                module.paths.extend(paths.iter().map(|(_, path)| path.clone()));
                if is_top {
                    module.imports.extend(paths);
                }
            }
            TokenTree::Ident(word) if word == "mod" && is_top => {
                let name = text_at(&tokens, idx);
                match tokens.get(idx + 1) {
                    Some(TokenTree::Group(group)) => inline.push((name, group.stream())),
                    _ => module.children.push((name, named_file.take())),
                }
                idx += 2;
            }
            TokenTree::Ident(word) => {
                if is_top && ITEMS.iter().any(|item| word == item) {
                    module.items.insert(text_at(&tokens, idx));
                }
                let mut path = vec![word.to_string()];
                while is_punct(&tokens, idx, ':') && is_punct(&tokens, idx + 1, ':') {
                    path.push(text_at(&tokens, idx + 2));
                    idx += 3;
                }
                if path.len() > 1 {
                    module.paths.push(path);
                }
            }
            _ => {}
        }
    }
}

/// Words that stand before the name of an item.
const ITEMS: [&str; 8] = ["fn", "struct", "enum", "union", "trait", "type", "const", "static"];

fn text_at(tokens: &[TokenTree], idx: usize) -> String {
    tokens.get(idx).map(ToString::to_string).unwrap_or_default()
}

fn is_punct(tokens: &[TokenTree], idx: usize, mark: char) -> bool {
    matches!(tokens.get(idx), Some(TokenTree::Punct(punct)) if punct.as_char() == mark)
}

fn is_semicolon(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == ';')
}

fn is_item_end(token: &TokenTree) -> bool {
    let is_block =
        matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace);
    is_block || is_semicolon(token)
}

/// Number of tokens up to the first that is an end, with it.
fn len_until(tokens: &[TokenTree], is_end: fn(&TokenTree) -> bool) -> usize {
    tokens.iter().position(is_end).map_or(tokens.len(), |idx| idx + 1)
}

/// The names that a `use` brings in, with their paths.
fn use_paths(
    tree: impl Iterator<Item = TokenTree>,
    prefix: &[String],
) -> Vec<(String, Vec<String>)> {
    let mut found = Vec::new();
    let (mut path, mut alias) = (prefix.to_vec(), None);
    for token in tree.chain([Punct::new(',', Spacing::Alone).into()]) {
        match token {
            TokenTree::Ident(word) if word == "as" => alias = Some(String::new()),
            TokenTree::Ident(word) if alias.is_some() => alias = Some(word.to_string()),
            TokenTree::Ident(word) => path.push(word.to_string()),
            TokenTree::Punct(mark) if mark.as_char() == '*' => path.push("*".to_owned()),
            TokenTree::Punct(mark) if mark.as_char() == ',' => {
                if path.len() > prefix.len() {
                    path.pop_if(|last| last == "self");
                    let name = alias.take().or_else(|| path.last().cloned());
                    found.push((name.unwrap_or_default(), path));
                }
                path = prefix.to_vec();
            }
            TokenTree::Group(group) => {
                found.extend(use_paths(group.stream().into_iter(), &path));
                path.clear();
            }
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Circles of a crate, as names of files.
    fn circles_of(files: &[(&str, &str)]) -> Vec<Vec<String>> {
        let text_of = |path: &Path| {
            let file = files.iter().find(|(name, _)| Path::new(name) == path)?;
            Some(file.1.to_owned())
        };
        let uses = Crate::read(Path::new("lib.rs"), &text_of).unwrap().uses();
        let names = |circle: &Uses| circle.keys().map(|file| file.display().to_string()).collect();
        circles_in(&uses).iter().map(names).collect()
    }

    #[test]
    fn two_files_that_name_each_other_are_a_circle() {
        let lib = ("lib.rs", "mod a; mod b;");
        let b = ("b.rs", "fn f(a: crate::a::A) -> u8 { a.0 }");
        let a = ("a.rs", "use crate::{b::{self, f as g}, x}; struct A(u8);");
        assert_eq!(circles_of(&[lib, a, b]), [["a.rs", "b.rs"]]);
        let a = ("a.rs", "use crate::b; struct A(u8); impl A { fn h() { b::f(); } }");
        assert_eq!(circles_of(&[lib, a, b]), [["a.rs", "b.rs"]]);
        let a = ("a.rs", "use crate::b; struct A(u8);");
        assert!(circles_of(&[lib, a, b]).is_empty(), "a module alone is no item");
        let a = ("a.rs", "struct A(u8); #[cfg(test)] mod tests { use crate::b::f; }");
        assert!(circles_of(&[lib, a, b]).is_empty(), "tests do not count");
    }

    #[test]
    fn a_name_that_is_passed_on_stands_where_it_is_defined() {
        let a = ("m/a.rs", "use super::B; pub struct A;");
        let b = ("m/b.rs", "pub struct B;");
        let lib = ("lib.rs", "mod m; pub use m::A;");
        let passes_on = ("m/mod.rs", "mod a; mod b; pub use a::A; pub use b::*;");
        assert!(circles_of(&[lib, passes_on, a, b]).is_empty());
        let defines = ("m/mod.rs", "mod a; pub use a::A; pub struct B;");
        assert_eq!(circles_of(&[lib, defines, a]), [["m/a.rs", "m/mod.rs"]]);
    }

    #[test]
    fn longer_circles_and_files_under_other_names_are_found() {
        let lib = ("lib.rs", "mod a; mod b; #[cfg(x)] #[path = \"no_c.rs\"] mod c;");
        let files = [
            lib,
            ("a.rs", "fn a() { crate::b::b() }"),
            ("b.rs", "use crate::c::*; fn b() {}"),
            ("no_c.rs", "const C: fn() = super::a::a;"),
        ];
        assert_eq!(circles_of(&files), [["a.rs", "b.rs", "no_c.rs"]]);
    }
}
