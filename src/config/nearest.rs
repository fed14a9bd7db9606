//! What somebody who mistyped a word probably meant.

/// The most letters that may be wrong, for each three of the word, and one besides.
const PER_WRONG: usize = 3;

/// The known word that is nearest to one that is not known; `None` where all are far.
pub(crate) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let most = 1 + word.chars().count() / PER_WRONG;
    let distances = known.into_iter().map(|known| (distance(word, known), known));
    distances.filter(|(distance, _)| *distance <= most).min().map(|(_, known)| known)
}

/// How many letters have to be put in, taken out or replaced to make one word of the other.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (above, letter) in (1..).zip(one.chars()) {
        let mut next = vec![above];
        let pairs = row.iter().zip(row.iter().skip(1)).zip(&other);
        for ((diagonal, up), other) in pairs {
            let replaced = diagonal + usize::from(letter != *other);
            let left = next.last().copied().unwrap_or_default();
            next.push(replaced.min(up + 1).min(left + 1));
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{distance, nearest};

    #[test]
    fn letters_that_differ_are_counted() {
        assert_eq!(distance("pace", "pace"), 0);
        assert_eq!(distance("pcae", "pace"), 2);
        assert_eq!(distance("", "pace"), 4);
        assert_eq!(distance("framework", "frameworks"), 1);
    }

    #[test]
    fn a_slip_has_a_nearest_word_and_something_else_has_none() {
        let known = ["pace", "url", "frameworks"];
        assert_eq!(nearest("pase", known), Some("pace"));
        assert_eq!(nearest("framwork", known), Some("frameworks"));
        assert_eq!(nearest("bandwidth", known), None);
    }
}
