//! Looks ahead in a stream that cannot seek.

use std::io::Read;

use super::error::AudioError;

/// How far one can look ahead: an ogg page (65,307 bytes) or the 64 KiB in
/// which ffmpeg looks for the first mp3 frame, and the frame behind it.
pub(super) const MAX_PEEK: usize = 80 << 10;
const BUFFER_BYTES: usize = 2 * MAX_PEEK;

/// A stream with a bounded view ahead.
#[derive(Debug)]
pub(super) struct Window<R> {
    source: R,
    buffer: Box<[u8]>,
    start: usize,
    end: usize,
    position: u64,
    /// Of the whole stream, as its container declares it.
    size_bytes: u64,
    limit_bytes: u64,
}

impl<R: Read> Window<R> {
    pub(super) fn new(source: R, size_bytes: u64, limit_bytes: u64) -> Self {
        let buffer = vec![0; BUFFER_BYTES].into_boxed_slice();
        Self { source, buffer, start: 0, end: 0, position: 0, size_bytes, limit_bytes }
    }

    /// Bytes from the start of the stream to the front of the view.
    pub(super) fn position(&self) -> u64 {
        self.position
    }

    /// Bytes from the front of the view to the declared end.
    pub(super) fn declared_rest(&self) -> u64 {
        self.size_bytes.saturating_sub(self.position)
    }

    /// The next `n` bytes, fewer only at the end; `n` is at most [`MAX_PEEK`].
    ///
    /// # Errors
    ///
    /// [`AudioError::Read`] of the source, [`AudioError::TooLarge`] beyond the limit.
    pub(super) fn peek(&mut self, n: usize) -> Result<&[u8], AudioError> {
        let n = n.min(MAX_PEEK);
        if self.start + n > self.buffer.len() {
            self.buffer.copy_within(self.start..self.end, 0);
            self.end -= self.start;
            self.start = 0;
        }
        while self.end - self.start < n {
            let n_new = match self.source.read(&mut self.buffer[self.end..]) {
                Ok(0) => break,
                Ok(n_new) => n_new,
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error.into()),
            };
            self.end += n_new;
            if self.position + (self.end - self.start) as u64 > self.limit_bytes {
                return Err(AudioError::TooLarge { limit_bytes: self.limit_bytes });
            }
        }
        let end = self.end.min(self.start + n);
        Ok(&self.buffer[self.start..end])
    }

    /// Exactly the next `N` bytes, or `None` at the end.
    pub(super) fn peek_array<const N: usize>(&mut self) -> Result<Option<[u8; N]>, AudioError> {
        Ok(self.peek(N)?.try_into().ok())
    }

    /// Goes ahead by `n` bytes; returns how many there were.
    pub(super) fn skip(&mut self, n: u64) -> Result<u64, AudioError> {
        let mut n_left = n;
        while n_left > 0 {
            let n_seen =
                self.peek(usize::try_from(n_left).unwrap_or(MAX_PEEK).min(MAX_PEEK))?.len();
            if n_seen == 0 {
                break;
            }
            self.start += n_seen;
            self.position += n_seen as u64;
            n_left -= n_seen as u64;
        }
        Ok(n - n_left)
    }

    /// Takes the next `n` bytes out, fewer at the end; callers bound `n`.
    pub(super) fn take(&mut self, n: usize) -> Result<Vec<u8>, AudioError> {
        let mut bytes = Vec::new();
        while bytes.len() < n {
            let seen = self.peek(n - bytes.len())?;
            if seen.is_empty() {
                break;
            }
            bytes.extend_from_slice(seen);
            let n_seen = seen.len() as u64;
            self.skip(n_seen)?;
        }
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn shows_the_stream_as_it_is(n_bytes in 0_usize..400_000, steps in prop::collection::vec((0_usize..90_000, 0_u64..200_000), 1..12)) {
            let bytes: Vec<u8> = (0..n_bytes).map(|idx| (idx % 251) as u8).collect();
            let mut window = Window::new(bytes.as_slice(), n_bytes as u64, u64::MAX);
            let mut position = 0_usize;
            for (n_peek, n_skip) in steps {
                let rest = &bytes[position..];
                prop_assert_eq!(window.peek(n_peek).unwrap(), &rest[..rest.len().min(n_peek.min(MAX_PEEK))]);
                position += window.skip(n_skip).unwrap() as usize;
                prop_assert_eq!(window.position(), position as u64);
            }
        }
    }

    #[test]
    fn stops_at_the_limit() {
        let bytes = [0; 1000];
        let mut window = Window::new(bytes.as_slice(), 1000, 999);
        assert!(matches!(window.skip(1000), Err(AudioError::TooLarge { limit_bytes: 999 })));
    }
}
