//! A piece of the tree of a framework: a resource, and what stands under it as far as it is shown.

use askama::Template;
use index::context::Brief;
use ontology::Kind;

use crate::page::address::{page_of_kind, segment};
use crate::page::marked::cut;
use crate::page::shell::Shell;
use crate::page::status::Status;

/// The most characters of a name in a tree; the page of the resource has all of it.
const LABEL_CHARS: usize = 220;

/// The most characters of the same where a button speaks of it.
const SHORT_CHARS: usize = 60;

/// A resource in a tree.
#[derive(Template)]
#[template(path = "framework/twig.html")]
pub(crate) struct Twig {
    shell: Shell,
    /// The page of its framework.
    page: String,
    /// Its name in a path.
    segment: String,
    href: String,
    code: Option<String>,
    label: String,
    /// What it is, where it is no competency.
    kind: Option<String>,
    /// What to think of before it is used.
    status: Option<Status>,
    n_children: usize,
    /// Whether the tree was opened at it.
    is_here: bool,
    /// What stands under it, where that is shown.
    below: Option<Twigs>,
}

/// What stands under something in a tree, as far as it is shown.
#[derive(Template)]
#[template(path = "framework/twigs.html")]
pub(crate) struct Twigs {
    pub shell: Shell,
    /// Its name in a path.
    pub parent: String,
    pub rows: Vec<Twig>,
    /// How many stand there in all.
    pub n: usize,
    /// How many stand before the first that is shown.
    pub from: usize,
    /// The address at which those before are shown.
    pub before: Option<String>,
    /// The address at which those behind are shown.
    pub behind: Option<String>,
}

impl Twig {
    /// A resource in the tree of the framework that has a page, with so many children.
    pub(crate) fn of(
        brief: &Brief,
        n_children: usize,
        status: Option<Status>,
        page: &str,
        shell: &Shell,
    ) -> Self {
        let kind = || shell.tell("resource-kind", "kind", brief.kind.as_str());
        Self {
            shell: shell.clone(),
            page: page.to_owned(),
            segment: segment(&brief.key),
            href: page_of_kind(&brief.key, brief.kind),
            code: brief.code.clone().filter(|code| *code != brief.label),
            label: cut(&brief.label, LABEL_CHARS),
            kind: (brief.kind != Kind::Competency).then(kind),
            status,
            n_children,
            is_here: false,
            below: None,
        }
    }

    /// The same, as that at which the tree was opened.
    pub(crate) fn marked(self) -> Self {
        Self { is_here: true, ..self }
    }

    /// The same with what stands under it.
    pub(crate) fn over(self, below: Twigs) -> Self {
        Self { below: Some(below), ..self }
    }

    /// What it is called in short.
    fn short(&self) -> String {
        self.code.clone().unwrap_or_else(|| cut(&self.label, SHORT_CHARS))
    }

    /// How many children it has.
    pub(crate) fn n_children(&self) -> usize {
        self.n_children
    }
}

impl Twigs {
    /// Whether what the tree was opened at is among them, or stands under one of them.
    pub(crate) fn is_marked(&self) -> bool {
        let is_marked = |twig: &Twig| twig.below.as_ref().is_some_and(Self::is_marked);
        self.rows.iter().any(|twig| twig.is_here || is_marked(twig))
    }

    /// How many stand behind the last that is shown.
    pub(crate) fn n_behind(&self) -> usize {
        self.n.saturating_sub(self.from + self.rows.len())
    }
}

#[cfg(test)]
mod tests {
    use askama::Template;
    use index::context::Brief;
    use ontology::{Kind, identify};

    use super::{Twig, Twigs};
    use crate::page::shell::Shell;
    use crate::page::status::Status;

    fn brief(label: &str) -> Brief {
        let key = identify("6b9bf846-d7cc-11e8-824f-0242ac160002").key.unwrap();
        let (code, label) = (Some("A.1".to_owned()), label.to_owned());
        Brief { key, kind: Kind::Competency, code, label, framework: None }
    }

    #[test]
    fn what_is_closed_is_opened_by_a_link_and_what_is_here_is_marked() {
        let shell = Shell::new("/frameworks", None);
        let twig = |n| {
            let status = Status { class: "bad", words: "Put away".to_owned() };
            Twig::of(&brief("<b>Bends"), n, Some(status), "/frameworks/1", &shell)
        };
        let text = twig(3).render().unwrap();
        let id = "6b9bf846-d7cc-11e8-824f-0242ac160002";
        for part in [
            format!("href=\"/frameworks/1?at={id}#here\""),
            "&#60;b&#62;Bends".to_owned(),
            format!("href=\"/r/{id}\""),
            "<span class=\"badge bad\">Put away</span>".to_owned(),
        ] {
            assert!(text.contains(&part), "{part} is not in {text}");
        }
        assert!(!text.contains("aria-current"), "{text}");
        let leaf = twig(0).marked().render().unwrap();
        assert!(leaf.contains("id=\"here\"") && !leaf.contains("?at="), "{leaf}");
    }

    #[test]
    fn a_list_says_what_is_before_and_behind_it() {
        let shell = Shell::new("/frameworks", None);
        let twigs = Twigs {
            shell: shell.clone(),
            parent: "1".to_owned(),
            rows: vec![Twig::of(&brief("Bends"), 0, None, "/frameworks/1", &shell)],
            n: 30,
            from: 10,
            before: Some("/b?a&b".to_owned()),
            behind: Some("/c".to_owned()),
        };
        let text = twigs.render().unwrap();
        for part in ["Show the 10 before", "href=\"/b?a&#38;b\"", "Show 19 more", "href=\"/c\""] {
            assert!(text.contains(part), "{part} is not in {text}");
        }
    }
}
