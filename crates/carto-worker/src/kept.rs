//! What was read and compared, kept in the browser's own database until the next visit.
//!
//! All workers of all open pages share the database. Nothing of it ever leaves the machine,
//! and nothing is kept that a person did not ask for: whoever sends a job says whether its
//! reply is to be kept.

use std::cell::RefCell;
use std::mem;
use std::rc::Rc;

use carto_protocol::{Kept, decode, encode};
use carto_study::{CacheKey, PROGRAM_STATE};
use idb::{Database, DatabaseEvent, Error, Factory, ObjectStore, ObjectStoreParams};
use idb::{Transaction, TransactionMode};
use js_sys::Uint8Array;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;

const DATABASE: &str = "osu-cartography.kept";
const STORE: &str = "things";
/// Where the [`Record`] stands among the things: no [`CacheKey`] looks like it.
const RECORD: &str = "record";

thread_local! {
    static STATE: RefCell<State> = RefCell::default();
}

#[derive(Default)]
struct State {
    database: Option<Rc<Database>>,
    /// The last [`Record`] that was seen.
    record: Record,
    /// To be written.
    waiting: Vec<(CacheKey, Vec<u8>)>,
    is_writing: bool,
    /// Why nothing is kept any more.
    problem: Option<String>,
}

/// What is known of all things together.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
struct Record {
    /// The program whose things they are: those of another are of no use.
    program: String,
    /// One more each time that everything was deleted, so that no worker adds what it made
    /// before.
    generation: u64,
    n_bytes: u64,
}

/// What is kept under a name; `None` also where the browser keeps nothing.
pub(crate) async fn get<T: DeserializeOwned>(key: CacheKey) -> Option<T> {
    let value = read(&key).await.unwrap_or_else(|why| {
        note(&why);
        None
    });
    decode(&value?).ok()
}

/// Keeps something. It is written while the worker goes on with other things.
pub(crate) fn put<T: Serialize>(key: CacheKey, thing: &T) {
    let Ok(bytes) = encode(thing) else { return };
    let is_idle = STATE.with_borrow_mut(|state| {
        if state.problem.is_some() {
            return false;
        }
        state.waiting.push((key, bytes));
        !mem::replace(&mut state.is_writing, true)
    });
    if is_idle {
        spawn_local(write_waiting());
    }
}

/// How much is kept.
pub(crate) async fn size() -> Kept {
    if let Err(why) = look_at_record().await {
        note(&why);
    }
    kept()
}

/// Deletes all that is kept.
pub(crate) async fn delete() -> Kept {
    STATE.with_borrow_mut(|state| {
        state.waiting.clear();
        state.problem = None;
    });
    if let Err(why) = delete_all().await {
        note(&why);
    }
    kept()
}

async fn delete_all() -> Result<(), NotKept> {
    clear(&*database().await?, true).await
}

fn kept() -> Kept {
    STATE
        .with_borrow(|state| Kept { n_bytes: state.record.n_bytes, problem: state.problem.clone() })
}

/// Why something is not kept.
#[derive(Debug, thiserror::Error)]
enum NotKept {
    #[error("there is no room left for it on this computer")]
    NoRoom,
    #[error("{}", in_words(.0))]
    Refused(#[from] Error),
}

fn in_words(error: &Error) -> String {
    match error {
        Error::DomException(error) => error.message(),
        _ => "this browser lets pages keep nothing here, as in a private window".to_owned(),
    }
}

/// Keeps nothing from now on, for this reason.
fn note(why: &NotKept) {
    STATE.with_borrow_mut(|state| {
        state.waiting.clear();
        state.problem = Some(why.to_string());
    });
}

/// Writes what waits, and what comes meanwhile: all that waits in one transaction, since a
/// transaction costs more than what is in it.
async fn write_waiting() {
    loop {
        let things = STATE.with_borrow_mut(|state| {
            state.is_writing = !state.waiting.is_empty();
            mem::take(&mut state.waiting)
        });
        if things.is_empty() {
            return;
        }
        if let Err(why) = write(things).await {
            note(&why);
        }
    }
}

async fn read(key: &CacheKey) -> Result<Option<Vec<u8>>, NotKept> {
    let database = database().await?;
    let (_reading, store) = begin(&database, TransactionMode::ReadOnly)?;
    Ok(bytes_of(store.get(JsValue::from(key.text()))?.await?))
}

async fn write(things: Vec<(CacheKey, Vec<u8>)>) -> Result<(), NotKept> {
    let database = database().await?;
    let (writing, store) = begin(&database, TransactionMode::ReadWrite)?;
    let mut record = record_in(&store).await?;
    let generation = STATE.with_borrow(|state| state.record.generation);
    if record.program == PROGRAM_STATE && record.generation == generation {
        for (key, bytes) in things {
            record.n_bytes += bytes.len() as u64;
            let (key, bytes) = (JsValue::from(key.text()), Uint8Array::from(bytes.as_slice()));
            store.put(&bytes, Some(&key))?;
        }
        put_record(&store, &record)?;
    }
    end(writing, record).await
}

async fn look_at_record() -> Result<(), NotKept> {
    let database = database().await?;
    let (_reading, store) = begin(&database, TransactionMode::ReadOnly)?;
    let record = record_in(&store).await?;
    STATE.with_borrow_mut(|state| state.record = record);
    Ok(())
}

/// Deletes everything that another program wrote, or, where that is asked, everything.
async fn clear(database: &Database, is_all: bool) -> Result<(), NotKept> {
    let (writing, store) = begin(database, TransactionMode::ReadWrite)?;
    let mut record = record_in(&store).await?;
    if is_all || record.program != PROGRAM_STATE {
        let generation = record.generation + 1;
        record = Record { program: PROGRAM_STATE.to_owned(), generation, n_bytes: 0 };
        store.clear()?;
        put_record(&store, &record)?;
    }
    end(writing, record).await
}

/// The database, which is opened once.
async fn database() -> Result<Rc<Database>, NotKept> {
    if let Some(database) = STATE.with_borrow(|state| state.database.clone()) {
        return Ok(database);
    }
    let mut opening = Factory::new()?.open(DATABASE, Some(1))?;
    opening.on_upgrade_needed(|event| {
        // Without the store nothing can be kept, which the first use then says.
        if let Ok(database) = event.database() {
            let _ = database.create_object_store(STORE, ObjectStoreParams::new());
        }
    });
    let database = Rc::new(opening.await?);
    clear(&database, false).await?;
    STATE.with_borrow_mut(|state| state.database = Some(Rc::clone(&database)));
    Ok(database)
}

/// Waits until a transaction is through that leaves this record.
async fn end(transaction: Transaction, record: Record) -> Result<(), NotKept> {
    // A full disk aborts without an error.
    if transaction.await?.is_aborted() {
        return Err(NotKept::NoRoom);
    }
    STATE.with_borrow_mut(|state| state.record = record);
    Ok(())
}

fn begin(database: &Database, mode: TransactionMode) -> Result<(Transaction, ObjectStore), Error> {
    let transaction = database.transaction(&[STORE], mode)?;
    let store = transaction.object_store(STORE)?;
    Ok((transaction, store))
}

async fn record_in(store: &ObjectStore) -> Result<Record, Error> {
    let bytes = bytes_of(store.get(JsValue::from(RECORD))?.await?);
    Ok(bytes.and_then(|bytes| decode(&bytes).ok()).unwrap_or_default())
}

fn put_record(store: &ObjectStore, record: &Record) -> Result<(), Error> {
    let bytes = Uint8Array::from(encode(record).unwrap_or_default().as_slice());
    store.put(&bytes, Some(&JsValue::from(RECORD)))?;
    Ok(())
}

fn bytes_of(value: Option<JsValue>) -> Option<Vec<u8>> {
    Some(value?.dyn_into::<Uint8Array>().ok()?.to_vec())
}
