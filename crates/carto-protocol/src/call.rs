use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::codec::{CodecError, encode};
use crate::message::Message;

/// One kind of request to a worker, and the types of what comes back.
///
/// Files travel beside the request, in the order that the call's documentation gives.
pub trait Call: Serialize {
    /// The closed set of calls that the worker's program answers, as it decodes them.
    type Requests: DeserializeOwned;

    /// What ends the job.
    type Reply: Serialize + DeserializeOwned + 'static;

    /// What the page is told while the job goes on.
    type Progress: Serialize + DeserializeOwned + 'static;

    /// Place of the call among the variants of its set.
    const TAG: u32;

    /// The request as a worker decodes it: a value of [`Call::Requests`].
    ///
    /// # Errors
    ///
    /// [`CodecError`] if it cannot be written, which no call here causes.
    fn request(&self) -> Result<Vec<u8>, CodecError> {
        // Postcard writes a variant as its number, then what it holds.
        encode(&(Self::TAG, self))
    }

    /// The message that ends the job.
    fn reply(&self, reply: &Self::Reply) -> Message {
        Message::reply(reply)
    }

    /// A message of a job that goes on.
    fn progress(&self, progress: &Self::Progress) -> Message {
        Message::progress(progress)
    }
}

/// Progress of a call that tells of none: there is no such value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum NoProgress {}

/// What each call of a set is answered with: `Call = tag => reply, progress`.
macro_rules! calls {
    ($requests:ident: $($call:ident $(<$part:ident>)? = $tag:literal => $reply:ty, $progress:ty;)*) => {$(
        impl$(<$part: ::serde::Serialize>)? $crate::Call for $call$(<$part>)? {
            type Requests = $requests;
            type Reply = $reply;
            type Progress = $progress;
            const TAG: u32 = $tag;
        }
    )*};
}
pub(crate) use calls;
