//! Which slots of every bar hold an event.

/// The words of a row: 16 beats of 12 slots.
const N_WORDS: usize = 3;

/// Rows of slots, each occupied or not: `[n_rows, n_slots]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlotRows {
    rows: Vec<[u64; N_WORDS]>,
    n_slots: usize,
}

impl SlotRows {
    /// Rows without events.
    ///
    /// - `n_slots`: of a row, at most 192
    #[must_use]
    pub fn empty(n_rows: usize, n_slots: usize) -> Self {
        let n_slots = n_slots.min(N_WORDS * u64::BITS as usize);
        Self { rows: vec![[0; N_WORDS]; n_rows], n_slots }
    }

    /// Puts an event into a slot; one that is beyond the rows is left out.
    pub fn occupy(&mut self, row_idx: usize, slot: usize) {
        if let Some(row) = self.rows.get_mut(row_idx).filter(|_| slot < self.n_slots) {
            row[slot / u64::BITS as usize] |= 1 << (slot % u64::BITS as usize);
        }
    }

    /// How many rows there are.
    #[must_use]
    pub fn n_rows(&self) -> usize {
        self.rows.len()
    }

    /// Slots of a row.
    #[must_use]
    pub fn n_slots(&self) -> usize {
        self.n_slots
    }

    /// Occupied slots in all rows.
    #[must_use]
    pub fn n_occupied(&self) -> usize {
        self.rows.iter().flatten().map(|word| word.count_ones() as usize).sum()
    }

    /// Numbers of the rows in which both have an event.
    #[must_use]
    pub fn rows_with_both(&self, other: &Self) -> Vec<usize> {
        let has_any = |row: &[u64; N_WORDS]| row.iter().any(|&word| word != 0);
        let rows = self.rows.iter().zip(&other.rows).enumerate();
        rows.filter(|(_, (a, b))| has_any(a) && has_any(b)).map(|(idx, _)| idx).collect()
    }

    /// Some of the rows, by their numbers.
    #[must_use]
    pub fn take(&self, row_idxs: &[usize]) -> Self {
        let rows = row_idxs.iter().map(|&idx| self.rows[idx]).collect();
        Self { rows, n_slots: self.n_slots }
    }

    /// 1 where a slot is occupied, else 0: `[n_rows * n_slots]`, row by row.
    #[must_use]
    pub fn cells(&self) -> Vec<f64> {
        let bit = |row: &[u64; N_WORDS], slot: usize| {
            row[slot / u64::BITS as usize] >> (slot % u64::BITS as usize) & 1
        };
        let of_row = |row| (0..self.n_slots).map(move |slot| bit(row, slot) as f64);
        self.rows.iter().flat_map(of_row).collect()
    }
}
