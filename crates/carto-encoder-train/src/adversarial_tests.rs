use std::sync::Arc;

use burn::module::Module;
use burn::optim::GradientsParams;
use burn::tensor::{Device, Tensor};

use super::adversarial_loss::AdversarialLoss;
use super::adversary::{Adversary, Critic};
use super::crops::directions;
use super::parallel::batch;
use super::tests::{config, set, trainer};
use super::*;

const N_FRAMES: usize = 96;

fn adversarial() -> AdversarialConfig {
    AdversarialConfig {
        width: 8,
        score_factor: 0.01,
        feature_factor: 0.1,
        r1_factor: 1.0,
        r1_step: 0.01,
        learning_rate: 0.005,
        betas: [0.5, 0.9],
        starts_at_step: 0,
    }
}

fn with(adversarial: AdversarialConfig) -> TrainConfig {
    TrainConfig { adversarial: Some(adversarial), ..config() }
}

/// `n` copies of the same crop.
fn copies(n: usize, device: &Device) -> Tensor<3> {
    let mut crop = Vec::new();
    set().maps[0].crop_into(100, N_FRAMES, &mut crop);
    batch(&crop.repeat(n), [n, 9, N_FRAMES], device)
}

fn normal(config: &TrainConfig, step: u64, n: usize, device: &Device) -> Tensor<3> {
    batch(&directions(config, step, n * 9 * N_FRAMES), [n, 9, N_FRAMES], device)
}

/// The gradient of each score by the signal, from Burn, squared and averaged.
fn squared_gradient(critic: &Critic, device: &Device) -> f64 {
    let n_scores = N_FRAMES / 8;
    let of_score = |idx: usize| {
        let x = copies(1, device).require_grad();
        let grads = critic.forward(x.clone()).scores.narrow(2, idx, 1).sum().backward();
        x.grad(&grads).unwrap().square().sum().into_scalar::<f32>()
    };
    (0..n_scores).map(|idx| f64::from(of_score(idx))).sum::<f64>() / n_scores as f64
}

#[test]
fn the_measured_slope_is_the_gradient_of_the_scores() {
    let (config, device) = (with(adversarial()), Device::flex().autodiff());
    let critic = Critic::random(&config, 8, &device);
    let expected = squared_gradient(&critic, &device);
    let (n, n_batches) = (128, 16);
    let penalty = |step| {
        let (x, v) = (copies(n, &device), normal(&config, step, n, &device));
        AdversarialLoss::new(&adversarial(), &critic, x.clone(), x, v).read().unwrap().penalty
    };
    let found = (0..n_batches).map(penalty).sum::<f64>() / n_batches as f64;
    println!("{found:.5} measured, {expected:.5} from gradients");
    // Squares of 2,048 directions, of which each serves twelve scores that share some
    // frames: at least sqrt(2 / 2048) / sqrt(12) = 0.9 %, at most 3.1 % is expected.
    assert!((found / expected - 1.0).abs() < 0.06, "{found} instead of {expected}");
}

#[test]
fn the_critic_and_the_model_learn_from_their_own_losses_alone() {
    let (config, device) = (with(adversarial()), Device::flex().autodiff());
    let critic = Critic::random(&config, 8, &device);
    let grads = |adversarial: &AdversarialConfig, is_for_critic: bool| {
        let decoded = normal(&config, 1, 2, &device).require_grad();
        let v = normal(&config, 2, 2, &device);
        let found =
            AdversarialLoss::new(adversarial, &critic, copies(2, &device), decoded.clone(), v);
        let loss = if is_for_critic { found.for_critic } else { found.for_model };
        let grads = loss.backward();
        (decoded.grad(&grads), GradientsParams::from_grads(grads, &critic))
    };
    let (of_decoded, of_critic) = grads(&adversarial(), true);
    assert!(of_decoded.is_none() && of_critic.len() == 10);
    let (of_decoded, of_critic) = grads(&adversarial(), false);
    assert!(of_critic.is_empty());
    assert!(of_decoded.unwrap().abs().max().into_scalar::<f32>() > 0.0);
}

#[test]
fn a_critic_learns_to_tell_maps_from_noise() {
    let (config, device) = (with(adversarial()), Device::flex().autodiff());
    let mut adversary = Adversary::new(&config, &device).unwrap();
    let mut learn = |step| {
        let (x, v) = (copies(4, &device), normal(&config, 2 * step, 4, &device));
        let noise = normal(&config, 2 * step + 1, 4, &device).mul_scalar(0.5);
        let critic = adversary.critic.valid().train();
        let found = AdversarialLoss::new(&adversarial(), &critic, x, noise, v);
        let grads = GradientsParams::from_grads(found.for_critic.backward(), &critic);
        adversary.step(&config, step, grads).unwrap();
        found.read().unwrap().critic
    };
    let told: Vec<f64> = (0..60).map(&mut learn).collect();
    let last = told[50..].iter().sum::<f64>() / 10.0;
    println!("{:.3} before, {last:.3} after", told[0]);
    assert!(told[0] > 1.0 && last < 0.4, "{last} after {}", told[0]);

    let device = Device::flex();
    let mean = |x| adversary.critic.valid().forward(x).scores.mean().into_scalar::<f32>();
    let of_map = mean(copies(1, &device));
    let of_noise = mean(normal(&config, 1000, 1, &device).mul_scalar(0.5));
    assert!(of_map > 0.5 && of_noise < -0.5, "{of_map} of a map, {of_noise} of noise");
}

#[test]
fn a_critic_that_only_watches_changes_nothing() {
    let set = set();
    let losses = |config: &TrainConfig| {
        let mut trainer = trainer(config, &set);
        let step = |_| trainer.step().unwrap();
        (0..6).map(step).map(|done| (done.loss.total, done.adversarial.is_some())).collect()
    };
    let expected: Vec<(f64, bool)> = losses(&config());
    let watching = AdversarialConfig { score_factor: 0.0, feature_factor: 0.0, ..adversarial() };
    let found: Vec<(f64, bool)> = losses(&with(watching));
    let late = AdversarialConfig { starts_at_step: 4, ..adversarial() };
    let late: Vec<(f64, bool)> = losses(&with(late));
    for idx in 0..6 {
        assert_eq!((expected[idx].1, found[idx].1, late[idx].1), (false, true, idx >= 4));
        assert!((found[idx].0 - expected[idx].0).abs() < 1e-6, "step {idx}");
    }
    assert_eq!(late[..4], expected[..4]);
    // The weights of step 4 are changed by it, which step 5 shows.
    assert!((late[5].0 - expected[5].0).abs() > 1e-6);
}

#[test]
fn a_resumed_run_repeats_the_critic_too() {
    let set = set();
    for starts_at_step in [2, 6] {
        let config = with(AdversarialConfig { starts_at_step, ..adversarial() });
        let step = |trainer: &mut Trainer| {
            let done = trainer.step().unwrap();
            let of = |parts: AdversarialParts| {
                [parts.critic, parts.score, parts.features, parts.penalty]
            };
            (done.loss.total, done.adversarial.map_or([0.0; 4], of))
        };
        let mut whole = trainer(&config, &set);
        let expected: Vec<_> = (0..9).map(|_| step(&mut whole)).collect();

        let dir = std::env::temp_dir().join(format!("carto-adversary-{}", std::process::id()));
        let mut first = trainer(&config, &set);
        let mut found: Vec<_> = (0..4).map(|_| step(&mut first)).collect();
        first.save(&dir, &set).unwrap();
        drop(first);
        let split = Split::new(&set, &config.split, config.seed);
        let mut second =
            Trainer::resume(&dir, config.clone(), Arc::clone(&set), &split, Device::flex())
                .unwrap();
        found.extend((4..9).map(|_| step(&mut second)));
        assert_eq!(found, expected);
        assert!(expected[8].1[0] > 0.0);
        std::fs::remove_dir_all(&dir).unwrap();
    }
}

#[test]
fn a_configuration_without_a_critic_does_not_name_one() {
    let text = serde_json::to_string(&config()).unwrap();
    assert!(!text.contains("adversarial"));
    assert_eq!(TrainConfig::from_json(&text).unwrap().adversarial, None);

    let text = serde_json::to_string(&with(adversarial())).unwrap();
    assert_eq!(TrainConfig::from_json(&text).unwrap(), with(adversarial()));
    let bad = with(AdversarialConfig { r1_step: 0.0, ..adversarial() });
    assert!(bad.validate().unwrap_err().to_string().contains("adversarial.r1_step"));
}
