use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Poll, Waker};

use super::GpuError;

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
