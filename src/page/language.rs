//! The language in which something was published, for those to whom it is read aloud.

use ontology::{LanguageMap, plain};

/// What is left out at the end of a text that is cut.
const CUT: char = '…';

/// The language of the text that people see first.
pub(crate) fn first_language(texts: &LanguageMap) -> Option<String> {
    let first = texts.first()?;
    let (tag, _) = texts.iter().find(|(_, text)| *text == first)?;
    tag.map(str::to_owned)
}

/// The language of a text, or of a stretch of one, as it is shown.
pub(crate) fn language_of(texts: &LanguageMap, shown: &str) -> Option<String> {
    let shown = shown.trim_matches(CUT);
    let (tag, _) = texts.iter().find(|(_, text)| plain(text).contains(shown))?;
    tag.map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use ontology::LanguageMap;

    use super::{first_language, language_of};

    #[test]
    fn a_text_is_read_aloud_in_its_own_language() {
        let mut texts = LanguageMap::of(Some("Legt einen <b>Knoten</b>".to_owned()), Some("de"));
        texts.add(Some("en"), "Ties a knot".to_owned());
        assert_eq!(first_language(&texts).as_deref(), Some("en"));
        assert_eq!(language_of(&texts, "…einen Knoten").as_deref(), Some("de"));
        assert_eq!(language_of(&texts, "Splices"), None);
        texts.add(None, "Bends".to_owned());
        assert_eq!(language_of(&texts, "Bends"), None);
    }
}
