use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use super::*;
use crate::page::policy::policy_of;

/// A page of few words with all programs; gone when it is dropped.
struct Sources(PathBuf);

impl Sources {
    fn new(name: &str) -> Self {
        let root = std::env::temp_dir().join(format!("xtask-page-{name}-{}", std::process::id()));
        let sources = Self(root);
        sources.write("public/published/published.bin", "foobar");
        sources.write("public/icon.svg", "<svg/>");
        sources.write("www/boot.js", "// Why.\nboot();\n");
        sources.write("www/a.js", "// Why.\na();\n");
        sources.write("www/b.js", "b();\n");
        sources.write("www/start.js", "import init from './osu-cartography.js';\ninit();\n");
        sources.write("www/base.css", "/* A */\na {\n  top: 0;\n}\n");
        sources.write("www/run.css", "b{}\n");
        sources.write("www/sw.js", include_str!("../../../www/sw.js"));
        sources.write("index.html", &index(&metas()));
        sources
    }

    fn write(&self, name: &str, text: &str) {
        crate::page::files::write(&self.0.join(name), text.as_bytes()).unwrap();
    }

    fn page(&self, extras: Extras) -> Result<BTreeMap<String, String>> {
        let files = assemble(&self.0, programs(), extras)?;
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Ok(files.iter().map(|(name, bytes)| (name.to_owned(), text(bytes))).collect())
    }
}

impl Drop for Sources {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn metas() -> String {
    let workers = PROGRAMS.iter().filter(|program| program.name != APP);
    workers.map(|p| format!("<meta name=\"{0}\" content=\"./{0}_loader.js\">\n", p.name)).collect()
}

fn index(metas: &str) -> String {
    format!(
        "<html><head>\n{metas}<script src=\"www/boot.js\"></script>\n\
         <script src=\"www/a.js\" defer></script>\n<script src=\"www/b.js\" defer></script>\n\
         <link rel=\"icon\" href=\"./icon.svg\">\n\
         <link id=\"figures\" href=\"./published/published.bin\">\n\
         <link rel=\"stylesheet\" href=\"www/base.css\" data-inline>\n\
         <link rel=\"stylesheet\" href=\"www/run.css\">\n\
         <link rel=\"modulepreload\" href=\"./osu-cartography.js\">\n\
         <script type=\"module\" src=\"www/start.js\"></script>\n\
         </head><body><p>words</p></body></html>\n"
    )
}

fn programs() -> Vec<ProgramFiles> {
    let files = |name: &str| {
        let glue = format!("new URL('{name}_bg.wasm', import.meta.url)");
        BTreeMap::from([
            (format!("{name}.js"), glue.into_bytes()),
            (format!("{name}_bg.wasm"), vec![0, 97, 115, 109, 255]),
        ])
    };
    let mut all: Vec<_> = PROGRAMS.iter().map(|program| files(program.name)).collect();
    all[0].insert("snippets/leptos-1/inline0.js".to_owned(), b"export {}".to_vec());
    all
}

#[test]
fn scripts_and_styles_stand_where_the_sources_name_the_first_of_each() {
    let page = Sources::new("parts").page(Extras::default()).unwrap();
    let html = &page["index.html"];
    let name = |start: &str| {
        page.keys().find(|name| name.starts_with(start)).unwrap_or_else(|| panic!("no {start}"))
    };
    let (boot, shims, later) = (name("boot-"), name("shims-"), name("later-"));
    assert_eq!(page[boot], "boot();\n");
    assert_eq!(page[shims], "a();\nb();\n", "in their order, without comments");
    assert_eq!(page[later], "b{}\n");
    let head = format!(
        "<script src=\"./{boot}\"></script>\n<script src=\"./{shims}\" defer></script>\n\
         <link rel=\"icon\" href=\"./icon.svg\">"
    );
    assert!(html.contains(&head), "{html}");
    assert!(
        html.contains("\n<style>a {\ntop: 0;\n}\n</style>\n<link rel=\"modulepreload\""),
        "{html}"
    );
    let end = format!("<p>words</p><link rel=\"stylesheet\" href=\"./{later}\">\n</body>");
    assert!(html.contains(&end), "{html}");
    assert!(!html.contains("www/"), "{html}");
    assert!(
        policy_of(html).unwrap().contains(&crate::page::files::sha256_base64(b"a {\ntop: 0;\n}\n"))
    );
}

#[test]
fn the_program_and_what_starts_it_have_one_version() {
    let page = Sources::new("start").page(Extras::default()).unwrap();
    let glue =
        page.keys().find(|name| name.starts_with("osu-cartography-") && name.ends_with(".js"));
    let glue = glue.unwrap();
    let start = page.keys().find(|name| name.starts_with("start-")).unwrap();
    assert_eq!(page[start], format!("import init from './{glue}';\ninit();\n"));
    let html = &page["index.html"];
    assert!(html.contains(&format!("<link rel=\"modulepreload\" href=\"./{glue}\">")), "{html}");
    assert!(
        html.contains(&format!("<script type=\"module\" src=\"./{start}\"></script>")),
        "{html}"
    );
    assert!(page.contains_key("snippets/leptos-1/inline0.js"));
}

#[test]
fn a_worker_gets_one_version_in_every_place_that_names_it() {
    let page = Sources::new("worker").page(Extras::default()).unwrap();
    let html = &page["index.html"];
    let after = html.split_once("<meta name=\"carto-encoder\" content=\"./").unwrap().1;
    let loader = after.split('"').next().unwrap();
    let versioned = loader.strip_suffix("_loader.js").unwrap();
    assert!(
        versioned.starts_with("carto-encoder-") && !versioned.contains("relaxed"),
        "{versioned}"
    );
    assert!(page[loader].contains(&format!("'./{versioned}.js'")));
    assert!(page[&format!("{versioned}.js")].contains(&format!("'{versioned}_bg.wasm'")));
    assert!(page.contains_key(&format!("{versioned}_bg.wasm")));
    assert!(!page.contains_key("carto-encoder.js") && !page.contains_key("carto-encoder_bg.wasm"));
}

#[test]
fn the_figures_have_a_version_and_the_service_worker_lists_every_file() {
    let page = Sources::new("figures").page(Extras::default()).unwrap();
    let figures = "published/published-85944171f73967e8.bin";
    assert!(page["index.html"].contains(&format!("href=\"./{figures}\"")));
    for name in page.keys().filter(|name| !["sw.js", "index.html"].contains(&name.as_str())) {
        assert!(page["sw.js"].contains(&format!("'{name}': '")), "{name}");
    }
    assert!(page["sw.js"].contains("'./': '"));
}

#[test]
fn a_build_may_have_more_files_and_no_service_worker() {
    let extras = Extras {
        files: vec![("models/more.bin".to_owned(), b"abc".to_vec())],
        edits: vec![(
            "name=\"carto-worker\"".to_owned(),
            "name=\"carto-worker\" data-x".to_owned(),
        )],
        is_kept: false,
    };
    let page = Sources::new("extras").page(extras).unwrap();
    assert_eq!(page["models/more.bin"], "abc");
    assert!(page["index.html"].contains("<meta name=\"carto-worker\" data-x content="));
    assert!(!page.contains_key("sw.js"));
}

#[test]
fn what_index_html_lacks_is_said() {
    let sources = Sources::new("lacking");
    let words = |sources: &Sources| format!("{:#}", sources.page(Extras::default()).unwrap_err());
    sources.write("index.html", &index(""));
    assert!(words(&sources).contains("name the program carto-worker"), "{}", words(&sources));
    sources.write("index.html", &index(&metas()).replace("published.bin", "other.bin"));
    assert!(words(&sources).contains("published.bin"), "{}", words(&sources));
    sources.write("index.html", &index(&metas()).replace("www/a.js", "www/gone.js"));
    assert!(words(&sources).contains("gone.js"), "{}", words(&sources));
    let edits = vec![("not there".to_owned(), String::new())];
    sources.write("index.html", &index(&metas()));
    assert!(sources.page(Extras { edits, ..Extras::default() }).is_err());
}
