//! Stems, language by language, after the [Snowball](https://snowballstem.org/) algorithms.
//!
//! Words are folded before they are stemmed, so that who types without accents finds what was written with them. Some
//! algorithms look for accents in endings; for these the accent is put back, by the ending alone, and taken away again.

use tantivy::tokenizer::{
    Language as Algorithm, RawTokenizer, Stemmer, TokenFilter, TokenStream, Tokenizer,
};

use crate::language::fold::fold;
use crate::language::tag::Language;

/// Endings by the ending that the algorithm looks for instead.
type Endings = &'static [(&'static str, &'static str)];

/// Endings without and with the accent that the algorithm of their language looks for; the longer ones first.
const SPANISH: Endings =
    &[("logias", "logías"), ("logia", "logía"), ("cion", "ción"), ("sion", "sión")];
const PORTUGUESE: Endings = &[
    ("logias", "logías"),
    ("logia", "logía"),
    ("encias", "ências"),
    ("encia", "ência"),
    // Here the plural goes another way than the singular, so it is taken back first.
    ("coes", "ção"),
    ("cao", "ção"),
    ("soes", "são"),
    ("sao", "são"),
];
const FRENCH: Endings = &[("ites", "ités"), ("ite", "ité"), ("ees", "ées"), ("ee", "ée")];
const ITALIAN: Endings = &[("ita", "ità")];

/// The fewest letters of an Arabic word without its article.
const ARABIC_ROOT: usize = 3;

/// Gives the stem of a folded word; the word itself where its language has no stemmer, and where the word is no word of letters.
pub(super) fn stem(word: &str, language: Language) -> String {
    let Some((algorithm, endings)) = rules(language) else { return word.to_owned() };
    if !word.chars().all(char::is_alphabetic) && language != Language::Tamil {
        return word.to_owned();
    }
    let ending =
        endings.iter().find_map(|(bare, accented)| Some((word.strip_suffix(bare)?, accented)));
    match (ending, language) {
        (Some((beginning, accented)), _) => {
            fold(&run(algorithm, &format!("{beginning}{accented}")))
        }
        (None, Language::Arabic) => run(algorithm, without_article(word)),
        (None, _) => run(algorithm, word),
    }
}

/// Lets the algorithm work on a word. It is a filter of one token, which costs nothing to make.
fn run(algorithm: Algorithm, word: &str) -> String {
    let mut filter = Stemmer::new(algorithm).transform(RawTokenizer::default());
    let mut stream = filter.token_stream(word);
    if stream.advance() { std::mem::take(&mut stream.token_mut().text) } else { word.to_owned() }
}

/// Takes the article away, alone or behind a conjunction or preposition: the algorithm treats what has one as another word.
fn without_article(word: &str) -> &str {
    let articles = ["وال", "بال", "كال", "فال", "لل", "ال"];
    let bare = articles.iter().find_map(|article| word.strip_prefix(article));
    bare.filter(|bare| bare.chars().count() >= ARABIC_ROOT).unwrap_or(word)
}

fn rules(language: Language) -> Option<(Algorithm, Endings)> {
    let (algorithm, endings): (_, Endings) = match language {
        Language::Arabic => (Algorithm::Arabic, &[]),
        Language::Danish => (Algorithm::Danish, &[]),
        Language::Dutch => (Algorithm::Dutch, &[]),
        Language::English => (Algorithm::English, &[]),
        Language::Finnish => (Algorithm::Finnish, &[]),
        Language::French => (Algorithm::French, FRENCH),
        Language::German => (Algorithm::German, &[]),
        Language::Greek => (Algorithm::Greek, &[]),
        Language::Hungarian => (Algorithm::Hungarian, &[]),
        Language::Italian => (Algorithm::Italian, ITALIAN),
        Language::Norwegian => (Algorithm::Norwegian, &[]),
        Language::Portuguese => (Algorithm::Portuguese, PORTUGUESE),
        Language::Romanian => (Algorithm::Romanian, &[]),
        Language::Russian => (Algorithm::Russian, &[]),
        Language::Spanish => (Algorithm::Spanish, SPANISH),
        Language::Swedish => (Algorithm::Swedish, &[]),
        Language::Tamil => (Algorithm::Tamil, &[]),
        Language::Turkish => (Algorithm::Turkish, &[]),
        Language::Other(_) => return None,
    };
    Some((algorithm, endings))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, proptest};

    use super::stem;
    use crate::language::fold::fold;
    use crate::language::tag::Language;

    /// Every word has the same stem.
    #[track_caller]
    fn check(language: Language, words: &[&str]) {
        let stems: Vec<String> = words.iter().map(|word| stem(&fold(word), language)).collect();
        assert!(stems.windows(2).all(|pair| pair[0] == pair[1]), "{words:?} {stems:?}");
    }

    #[test]
    fn forms_of_one_word_meet_with_and_without_accents() {
        check(Language::English, &["welding", "welds", "welded", "Weld"]);
        check(Language::English, &["fraction", "fractions"]);
        check(Language::English, &["add", "adds", "adding"]);
        check(Language::Spanish, &["formación", "formacion", "formaciones"]);
        check(Language::Spanish, &["técnico", "tecnicos", "técnica"]);
        check(Language::Spanish, &["biología", "biologia", "biologías"]);
        check(Language::Spanish, &["profesión", "profesiones"]);
        check(Language::German, &["Häuser", "Haus", "hauser"]);
        check(Language::German, &["Lehrer", "Lehrern"]);
        check(Language::French, &["élèves", "élève", "eleve"]);
        check(Language::French, &["qualité", "qualités", "qualites"]);
        check(Language::French, &["formée", "formées", "formees"]);
        check(Language::Portuguese, &["formação", "formações", "formacao", "formacoes"]);
        check(Language::Portuguese, &["ciência", "ciências", "ciencias"]);
        check(Language::Italian, &["qualità", "qualita"]);
        check(Language::Italian, &["saldatore", "saldatori"]);
        check(Language::Dutch, &["lassers", "lasser"]);
        check(Language::Swedish, &["svetsare", "svetsaren"]);
        check(Language::Danish, &["svejser", "svejsere"]);
        check(Language::Norwegian, &["bedrift", "bedrifter", "bedriften"]);
        check(Language::Finnish, &["opettaja", "opettajan", "opettajat"]);
        check(Language::Hungarian, &["tanár", "tanárok"]);
        check(Language::Romanian, &["elevi", "elevii"]);
        check(Language::Russian, &["сварщик", "сварщики", "сварщика"]);
        check(Language::Greek, &["δάσκαλος", "δάσκαλοι", "ΔΑΣΚΑΛΟΣ"]);
        check(Language::Turkish, &["öğretmenler", "ogretmenler"]);
        check(Language::Turkish, &["okul", "okullar"]);
        check(Language::Arabic, &["المدرسة", "مدرسة", "مدرسه"]);
        check(Language::Tamil, &["மாணவர்", "மாணவர்கள்"]);
    }

    #[test]
    fn what_is_no_word_has_no_other_stem() {
        for word in ["ps1", "9-12", "c++", "3.nf.a.1", ""] {
            assert_eq!(stem(word, Language::English), word);
        }
        assert_eq!(stem("wanafunzi", Language::of_tag("sw").unwrap()), "wanafunzi");
    }

    proptest! {
        #[test]
        fn any_word_has_a_stem(word in any::<String>(), at in 0_usize..18) {
            let tags = ["ar", "da", "nl", "en", "fi", "fr", "de", "el", "hu", "it", "no", "pt", "ro", "ru", "es", "sv", "ta", "tr"];
            stem(&fold(&word), Language::of_tag(tags[at]).unwrap());
        }
    }
}
