use carto_protocol::{JobId, Request};

use super::{Encoder, Latents, Work};
use crate::state::course::Order;

impl<F: Clone> Latents<F> {
    /// What an encoder's workers are to do next: at most `room` orders.
    ///
    /// Songs are taken in one order, so that few are half done at a time: the
    /// latents of a song are held until all of its maps have theirs.
    pub(in crate::state::course) fn next_orders(&mut self, room: usize) -> Vec<Order<F>> {
        let mut orders = Vec::new();
        if self.is_paused {
            return orders;
        }
        orders.extend(self.order_load());
        while orders.len() < room {
            let Some(order) = self.order_comparison().or_else(|| self.order_map()) else { break };
            orders.push(order);
        }
        orders
    }

    fn order_load(&mut self) -> Option<Order<F>> {
        let Encoder::Wanted(source) = &self.encoder else { return None };
        let source = source.clone();
        let job_id = self.start(Work::Load);
        let request =
            Request::LoadEncoder { job_id, source: source.source.clone(), device: self.device };
        let files = source.file.clone().into_iter().collect();
        self.encoder = Encoder::Loading { source, n_bytes: 0, n_total: None };
        Some(Order { job_id, request, files, is_urgent: true })
    }

    fn order_comparison(&mut self) -> Option<Order<F>> {
        let due = self.songs.iter_mut().find_map(|(key, song)| {
            let latents = song.take_latents()?;
            Some((key.clone(), song.plan.clone(), song.mode, latents))
        });
        let (key, song, mode, latents) = due?;
        let job_id = self.start(Work::Compare(key));
        let request = Request::CompareLatents { job_id, mode, song, latents };
        Some(Order { job_id, request, files: Vec::new(), is_urgent: true })
    }

    fn order_map(&mut self) -> Option<Order<F>> {
        let Encoder::Loaded(loaded) = &self.encoder else { return None };
        let weights_sha256 = loaded.facts.weights_sha256.clone();
        let weights = loaded.weights.clone();
        let next = self.songs.iter().find_map(|(key, song)| Some((key.clone(), song.next_map()?)));
        let (key, map_idx) = next?;
        let job_id = self.start(Work::Map { key: key.clone(), map_idx });
        let song = self.songs.get_mut(&key)?;
        song.start(map_idx);
        let files = song.files.iter().cloned().chain([weights]).collect();
        let request = Request::Encode {
            job_id,
            mode: song.mode,
            song: song.plan.clone(),
            map_idx,
            target_frames: song.target_frames,
            weights_sha256,
            device: self.device,
        };
        Some(Order { job_id, request, files, is_urgent: false })
    }

    fn start(&mut self, work: Work) -> JobId {
        let job_id = self.next_job_id;
        self.next_job_id += 1;
        self.jobs.insert(job_id, work);
        job_id
    }
}
