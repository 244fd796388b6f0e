//! Both services on this machine, with faults at will.
//!
//! One thread accepts, one answers each connection, which ends with its
//! answer. A fault is used up by the first request whose path it fits.
#![allow(dead_code, reason = "each test binary uses its part")]
#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

pub(crate) const CLIENT_ID: &str = "4711";
pub(crate) const CLIENT_SECRET: &str = "s3cr3t-that-nobody-may-see";
/// Every token begins like this.
pub(crate) const TOKEN_START: &str = "t0ken-that-nobody-may-see";

/// What happens instead of an answer.
#[derive(Debug, Clone)]
pub(crate) enum Fault {
    /// A status with a header (name and value) and a body.
    Status(u16, Option<(&'static str, String)>, &'static str),
    /// Half of the body, then the connection is closed.
    Cut,
    /// The connection is closed without a byte.
    Drop,
    /// 200 with another body.
    Body(&'static str),
}

/// One request as it came.
#[derive(Debug, Clone)]
pub(crate) struct Seen {
    pub(crate) target: String,
    pub(crate) token: Option<String>,
    pub(crate) at: Instant,
}

/// What both services know.
#[derive(Debug, Default)]
pub(crate) struct World {
    /// Name, uploader and the ids of a collection.
    pub(crate) collections: BTreeMap<u64, Vec<u64>>,
    /// Ids that the API knows.
    pub(crate) described: Vec<u64>,
    /// Bodies of maps; empty for deleted ones.
    pub(crate) maps: BTreeMap<u64, String>,
    /// Beginnings of paths and what happens there.
    pub(crate) faults: Vec<(String, Fault)>,
    /// How long each answer takes.
    pub(crate) delay: Duration,
    /// Seconds that a token is said to live.
    pub(crate) token_life_s: u64,
    /// Maps on one page of a collection, whatever is asked for.
    pub(crate) per_page: usize,
    pub(crate) seen: Vec<Seen>,
    pub(crate) n_tokens: usize,
}

impl World {
    /// Collections 10 (maps 1 to 120), 20 (100 to 130, 7) and 30 (500, 501). The API
    /// leaves out 501, map 120 is deleted and map 119 is not known.
    pub(crate) fn example() -> Self {
        let tens: Vec<u64> = (1..=120).rev().collect();
        let twenties: Vec<u64> = (100..=130).chain([7]).collect();
        let all = || (1..=130).chain([500, 501]);
        let mut maps: BTreeMap<_, _> = all().map(|id| (id, map(id))).collect();
        maps.insert(120, String::new());
        maps.remove(&119);
        Self {
            collections: [(10, tens), (20, twenties), (30, vec![500, 501])].into(),
            described: all().filter(|&id| id != 501).collect(),
            maps,
            token_life_s: 86_400,
            per_page: 50,
            ..Self::default()
        }
    }

    pub(crate) fn fault(&mut self, path: &str, fault: Fault) {
        self.faults.push((path.to_owned(), fault));
    }

    /// How many requests went to paths that begin like this.
    pub(crate) fn n_seen(&self, path: &str) -> usize {
        self.seen.iter().filter(|seen| seen.target.starts_with(path)).count()
    }

    /// The token that the service takes at the moment.
    fn token(&self) -> String {
        format!("{TOKEN_START}-{}", self.n_tokens)
    }

    fn answer(&mut self, seen: &Seen, posted: &str) -> (u16, String) {
        let (path, query) = seen.target.split_once('?').unwrap_or((&seen.target, ""));
        let parts: Vec<_> = path.trim_matches('/').split('/').collect();
        match parts[..] {
            ["oauth", "token"] => self.answer_token(posted),
            ["api", "v2", "beatmaps"] => match &seen.token {
                Some(token) if *token == self.token() => (200, self.beatmaps(query)),
                _ => (401, r#"{"authentication":"basic"}"#.to_owned()),
            },
            ["api", "collections", id] => self.head(id),
            ["api", "collections", id, "beatmapsv2"] => self.page(id, query),
            ["osu", id] => match self.maps.get(&id.parse().unwrap()) {
                Some(map) => (200, map.clone()),
                None => (404, "not here".to_owned()),
            },
            _ => (404, String::new()),
        }
    }

    fn answer_token(&mut self, posted: &str) -> (u16, String) {
        let posted: serde_json::Value = serde_json::from_str(posted).unwrap();
        assert_eq!(posted["grant_type"], "client_credentials");
        assert_eq!(posted["scope"], "public");
        if posted["client_id"] != CLIENT_ID || posted["client_secret"] != CLIENT_SECRET {
            // As careless as a service can be.
            return (401, format!(r#"{{"error":"invalid_client","sent":{posted}}}"#));
        }
        self.n_tokens += 1;
        let (token, life_s) = (self.token(), self.token_life_s);
        let text =
            format!(r#"{{"token_type":"Bearer","expires_in":{life_s},"access_token":"{token}"}}"#);
        (200, text)
    }

    fn beatmaps(&self, query: &str) -> String {
        let asked = query.split('&').map(|pair| pair.strip_prefix("ids%5B%5D=").unwrap());
        // More than 50 are dropped without a word.
        let mut ids: Vec<u64> = asked.map(|id| id.parse().unwrap()).take(50).collect();
        ids.sort_unstable();
        ids.retain(|id| self.described.contains(id));
        let objects: Vec<_> = ids.into_iter().map(described).collect();
        format!("{{\"beatmaps\": [{}]}}", objects.join(",\n"))
    }

    fn head(&self, id: &str) -> (u16, String) {
        match self.collections.get(&id.parse().unwrap()) {
            Some(_) => {
                let text = format!(
                    r#"{{"id":{id},"name":"Maps, \"{id}\"","uploader":{{"id":2,"username":"wer"}}}}"#
                );
                (200, text)
            }
            None => (404, "{}".to_owned()),
        }
    }

    fn page(&self, id: &str, query: &str) -> (u16, String) {
        let ids = &self.collections[&id.parse().unwrap()];
        let cursor = query.split('&').find_map(|pair| pair.strip_prefix("cursor=")).unwrap();
        let start: usize = cursor.parse().unwrap();
        let end = (start + self.per_page).min(ids.len());
        let entries: Vec<_> = ids[start..end].iter().map(|id| format!("{{\"id\":{id}}}")).collect();
        let has_more = end < ids.len();
        let next = if has_more { end.to_string() } else { "null".to_owned() };
        let entries = entries.join(",");
        let text =
            format!(r#"{{"beatmaps":[{entries}],"hasMore":{has_more},"nextPageCursor":{next}}}"#);
        (200, text)
    }
}

/// An object of the API, with a line break in it and numbers that a reader could change.
pub(crate) fn described(id: u64) -> String {
    format!(
        "{{\"id\": {id}, \"difficulty_rating\": 5.10, \"bpm\": 1e2,\n  \"beatmapset\": \
         {{\"tags\": \"stream\\nfarm é\", \"artist\": \"A{id}\"}}}}"
    )
}

pub(crate) fn map(id: u64) -> String {
    let objects: String = (0..id % 7 + 3).map(|idx| format!("1,2,{idx},1,0\r\n")).collect();
    format!("osu file format v14\r\n\r\n[Metadata]\r\nBeatmapID:{id}\r\n[HitObjects]\r\n{objects}")
}

/// The services while a test runs.
pub(crate) struct MockServer {
    pub(crate) address: String,
    world: Arc<Mutex<World>>,
}

impl MockServer {
    pub(crate) fn start(world: World) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let world = Arc::new(Mutex::new(world));
        let shared = Arc::clone(&world);
        // It ends with the test's process.
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let world = Arc::clone(&shared);
                thread::spawn(move || serve(stream, &world));
            }
        });
        Self { address, world }
    }

    /// Looks at the world, or changes it.
    pub(crate) fn with<T>(&self, work: impl FnOnce(&mut World) -> T) -> T {
        work(&mut self.world.lock().unwrap())
    }
}

fn serve(mut stream: TcpStream, world: &Mutex<World>) {
    let Some((seen, posted)) = read(&stream) else { return };
    let delay = world.lock().unwrap().delay;
    thread::sleep(delay);
    let (fault, (status, body)) = {
        let mut world = world.lock().unwrap();
        world.seen.push(seen.clone());
        let fits = |(path, _): &(String, Fault)| seen.target.starts_with(path);
        let fault = world.faults.iter().position(fits).map(|idx| world.faults.remove(idx).1);
        let answer = match fault {
            None | Some(Fault::Cut) => world.answer(&seen, &posted),
            _ => (200, String::new()),
        };
        (fault, answer)
    };
    match fault {
        None => write(&mut stream, status, None, &body, body.len()),
        Some(Fault::Status(status, header, body)) => {
            write(&mut stream, status, header, body, body.len());
        }
        Some(Fault::Cut) => write(&mut stream, status, None, &body, body.len() / 2),
        Some(Fault::Body(body)) => write(&mut stream, 200, None, body, body.len()),
        Some(Fault::Drop) => {}
    }
    let _ = stream.shutdown(Shutdown::Both);
}

fn read(stream: &TcpStream) -> Option<(Seen, String)> {
    let mut reader = BufReader::new(stream);
    let mut first = String::new();
    reader.read_line(&mut first).ok()?;
    let target = first.split(' ').nth(1)?.to_owned();
    let (mut token, mut n_bytes) = (None, 0);
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim_end().split_once(": ") else { break };
        match name.to_ascii_lowercase().as_str() {
            "authorization" => token = value.strip_prefix("Bearer ").map(str::to_owned),
            "content-length" => n_bytes = value.parse().ok()?,
            _ => {}
        }
    }
    let mut posted = vec![0; n_bytes];
    reader.read_exact(&mut posted).ok()?;
    let posted = String::from_utf8(posted).ok()?;
    Some((Seen { target, token, at: Instant::now() }, posted))
}

/// Errors are those of a command that was interrupted.
fn write(
    stream: &mut TcpStream,
    status: u16,
    header: Option<(&str, String)>,
    body: &str,
    n_sent: usize,
) {
    let header = header.map(|(name, value)| format!("{name}: {value}\r\n")).unwrap_or_default();
    let n_bytes = body.len();
    let head = format!(
        "HTTP/1.1 {status} -\r\nConnection: close\r\nContent-Length: {n_bytes}\r\n{header}\r\n"
    );
    let _ = stream.write_all(head.as_bytes());
    let _ = stream.write_all(&body.as_bytes()[..n_sent]);
}
