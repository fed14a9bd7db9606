//! Narrowing a search: the filters, the facets and the orders by the names that every door takes.
//!
//! The command line, an address and a body of JSON all come to the same pairs of a name and a value; here they are read once.
//! Its neighbour is `index::search`, which knows what they mean. What a filter finds is decided there: a subject that nothing has
//! is no mistake, and finds nothing.

use index::search::{Facet, Filters, Order};
use ontology::{CanonicalKey, Kind, identify};

/// The most values of one filter.
pub(crate) const MAX_VALUES: usize = 100;

/// The states that a resource may have.
pub(crate) const STATUSES: [&str; 4] = ["current", "deprecated", "withdrawn", "provisional"];

/// The orders by their names.
pub(crate) const ORDERS: [(&str, Order); 3] =
    [("relevance", Order::Relevance), ("title", Order::Title), ("date", Order::Date)];

/// A value that cannot be taken.
#[derive(Debug, thiserror::Error)]
#[error("{reason}")]
pub(crate) struct NarrowingError {
    /// The name under which it came.
    pub name: &'static str,
    /// Why.
    pub reason: String,
    /// What could have been said instead, where that is a list.
    pub known: Vec<&'static str>,
}

/// Reads the filters, to be judged on a day (`YYYY-MM-DD`). Values of one filter are alternatives, and different filters must all
/// be met.
///
/// # Errors
/// A kind, a state or a truth value that there is not, a framework that is no identifier, and more than [`MAX_VALUES`] of one.
pub(crate) fn filters(
    values: impl IntoIterator<Item = (Facet, String)>,
    as_of: String,
) -> Result<Filters, NarrowingError> {
    let mut filters = Filters { as_of: Some(as_of), ..Filters::default() };
    let mut aligned = Vec::new();
    for (facet, value) in values {
        let n_values = match facet {
            Facet::Kind => push(&mut filters.kinds, kind(&value)?),
            Facet::Class => push(&mut filters.classes, value),
            Facet::Framework => push(&mut filters.frameworks, framework(&value)?),
            Facet::Publisher => push(&mut filters.publishers, value),
            Facet::Source => push(&mut filters.sources, value),
            Facet::Subject => push(&mut filters.subjects, value),
            Facet::Level => push(&mut filters.levels, value),
            Facet::Language => push(&mut filters.languages, value),
            Facet::Status => push(&mut filters.statuses, status(&value)?),
            Facet::License => push(&mut filters.licenses, value),
            Facet::Aligned => push(&mut aligned, truth(&value)?),
            Facet::Jurisdiction => push(&mut filters.jurisdictions, value),
        };
        if n_values > MAX_VALUES {
            let reason = format!("a filter has at most {MAX_VALUES} values");
            return Err(NarrowingError { name: facet.as_str(), reason, known: Vec::new() });
        }
    }
    // Both are alternatives too, and then it makes no difference.
    filters.aligned =
        aligned.first().copied().filter(|one| aligned.iter().all(|other| other == one));
    Ok(filters)
}

/// Reads the names of facets, several of them with commas between.
///
/// # Errors
/// A name that no facet has.
pub(crate) fn facets(texts: &[String]) -> Result<Vec<Facet>, NarrowingError> {
    let names = texts.iter().flat_map(|text| text.split(',')).map(str::trim);
    let mut facets = Vec::new();
    for name in names.filter(|name| !name.is_empty()) {
        let facet = Facet::ALL.into_iter().find(|facet| facet.as_str() == name);
        let known = || Facet::ALL.map(Facet::as_str).to_vec();
        let facet =
            facet.ok_or_else(|| unknown("facets", format!("`{name}` is no facet"), known()))?;
        if !facets.contains(&facet) {
            facets.push(facet);
        }
    }
    Ok(facets)
}

/// Reads the name of an order.
///
/// # Errors
/// A name that no order has.
pub(crate) fn order(name: &str) -> Result<Order, NarrowingError> {
    let found = ORDERS.into_iter().find(|(known, _)| *known == name);
    let known = || ORDERS.map(|(known, _)| known).to_vec();
    found
        .map(|(_, order)| order)
        .ok_or_else(|| unknown("sort", format!("`{name}` is no order"), known()))
}

fn kind(name: &str) -> Result<Kind, NarrowingError> {
    let found = Kind::ALL.into_iter().find(|kind| kind.as_str() == name);
    let known = || Kind::ALL.map(Kind::as_str).to_vec();
    found.ok_or_else(|| unknown(Facet::Kind.as_str(), format!("`{name}` is no kind"), known()))
}

fn status(name: &str) -> Result<String, NarrowingError> {
    if STATUSES.contains(&name) {
        return Ok(name.to_owned());
    }
    Err(unknown(Facet::Status.as_str(), format!("`{name}` is no status"), STATUSES.to_vec()))
}

fn truth(text: &str) -> Result<bool, NarrowingError> {
    let name = Facet::Aligned.as_str();
    match text {
        "true" => Ok(true),
        "false" => Ok(false),
        _ => {
            let reason = format!("`{name}` is `true` or `false`");
            Err(unknown(name, reason, vec!["true", "false"]))
        }
    }
}

fn framework(text: &str) -> Result<CanonicalKey, NarrowingError> {
    let reason = || format!("`{text}` is no identifier of a framework");
    identify(text).key.ok_or_else(|| unknown(Facet::Framework.as_str(), reason(), Vec::new()))
}

fn unknown(name: &'static str, reason: String, known: Vec<&'static str>) -> NarrowingError {
    NarrowingError { name, reason, known }
}

/// Adds a value, and counts those that there are.
fn push<T>(values: &mut Vec<T>, value: T) -> usize {
    values.push(value);
    values.len()
}

#[cfg(test)]
mod tests {
    use index::search::{Facet, Filters, Order};
    use ontology::Kind;

    use super::{MAX_VALUES, NarrowingError, facets, filters, order};

    fn read(pairs: &[(Facet, &str)]) -> Result<Filters, NarrowingError> {
        let pairs = pairs.iter().map(|(facet, value)| (*facet, (*value).to_owned()));
        filters(pairs, "2024-05-06".to_owned())
    }

    #[test]
    fn every_facet_is_the_name_of_a_filter() {
        let guid = "6b9bf846-d7cc-11e8-824f-0242ac160002";
        for facet in Facet::ALL {
            let value = match facet {
                Facet::Kind => "competency",
                Facet::Framework => guid,
                Facet::Status => "withdrawn",
                Facet::Aligned => "true",
                _ => "loom",
            };
            assert_ne!(read(&[(facet, value)]).unwrap(), read(&[]).unwrap(), "{facet:?}");
        }
        let read =
            read(&[(Facet::Kind, "credential"), (Facet::Kind, "rubric"), (Facet::Level, "K")])
                .unwrap();
        assert_eq!(read.kinds, [Kind::Credential, Kind::Rubric]);
        assert_eq!(read.levels, ["K"]);
    }

    #[test]
    fn aligned_and_not_aligned_together_let_everything_pass() {
        let aligned = |values: &[&str]| {
            let pairs: Vec<_> = values.iter().map(|value| (Facet::Aligned, *value)).collect();
            read(&pairs).unwrap().aligned
        };
        assert_eq!(aligned(&[]), None);
        assert_eq!(aligned(&["true", "true"]), Some(true));
        assert_eq!(aligned(&["false"]), Some(false));
        assert_eq!(aligned(&["false", "true"]), None);
    }

    #[test]
    fn what_cannot_be_taken_is_named() {
        for (facet, value) in [
            (Facet::Kind, "planet"),
            (Facet::Framework, "no identifier"),
            (Facet::Status, "Current"),
            (Facet::Aligned, "yes"),
        ] {
            assert_eq!(read(&[(facet, value)]).unwrap_err().name, facet.as_str());
        }
        assert!(read(&vec![(Facet::Subject, "looms"); MAX_VALUES]).is_ok());
        assert_eq!(
            read(&vec![(Facet::Subject, "looms"); MAX_VALUES + 1]).unwrap_err().name,
            "subject"
        );
        assert_eq!(order("size").unwrap_err().known, ["relevance", "title", "date"]);
        assert_eq!(order("date").unwrap(), Order::Date);
    }

    #[test]
    fn facets_come_one_by_one_or_with_commas() {
        let texts =
            |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        let read = facets(&texts(&["kind, class", "kind", "level,"])).unwrap();
        assert_eq!(read, [Facet::Kind, Facet::Class, Facet::Level]);
        assert_eq!(facets(&texts(&["kind,planet"])).unwrap_err().name, "facets");
        assert_eq!(facets(&[]).unwrap(), []);
    }
}
