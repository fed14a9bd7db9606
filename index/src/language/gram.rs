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

#[cfg(test)]
mod tests {
    use super::grams;

    #[test]
    fn a_word_gives_its_short_stretches_edges_included() {
        assert_eq!(
            grams("weld"),
            ["_w", "we", "el", "ld", "d_", "_we", "wel", "eld", "ld_", "_wel", "weld", "eld_"]
        );
        assert_eq!(grams("é"), ["_é", "é_", "_é_"]);
        assert_eq!(grams(""), ["__"]);
    }
}
