//! A small server for the built page, on this machine only.
//!
//! Our own, because the one we had before left connections waiting when a
//! browser opened several at once: here each gets a thread, for as long as the
//! browser keeps it.

use std::collections::HashMap;
use std::fs;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result};
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::page::policy::policy_of;

/// Browsers open connections ahead of need; a silent one is closed after this.
const PATIENCE: Duration = Duration::from_secs(20);
/// A request's first line and headers; browsers send about 1 kB.
const MAX_HEAD_BYTES: u64 = 64 << 10;

/// Serves `dist` on 127.0.0.1 for as long as this program lives.
///
/// - `port`: 0 for any that is free
/// - returns: the address, with a slash at its end
///
/// # Errors
///
/// Fails when the port is taken.
pub(crate) fn start(dist: &Path, port: u16) -> Result<String> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))
        .with_context(|| format!("cannot listen on 127.0.0.1:{port}"))?;
    let address = listener.local_addr()?;
    let site = Arc::new(Site { dist: dist.to_owned(), zipped: Mutex::default() });
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let site = Arc::clone(&site);
            // A browser that went away in the middle of an answer is not our failure.
            thread::spawn(move || answer_all(&stream, &site));
        }
    });
    Ok(format!("http://{address}/"))
}

/// What is served, and what was compressed of it.
struct Site {
    dist: PathBuf,
    /// By the bytes themselves, so that a build in between changes what is served. A
    /// host compresses once too; doing it for each request would show in load times.
    zipped: Mutex<HashMap<Vec<u8>, Vec<u8>>>,
}

impl Site {
    /// The page's own policy for every file, so that workers obey it. It lets any host
    /// be asked over https: which of them a page may ask stands in its address, which
    /// no server sees.
    fn policy(&self) -> String {
        let index = fs::read_to_string(self.dist.join("index.html")).unwrap_or_default();
        let policy = policy_of(&index).unwrap_or("default-src 'none'");
        format!("{policy}; frame-ancestors 'none'")
    }

    fn zip(&self, bytes: Vec<u8>) -> Vec<u8> {
        let lock = || self.zipped.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(zipped) = lock().get(&bytes) {
            return zipped.clone();
        }
        let zipped = gzip(&bytes, Compression::new(6));
        lock().insert(bytes, zipped.clone());
        zipped
    }
}

/// What of a request matters here.
struct Request {
    method: String,
    url: String,
    accepts_gzip: bool,
    is_last: bool,
}

fn read_request(reader: &mut BufReader<&TcpStream>) -> io::Result<Request> {
    let mut lines = reader.by_ref().take(MAX_HEAD_BYTES).lines();
    let first = lines.next().unwrap_or_else(|| Err(io::ErrorKind::UnexpectedEof.into()))?;
    let mut words = first.split(' ').map(str::to_owned);
    let (method, url) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let (mut accepts_gzip, mut is_last) = (false, false);
    for line in lines {
        let line = line?.to_ascii_lowercase();
        if line.is_empty() {
            break;
        }
        accepts_gzip |= line.starts_with("accept-encoding:") && line.contains("gzip");
        is_last |= line.starts_with("connection:") && line.contains("close");
    }
    Ok(Request { method, url, accepts_gzip, is_last })
}

fn answer_all(stream: &TcpStream, site: &Site) -> io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_nodelay(true)?;
    let mut reader = BufReader::new(stream);
    loop {
        let request = read_request(&mut reader)?;
        answer(stream, site, &request)?;
        if request.is_last {
            return Ok(());
        }
    }
}

fn answer(mut stream: &TcpStream, site: &Site, request: &Request) -> io::Result<()> {
    let reads = matches!(request.method.as_str(), "GET" | "HEAD");
    let file = requested_file(&site.dist, &request.url);
    let found = file.and_then(|path| Some((fs::read(&path).ok()?, content_type(&path))));
    let (status, bytes, content_type) = match found {
        _ if !reads => ("405 Method Not Allowed", b"only GET and HEAD\n".to_vec(), "text/plain"),
        None => ("404 Not Found", b"not found\n".to_vec(), "text/plain"),
        Some((bytes, content_type)) => ("200 OK", bytes, content_type),
    };
    let zips = request.accepts_gzip && is_text_or_wasm(content_type);
    let body = if zips { site.zip(bytes) } else { bytes };
    let policy = site.policy();
    let length = body.len().to_string();
    let mut head = format!("HTTP/1.1 {status}\r\n");
    for (name, value) in [
        ("Content-Type", content_type),
        ("Content-Length", length.as_str()),
        ("Content-Encoding", if zips { "gzip" } else { "identity" }),
        ("Vary", "Accept-Encoding"),
        ("Content-Security-Policy", policy.as_str()),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "no-referrer"),
        // The next build may give other bytes under the same name.
        ("Cache-Control", "no-store"),
        ("Connection", if request.is_last { "close" } else { "keep-alive" }),
    ] {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str("\r\n");
    stream.write_all(head.as_bytes())?;
    if request.method != "HEAD" {
        stream.write_all(&body)?;
    }
    stream.flush()
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
