/// Why bytes are no file of collections.
///
/// Offsets are in bytes: of the file, or of what is packed in it where it is
/// packed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CollectionError {
    /// The file ends in the middle of something.
    #[error("it is cut short: {what} should stand at byte {offset}")]
    CutShort {
        /// What is missing.
        what: &'static str,
        /// Where it should begin.
        offset: usize,
    },
    /// A length that takes more than five bytes or 32 bits.
    #[error("{what} at byte {offset} has no length that could be one")]
    BadLength {
        /// Whose length.
        what: &'static str,
        /// Where it begins.
        offset: usize,
    },
    /// A byte that begins no string of osu!'s.
    #[error("{what} should stand at byte {offset}, but there is no string")]
    NotAString {
        /// What is expected.
        what: &'static str,
        /// Where it should begin.
        offset: usize,
    },
    /// A negative count, or one beyond the limits.
    #[error("it says to hold {count} {what}; at most {limit} are read")]
    BadCount {
        /// Of what.
        what: &'static str,
        /// What stands there.
        count: i64,
        /// The limit.
        limit: usize,
    },
    /// The first string is no version of `.osdb`.
    #[error("not an .osdb file: it begins with {start:?} instead of a version such as \"o!dm8\"")]
    NotOsdb {
        /// What it begins with.
        start: String,
    },
    /// A version that is newer than this program.
    #[error(
        "it is of version {version:?}, which is not known; \
         versions up to \"o!dm8\" are, and \"o!dm9\" without fields of one's own"
    )]
    UnknownVersion {
        /// What stands there.
        version: String,
    },
    /// Fields that a person added, whose layout is not settled.
    #[error("the collection {collection:?} has fields of its own; save it without them, as o!dm8")]
    CustomFields {
        /// Name of the collection.
        collection: String,
    },
    /// What should be packed by gzip cannot be unpacked.
    #[error("what is packed in it is damaged or cut short")]
    Damaged,
    /// More bytes than such a file has, as it is or unpacked.
    #[error("it has more than {limit} bytes, as it is or unpacked")]
    TooManyBytes {
        /// [`crate::Limits::max_collection_bytes`].
        limit: usize,
    },
    /// Bytes behind the last collection, where collections would be added.
    #[error(
        "{n_bytes} bytes that are no collection stand behind its last one; nothing is added to \
         such a file. Open osu! once and change a collection there, so that it writes the file anew"
    )]
    BytesBehind {
        /// How many.
        n_bytes: usize,
    },
    /// More collections or maps than are read, with what would be added.
    #[error("it would hold {count} {what} then; at most {limit} are read")]
    TooMany {
        /// Of what.
        what: &'static str,
        /// How many there would be.
        count: usize,
        /// The limit.
        limit: usize,
    },
    /// The database of osu!lazer, which holds collections among all else.
    #[error(
        "it is osu!lazer's own database (Realm), which only osu!lazer and Collection Manager \
         read: open it in Collection Manager, and save the collections as .osdb; maps are in no \
         database: in osu!lazer, open one in the editor, and choose File and Export"
    )]
    LazerRealm,
    /// The words that end every `.osdb` are not where it should end.
    #[error("it does not end as an .osdb file does, so what was read may be wrong")]
    BadEnd,
}

/// Where Realm's files have their name, and the name.
const REALM_NAME_AT: usize = 16;
const REALM_NAME: &[u8] = b"T-DB";
/// Where their second reference begins, and what it is a multiple of. In a `collection.db`
/// the first collection's name begins there, by a byte that is none, so that no name of a
/// collection looks like Realm's.
const REALM_REFERENCE_AT: usize = 8;
const REALM_ALIGNMENT: u8 = 8;

/// Tells osu!lazer's database by its content, since people rename it.
///
/// # Errors
///
/// [`CollectionError::LazerRealm`].
///
/// # Source
///
/// `SlabAlloc::Header` in realm/realm-core `src/realm/alloc_slab.hpp`: two references of
/// eight bytes, then the name.
pub(super) fn refuse_realm(bytes: &[u8]) -> Result<(), CollectionError> {
    let is_reference = |byte: &u8| byte.is_multiple_of(REALM_ALIGNMENT);
    let is_realm = bytes.get(REALM_NAME_AT..).is_some_and(|rest| rest.starts_with(REALM_NAME))
        && bytes.get(REALM_REFERENCE_AT).is_some_and(is_reference);
    if is_realm { Err(CollectionError::LazerRealm) } else { Ok(()) }
}
