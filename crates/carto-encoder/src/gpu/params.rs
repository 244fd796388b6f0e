/// `Params` of `kernels/bindings.wgsl`, field by field; what a kernel does not
/// read stays zero. Channels are counted in vectors of four.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Params {
    pub(super) rows_per_slot: usize,
    pub(super) n_in: usize,
    pub(super) n_out: usize,
    pub(super) input_stride: usize,
    pub(super) input_offset: usize,
    pub(super) output_stride: usize,
    pub(super) output_offset: usize,
    pub(super) set_from: usize,
    pub(super) is_activated: bool,
    pub(super) step: usize,
    pub(super) n_before: usize,
    pub(super) n_taps: usize,
}

impl Params {
    pub(super) const N_BYTES: usize = 48;

    pub(super) fn to_bytes(self) -> [u8; Self::N_BYTES] {
        let fields = [
            self.rows_per_slot,
            self.n_in,
            self.n_out,
            self.input_stride,
            self.input_offset,
            self.output_stride,
            self.output_offset,
            self.set_from,
            usize::from(self.is_activated),
            self.step,
            self.n_before,
            self.n_taps,
        ];
        let mut bytes = [0; Self::N_BYTES];
        for (bytes, field) in bytes.as_chunks_mut::<4>().0.iter_mut().zip(fields) {
            *bytes = (field as u32).to_le_bytes();
        }
        bytes
    }
}
