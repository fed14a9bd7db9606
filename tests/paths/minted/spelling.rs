//! The spellings of an identifier that badges have, as alignments.

use serde_json::{Value, json};

/// One spelling, and what it has to come to.
pub(super) struct Spelling {
    pub label: String,
    pub alignment: Value,
    pub verdict: &'static str,
    /// The key of what is found, where something is.
    pub key: Option<String>,
    /// The notices that are due, in the order of their codes.
    pub notices: Vec<&'static str>,
}

/// What an alignment points at.
pub(super) struct Target {
    /// Its canonical key.
    pub key: String,
    /// Its published words.
    pub words: String,
    /// A class that badges call it by.
    pub class: &'static str,
    /// The notices that its own standing brings with it.
    pub standing: &'static [&'static str],
}

impl Target {
    fn alignment(&self, url: Option<&str>, code: Option<&str>, framework: Option<&str>) -> Value {
        let mut alignment = json!({ "type": ["Alignment"], "targetName": self.words });
        let members = [("targetUrl", url), ("targetCode", code), ("targetFramework", framework)];
        for (name, value) in members.into_iter().filter_map(|(name, value)| Some((name, value?))) {
            alignment[name] = value.into();
        }
        alignment
    }

    fn resolved(&self, label: &str, alignment: Value) -> Spelling {
        let label = format!("{label}: {alignment}");
        Spelling {
            label,
            alignment,
            verdict: "resolved",
            key: Some(self.key.clone()),
            notices: self.standing.to_vec(),
        }
    }

    /// By its address alone.
    pub(super) fn url(&self, url: &str) -> Spelling {
        let mut alignment = self.alignment(Some(url), None, None);
        alignment["targetType"] = self.class.into();
        self.resolved("url", alignment)
    }

    /// By an identifier in the place of a code.
    pub(super) fn code(&self, code: &str) -> Spelling {
        self.resolved("code", self.alignment(None, Some(code), None))
    }

    /// By an address and an identifier or a code.
    pub(super) fn both(&self, url: &str, code: &str, framework: Option<&str>) -> Spelling {
        self.resolved("both", self.alignment(Some(url), Some(code), framework))
    }

    /// By a code that is written otherwise than it is published.
    fn folded(&self, code: &str, framework: &str, published: &str) -> Spelling {
        let mut spelling = self.coded(code, framework);
        spelling.notices.extend((code != published).then_some("code_spelling"));
        spelling.notices.sort_unstable();
        spelling
    }

    /// By a code or an identifier beside an address that says nothing here.
    pub(super) fn beside(&self, url: &str, code: &str, framework: Option<&str>) -> Spelling {
        let mut spelling = self.both(url, code, framework);
        spelling.notices.push("address_not_used");
        spelling.notices.sort_unstable();
        spelling
    }

    /// By a code in a framework.
    pub(super) fn coded(&self, code: &str, framework: &str) -> Spelling {
        self.resolved("code in framework", self.alignment(None, Some(code), Some(framework)))
    }
}

impl Spelling {
    /// The same with another verdict, and nothing found.
    pub(super) fn with(self, verdict: &'static str, notices: &[&'static str]) -> Self {
        let key = self.key.filter(|_| verdict == "resolved");
        Self { verdict, key, notices: notices.to_vec(), ..self }
    }

    /// What is not as it has to be.
    pub(super) fn differs(&self, resolution: &Value) -> Option<String> {
        let found = resolution["found"].as_array().into_iter().flatten();
        let keys: Vec<&str> = found
            .map(|found| found["chosen"]["card"]["resource"]["identity"]["key"].as_str().unwrap())
            .collect();
        let expected: Vec<&str> = self.key.as_deref().into_iter().collect();
        let mut notices: Vec<&str> = resolution["notices"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|notice| notice["kind"].as_str().unwrap())
            .collect();
        notices.sort_unstable();
        let is_so =
            resolution["verdict"] == self.verdict && keys == expected && notices == self.notices;
        let reason = resolution["reason"].as_str().unwrap_or_default();
        (!is_so || reason.is_empty()).then(|| {
            format!(
                "{} is {} {keys:?} with {notices:?} ({reason}), and not {} {expected:?} with {:?}",
                self.label, resolution["verdict"], self.verdict, self.notices
            )
        })
    }
}

/// What stands behind the host of the Finder before a CTID, as far as badges were seen to have it, and a few more.
const FINDER: [&str; 6] = [
    "resources",
    "credential",
    "competency",
    "organization",
    "learningopportunity",
    "competencyframework",
];

/// Every spelling of a CTID of production.
pub(super) fn of_ctid(target: &Target, ctid: &str) -> Vec<Spelling> {
    const REGISTRY: &str = "https://credentialengineregistry.org";
    let upper = ctid.to_uppercase();
    let broken = format!("{}\n{}", &ctid[..12], &ctid[12..]);
    let mut spellings = vec![
        target.url(ctid),
        target.url(&upper),
        target.url(&format!(" \t{ctid}\n")),
        target.url(&broken),
        target.url(&format!("res:{ctid}")),
        target.url(&format!("res:{upper}")),
        target.url(&format!("urn:ctid:{ctid}")),
        target.url(&format!("{REGISTRY}/resources/{}", ctid.replace('-', "%2D"))),
        target.code(ctid),
        target.code(&upper),
        target.code(&broken),
        target.code(&format!("{REGISTRY}/resources/{ctid}")),
        target.both(&format!("{REGISTRY}/resources/{ctid}"), ctid, None),
        target.beside(
            "https://credentialfinder.org/credential/20229/Requirements_Analysis",
            ctid,
            None,
        ),
        target.beside("https://issuer.example/landing", ctid, None),
    ];
    for path in [
        "resources",
        "graph",
        "envelopes",
        "ce-registry/resources",
        "ce-registry/graph",
        "ce-registry/envelopes",
    ] {
        spellings.push(target.url(&format!("{REGISTRY}/{path}/{ctid}")));
    }
    let tails = ["/", ".json", "?format=json", "#details", "/?utm_source=badge#x", "%20"];
    spellings.extend(tails.map(|tail| target.url(&format!("{REGISTRY}/resources/{ctid}{tail}"))));
    for start in [
        "http://credentialengineregistry.org/resources/",
        "https://www.credentialengineregistry.org/resources/",
        "HTTPS://CREDENTIALENGINEREGISTRY.ORG/resources/",
        "https://credentialengineregistry.org:443/resources/",
        "https://credentialengineregistry.org//resources//",
        "https%3A%2F%2Fcredentialengineregistry.org%2Fresources%2F",
    ] {
        spellings.push(target.url(&format!("{start}{ctid}")));
    }
    for path in FINDER {
        spellings.push(target.url(&format!("https://credentialfinder.org/{path}/{ctid}")));
        spellings.push(target.url(&format!("https://www.credentialfinder.org/{path}/{upper}")));
    }
    for sandbox in [
        "https://sandbox.credentialengineregistry.org/resources",
        "https://sandbox.credentialengine.org/finder/competency",
        "https://sandbox.credentialengine.org/publisher/credential",
    ] {
        let spelling = target.url(&format!("{sandbox}/{ctid}"));
        spellings.push(spelling.with("unknown", &["other_environment"]));
    }
    let numbered =
        target.url("https://credentialfinder.org/credential/20229/Requirements_Analysis");
    spellings.push(numbered.with("unsupported", &[]));
    spellings
}

/// An item, or a document, of a CASE framework.
pub(super) struct CaseTarget {
    pub target: Target,
    pub guid: String,
    pub uri: String,
    /// The code that no other item of the framework has, with the title of the framework.
    pub code: Option<(String, String)>,
}

/// Every spelling of a CASE identifier.
pub(super) fn of_case(case: &CaseTarget) -> Vec<Spelling> {
    let CaseTarget { target, guid, uri, code } = case;
    let upper = guid.to_uppercase();
    let elsewhere = "https://elsewhere.example/ims/case";
    let mut spellings: Vec<Spelling> = [
        uri.clone(),
        uri.replace(guid, &upper),
        uri.replacen("https://", "http://", 1),
        uri.replacen("https://", "https://www.", 1),
        uri.replacen("https://", "HTTPS://", 1),
        format!("{uri}/"),
        format!("{uri}?display=tree"),
        format!("{uri}#details"),
        format!("  {uri} \n"),
        uri.replace(guid, &guid.replace('-', "%2D")),
        uri.replace("://", "%3A%2F%2F").replace('/', "%2F"),
        uri.replace(guid, &format!("{}\n{}", &guid[..14], &guid[14..])),
        format!("https://caseregistry.imsglobal.org/uri/{guid}"),
        format!("https://caseregistry.imsglobal.org/uri/{upper}"),
        format!("https://opensalt.net/uri/{guid}"),
        format!("https://opensalt.net/uri/{guid}.html"),
        format!("https://opensalt.net/uri/{guid}.json"),
        format!("https://opensalt.net/uri/{guid}.jsonld"),
        format!("https://opensalt.net/uri/{upper}.html?display=tree#x"),
        format!("https://opensalt.net/uri/p{guid}"),
        format!("https://opensalt.net/uri/p{guid}.json"),
        format!("{elsewhere}/v1p0/CFItems/{guid}"),
        format!("{elsewhere}/v1p1/CFItems/{guid}"),
        format!("https://elsewhere.example/tenant/ims/case/v1p0/CFItems/{guid}"),
        format!("urn:uuid:{guid}"),
        format!("urn:uuid:{upper}"),
        guid.clone(),
        upper.clone(),
        format!("{{{upper}}}"),
    ]
    .iter()
    .map(|url| target.url(url))
    .collect();
    spellings.extend([
        target.code(guid),
        target.code(&upper),
        target.code(&format!("urn:uuid:{guid}")),
        target.both(uri, guid, None),
        target.both(&format!("https://caseregistry.imsglobal.org/uri/{guid}"), &upper, None),
        target.beside("https://standards.example/landing", guid, None),
    ]);
    if let Some((code, framework)) = code {
        spellings.extend([
            target.coded(code, framework),
            target.folded(&code.to_lowercase(), &framework.to_uppercase(), code),
            target.coded(&format!(" {code} "), &format!("{framework}\n")),
            target.both(uri, code, Some(framework)),
            target.beside("https://standards.example/landing", code, Some(framework)),
        ]);
    }
    spellings
}
