//! What goes to the adapter with a batch, and what comes back.

use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Poll, Waker};

use super::GpuError;
use super::shapes::{FRAME_WIDTH, Halo};
use crate::{LatentMoments, SignalFrames};

/// A range of one map's latents, to be computed together with others.
#[derive(Debug)]
pub struct BatchItem<'a> {
    /// All frames of the map.
    pub signal: SignalFrames<'a>,
    /// The latents to compute; those beyond the map are left out.
    pub latents: Range<usize>,
    /// Latents of the whole map; only the columns of `latents` change.
    pub moments: &'a mut LatentMoments,
}

impl BatchItem<'_> {
    pub(super) fn known_latents(&self) -> Range<usize> {
        let n_latents = self.moments.n_latents();
        self.latents.start.min(n_latents)..self.latents.end.min(n_latents)
    }

    /// Slots of the map that the item needs: its latents and their halo.
    pub(super) fn slots(&self, halo: Halo) -> Range<usize> {
        let latents = self.known_latents();
        if latents.is_empty() {
            return 0..0;
        }
        latents.start.saturating_sub(halo.n_before)
            ..(latents.end + halo.n_after).min(self.moments.n_latents())
    }
}

/// What is written to the adapter for a batch; kept, so that its room is too.
#[derive(Debug, Default)]
pub(super) struct BatchBytes {
    /// `[row, FRAME_WIDTH]` floats.
    pub(super) frames: Vec<u8>,
    /// `[1 + slots, 2]` integers, see `kernels/bindings.wgsl`.
    pub(super) tile: Vec<u8>,
}

impl BatchBytes {
    /// Lays the items side by side; returns the number of slots in use.
    pub(super) fn lay_out(
        &mut self,
        items: &[BatchItem<'_>],
        halo: Halo,
        rows_per_slot: usize,
    ) -> usize {
        self.frames.clear();
        self.tile.clear();
        self.tile.extend([0; 8]);
        let mut n_slots = 0;
        for item in items {
            let slots = item.slots(halo);
            let rows = slots.start * rows_per_slot..slots.end * rows_per_slot;
            push_frames(&mut self.frames, item.signal, rows);
            let bounds = [n_slots, n_slots + slots.len()].map(|slot| (slot as u32).to_le_bytes());
            for _ in slots.clone() {
                self.tile.extend(bounds.as_flattened());
            }
            n_slots += slots.len();
        }
        self.tile[..4].copy_from_slice(&(n_slots as u32).to_le_bytes());
        n_slots
    }
}

/// Frames with their channels side by side; those beyond the signal are zero.
fn push_frames(bytes: &mut Vec<u8>, signal: SignalFrames<'_>, rows: Range<usize>) {
    let first = bytes.len();
    bytes.resize(first + rows.len() * FRAME_WIDTH * size_of::<f32>(), 0);
    let (floats, _) = bytes[first..].as_chunks_mut::<4>();
    for (channel, series) in signal.channels().enumerate() {
        let known = series.get(rows.start..rows.end.min(series.len())).unwrap_or_default();
        let places = floats.iter_mut().skip(channel).step_by(FRAME_WIDTH);
        for (place, value) in places.zip(known) {
            *place = value.to_le_bytes();
        }
    }
}

/// The buffer through which results come back.
#[derive(Debug)]
pub(super) struct Readback {
    pub(super) buffer: wgpu::Buffer,
    /// Mapped, or about to be. A caller may drop the future half way.
    is_mapped: bool,
}

impl Readback {
    pub(super) fn new(device: &wgpu::Device, size: u64) -> Self {
        let buffer = device.create_buffer(&wgpu::BufferDescriptor {
            label: Some("results"),
            size,
            usage: wgpu::BufferUsages::MAP_READ | wgpu::BufferUsages::COPY_DST,
            mapped_at_creation: false,
        });
        Self { buffer, is_mapped: false }
    }

    /// Gives the buffer back to the adapter; to be called before it is written.
    pub(super) fn release(&mut self) {
        if std::mem::take(&mut self.is_mapped) {
            self.buffer.unmap();
        }
    }

    /// Waits for the first `n_bytes`, as floats.
    ///
    /// # Errors
    ///
    /// [`GpuError::Unreadable`].
    pub(super) async fn read(
        &mut self,
        device: &wgpu::Device,
        n_bytes: u64,
    ) -> Result<Vec<f32>, GpuError> {
        let answer = Arc::new(Mutex::new(Answer::default()));
        let answered = Arc::clone(&answer);
        self.is_mapped = true;
        self.buffer.map_async(wgpu::MapMode::Read, ..n_bytes, move |result| {
            let mut answer = answered.lock().unwrap_or_else(PoisonError::into_inner);
            answer.is_mapped = Some(result.is_ok());
            if let Some(waker) = answer.waker.take() {
                waker.wake();
            }
        });
        // In the browser this does nothing: its event loop answers.
        if device.poll(wgpu::PollType::wait_indefinitely()).is_err() {
            return Err(GpuError::Unreadable);
        }
        let is_mapped = std::future::poll_fn(|context| {
            let mut answer = answer.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(is_mapped) = answer.is_mapped {
                return Poll::Ready(is_mapped);
            }
            answer.waker = Some(context.waker().clone());
            Poll::Pending
        })
        .await;
        let values = match self.buffer.get_mapped_range(..n_bytes) {
            Ok(bytes) if is_mapped => {
                let (floats, _) = bytes.as_chunks::<4>();
                Ok(floats.iter().map(|&float| f32::from_le_bytes(float)).collect())
            }
            _ => Err(GpuError::Unreadable),
        };
        self.release();
        values
    }
}

#[derive(Debug, Default)]
struct Answer {
    is_mapped: Option<bool>,
    waker: Option<Waker>,
}
