//! Grams: the short stretches of characters by which words that are only alike are found.

/// The lengths of grams, in characters.
const LENGTHS: [usize; 3] = [2, 3, 4];

/// Gives the grams of a folded word, its edges among them (`_`).
pub(crate) fn grams(word: &str) -> Vec<String> {
    let edged: Vec<char> = format!("_{word}_").chars().collect();
    LENGTHS
        .iter()
        .flat_map(|length| edged.windows(*length))
        .map(|gram| gram.iter().collect())
        .collect()
}
