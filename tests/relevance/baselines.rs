//! What others reach on the same sets, and what must be reached here.
//!
//! All of it is from the notes of the project: what their authors published, and what was measured for the notes with their harness.

use crate::relevance::report::Row;

/// What must be reached by `suggest`, lexical only.
const GATES: [(&str, &[(&str, f64)]); 6] = [
    ("house_validation", &[("MRR", 0.40), ("RP@10", 0.54)]),
    ("tech_validation", &[("MRR", 0.69), ("RP@10", 0.73)]),
    ("usa_q_en_c_en", &[("MRR", 0.60)]),
    ("deu_q_de_c_de", &[("MRR", 0.55)]),
    ("esp_q_es_c_es", &[("MRR", 0.47)]),
    ("onet", &[("MRR", 0.30), ("RP@10", 0.45)]),
];

/// Systems whose MRR the authors of MELO published, in the order of the columns below.
const MELO_SYSTEMS: [&str; 13] = [
    "edit distance",
    "word TF-IDF",
    "char TF-IDF",
    "BM25",
    "BM25 lemma",
    "char TF-IDF lemma",
    "mUSE-CNN",
    "mMPNet",
    "BGE-M3",
    "GIST",
    "mE5-large",
    "E5-mistral",
    "OpenAI-3-large",
];

const MELO: [(&str, [f64; MELO_SYSTEMS.len()]); 6] = [
    (
        "usa_q_en_c_en",
        [0.486, 0.325, 0.580, 0.294, 0.600, 0.596, 0.553, 0.588, 0.623, 0.643, 0.656, 0.674, 0.684],
    ),
    (
        "deu_q_de_c_de",
        [0.439, 0.476, 0.544, 0.338, 0.447, 0.547, 0.561, 0.469, 0.608, 0.536, 0.612, 0.664, 0.678],
    ),
    (
        "deu_q_de_c_en",
        [0.083, 0.039, 0.130, 0.005, 0.020, 0.128, 0.314, 0.092, 0.334, 0.133, 0.386, 0.507, 0.552],
    ),
    (
        "esp_q_es_c_es",
        [0.330, 0.241, 0.438, 0.192, 0.437, 0.470, 0.418, 0.342, 0.493, 0.357, 0.502, 0.556, 0.537],
    ),
    (
        "esp_q_es_c_en",
        [0.055, 0.013, 0.124, 0.007, 0.028, 0.135, 0.322, 0.090, 0.308, 0.153, 0.348, 0.463, 0.486],
    ),
    (
        "fra_q_fr_c_fr",
        [0.773, 0.774, 0.796, 0.751, 0.804, 0.794, 0.779, 0.766, 0.845, 0.805, 0.843, 0.863, 0.872],
    ),
];

/// Rows of the whole sets of sentences, in percent: MRR, RP@5, RP@10; what is not known is negative.
const SENTENCES: [(&str, &str, [f64; 3]); 27] = [
    ("house", "WorkRB BM25, white space", [22.7, 21.1, 25.4]),
    ("house", "PostgreSQL 15 ts_rank", [21.7, 21.4, 29.6]),
    ("house", "PostgreSQL 15, by length", [24.6, 23.8, 30.9]),
    ("house", "rapidfuzz token_set_ratio", [29.9, 25.6, 30.1]),
    ("house", "BM25 stem+stop, label", [36.9, 34.3, 42.3]),
    ("house", "label 1, alt .5, definition .3", [33.3, 33.7, 43.5]),
    ("house", "all-MiniLM-L6-v2", [33.2, 33.9, 40.9]),
    ("house", "BM25 + MiniLM + prior", [46.4, 46.5, 56.8]),
    ("house", "CurriculumMatch, published", [48.39, 49.14, 59.61]),
    ("house", "IReRa with GPT-4, published", [-1.0, 55.57, 61.71]),
    ("tech", "WorkRB BM25, white space", [34.5, 34.0, 39.0]),
    ("tech", "PostgreSQL 15 ts_rank", [25.2, 23.7, 30.3]),
    ("tech", "PostgreSQL 15, by length", [34.6, 34.2, 42.1]),
    ("tech", "rapidfuzz token_set_ratio", [36.9, 32.5, 39.5]),
    ("tech", "BM25 stem+stop, label", [43.9, 45.1, 50.8]),
    ("tech", "label 1, alt .5, definition .3", [37.4, 38.5, 44.2]),
    ("tech", "all-MiniLM-L6-v2", [43.5, 45.6, 55.7]),
    ("tech", "BM25 + MiniLM + prior", [54.9, 57.2, 67.5]),
    ("tech", "CurriculumMatch, published", [57.26, 59.40, 69.93]),
    ("tech", "ConTeXT-match, published", [63.2, 63.98, 73.99]),
    ("tech", "IReRa with GPT-4, published", [-1.0, 63.13, 71.98]),
    ("techwolf", "BM25 stem+stop, label", [35.3, 34.5, 40.2]),
    ("techwolf", "all-MiniLM-L6-v2", [35.7, 36.7, 45.4]),
    ("techwolf", "BM25 + MiniLM + prior", [47.3, 45.6, 52.4]),
    ("techwolf", "IReRa with GPT-4, published", [-1.0, 58.69, 65.69]),
    ("skillskape", "BM25 stem+stop, label", [34.7, 24.7, 31.5]),
    ("skillskape", "BM25 + MiniLM + prior", [47.4, 36.1, 46.4]),
];

/// The same in the same halves as here, MRR and RP@10 as shares.
const SAME: [(&str, &str, f64, f64); 5] = [
    ("house_validation", "BM25 stem+stop, label", 0.377, 0.524),
    ("tech_validation", "BM25 stem+stop, label", 0.682, 0.718),
    ("onet", "BM25 stem", 0.280, 0.425),
    ("onet", "all-MiniLM-L6-v2", 0.371, 0.565),
    ("onet", "BM25 + MiniLM", 0.371, 0.568),
];

/// The gates of a set; most sets have none.
pub(crate) fn gates(set: &str) -> &'static [(&'static str, f64)] {
    GATES.iter().find(|(name, _)| *name == set).map_or(&[], |(_, gates)| gates)
}

/// What others reach on a set.
pub(crate) fn baselines(set: &str) -> Vec<Row> {
    let row = |system: &str, source: &str, values: Vec<(&'static str, f64)>| Row {
        system: system.to_owned(),
        source: source.to_owned(),
        values,
        took: None,
    };
    let same = SAME.iter().filter(|(name, ..)| *name == set);
    let same = same
        .map(|(_, system, mrr, rp)| row(system, "measured", vec![("MRR", *mrr), ("RP@10", *rp)]));
    let melo = MELO.iter().filter(|(name, _)| *name == set);
    let melo = melo.flat_map(|(_, values)| MELO_SYSTEMS.iter().zip(values));
    let melo = melo.map(|(system, mrr)| row(system, "published", vec![("MRR", *mrr)]));
    // `house_validation` is a part of what the numbers of `house` are about.
    let whole = set.split('_').next().unwrap_or(set);
    let sentences = SENTENCES.iter().filter(|(name, ..)| *name == whole);
    let sentences = sentences.map(|(_, system, percent)| {
        let values = ["MRR", "RP@5", "RP@10"].into_iter().zip(percent);
        let known = values.filter(|(_, value)| **value >= 0.0);
        row(system, "whole set", known.map(|(name, value)| (name, value / 100.0)).collect())
    });
    same.chain(melo).chain(sentences).collect()
}

#[cfg(test)]
mod tests {
    use super::{GATES, baselines, gates};
    use crate::relevance::measure::MEASURES;

    #[test]
    fn every_gate_has_a_measure_and_a_baseline() {
        for (set, wanted) in GATES {
            assert!(!baselines(set).is_empty(), "{set}");
            assert!(wanted.iter().all(|(name, value)| MEASURES.contains(name) && *value < 1.0));
        }
        assert!(gates("swe_q_sv_c_sv").is_empty());
        let tech = baselines("tech_test");
        assert!(tech.iter().all(|row| row.source == "whole set" && row.values.len() >= 2));
    }
}
