//! The terms of a name or a passage, counted and weighed, and the measures of information retrieval between two of them.

/// How soon another occurrence of a term adds nothing more (`k1` of BM25).
const SATURATION: f64 = 1.2;

/// How much a long name loses (`b` of BM25).
const LENGTH: f64 = 0.75;

/// A term that is counted and weighed.
#[derive(Debug, Clone, Copy)]
struct Weighed {
    term: usize,
    n: f64,
    weight: f64,
}

impl Weighed {
    /// What it counts for in a cosine.
    fn value(&self) -> f64 {
        let times = if self.n > 1.0 { 1.0 + self.n.ln() } else { 1.0 };
        times * self.weight
    }
}

/// The different terms of a text.
#[derive(Debug, Clone, Default)]
pub(super) struct Terms {
    /// By term.
    held: Vec<Weighed>,
    /// How many terms the text has, repetitions counted.
    n: f64,
    /// The length of the text as a vector.
    length: f64,
}

impl Terms {
    /// Counts terms and weighs them.
    pub(super) fn of(mut terms: Vec<usize>, weight: impl Fn(usize) -> f64) -> Self {
        terms.sort_unstable();
        let mut held: Vec<Weighed> = Vec::new();
        let mut n = 0.0;
        for term in terms {
            n += 1.0;
            match held.last_mut() {
                Some(last) if last.term == term => last.n += 1.0,
                _ => held.push(Weighed { term, n: 1.0, weight: weight(term) }),
            }
        }
        let length = held.iter().map(|term| term.value().powi(2)).sum::<f64>().sqrt();
        Self { held, n, length }
    }

    /// The different terms, each with its weight.
    pub(super) fn weights(&self) -> impl Iterator<Item = (usize, f64)> + '_ {
        self.held.iter().map(|held| (held.term, held.weight))
    }

    /// The terms that both have, as each has them.
    fn shared<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = (&'a Weighed, &'a Weighed)> {
        let mut theirs = other.held.iter().peekable();
        self.held.iter().filter_map(move |own| {
            while theirs.next_if(|their| their.term < own.term).is_some() {}
            Some((own, theirs.next_if(|their| their.term == own.term)?))
        })
    }

    /// The weight of the terms that both have.
    pub(super) fn overlap(&self, other: &Self) -> f64 {
        self.shared(other).map(|(own, _)| own.weight).sum()
    }

    /// BM25 of a name for a question in which every term counts once, where names have so many terms on average.
    pub(super) fn bm25(&self, question: &Self, average: f64) -> f64 {
        let norm = SATURATION * (1.0 - LENGTH + LENGTH * self.n / average);
        let shared = self.shared(question).map(|(own, _)| own);
        shared.map(|own| own.weight * own.n * (SATURATION + 1.0) / (own.n + norm)).sum()
    }

    /// The cosine between two texts.
    pub(super) fn cosine(&self, other: &Self) -> f64 {
        let lengths = self.length * other.length;
        let shared = self.shared(other).map(|(own, their)| own.value() * their.value());
        if lengths > 0.0 { (shared.sum::<f64>() / lengths).min(1.0) } else { 0.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::Terms;

    #[test]
    fn what_both_have_is_weighed() {
        let one = Terms::of(vec![3, 1, 3], |_| 2.0);
        let other = Terms::of(vec![3, 2], |_| 2.0);
        assert!((one.overlap(&other) - 2.0).abs() < 1e-9);
        assert!((one.cosine(&one) - 1.0).abs() < 1e-9);
        assert!(one.cosine(&other) > 0.5 && one.cosine(&other) < 1.0);
        // Two occurrences in a name of average length: 2 * 2 * 2.2 / (2 + 1.2).
        assert!((one.bm25(&other, 3.0) - 2.75).abs() < 1e-9);
        assert!(one.bm25(&Terms::default(), 3.0).abs() < 1e-9);
        assert!(Terms::default().cosine(&one).abs() < 1e-9);
    }
}
