//! The data sets, statement by statement.

use std::collections::BTreeSet;

use index::card::Card;
use index::copies::{Chosen, choose};
use index::manifest::Manifest;
use index::{IndexError, Reader};
use ontology::vocab::{ceasn, rdf, xsd};
use ontology::{Framework, LanguageMap};
use oxrdf::{GraphName, Literal, NamedNode, Quad, Term};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::export::Form;
use crate::server::dumps::is_given;
use crate::server::linked::address::Site;

/// What stands before the part that names a data set.
const CATALOG: &str = "/.well-known/void";

macro_rules! terms {
    ($namespace:literal: $($name:ident $local:literal)*) => {
        $(const $name: &str = concat!($namespace, $local);)*
    };
}

terms!("http://rdfs.org/ns/void#":
    VOID_DATASET "Dataset" SUBSET "subset" TRIPLES "triples" DATA_DUMP "dataDump" SPARQL_ENDPOINT "sparqlEndpoint"
    CLASS_PARTITION "classPartition" CLASS "class" ENTITIES "entities" ROOT_RESOURCE "rootResource" VOCABULARY "vocabulary");
terms!("http://www.w3.org/ns/dcat#":
    DCAT_CATALOG "Catalog" DCAT_DATASET "Dataset" HAS_DATASET "dataset" DISTRIBUTION "distribution"
    DCAT_DISTRIBUTION "Distribution" DOWNLOAD_URL "downloadURL" MEDIA_TYPE "mediaType"
    COMPRESS_FORMAT "compressFormat" LANDING_PAGE "landingPage");
terms!("http://purl.org/dc/terms/":
    TITLE "title" PUBLISHER "publisher" LICENSE "license" RIGHTS "rights" MODIFIED "modified" FORMAT "format");
terms!("http://xmlns.com/foaf/0.1/": AGENT "Agent" AGENT_NAME "name");

/// What the data set of everything is called there.
const EVERYTHING: &str = "dataset";

/// Where the media types of the register have their IRIs.
const MEDIA_TYPES: &str = "https://www.iana.org/assignments/media-types/";

/// The classes that every resource of a kind has.
const CLASSES: [(&str, &str); 5] = [
    ("framework", ceasn::COMPETENCY_FRAMEWORK),
    ("competency", ceasn::COMPETENCY),
    ("rubric", ceasn::RUBRIC),
    ("rubricCriterion", ceasn::RUBRIC_CRITERION),
    ("rubricCriterionLevel", ceasn::CRITERION_LEVEL),
];

/// Describes everything and each framework, with the dumps that there are in these forms.
pub(super) fn datasets(
    reader: &Reader,
    site: &Site,
    forms: &[Form],
) -> Result<Vec<Quad>, IndexError> {
    let mut catalog = Catalog { site, forms, quads: Vec::new() };
    let cards = reader.cards().frameworks()?;
    let given = cards.iter().filter(|card| is_given(card));
    let given: BTreeSet<u64> = given.map(|card| card.key().alias_key()).collect();
    let frameworks = choose(cards);
    let held: Vec<&Chosen> = frameworks.iter().filter(|chosen| !chosen.card.withdrawn).collect();
    let is_open = |source: &index::sources::SourceStatus| {
        source.terms.as_ref().is_none_or(|terms| terms.redistribute)
    };
    catalog.everything(reader.manifest(), reader.sources().values().any(is_open));
    let all = catalog.named(EVERYTHING);
    for chosen in held {
        let hash = chosen.card.key().alias_key();
        let name = catalog.framework(&chosen.card, hash);
        if given.contains(&hash) {
            catalog.dumps(&name, &format!("{hash:016x}"), "/dumps/frameworks/");
        }
        catalog.link(&catalog.named("catalog"), HAS_DATASET, &name);
        catalog.link(&all, SUBSET, &name);
    }
    Ok(catalog.quads)
}

/// The name of the data set of everything.
pub(in crate::server) fn dataset_of_everything(public_url: Option<&str>) -> String {
    named(&Site::at(public_url), EVERYTHING)
}

/// The address of a thing that is described here.
fn named(site: &Site, name: &str) -> String {
    site.address(&format!("{CATALOG}#{name}"))
}

struct Catalog<'s> {
    site: &'s Site,
    /// The forms that dumps are given in.
    forms: &'s [Form],
    quads: Vec<Quad>,
}

impl Catalog<'_> {
    fn named(&self, name: &str) -> String {
        named(self.site, name)
    }

    fn everything(&mut self, manifest: &Manifest, is_open: bool) {
        let (catalog, all) = (self.named("catalog"), self.named(EVERYTHING));
        self.link(&catalog, rdf::TYPE, DCAT_CATALOG);
        self.text(&catalog, TITLE, "What this Alidade holds");
        self.link(&catalog, HAS_DATASET, &all);
        self.classes(&all);
        self.text(&all, TITLE, "Every framework, credential and other resource that is held here");
        self.time(&all, MODIFIED, &manifest.published_at);
        self.number(&all, TRIPLES, manifest.counts.quads);
        self.link(&all, SPARQL_ENDPOINT, &self.site.address("/sparql"));
        for vocabulary in [
            ceasn::NAMESPACE,
            ontology::vocab::ceterms::NAMESPACE,
            ontology::vocab::skos::NAMESPACE,
        ] {
            self.link(&all, VOCABULARY, vocabulary);
        }
        for (kind, class) in CLASSES {
            let Some(n) = manifest.counts.resources.get(kind) else { continue };
            let partition = self.named(kind);
            self.link(&all, CLASS_PARTITION, &partition);
            self.link(&partition, CLASS, class);
            self.number(&partition, ENTITIES, *n);
        }
        if is_open {
            self.dumps(&all, "all", "/dumps/");
        }
    }

    /// Describes a framework; gives the name of its data set.
    ///
    /// It has the hash by which its dumps are named.
    fn framework(&mut self, card: &Card, hash: u64) -> String {
        let name = self.named(&format!("{hash:016x}"));
        self.classes(&name);
        match card.as_framework().map(|framework: &Framework| &framework.title) {
            Some(titles) if !titles.is_empty() => self.titles(&name, titles),
            _ => self.text(&name, TITLE, &card.label()),
        }
        if let Some(publisher) = card.publisher() {
            let agent = format!("{name}-publisher");
            self.link(&name, PUBLISHER, &agent);
            self.link(&agent, rdf::TYPE, AGENT);
            self.text(&agent, AGENT_NAME, publisher);
        }
        self.terms(&name, card);
        let changed = card.resource.identity().last_change.as_deref();
        self.time(&name, MODIFIED, changed.unwrap_or(&card.origin.fetched_at));
        self.link_or_text(&name, ROOT_RESOURCE, &card.resource.identity().subject);
        self.link(&name, LANDING_PAGE, &self.site.document(card.key(), ""));
        name
    }

    fn classes(&mut self, name: &str) {
        self.link(name, rdf::TYPE, VOID_DATASET);
        self.link(name, rdf::TYPE, DCAT_DATASET);
    }

    /// What may be done with it.
    fn terms(&mut self, name: &str, card: &Card) {
        if let Some(license) = &card.license {
            match (&license.uri, &license.title) {
                (Some(uri), _) => self.link_or_text(name, LICENSE, uri),
                (None, Some(title)) => self.text(name, RIGHTS, title),
                (None, None) => {}
            }
        }
        let terms = card.origin.terms.as_ref();
        if let Some(license) = terms.and_then(|terms| terms.licence.as_deref()) {
            self.link_or_text(name, LICENSE, license);
        }
        if let Some(rights) = terms.and_then(|terms| terms.terms.as_deref()) {
            self.link_or_text(name, RIGHTS, rights);
        }
    }

    /// Where it can be taken away, in each form.
    fn dumps(&mut self, name: &str, stem: &str, folder: &str) {
        for form in self.forms {
            let ending = form.ending();
            let address = self.site.address(&format!("{folder}{stem}.{ending}.zst"));
            let distribution = self.named(&format!("{stem}.{ending}"));
            self.link(name, DISTRIBUTION, &distribution);
            self.link(&distribution, rdf::TYPE, DCAT_DISTRIBUTION);
            self.link(&distribution, DOWNLOAD_URL, &address);
            let inside = form.media_type().split(';').next().unwrap_or_default();
            if inside.contains("/x-") {
                self.text(&distribution, FORMAT, inside);
            } else {
                self.link(&distribution, MEDIA_TYPE, &format!("{MEDIA_TYPES}{inside}"));
            }
            let zstd = format!("{MEDIA_TYPES}application/zstd");
            self.link(&distribution, COMPRESS_FORMAT, &zstd);
            if *form == Form::Quads {
                self.link(name, DATA_DUMP, &address);
            }
        }
    }

    fn titles(&mut self, name: &str, titles: &LanguageMap) {
        for (tag, title) in titles.iter() {
            let tagged = tag.and_then(|tag| Literal::new_language_tagged_literal(title, tag).ok());
            let title = tagged.unwrap_or_else(|| Literal::from(title));
            self.add(name, TITLE, title.into());
        }
    }

    /// What a publisher wrote where an address belongs.
    fn link_or_text(&mut self, name: &str, property: &str, value: &str) {
        match NamedNode::new(value) {
            Ok(node) => self.add(name, property, node.into()),
            Err(_) => self.text(name, property, value),
        }
    }

    fn time(&mut self, name: &str, property: &str, time: &str) {
        if OffsetDateTime::parse(time, &Rfc3339).is_ok() {
            self.typed(name, property, time, xsd::DATE_TIME);
        }
    }

    fn number(&mut self, name: &str, property: &str, number: u64) {
        self.typed(name, property, &number.to_string(), xsd::INTEGER);
    }

    fn typed(&mut self, name: &str, property: &str, value: &str, datatype: &str) {
        let datatype = NamedNode::new_unchecked(datatype);
        self.add(name, property, Literal::new_typed_literal(value, datatype).into());
    }

    fn text(&mut self, name: &str, property: &str, text: &str) {
        self.add(name, property, Literal::from(text).into());
    }

    /// An address of ours, which may be without a host, or a term.
    fn link(&mut self, name: &str, property: &str, address: &str) {
        self.add(name, property, NamedNode::new_unchecked(address).into());
    }

    fn add(&mut self, name: &str, property: &str, object: Term) {
        let (name, property) = (NamedNode::new_unchecked(name), NamedNode::new_unchecked(property));
        self.quads.push(Quad::new(name, property, object, GraphName::DefaultGraph));
    }
}
