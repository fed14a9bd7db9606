//! The server: what is asked for, and what comes.

use serde_json::{Value, json};

use crate::support::fake_case::door::{Caller, Door};
use crate::support::fake_case::framework::{Framework, Standing, Stead};
use crate::support::fake_case::listing::{self, stub};
use crate::support::fake_case::quirks::{
    Negotiation, PackageAddress, PackageShape, Quirks, Validation, Versions,
};
use crate::support::fake_case::token::Tokens;
use crate::support::fake_server::FakeServer;
use crate::support::fake_server::clock::{http_date, read};
use crate::support::fake_server::site::{Asked, Said, Site};

/// A CASE server. What it holds and how it behaves can be changed while it runs.
pub(crate) struct FakeCase {
    pub frameworks: Vec<Framework>,
    pub quirks: Quirks,
    pub door: Door,
    pub tokens: Tokens,
    /// How many lists were given.
    pub n_lists: usize,
}

/// What a request is for.
struct Wanted<'a> {
    version: &'a str,
    /// What follows the version, without a slash at its beginning.
    leaf: &'a str,
    /// The address up to and with the version.
    root: String,
}

impl FakeCase {
    /// Serves packages as a well-behaved server does.
    pub(crate) fn serving(packages: impl IntoIterator<Item = Value>) -> FakeServer<Self> {
        Self::behaving(packages, |_| {})
    }

    /// Serves packages in the server's own way.
    pub(crate) fn behaving(
        packages: impl IntoIterator<Item = Value>,
        switch: impl FnOnce(&mut Quirks),
    ) -> FakeServer<Self> {
        let mut quirks = Quirks::default();
        switch(&mut quirks);
        FakeServer::of(Self {
            frameworks: packages.into_iter().map(Framework::of).collect(),
            quirks,
            door: Door::Open,
            tokens: Tokens::default(),
            n_lists: 0,
        })
    }

    /// The framework whose document has this identifier.
    pub(crate) fn framework(&mut self, identifier: &str) -> &mut Framework {
        let mut frameworks = self.frameworks.iter_mut();
        frameworks.find(|framework| framework.identifier() == identifier).unwrap()
    }

    /// Puts a package in the place of the one that has the same document, or beside all others.
    pub(crate) fn put(&mut self, package: Value) {
        let new = Framework::of(package);
        let mut frameworks = self.frameworks.iter_mut();
        match frameworks.find(|framework| framework.identifier() == new.identifier()) {
            Some(framework) => framework.package = new.package,
            None => self.frameworks.push(new),
        }
    }

    pub(crate) fn remove(&mut self, identifier: &str) {
        self.frameworks.retain(|framework| framework.identifier() != identifier);
    }

    fn wanted<'a>(&self, asked: &'a Asked) -> Option<Wanted<'a>> {
        let below = asked.path.strip_prefix(self.quirks.prefix)?.strip_prefix("/ims/case/")?;
        let (version, leaf) = below.split_once('/')?;
        let root = format!("{}{}/ims/case/{version}", asked.base(), self.quirks.prefix);
        Some(Wanted { version, leaf, root })
    }

    /// What the version says before anything is looked up.
    fn version(&self, wanted: &Wanted<'_>, asked: &Asked) -> Option<Said> {
        let is_served = match self.quirks.versions {
            Versions::Both => ["v1p0", "v1p1"].contains(&wanted.version),
            Versions::V1p0 => wanted.version == "v1p0",
            Versions::V1p1 | Versions::V1p0LeadsToV1p1 => wanted.version == "v1p1",
        };
        if is_served {
            return None;
        }
        if self.quirks.versions == Versions::V1p0LeadsToV1p1 && wanted.version == "v1p0" {
            let query: url::form_urlencoded::Serializer<'_, String> = {
                let mut query = url::form_urlencoded::Serializer::new(String::new());
                query.extend_pairs(&asked.query);
                query
            };
            let query =
                Some(query).map(|mut query| query.finish()).filter(|query| !query.is_empty());
            let query = query.map(|query| format!("?{query}")).unwrap_or_default();
            let to = asked.path.replacen("/v1p0/", "/v1p1/", 1);
            return Some(Said::redirect(301, format!("{}{to}{query}", asked.base())));
        }
        Some(Said::html(404, "Not Found"))
    }

    fn caller(&mut self, asked: &Asked) -> Result<Caller, Said> {
        if !self.tokens.is_good(asked) {
            return Ok(Caller::Stranger);
        }
        if self.tokens.turned_away > 0 {
            self.tokens.turned_away -= 1;
            return Err(Said::of(401, "text/plain", "401 Unauthorized"));
        }
        Ok(Caller::Known)
    }

    fn negotiate(&self, asked: &Asked) -> Option<Said> {
        let accept = asked.field("accept");
        match self.quirks.negotiation {
            Negotiation::Choices if accept.is_none() => {
                Some(Said::html(300, "application/json, text/html, text/csv"))
            }
            Negotiation::PageForAny if accept.is_none_or(|accept| accept == "*/*") => {
                Some(Said::html(200, "A page for people"))
            }
            _ => None,
        }
    }

    fn leaf(&mut self, wanted: &Wanted<'_>, caller: Caller, asked: &Asked) -> Said {
        if wanted.leaf == "CFDocuments" {
            return self.list(wanted, caller, asked);
        }
        let Some((class, identifier)) = wanted.leaf.split_once('/') else { return unknown() };
        match class {
            "CFPackages" => self.package(identifier, wanted, caller, asked),
            "CFDocuments" => {
                let mut frameworks = self.frameworks.iter();
                let found = frameworks.find(|framework| framework.identifier() == identifier);
                found.map_or_else(unknown, |framework| Said::json(200, framework.document()))
            }
            _ => unknown(),
        }
    }

    fn list(&mut self, wanted: &Wanted<'_>, caller: Caller, asked: &Asked) -> Said {
        if let Some((status, host)) = &self.quirks.leads_list_to {
            return Said::redirect(*status, format!("{host}{}", asked.path));
        }
        self.n_lists += 1;
        let mut frameworks: Vec<&Framework> = self.frameworks.iter().collect();
        if self.quirks.moves_order && !frameworks.is_empty() {
            let turns = self.n_lists % frameworks.len();
            frameworks.rotate_left(turns);
        }
        listing::answer(&frameworks, &self.quirks, caller, asked, &wanted.root)
    }

    fn package(
        &self,
        identifier: &str,
        wanted: &Wanted<'_>,
        caller: Caller,
        asked: &Asked,
    ) -> Said {
        if let Some((status, host)) = &self.quirks.leads_packages_to {
            return Said::redirect(*status, format!("{host}{}", asked.path));
        }
        let is_meant = |framework: &&Framework| match self.quirks.package_address {
            PackageAddress::OfDocument => framework.identifier() == identifier,
            _ => framework.own_identifier() == identifier,
        };
        let Some(framework) = self.frameworks.iter().find(is_meant) else { return unknown() };
        if framework.standing == Standing::Private && caller == Caller::Stranger {
            return match self.door {
                Door::Silent(status) => Said::of(status, "text/plain", "Not for you"),
                _ => unknown(),
            };
        }
        if framework.is_v1p0 && wanted.version == "v1p1" {
            return Said::json(409, &stub("this framework is served under v1p0"));
        }
        match &framework.stead {
            Some(Stead::Refusal(status, words)) => Said::of(*status, "application/json", *words),
            Some(Stead::Stub) => Said::json(200, &stub("unknownobject")),
            Some(Stead::Page) => Said::html(200, "Sign in"),
            Some(Stead::Other(package)) => Said::json(200, package),
            None => self.validated(framework, asked, &self.shaped(framework, &wanted.root)),
        }
    }

    fn shaped(&self, framework: &Framework, root: &str) -> Value {
        let mut package = framework.package.clone();
        if self.quirks.rewrites_uris {
            rewrite(&mut package, root);
        }
        match self.quirks.package {
            PackageShape::Plain => {}
            PackageShape::Array => return json!([package]),
            PackageShape::Wrapped => return json!({ "CFPackage": package }),
            PackageShape::EmptyDefinitions => package["CFDefinitions"] = json!([]),
            PackageShape::Nulls => {
                for member in ["CFDefinitions", "CFRubrics", "extensions"] {
                    let members = package.as_object_mut().unwrap();
                    members.entry(member).or_insert(Value::Null);
                }
            }
        }
        package
    }

    fn validated(&self, framework: &Framework, asked: &Asked, body: &Value) -> Said {
        let said = Said::json(200, body);
        let digest = format!("{:016x}", digest(&said.body));
        let (field, value) = match self.quirks.validation {
            Validation::Absent => return said,
            Validation::Strong => ("etag", format!("\"{digest}\"")),
            Validation::Weak => ("etag", format!("W/\"{digest}\"")),
            Validation::Stamp => {
                let stamp = framework.document()["lastChangeDateTime"].as_str().unwrap();
                ("last-modified", http_date(read(stamp).unwrap()))
            }
        };
        let named = if field == "etag" { "if-none-match" } else { "if-modified-since" };
        let is_known = asked.field(named).is_some_and(|named| named.contains(&value));
        if is_known && self.quirks.says_not_modified {
            return Said::bare(304).with(field, value);
        }
        said.with(field, value)
    }
}

impl Site for FakeCase {
    fn answer(&mut self, asked: &Asked) -> Said {
        if asked.path == "/oauth/token" {
            return self.tokens.give(asked);
        }
        let Some(wanted) = self.wanted(asked) else { return Said::html(404, "Not Found") };
        if let Some(said) = self.version(&wanted, asked) {
            return said;
        }
        let discovery = ["imscasev1p1_openapi3_v1p0.json", "imscasev1p0_openapi3_v1p0.json"];
        if let Some(name) = wanted.leaf.strip_prefix("discovery/") {
            let is_there = self.quirks.has_discovery && discovery.contains(&name);
            let document = json!({ "openapi": "3.0.0", "info": { "title": "CASE" } });
            return if is_there { Said::json(200, &document) } else { unknown() };
        }
        if asked.method != "GET" {
            return Said::of(405, "text/plain", "Method Not Allowed");
        }
        let caller = match self.caller(asked) {
            Ok(caller) => caller,
            Err(said) => return said,
        };
        if let Some(said) = self.door.stop(caller).or_else(|| self.negotiate(asked)) {
            return said;
        }
        self.leaf(&wanted, caller, asked)
    }
}

fn unknown() -> Said {
    Said::json(404, &stub("unknownobject"))
}

/// Makes the `uri` of documents, items and associations of the host that was asked, and leaves association ends alone.
fn rewrite(package: &mut Value, root: &str) {
    let write = |entity: &mut Value, class: &str| {
        let identifier = entity["identifier"].as_str().unwrap_or_default();
        entity["uri"] = format!("{root}/{class}/{identifier}").into();
    };
    write(&mut package["CFDocument"], "CFDocuments");
    for class in ["CFItems", "CFAssociations"] {
        for entity in package[class].as_array_mut().into_iter().flatten() {
            write(entity, class);
        }
    }
}

/// FNV-1a: enough to tell two bodies apart.
fn digest(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |digest, byte| {
        (digest ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
