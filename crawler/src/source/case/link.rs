//! `Link` header fields: where the next page is.

/// The address of the next page in a field such as `<…?offset=100>; rel="next", <…>; rel="last"`
/// ([RFC 8288 section 3](https://www.rfc-editor.org/rfc/rfc8288#section-3)).
pub(super) fn next(field: &str) -> Option<&str> {
    let mut rest = field;
    while let Some((_, begun)) = rest.split_once('<') {
        let (address, after) = begun.split_once('>')?;
        let parameters = after.split('<').next().unwrap_or_default();
        if parameters.split([';', ',']).any(is_next) {
            return Some(address.trim());
        }
        rest = after;
    }
    None
}

fn is_next(parameter: &str) -> bool {
    let Some((name, value)) = parameter.split_once('=') else { return false };
    let mut relations = value.trim().trim_matches('"').split_whitespace();
    name.trim().eq_ignore_ascii_case("rel") && relations.any(|rel| rel.eq_ignore_ascii_case("next"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_next_page_is_found_among_other_links() {
        let first_last =
            r#"<http://a/x?offset=0>; rel="first", <http://a/x?offset=200>; rel="last""#;
        assert_eq!(next(first_last), None);
        let all =
            format!(r#"{first_last}, <http://a/x?a=1,2;3&offset=100>; title="n"; rel="next""#);
        assert_eq!(next(&all), Some("http://a/x?a=1,2;3&offset=100"));
        assert_eq!(next("<?o=1>;Rel=Next"), Some("?o=1"));
        assert_eq!(next(r#"<?o=1>; rel="last next""#), Some("?o=1"));
        assert_eq!(next("<?o=1>; rel=nextish"), None);
        assert_eq!(next("<?o=1; rel=next"), None);
    }

    proptest! {
        #[test]
        fn any_field_is_read(field in ".*") {
            prop_assert!(next(&field).is_none_or(|address| field.contains(address)));
        }
    }
}
