//! A small server for the built page, on this machine only.

use std::fs;
use std::io::Write;
use std::net::Ipv4Addr;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::thread;

use anyhow::{Result, anyhow};
use flate2::Compression;
use flate2::write::GzEncoder;
use tiny_http::{Header, Method, Request, Response, Server};

use crate::postbuild::CONTENT_SECURITY_POLICY;

/// A browser opens six connections to one host.
const N_THREADS: usize = 6;

/// Serves `dist` on 127.0.0.1 from threads that live as long as this program.
///
/// - `port`: 0 for any that is free
/// - returns: the address, with a slash at its end
///
/// # Errors
///
/// Fails when the port is taken.
pub(crate) fn start(dist: &Path, port: u16) -> Result<String> {
    let server = Server::http((Ipv4Addr::LOCALHOST, port))
        .map_err(|error| anyhow!("cannot listen on 127.0.0.1:{port}: {error}"))?;
    let address = server.server_addr();
    let server = Arc::new(server);
    for _ in 0..N_THREADS {
        let (server, dist) = (Arc::clone(&server), dist.to_owned());
        thread::spawn(move || {
            while let Ok(request) = server.recv() {
                answer(request, &dist);
            }
        });
    }
    Ok(format!("http://{address}/"))
}

fn answer(request: Request, dist: &Path) {
    let reads = matches!(request.method(), Method::Get | Method::Head);
    let file = requested_file(dist, request.url());
    let found = file.and_then(|path| Some((fs::read(&path).ok()?, content_type(&path))));
    let (status, bytes, content_type) = match found {
        _ if !reads => (405, b"only GET and HEAD\n".to_vec(), "text/plain"),
        None => (404, b"not found\n".to_vec(), "text/plain"),
        Some((bytes, content_type)) => (200, bytes, content_type),
    };
    let zips = accepts_gzip(&request) && is_text_or_wasm(content_type);
    let body = if zips { gzip(&bytes, Compression::new(6)) } else { bytes };
    let policy = format!("{CONTENT_SECURITY_POLICY}; frame-ancestors 'none'");
    let mut response = Response::from_data(body).with_status_code(status);
    for (name, value) in [
        ("Content-Type", content_type),
        ("Vary", "Accept-Encoding"),
        ("Content-Security-Policy", policy.as_str()),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "no-referrer"),
        // The next build may give other bytes under the same name.
        ("Cache-Control", "no-store"),
        ("Content-Encoding", if zips { "gzip" } else { "identity" }),
    ] {
        if let Ok(header) = Header::from_bytes(name, value) {
            response.add_header(header);
        }
    }
    // A browser that went away in the middle of an answer is not our failure.
    let _ = request.respond(response);
}

/// The file that a request names, if it names one inside `dist`.
fn requested_file(dist: &Path, url: &str) -> Option<PathBuf> {
    let path = url.split(['?', '#']).next()?.strip_prefix('/')?;
    if path.contains(['%', '\\']) {
        return None; // No file of ours has a name that would need either.
    }
    let path = Path::new(if path.is_empty() { "index.html" } else { path });
    let stays_inside = path.components().all(|part| matches!(part, Component::Normal(_)));
    let file = dist.join(path);
    (stays_inside && file.is_file()).then_some(file)
}

fn content_type(path: &Path) -> &'static str {
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("json") => "application/json",
        Some("webmanifest") => "application/manifest+json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("woff2") => "font/woff2",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

fn is_text_or_wasm(content_type: &str) -> bool {
    content_type.starts_with("text/")
        || content_type.contains("json")
        || matches!(content_type, "application/wasm" | "image/svg+xml")
}

fn accepts_gzip(request: &Request) -> bool {
    request.headers().iter().any(|header| {
        header.field.equiv("Accept-Encoding") && header.value.as_str().contains("gzip")
    })
}

/// Compresses in memory.
pub(crate) fn gzip(bytes: &[u8], level: Compression) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), level);
    // Writing to a Vec cannot fail.
    let _ = encoder.write_all(bytes);
    encoder.finish().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;
    use std::net::TcpStream;

    fn get(address: &str, path: &str) -> String {
        let host = address.strip_prefix("http://").unwrap().trim_end_matches('/');
        let mut stream = TcpStream::connect(host).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    #[test]
    fn serves_what_is_inside_and_nothing_else() {
        let dist = std::env::temp_dir().join(format!("xtask-server-{}", std::process::id()));
        fs::create_dir_all(dist.join("site")).unwrap();
        fs::write(dist.join("secret.txt"), "secret").unwrap();
        fs::write(dist.join("site/index.html"), "<h1>here</h1>").unwrap();
        fs::write(dist.join("site/a.wasm"), "wasm").unwrap();
        let address = start(&dist.join("site"), 0).unwrap();

        let page = get(&address, "/?view=map");
        assert!(page.starts_with("HTTP/1.1 200") && page.contains("<h1>here</h1>"), "{page}");
        assert!(page.contains("Content-Security-Policy: default-src 'none'"), "{page}");
        assert!(get(&address, "/a.wasm").contains("Content-Type: application/wasm"));
        for outside in ["/../secret.txt", "/%2e%2e/secret.txt", "/missing", "//etc/passwd"] {
            assert!(get(&address, outside).starts_with("HTTP/1.1 404"), "{outside}");
        }
        fs::remove_dir_all(dist).unwrap();
    }
}
