//! In which order the latents stand: a latent has one place, whichever chart shows it.

/// What the latents are ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LatentOrder {
    /// By mean r between mappers, highest first.
    Agreement,
    /// By number.
    Number,
}

impl LatentOrder {
    /// Both, in the order of their buttons.
    pub const ALL: [Self; 2] = [Self::Agreement, Self::Number];

    /// The word on its button.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Agreement => "Agreement",
            Self::Number => "Number",
        }
    }
}

/// Which latent stands at which place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Places {
    dim_at: Vec<usize>,
    place_of: Vec<usize>,
}

impl Places {
    /// - `ranking`: numbers of latents, most agreed on first; those it leaves out
    ///   follow by number
    #[must_use]
    pub fn new(order: LatentOrder, ranking: &[u32], n_dims: usize) -> Self {
        let mut dim_at = Vec::with_capacity(n_dims);
        let mut is_placed = vec![false; n_dims];
        let ranked = ranking.iter().filter(|_| order == LatentOrder::Agreement);
        for dim in ranked.map(|&dim| dim as usize).chain(0..n_dims) {
            if is_placed.get(dim) == Some(&false) {
                is_placed[dim] = true;
                dim_at.push(dim);
            }
        }
        let mut place_of = vec![0; n_dims];
        for (place, &dim) in dim_at.iter().enumerate() {
            place_of[dim] = place;
        }
        Self { dim_at, place_of }
    }

    /// How many latents have a place.
    #[must_use]
    pub fn n_dims(&self) -> usize {
        self.dim_at.len()
    }

    /// Where a latent stands, from 0.
    #[must_use]
    pub fn of(&self, dim: usize) -> usize {
        self.place_of.get(dim).copied().unwrap_or(0)
    }

    /// The latent at a place, the last one beyond the end.
    #[must_use]
    pub fn dim_at(&self, place: usize) -> usize {
        let last = self.dim_at.len().saturating_sub(1);
        self.dim_at.get(place.min(last)).copied().unwrap_or(0)
    }

    /// The latents from the first place to the last.
    pub fn dims(&self) -> impl Iterator<Item = usize> + '_ {
        self.dim_at.iter().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agreement_follows_the_ranking_and_number_does_not() {
        let ranked = Places::new(LatentOrder::Agreement, &[2, 0, 1], 3);
        assert_eq!(ranked.dims().collect::<Vec<_>>(), [2, 0, 1]);
        assert_eq!((ranked.of(2), ranked.of(1), ranked.dim_at(1)), (0, 2, 0));
        let numbered = Places::new(LatentOrder::Number, &[2, 0, 1], 3);
        assert_eq!(numbered.dims().collect::<Vec<_>>(), [0, 1, 2]);
    }

    #[test]
    fn every_latent_has_one_place_whatever_the_ranking_says() {
        let places = Places::new(LatentOrder::Agreement, &[3, 3, 9], 4);
        assert_eq!(places.dims().collect::<Vec<_>>(), [3, 0, 1, 2]);
        assert_eq!(places.dim_at(99), 2);
        let none = Places::new(LatentOrder::Agreement, &[], 0);
        assert_eq!((none.n_dims(), none.dim_at(0), none.of(5)), (0, 0, 0));
    }
}
