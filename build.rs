//! What the linker is told of the page's program.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let is_wasm = std::env::var("CARGO_CFG_TARGET_FAMILY").is_ok_and(|family| family == "wasm");
    if is_wasm {
        // The build of the page splits the program, and has to know what refers to what.
        println!("cargo::rustc-link-arg-bins=--emit-relocs");
    }
}
