//! The native side of the benchmark: a program that answers one line with one
//! line, so that its rounds can stand between the others'.
//!
//! `write PATH` writes the encoder of the benchmark. `serve PATH N_FRAMES N_THREADS`
//! then reads `encode`, `peak` and `mu PATH` from standard input.

/// Nothing to do in a browser.
#[cfg(target_arch = "wasm32")]
fn main() {}

#[cfg(not(target_arch = "wasm32"))]
fn main() -> anyhow::Result<()> {
    native::main()
}

#[cfg(not(target_arch = "wasm32"))]
mod native {
    #![allow(clippy::print_stdout, reason = "its answers")]

    use std::fs::{self, File};
    use std::io::BufRead;
    use std::path::Path;
    use std::thread;
    use std::time::Instant;

    use anyhow::{Context, Result, bail};
    use carto_bench_wasm::peak::Peak;
    use carto_bench_wasm::signal;
    use carto_encoder::cpu::{Instructions, TileEncoder, native_encoder};
    use carto_encoder::folded::FoldedEncoder;
    use carto_encoder::weights::{WeightsLimits, read_weights, write_safetensors};
    use carto_encoder::{CPU_TILE_LEN, EncoderConfig, EncoderWeights, LatentMoments, SignalFrames};

    /// Multiply-adds of each accumulator in one go: a few milliseconds.
    const N_PEAK_STEPS: usize = 1_000_000;
    const N_PEAK_CALLS: usize = 100;

    pub(crate) fn main() -> Result<()> {
        let args: Vec<String> = std::env::args().skip(1).collect();
        match args.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
            ["write", path] => write(Path::new(path)),
            ["serve", path, n_frames, n_threads] => {
                serve(Path::new(path), n_frames.parse()?, n_threads.parse()?)
            }
            _ => bail!("usage: bench-native write PATH | serve PATH N_FRAMES N_THREADS"),
        }
    }

    fn write(path: &Path) -> Result<()> {
        let weights = EncoderWeights::random(&EncoderConfig::published(), 1)?;
        fs::write(path, write_safetensors(&weights, false)?)
            .with_context(|| format!("cannot write {}", path.display()))
    }

    fn serve(path: &Path, n_frames: usize, n_threads: usize) -> Result<()> {
        let file = File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
        let folded = FoldedEncoder::new(&read_weights(file, "encoder", &WeightsLimits::default())?);
        let rate = folded.multiply_adds_per_frame();
        let mut encoders: Vec<_> = (0..n_threads).map(|_| native_encoder(folded.clone())).collect();
        drop(folded);
        let signal = signal(n_frames);
        let name = Instructions::best().name();
        println!("{{\"instructions\": \"{name}\", \"multiplyAddsPerFrame\": {rate}}}");
        let mut latest = Vec::new();
        for line in std::io::stdin().lock().lines() {
            let start = Instant::now();
            let line = line?;
            match line.split_once(' ').unwrap_or((&line, "")) {
                ("encode", _) => {
                    latest = encode(&mut encoders, &signal);
                    println!("{{\"wallS\": {}}}", start.elapsed().as_secs_f64());
                }
                ("peak", _) => println!("{{\"gflops\": {}}}", peak_gflops()),
                ("mu", path) => {
                    let bytes: Vec<u8> =
                        latest.iter().flat_map(|mu: &f32| mu.to_le_bytes()).collect();
                    fs::write(path, bytes).with_context(|| format!("cannot write {path}"))?;
                    println!("{{}}");
                }
                (command, _) => bail!("not understood: {command}"),
            }
        }
        Ok(())
    }

    /// The fastest go is one in which nothing else had the core.
    fn peak_gflops() -> f64 {
        let rates = (0..N_PEAK_CALLS).map(|_| {
            let start = Instant::now();
            let n_flops = Instructions::best().run(Peak { n_steps: N_PEAK_STEPS });
            n_flops.unwrap_or_default() / start.elapsed().as_secs_f64() / 1e9
        });
        rates.fold(0.0, f64::max)
    }

    /// One map of all the frames for each encoder, all at once; gives the means
    /// of the first.
    fn encode(encoders: &mut [Box<dyn TileEncoder>], signal: &[f32]) -> Vec<f32> {
        let signal = SignalFrames::new(signal).unwrap_or_default();
        let moments: Vec<LatentMoments> = thread::scope(|scope| {
            let encode = |encoder: &mut Box<dyn TileEncoder>| encoder.encode(signal, CPU_TILE_LEN);
            let threads: Vec<_> =
                encoders.iter_mut().map(|encoder| scope.spawn(move || encode(encoder))).collect();
            threads.into_iter().filter_map(|thread| thread.join().ok()).collect()
        });
        moments.first().map(|moments| moments.mu().to_vec()).unwrap_or_default()
    }
}
