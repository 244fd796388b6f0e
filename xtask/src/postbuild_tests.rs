use super::*;

#[test]
fn hashes_as_published() {
    // Test vectors of the FNV authors.
    assert_eq!(content_hash(b""), "cbf29ce484222325");
    assert_eq!(content_hash(b"foobar"), "85944171f73967e8");
}

#[test]
fn only_a_worker_is_without_a_hash() {
    assert!(is_versioned("osu-cartography-71a0d3f7bf29ce48"));
    assert!(!is_versioned("carto-worker"));
    assert!(!is_versioned("carto-decade"));
}

#[test]
fn inline_scripts_become_files_and_others_stay() {
    let html = "<head><script src=\"a.js\"></script><script type=\"module\">go()</script></head>";
    let (page, scripts) = extract_scripts(html);
    assert_eq!(scripts.len(), 1);
    assert_eq!(scripts[0].text, "go()\n");
    let expected = format!(
        "<head><script src=\"a.js\"></script>\
         <script type=\"module\" src=\"./{}\"></script></head>",
        scripts[0].file_name
    );
    assert_eq!(page, expected);
}

#[test]
fn deferred_scripts_are_joined_in_their_order() {
    let dist = std::env::temp_dir().join(format!("xtask-deferred-{}", std::process::id()));
    fs::create_dir_all(&dist).unwrap();
    fs::write(dist.join("a.js"), "// Why.\na();\n").unwrap();
    fs::write(dist.join("b.js"), "b();\n").unwrap();
    let html = "<script src=\"./boot.js\"></script><script defer=\"\" src=\"./a.js\"></script>\
                <p></p><script src=\"./b.js\" integrity=\"x\" defer></script>";
    let page = join_deferred(&dist, html).unwrap();
    let name = format!("shims-{}.js", content_hash(b"a();\nb();\n"));
    let expected = format!(
        "<script src=\"./boot.js\"></script><script src=\"./{name}\" defer></script><p></p>"
    );
    assert_eq!(page, expected);
    assert_eq!(fs::read_to_string(dist.join(name)).unwrap(), "a();\nb();\n");
    assert!(!dist.join("a.js").exists() && !dist.join("b.js").exists());
    assert_eq!(join_deferred(&dist, &page).unwrap(), page, "one script stays");
    fs::remove_dir_all(dist).unwrap();
}

#[test]
fn the_policy_comes_before_everything_that_could_load() {
    let page = with_policy("<html><head><meta charset=\"utf-8\"></head>").unwrap();
    assert!(page.starts_with("<html><head><meta http-equiv=\"Content-Security-Policy\""));
    assert_eq!(with_policy(&page).unwrap(), page, "a page has one policy");
    assert!(with_policy("<p>no head</p>").is_err());
}

#[test]
fn the_policy_allows_the_styles_of_the_page_by_their_hash() {
    let page = with_policy("<head><style>abc</style></head>").unwrap();
    // The digest of FIPS 180-2, appendix B.1, in base64.
    let hash = "'sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0='";
    let policy = policy_of(&page).unwrap();
    assert!(policy.contains(&format!("style-src 'self' {hash}; style-src-attr")), "{policy}");
    assert_eq!(with_policy(&page).unwrap(), page);
}

#[test]
fn a_worker_gets_one_version_in_every_place_that_names_it() {
    let dist = std::env::temp_dir().join(format!("xtask-postbuild-{}", std::process::id()));
    fs::create_dir_all(&dist).unwrap();
    let html = "<head></head><meta name=\"w\" content=\"./w_loader.js\">";
    fs::write(dist.join("index.html"), html).unwrap();
    fs::write(dist.join("w_bg.wasm"), [0, 97, 115, 109]).unwrap();
    fs::write(dist.join("sw.js"), include_str!("../../www/sw.js")).unwrap();
    fs::write(dist.join("w.js"), "new URL('w_bg.wasm', import.meta.url)").unwrap();
    fs::write(dist.join("w_loader.js"), "import init from './w.js';await init();").unwrap();

    finish_page(&dist).unwrap();

    let page = fs::read_to_string(dist.join("index.html")).unwrap();
    let loader = page.split("content=\"./").nth(1).unwrap().split('"').next().unwrap();
    let versioned = loader.strip_suffix("_loader.js").unwrap();
    assert!(is_versioned(versioned));
    let loader = fs::read_to_string(dist.join(loader)).unwrap();
    assert!(loader.contains(&format!("'./{versioned}.js'")));
    let glue = fs::read_to_string(dist.join(format!("{versioned}.js"))).unwrap();
    assert!(glue.contains(&format!("'{versioned}_bg.wasm'")));
    assert!(dist.join(format!("{versioned}_bg.wasm")).exists());
    assert!(!dist.join("w.js").exists() && !dist.join("w_bg.wasm").exists());

    finish_page(&dist).unwrap();
    assert_eq!(fs::read_to_string(dist.join("index.html")).unwrap(), page, "nothing changed");
    fs::remove_dir_all(dist).unwrap();
}

#[test]
fn a_worker_that_the_page_does_not_name_is_an_error() {
    let dist = std::env::temp_dir().join(format!("xtask-unnamed-{}", std::process::id()));
    fs::create_dir_all(&dist).unwrap();
    fs::write(dist.join("index.html"), "<head></head>").unwrap();
    fs::write(dist.join("w_bg.wasm"), [0]).unwrap();
    let error = finish_page(&dist).unwrap_err();
    assert!(error.to_string().contains("<meta name=\"w\""), "{error}");
    fs::remove_dir_all(dist).unwrap();
}
