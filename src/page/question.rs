//! What is asked on `/`, as its address says it: the address is all the state there is.

use url::form_urlencoded::Serializer;

/// The names that say where a page of results begins; a question that is put anew begins at the first.
const PLACES: [&str; 2] = ["cursor", "offset"];

/// The parameters of an address, in their order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Question {
    pairs: Vec<(String, String)>,
}

impl Question {
    /// The question of these parameters.
    pub(crate) fn new(pairs: Vec<(String, String)>) -> Self {
        Self { pairs }
    }

    /// What stands in the box.
    pub(crate) fn text(&self) -> &str {
        self.pairs.iter().find(|(name, _)| name == "q").map_or("", |(_, value)| value)
    }

    /// The values of a parameter.
    pub(crate) fn values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.pairs.iter().filter(move |(held, _)| held == name).map(|(_, value)| value.as_str())
    }

    /// Whether it leads to a page behind the first.
    pub(crate) fn is_beyond_first(&self) -> bool {
        self.pairs.iter().any(|(name, _)| PLACES.contains(&name.as_str()))
    }

    /// What a form sends along unseen whose own fields have these names.
    pub(crate) fn rest(&self, names: &[&str]) -> Vec<(String, String)> {
        let is_kept = |name: &str| !names.contains(&name) && !PLACES.contains(&name);
        self.pairs.iter().filter(|(name, _)| is_kept(name)).cloned().collect()
    }

    /// The address of the same question on its first page.
    pub(crate) fn first(&self) -> String {
        address(self.rest(&[]))
    }

    /// The address of the same question with other values of a parameter.
    pub(crate) fn with(&self, values: &[(&str, &str)]) -> String {
        let names: Vec<&str> = values.iter().map(|(name, _)| *name).collect();
        let mut pairs = self.rest(&names);
        pairs.extend(values.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        address(pairs)
    }

    /// The address of the same question without a value of a parameter.
    pub(crate) fn without(&self, name: &str, value: &str) -> String {
        let mut pairs = self.rest(&[]);
        pairs.retain(|(held, other)| held != name || other != value);
        address(pairs)
    }

    /// The address of nothing but the words.
    pub(crate) fn words_alone(&self) -> String {
        let mut pairs = self.rest(&[]);
        pairs.retain(|(name, _)| name == "q");
        address(pairs)
    }
}

/// The address of a question.
pub(crate) fn asking(name: &str, value: &str) -> String {
    address(vec![(name.to_owned(), value.to_owned())])
}

fn address(mut pairs: Vec<(String, String)>) -> String {
    // Whoever reads an address wants to see the words first.
    pairs.sort_by_key(|(name, _)| name != "q");
    if pairs.is_empty() {
        return "/".to_owned();
    }
    format!("/?{}", Serializer::new(String::new()).extend_pairs(pairs).finish())
}

#[cfg(test)]
mod tests {
    use super::Question;

    fn question(pairs: &[(&str, &str)]) -> Question {
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        Question::new(pairs.iter().map(owned).collect())
    }

    #[test]
    fn a_filter_is_taken_away_alone_and_the_pages_begin_anew() {
        let asked = question(&[
            ("cursor", "c"),
            ("kind", "rubric"),
            ("kind", "credential"),
            ("q", "a & b"),
        ]);
        assert_eq!(asked.without("kind", "rubric"), "/?q=a+%26+b&kind=credential");
        assert_eq!(asked.first(), "/?q=a+%26+b&kind=rubric&kind=credential");
        assert_eq!(asked.with(&[("sort", "date")]), asked.first() + "&sort=date");
        assert_eq!(asked.with(&[("kind", "job")]), "/?q=a+%26+b&kind=job");
        assert_eq!(asked.words_alone(), "/?q=a+%26+b");
        assert_eq!(question(&[("kind", "job")]).without("kind", "job"), "/");
        assert!(asked.is_beyond_first() && !question(&[("q", "c")]).is_beyond_first());
    }

    #[test]
    fn a_form_sends_along_what_it_has_no_field_for() {
        let asked = question(&[("cursor", "c"), ("kind", "job"), ("q", "a"), ("sort", "date")]);
        assert_eq!(asked.rest(&["q"]), question(&[("kind", "job"), ("sort", "date")]).pairs);
        assert_eq!(asked.rest(&["kind"]), question(&[("q", "a"), ("sort", "date")]).pairs);
        assert_eq!((asked.text(), question(&[]).text()), ("a", ""));
    }
}
