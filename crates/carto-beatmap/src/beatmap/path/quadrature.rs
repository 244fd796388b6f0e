//! Gauss-Legendre quadrature on `[0, 1]`.

use std::collections::BTreeMap;
use std::f64::consts::PI;

/// Nodes and weights by number of nodes, computed when first asked for.
#[derive(Debug, Default)]
pub(crate) struct Quadratures(BTreeMap<usize, Vec<(f64, f64)>>);

impl Quadratures {
    /// `(node, weight)` with nodes in `(0, 1)` and weights that sum to 1.
    pub(crate) fn get(&mut self, n_nodes: usize) -> &[(f64, f64)] {
        self.0.entry(n_nodes).or_insert_with(|| legendre_rule(n_nodes))
    }
}

/// Newton's method on the Legendre polynomial, from Chebyshev-like guesses.
///
/// Source: Press et al., Numerical Recipes, section 4.6, rearranged.
fn legendre_rule(n_nodes: usize) -> Vec<(f64, f64)> {
    let n = n_nodes as f64;
    let mut rule = vec![(0.5, 1.0); n_nodes];
    for idx in 0..n_nodes.div_ceil(2) {
        let mut x = libm::cos(PI * (idx as f64 + 0.75) / (n + 0.5));
        let mut slope = 1.0;
        // Converges quadratically: five steps reach machine precision.
        for _ in 0..8 {
            let (value, derivative) = legendre(n_nodes, x);
            slope = derivative;
            let step = value / derivative;
            x -= step;
            if step.abs() < 1e-16 {
                break;
            }
        }
        let weight = 1.0 / ((1.0 - x * x) * slope * slope);
        rule[idx] = (0.5 * (1.0 - x), weight);
        rule[n_nodes - 1 - idx] = (0.5 * (1.0 + x), weight);
    }
    rule
}

/// Value and derivative of the Legendre polynomial of degree `n` at `x`.
fn legendre(n: usize, x: f64) -> (f64, f64) {
    let (mut previous, mut current) = (1.0, x);
    for degree in 2..=n {
        let k = degree as f64;
        let next = ((2.0 * k - 1.0) * x * current - (k - 1.0) * previous) / k;
        previous = current;
        current = next;
    }
    let derivative = n as f64 * (x * current - previous) / (x * x - 1.0);
    (current, derivative)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_of_n_nodes_integrates_polynomials_of_degree_2n_minus_1() {
        for n_nodes in [2, 7, 10, 18, 40] {
            let mut quadratures = Quadratures::default();
            let degree = 2 * n_nodes - 1;
            let sum: f64 = quadratures
                .get(n_nodes)
                .iter()
                .map(|&(node, weight)| weight * libm::pow(node, degree as f64))
                .sum();
            let exact = 1.0 / (degree as f64 + 1.0);
            assert!((sum - exact).abs() < 1e-14, "{n_nodes} nodes: {sum} against {exact}");
        }
    }
}
