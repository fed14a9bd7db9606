//! The language in which something was published, for those to whom it is read aloud.

use ontology::{LanguageMap, plain};

use crate::page::shell::Shell;

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

/// What a language is called, with whatever its tag says besides; a language without a name here is called by its tag.
pub(crate) fn name_of_language(tag: &str, shell: &Shell) -> String {
    let tag = tag.trim();
    let (language, besides) = tag.split_once(['-', '_']).unwrap_or((tag, ""));
    let language = language.to_lowercase();
    let name = shell.tell("language-name", "tag", &language);
    match besides {
        _ if name == language => tag.to_owned(),
        "" => name,
        besides => format!("{name} ({besides})"),
    }
}

#[cfg(test)]
mod tests {
    use ontology::LanguageMap;

    use super::{first_language, language_of, name_of_language};
    use crate::page::shell::Shell;

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

    #[test]
    fn a_language_has_a_name_and_keeps_what_its_tag_says_besides() {
        let name = |tag: &str| name_of_language(tag, &Shell::new("", None));
        assert_eq!(["en", "EN", " de "].map(name), ["English", "English", "German"]);
        assert_eq!(["es-MX", "zh_Hant"].map(name), ["Spanish (MX)", "Chinese (Hant)"]);
        assert_eq!(["tlh", "Klingon", ""].map(name), ["tlh", "Klingon", ""]);
    }
}
