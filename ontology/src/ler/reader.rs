//! Reads a credential by the tables of its format, in the order in which its members stand.

use serde_json::Value;

use crate::ler::clr::{self, CLR_1, CLR_2};
use crate::ler::container::ContainerError;
use crate::ler::ctdl;
use crate::ler::document::Document;
use crate::ler::draft::{Draft, Findings};
use crate::ler::ler_rs::{COMPETENCY, LER_RS};
use crate::ler::literal::{address, text, types};
use crate::ler::mention::Site;
use crate::ler::open_badge::{ACHIEVEMENT, ASSERTION, BADGE_CLASS, CREDENTIAL, SUBJECT};
use crate::ler::organization;
use crate::ler::place::{Place, members};
use crate::ler::prefix::Prefixes;
use crate::ler::privacy::{Filter, Tail, Withheld};
use crate::ler::public::{ctid, holds_ctid};
use crate::ler::recognise::Shape;
use crate::ler::scope::Scope;
use crate::ler::search::{self, Found, Kind};
use crate::ler::table::{NOTHING, Part, Table};
use crate::ler::{alignment, elm, identifier_entry, scheme, thing};

/// An unknown credential: everything in its subject is searched.
static UNKNOWN: Table =
    Table(&[("issuer", Part::Organization(Site::Issuer)), ("credentialSubject", Part::Search)]);

/// Reads one credential, or part of one, and adds what it mentions to `findings`.
pub(super) fn read(
    badge: &Document<'_>,
    filter: Filter<'_>,
    findings: &mut Findings,
) -> Result<(), ContainerError> {
    let mut reader = Reader { filter, prefixes: &badge.prefixes, findings };
    let scope = Scope::of(badge.object, None);
    let table = match badge.shape {
        Shape::Credential => &CREDENTIAL,
        Shape::UnknownCredential => &UNKNOWN,
        Shape::Subject => &SUBJECT,
        Shape::Achievement => &ACHIEVEMENT,
        Shape::Assertion => &ASSERTION,
        Shape::BadgeClass => &BADGE_CLASS,
        Shape::Clr2 => &CLR_2,
        Shape::Clr1 => &CLR_1,
        Shape::ClrAssertion => &clr::ASSERTION,
        Shape::LerRs => &LER_RS,
        Shape::Competency => &COMPETENCY,
        Shape::Elm => &elm::CREDENTIAL,
        Shape::Alignment => return reader.alignment(Site::Alignment, &badge.place, scope),
        Shape::Job => return reader.search_object(&badge.place, scope),
        Shape::Definition => {
            return reader.thing(Site::AchievementId, &ctdl::DEFINITION, &badge.place, scope);
        }
        Shape::Endorsement | Shape::Wrapper => return Ok(()),
    };
    reader.object(table, &badge.place, scope)
}

struct Reader<'a> {
    filter: Filter<'a>,
    prefixes: &'a Prefixes<'a>,
    findings: &'a mut Findings,
}

impl<'a> Reader<'a> {
    fn object(
        &mut self,
        table: &'static Table,
        place: &Place,
        scope: Scope<'_>,
    ) -> Result<(), ContainerError> {
        for (name, value) in scope.object {
            if let Some((key, part)) = table.row(name) {
                self.part(part, &place.key(key), value, scope)?;
            }
        }
        Ok(())
    }

    /// Reads the value of one member of the object `owner`.
    fn part(
        &mut self,
        part: &'static Part,
        place: &Place,
        value: &Value,
        owner: Scope<'_>,
    ) -> Result<(), ContainerError> {
        match part {
            Part::Identifier(site) => self.identifier(*site, place, owner, value),
            Part::Ctid(site) => self.ctid_beside_identifier(*site, place, value, owner),
            Part::OtherIdentifiers => self.other_identifiers(place, value),
            _ => {
                for (place, member) in members(place, value) {
                    self.member(part, &place, member, owner)?;
                }
                Ok(())
            }
        }
    }

    fn member(
        &mut self,
        part: &'static Part,
        place: &Place,
        member: &Value,
        owner: Scope<'_>,
    ) -> Result<(), ContainerError> {
        let inner = member.as_object().map(|object| Scope::of(object, owner.language));
        match (part, inner) {
            (Part::Objects(table, _), Some(inner)) => self.object(table, place, inner),
            (Part::Alignments(site), Some(inner)) => self.alignment(*site, place, inner),
            (Part::Things(site, table), Some(inner)) => self.thing(*site, table, place, inner),
            (Part::Search, Some(inner)) => self.search_object(place, inner),
            (Part::Search, None) => self.search_value(place, member, owner),
            (Part::Words(site), _)
            | (Part::Objects(_, Some(site @ (Site::SkillName | Site::Tag))), None) => {
                self.words(*site, place, member, owner)
            }
            (
                Part::Objects(_, Some(site)) | Part::Alignments(site) | Part::Things(site, _),
                None,
            ) if member.is_string() => self.text(part, *site, place, member),
            (Part::Related, _) => self.related(place, member),
            (Part::Criteria, _) => self.criteria(place, member),
            (Part::Organization(site), _) => self.organization(*site, place, member),
            (Part::SchemedIds(site), _) => {
                self.limited(*site, place, |draft| scheme::draft_id(draft, member, owner))
            }
            (Part::SchemedReference(site), _) => {
                self.limited(*site, place, |draft| scheme::draft_reference(draft, member, owner))
            }
            (Part::CodeOf(site, name), _) => {
                self.limited(*site, place, |draft| scheme::draft_code(draft, member, name))
            }
            _ => {
                self.findings.n_malformed += 1;
                Ok(())
            }
        }
    }

    /// Drafts what counts as an alignment.
    fn limited(
        &mut self,
        site: Site,
        place: &Place,
        fill: impl FnOnce(&mut Draft<'a>) -> Result<(), ContainerError>,
    ) -> Result<(), ContainerError> {
        self.count(site)?;
        let mut draft = self.draft(site, place);
        fill(&mut draft)?;
        draft.finish(self.findings)
    }

    /// An identifier, with the name and the type of the object that has it.
    fn identifier(
        &mut self,
        site: Site,
        place: &Place,
        owner: Scope<'_>,
        value: &Value,
    ) -> Result<(), ContainerError> {
        let mut draft = self.draft(site, place);
        draft.url(address(value).filter(|id| !id.starts_with("_:")), Tail::Cut)?;
        if draft.has_identifier() {
            let kind = owner.words(&["achievementType"]).or_else(|| thing::declared_type(owner));
            draft.kind(kind.filter(|_| site != Site::LocalReference).as_deref())?;
            draft.name(owner.words(thing::NAME).as_deref())?;
            draft.code(owner.words(thing::NOTATION).as_deref())?;
        }
        draft.finish(self.findings)
    }

    /// A string that stands where an object could.
    fn text(
        &mut self,
        part: &Part,
        site: Site,
        place: &Place,
        member: &Value,
    ) -> Result<(), ContainerError> {
        let is_thing = matches!(part, Part::Things(..));
        self.limited(site, place, |draft| {
            if is_thing {
                thing::draft_text(draft, member)
            } else {
                draft.url(address(member), site.tail())
            }
        })
    }

    fn alignment(
        &mut self,
        site: Site,
        place: &Place,
        scope: Scope<'_>,
    ) -> Result<(), ContainerError> {
        self.limited(site, place, |draft| alignment::draft(draft, scope))
    }

    /// A definition that is linked, and what it links to itself.
    fn thing(
        &mut self,
        site: Site,
        table: &'static Table,
        place: &Place,
        scope: Scope<'_>,
    ) -> Result<(), ContainerError> {
        if !thing::is_condition(scope) {
            self.limited(site, place, |draft| thing::draft(draft, scope))?;
            self.ctid_of_thing(site, place, scope)?;
        }
        self.object(table, place, scope)
    }

    /// The other identifiers of an achievement; an entry that names an agency belongs to the entry before it,
    /// and in a list that begins with one, to the entry behind it.
    fn other_identifiers(&mut self, place: &Place, value: &Value) -> Result<(), ContainerError> {
        let entries: Vec<_> = members(place, value).collect();
        let begins_with_agency =
            entries.first().is_some_and(|(_, entry)| identifier_entry::is_agency(entry));
        for (index, (place, entry)) in entries.iter().enumerate() {
            if identifier_entry::is_agency(entry) {
                continue;
            }
            let Some(object) = entry.as_object() else {
                self.findings.n_malformed += 1;
                continue;
            };
            let beside = if begins_with_agency { index.checked_sub(1) } else { Some(index + 1) };
            let agency = beside.and_then(|index| entries.get(index)).map(|(_, agency)| *agency);
            let mut draft = self.draft(Site::OtherIdentifier, place);
            identifier_entry::draft(&mut draft, object, agency)?;
            draft.finish(self.findings)?;
        }
        Ok(())
    }

    /// Another edition of the definition; an assertion among them would be somebody's.
    fn related(&mut self, place: &Place, member: &Value) -> Result<(), ContainerError> {
        let kinds = member.as_object().map(types).unwrap_or_default();
        let mut draft = self.draft(Site::Related, place);
        if kinds.contains(&"Assertion") || kinds.iter().any(|kind| kind.ends_with("Credential")) {
            draft.withhold(Withheld::CredentialId);
        } else {
            draft.url(address(member), Tail::Cut)?;
            if draft.has_identifier() {
                draft.kind(kinds.into_iter().find(|kind| *kind != "Related"))?;
            }
        }
        draft.finish(self.findings)
    }

    /// The address of the criteria; criteria that are told and not linked are no mention.
    fn criteria(&mut self, place: &Place, member: &Value) -> Result<(), ContainerError> {
        let mut draft = self.draft(Site::Criteria, place);
        draft.url(address(member).filter(|text| !text.contains(char::is_whitespace)), Tail::Cut)?;
        draft.finish_if_any(self.findings)
    }

    fn words(
        &mut self,
        site: Site,
        place: &Place,
        member: &Value,
        owner: Scope<'_>,
    ) -> Result<(), ContainerError> {
        self.count(site)?;
        let mut draft = self.draft(site, place);
        let words = text(member, owner.language);
        if site == Site::HumanCode {
            draft.code(words.as_deref())?;
        } else {
            draft.name(words.as_deref())?;
        }
        draft.finish(self.findings)
    }

    fn organization(
        &mut self,
        site: Site,
        place: &Place,
        member: &Value,
    ) -> Result<(), ContainerError> {
        let mut draft = self.draft(site, place);
        organization::draft(&mut draft, member)?;
        draft.finish_if_any(self.findings)
    }

    fn search_object(&mut self, place: &Place, scope: Scope<'_>) -> Result<(), ContainerError> {
        match search::kind(scope.object) {
            Kind::Alignment => return self.alignment(Site::Alignment, place, scope),
            Kind::Term => return self.thing(Site::DefinedTerm, &NOTHING, place, scope),
            Kind::Other => {}
        }
        for (name, value) in scope.object {
            match search::member(name, value) {
                Found::Known(key, part) => self.part(part, &place.key(key), value, scope)?,
                Found::RegistryIdentifier { is_own } => {
                    let name_of_own = scope.words(thing::NAME).filter(|_| is_own);
                    let site = Site::RegistryIdentifier;
                    self.registry_identifier(
                        site,
                        &place.member(name),
                        value,
                        name_of_own.as_deref(),
                    )?;
                }
                Found::Inside => {
                    for (place, member) in members(&place.member(name), value) {
                        self.search_value(&place, member, scope)?;
                    }
                }
                Found::Nothing => {}
            }
        }
        Ok(())
    }

    fn search_value(
        &mut self,
        place: &Place,
        value: &Value,
        owner: Scope<'_>,
    ) -> Result<(), ContainerError> {
        match value {
            Value::Object(object) => self.search_object(place, Scope::of(object, owner.language)),
            Value::Array(_) => {
                for (place, member) in members(place, value) {
                    self.search_value(&place, member, owner)?;
                }
                Ok(())
            }
            Value::String(text) if holds_ctid(text) => {
                self.registry_identifier(Site::RegistryIdentifier, place, value, None)
            }
            _ => Ok(()),
        }
    }

    /// The CTID of a definition that is drafted under another identifier.
    fn ctid_of_thing(
        &mut self,
        site: Site,
        place: &Place,
        scope: Scope<'_>,
    ) -> Result<(), ContainerError> {
        if scope.address(thing::URL).is_none() {
            return Ok(());
        }
        let mut found = thing::CTID.iter().filter_map(|key| Some((*key, scope.object.get(*key)?)));
        match found.next() {
            Some((key, value)) => self.ctid_beside_identifier(site, &place.key(key), value, scope),
            None => Ok(()),
        }
    }

    /// A CTID in a member of its own, unless the identifier of the object says it already.
    fn ctid_beside_identifier(
        &mut self,
        site: Site,
        place: &Place,
        value: &Value,
        owner: Scope<'_>,
    ) -> Result<(), ContainerError> {
        let said = owner.address(thing::URL).and_then(ctid);
        match value.as_str().and_then(ctid) {
            Some(own) if !said.is_some_and(|said| said.eq_ignore_ascii_case(own)) => {
                let name = owner.words(thing::NAME);
                self.registry_identifier(site, place, value, name.as_deref())
            }
            _ => Ok(()),
        }
    }

    /// A CTID, without anything around it, and with the name of the object that it identifies.
    fn registry_identifier(
        &mut self,
        site: Site,
        place: &Place,
        value: &Value,
        name: Option<&str>,
    ) -> Result<(), ContainerError> {
        self.limited(site, place, |draft| {
            draft.url(value.as_str().and_then(ctid), Tail::Keep)?;
            draft.name(name.filter(|_| draft.has_identifier()))
        })
    }

    fn draft(&self, site: Site, place: &Place) -> Draft<'a> {
        Draft::new(site, place.clone(), self.filter, self.prefixes)
    }

    fn count(&mut self, site: Site) -> Result<(), ContainerError> {
        if site.is_limited() { self.findings.count_alignment() } else { Ok(()) }
    }
}
