//! The measures of a ranking, as `trec_eval` and the benchmarks of skill extraction define them.

use std::collections::BTreeSet;

/// How deep a ranking is looked at.
pub(crate) const DEPTH: usize = 100;

/// The measures, in the order in which they are printed.
///
/// | Measure | Meaning |
/// |---|---|
/// | `MRR` | one over the rank of the first right one |
/// | `A@k` | 1 where a right one is among the first k |
/// | `MAP` | the precision at each right one, summed and divided by how many right ones there are |
/// | `RP@k` | right ones among the first k, divided by k, or by how many right ones there are where they are fewer |
pub(crate) const MEASURES: [&str; 8] =
    ["MRR", "A@1", "A@5", "A@10", "MAP", "RP@1", "RP@5", "RP@10"];

/// The measures of one ranking, or their means.
pub(crate) type Measured = [f64; MEASURES.len()];

/// Measures one ranking, of which the first 100 count.
pub(crate) fn measure(ranking: &[usize], right: &BTreeSet<usize>) -> Measured {
    let ranking: Vec<usize> = ranking.iter().copied().take(DEPTH).collect();
    let met: Vec<usize> = (1..)
        .zip(&ranking)
        .filter(|(_, found)| right.contains(found))
        .map(|(rank, _)| rank)
        .collect();
    let within = |k: usize| met.iter().filter(|rank| **rank <= k).count();
    let first = met.first().map_or(0.0, |rank| share(1, *rank));
    let precisions = sum((1..).zip(&met).map(|(n, rank)| share(n, *rank)));
    let accuracy = |k| share(usize::from(within(k) > 0), 1);
    let precision = |k: usize| share(within(k), right.len().min(k));
    [
        first,
        accuracy(1),
        accuracy(5),
        accuracy(10),
        precisions / share(right.len().max(1), 1),
        precision(1),
        precision(5),
        precision(10),
    ]
}

/// The mean of every measure.
pub(crate) fn mean(all: &[Measured]) -> Measured {
    let n = share(all.len().max(1), 1);
    std::array::from_fn(|i| sum(all.iter().map(|one| one[i])) / n)
}

/// A sum that is 0 and not -0 where there is nothing to add up.
fn sum(numbers: impl Iterator<Item = f64>) -> f64 {
    numbers.fold(0.0, |sum, number| sum + number)
}

/// One number divided by another; nothing of nothing is 0.
pub(crate) fn share(part: usize, whole: usize) -> f64 {
    let exact = |n: usize| f64::from(u32::try_from(n).unwrap());
    if whole == 0 { 0.0 } else { exact(part) / exact(whole) }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{mean, measure};

    #[track_caller]
    fn check(ranking: &[usize], right: &[usize], expected: [f64; 8]) {
        let right: BTreeSet<usize> = right.iter().copied().collect();
        let measured = measure(ranking, &right);
        for (measured, expected) in measured.iter().zip(expected) {
            assert!((measured - expected).abs() < 1e-9, "{measured} is not {expected}");
        }
    }

    #[test]
    fn the_measures_are_those_that_a_person_works_out() {
        check(&[1], &[1], [1.0; 8]);
        check(&[], &[1], [0.0; 8]);
        // Right at 2 and 4, one of three is missing: MAP = (1/2 + 2/4) / 3.
        check(
            &[9, 1, 8, 2, 7],
            &[1, 2, 3],
            [0.5, 0.0, 1.0, 1.0, 1.0 / 3.0, 0.0, 2.0 / 3.0, 2.0 / 3.0],
        );
        // Twelve right ones: ten places, of which one has one.
        let many: Vec<usize> = (1..=12).collect();
        check(&[0, 0, 0, 0, 0, 12], &many, [1.0 / 6.0, 0.0, 0.0, 1.0, 1.0 / 72.0, 0.0, 0.0, 0.1]);
        // What comes after the hundredth does not count.
        let late: Vec<usize> = (1_000..1_100).chain([5]).collect();
        check(&late, &[5], [0.0; 8]);
    }

    #[test]
    fn the_mean_is_over_all_texts() {
        let of = |all: &[_]| mean(all).map(|mean| format!("{mean:.3}"));
        assert_eq!(of(&[[1.0; 8], [0.0; 8], [0.0; 8], [1.0; 8]]), ["0.500"; 8]);
        assert_eq!(of(&[]), ["0.000"; 8]);
    }
}
