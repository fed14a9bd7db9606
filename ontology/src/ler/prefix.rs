//! The prefixes a document declares for itself, and the compact IRIs written with them.

use std::collections::BTreeMap;
use std::rc::Rc;

use serde_json::{Map, Value};

use crate::ler::place::each;

/// A longer namespace is left aside: with it a small document could be made to expand into a huge one.
const LONGEST_NAMESPACE: usize = 1024;

/// The prefixes of the inline `@context` objects of one document, and of those around it.
///
/// Only a prefix that stands for plain text counts. A context that is named by its address is never loaded: that would tell
/// its host who looks at which badge.
#[derive(Debug, Default)]
pub(super) struct Prefixes<'a> {
    own: BTreeMap<&'a str, &'a str>,
    around: Option<Rc<Self>>,
}

impl<'a> Prefixes<'a> {
    /// Reads the prefixes that `document` declares at its top; those `around` it count where it says nothing else.
    pub(super) fn of(document: &'a Map<String, Value>, around: &Rc<Self>) -> Rc<Self> {
        let Some(context) = document.get("@context") else { return Rc::clone(around) };
        let inline = each(context).filter_map(Value::as_object);
        let declared = inline.flatten().filter_map(|(prefix, namespace)| {
            let namespace = namespace.as_str()?;
            (namespace.len() <= LONGEST_NAMESPACE).then_some((prefix.as_str(), namespace))
        });
        Rc::new(Self { own: declared.collect(), around: Some(Rc::clone(around)) })
    }

    /// Writes a compact IRI such as `res:ce-…` in full, if its prefix is declared here.
    pub(super) fn expand(&self, text: &str) -> Option<String> {
        let (prefix, suffix) = text.split_once(':')?;
        let namespace = self.namespace(prefix)?;
        (!suffix.starts_with("//")).then(|| format!("{namespace}{suffix}"))
    }

    fn namespace(&self, prefix: &str) -> Option<&'a str> {
        let own = self.own.get(prefix).copied();
        own.or_else(|| self.around.as_ref()?.namespace(prefix))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn check(context: &Value, text: &str, expected: Option<&str>) {
        let document = json!({ "@context": context });
        let prefixes = Prefixes::of(document.as_object().unwrap(), &Rc::default());
        assert_eq!(prefixes.expand(text).as_deref(), expected);
    }

    #[test]
    fn a_prefix_counts_where_the_document_itself_says_what_it_means() {
        let inline =
            json!({"res": "https://registry.example/resources/", "num": 5, "bad": "file:///"});
        let full = Some("https://registry.example/resources/ce-1");
        check(&inline, "res:ce-1", full);
        check(&json!(["https://context.example/v1", inline]), "res:ce-1", full);
        check(&json!("https://context.example/v1"), "res:ce-1", None);
        check(&inline, "RES:ce-1", None);
        check(&inline, "num:1", None);
        check(&inline, "bad:1", Some("file:///1"));
        check(&inline, "no colon", None);
        check(&json!({"https": "https://evil.example/"}), "https://good.example/", None);
        check(&json!({"long": format!("https://{}/", "x".repeat(2000))}), "long:1", None);
    }
}
