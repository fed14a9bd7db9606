//! The one step in which what every lane and every comparison gave becomes a score.
//!
//! The weights were chosen on the validation sets of HOUSE and TECH, three sets of MELO and a sample of O*NET, and on nothing else. A short text is a
//! name of something, and must be covered; a sentence names several things among others, so a name must be covered by it.

use crate::suggest::judgement::Judgement;

/// The stems up to which a text is a short one.
const SHORT: f64 = 5.0;

/// The stems after that from which a text is a sentence.
const RAMP: f64 = 10.0;

/// What the surroundings of a name may add. It decides between names that are alike otherwise.
const AROUND: f64 = 0.2;

/// The steepness and the middle of the curve from a sum to how often such a suggestion was right.
const CURVE: (f64, f64) = (6.52, 5.57);

/// The most that the judgements of one question reached, by which each is measured.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Best {
    words: f64,
    grams: f64,
    word_cosine: f64,
    around: f64,
}

impl Best {
    /// The most of several judgements.
    pub(super) fn of<'a>(judgements: impl Iterator<Item = &'a Judgement>) -> Self {
        judgements.fold(Self::default(), |best, judgement| Self {
            words: best.words.max(judgement.words),
            grams: best.grams.max(judgement.grams),
            word_cosine: best.word_cosine.max(judgement.word_cosine),
            around: best.around.max(judgement.around),
        })
    }

    /// Measures what has no scale of its own by the most that was reached.
    pub(super) fn measure(&self, judgement: &Judgement) -> Judgement {
        let part = |value: f64, most: f64| if most > 0.0 { value / most } else { 0.0 };
        Judgement {
            words: part(judgement.words, self.words),
            grams: part(judgement.grams, self.grams),
            word_cosine: part(judgement.word_cosine, self.word_cosine),
            around: part(judgement.around, self.around),
            ..*judgement
        }
    }
}

/// Makes one score of a measured judgement: how likely a passage of so many stems means the name, from 0 to 1.
pub(super) fn fuse(judged: &Judgement, n_stems: usize) -> f64 {
    if judged.whole > 0.0 {
        return 1.0;
    }
    let n_stems = f64::from(u32::try_from(n_stems).unwrap_or(u32::MAX));
    let is_long = ((n_stems - SHORT) / RAMP).clamp(0.0, 1.0);
    let short = 0.5 * judged.words
        + judged.grams
        + judged.gram_cosine
        + 5.0 * judged.name_covered
        + 3.0 * judged.passage_covered
        + 0.5 * judged.n_stems.max(1.0).ln();
    let long = 2.0 * judged.words
        + 2.0 * judged.grams
        + 2.0 * judged.word_cosine
        + 6.0 * judged.name_covered
        + 2.0 * judged.passage_covered
        + 4.0 * judged.contained
        + 3.0 * judged.beginning;
    let sum = (1.0 - is_long) * short + is_long * long + AROUND * judged.around;
    let most = (1.0 - is_long) * (10.5 + 0.5 * 3.0_f64.ln()) + is_long * 21.0;
    let (steepness, middle) = CURVE;
    1.0 / (1.0 + (middle - steepness * sum / most).exp())
}

#[cfg(test)]
mod tests {
    use super::{Best, fuse};
    use crate::suggest::judgement::Judgement;

    #[test]
    fn more_of_anything_that_speaks_for_a_name_is_never_worth_less() {
        let half = Judgement {
            name_covered: 0.5,
            passage_covered: 0.5,
            n_stems: 2.0,
            ..Judgement::default()
        };
        for n_stems in [0, 3, 8, 40] {
            let score = fuse(&half, n_stems);
            assert!((0.0..1.0).contains(&score));
            assert!(fuse(&Judgement { name_covered: 0.6, ..half }, n_stems) > score);
            assert!(fuse(&Judgement { passage_covered: 0.6, ..half }, n_stems) > score);
            assert!(fuse(&Judgement { words: 0.6, ..half }, n_stems) > score);
            assert!(fuse(&Judgement { around: 0.6, ..half }, n_stems) > score);
        }
        let whole = Judgement { whole: 1.0, ..half };
        assert!((fuse(&whole, 3) - 1.0).abs() < f64::EPSILON);
    }

    #[test]
    fn what_nothing_speaks_for_is_as_good_as_never_right() {
        let nothing = Best::default().measure(&Judgement::default());
        assert!(fuse(&nothing, 10) < 0.01);
    }
}
