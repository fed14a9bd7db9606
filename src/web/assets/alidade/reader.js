/**
 * Reads a credential by the tables of its format, in the order in which its members stand.
 */

import { draftAlignment } from "./alignment.js";
import { ASSERTION as CLR_ASSERTION, CLR_1, CLR_2 } from "./clr.js";
import { DEFINITION } from "./ctdl.js";
import { EUROPEAN_CREDENTIAL } from "./elm.js";
import { draftEntry, isAgency } from "./identifier_entry.js";
import { COMPETENCY, LER_RS } from "./ler_rs.js";
import { address, text, types } from "./literal.js";
import { Draft } from "./mention.js";
import { ACHIEVEMENT, ASSERTION, BADGE_CLASS, CREDENTIAL, SUBJECT } from "./open_badge.js";
import { draftOrganization } from "./organization.js";
import { asString, isObject, members } from "./place.js";
import { asciiLower, ctid } from "./public.js";
import { draftCode, draftReference, draftSchemedId } from "./scheme.js";
import { Scope, named } from "./scope.js";
import { OWN_IDENTIFIERS, isOpen, isRegistryIdentifier, kindOf, knownPart } from "./search.js";
import { isLimited, tailOf } from "./site.js";
import { NOTHING, Table, organization, search } from "./table.js";
import { hasSpace } from "./text.js";
import { CTID, NAME, NOTATION, URL, declaredType, draftText, draftThing, isCondition } from "./thing.js";

/** @typedef {import("./json.js").Json} Json */
/** @typedef {import("./place.js").Place} Place */
/** @typedef {import("./table.js").Part} Part */

/** An unknown credential: everything in its subject is searched. */
const UNKNOWN = new Table(() => [
  ["issuer", organization("issuer")],
  ["credentialSubject", search],
]);

/** The table of each shape that has one. @type {Map<string, Table>} */
const TABLES = new Map([
  ["credential", CREDENTIAL],
  ["unknownCredential", UNKNOWN],
  ["subject", SUBJECT],
  ["achievement", ACHIEVEMENT],
  ["assertion", ASSERTION],
  ["badgeClass", BADGE_CLASS],
  ["clr2", CLR_2],
  ["clr1", CLR_1],
  ["clrAssertion", CLR_ASSERTION],
  ["lerRs", LER_RS],
  ["competency", COMPETENCY],
  ["elm", EUROPEAN_CREDENTIAL],
]);

/** The sites whose words may stand where an object could. */
const NAMES = ["skillName", "tag"];

/**
 * Reads one credential, or part of one, and adds what it mentions to `findings`.
 *
 * @param {import("./document.js").Document} badge
 * @param {import("./privacy.js").Filter} filter
 * @param {import("./mention.js").Findings} findings
 */
export function read(badge, filter, findings) {
  const reader = new Reader(filter, badge.prefixes, findings);
  const scope = new Scope(badge.object);
  const table = TABLES.get(badge.shape);
  if (table !== undefined) {
    reader.object(table, badge.place, scope);
  } else if (badge.shape === "alignment") {
    reader.alignment("alignment", badge.place, scope);
  } else if (badge.shape === "job") {
    reader.searchObject(badge.place, scope);
  } else if (badge.shape === "definition") {
    reader.thing("achievementId", DEFINITION, badge.place, scope);
  }
}

class Reader {
  /**
   * @param {import("./privacy.js").Filter} filter
   * @param {import("./prefix.js").Prefixes | undefined} prefixes
   * @param {import("./mention.js").Findings} findings
   */
  constructor(filter, prefixes, findings) {
    this.filter = filter;
    this.prefixes = prefixes;
    this.findings = findings;
  }

  /**
   * @param {Table} table
   * @param {Place} place
   * @param {Scope} scope
   */
  object(table, place, scope) {
    for (const [name, value] of scope.object) {
      const part = table.row(name);
      if (part !== undefined) {
        this.part(part, place.down(name), value, scope);
      }
    }
  }

  /**
   * Reads the value of one member of the object `owner`.
   *
   * @param {Part} part
   * @param {Place} place
   * @param {Json} value
   * @param {Scope} owner
   */
  part(part, place, value, owner) {
    if (part.as === "identifier") {
      this.identifier(part.site ?? "", place, owner, value);
    } else if (part.as === "ctidOf") {
      this.ctidBesideIdentifier(part.site ?? "", place, value, owner);
    } else if (part.as === "otherIdentifiers") {
      this.otherIdentifiers(place, value);
    } else {
      members(place, value).forEach(([at, member]) => this.member(part, at, member, owner));
    }
  }

  /**
   * @param {Part} part
   * @param {Place} place
   * @param {Json} member
   * @param {Scope} owner
   */
  member(part, place, member, owner) {
    const { as, site = "", table = NOTHING } = part;
    switch (as) {
      case "objects":
      case "alignments":
      case "things":
        this.objectOrText(part, place, member, owner);
        break;
      case "search":
        this.searchValue(place, member, owner);
        break;
      case "words":
        this.words(site, place, member, owner);
        break;
      case "related":
        this.related(place, member);
        break;
      case "criteria":
        this.criteria(place, member);
        break;
      case "organization":
        this.organization(site, place, member);
        break;
      case "schemedIds":
        this.limited(site, place, (draft) => draftSchemedId(draft, member, owner));
        break;
      case "schemedReference":
        this.limited(site, place, (draft) => draftReference(draft, member, owner));
        break;
      case "codeOf":
        this.limited(site, place, (draft) => draftCode(draft, member, part.scheme));
        break;
    }
  }

  /**
   * @param {Part} part
   * @param {Place} place
   * @param {Json} member
   * @param {Scope} owner
   */
  objectOrText({ as, site, table = NOTHING }, place, member, owner) {
    if (isObject(member)) {
      const inner = new Scope(member, owner.language);
      if (as === "objects") {
        this.object(table, place, inner);
      } else if (as === "alignments") {
        this.alignment(site ?? "", place, inner);
      } else {
        this.thing(site ?? "", table, place, inner);
      }
    } else if (as === "objects" && site !== undefined && NAMES.includes(site)) {
      this.words(site, place, member, owner);
    } else if (typeof member === "string" && site !== undefined) {
      this.limited(site, place, (draft) => {
        if (as === "things") {
          draftText(draft, member);
        } else {
          draft.url(address(member), tailOf(site));
        }
      });
    } else {
      this.findings.malformed += 1;
    }
  }

  /**
   * Drafts what counts as an alignment.
   *
   * @param {string} site
   * @param {Place} place
   * @param {(draft: Draft) => void} fill
   */
  limited(site, place, fill) {
    this.count(site);
    const draft = this.draft(site, place);
    fill(draft);
    draft.finish(this.findings);
  }

  /**
   * An identifier, with the name and the type of the object that has it.
   *
   * @param {string} site
   * @param {Place} place
   * @param {Scope} owner
   * @param {Json} value
   */
  identifier(site, place, owner, value) {
    const draft = this.draft(site, place);
    draft.url(named(address(value)), "cut");
    if (draft.hasIdentifier()) {
      const kind = owner.words(["achievementType"]) ?? declaredType(owner);
      draft.words("targetType", site === "localReference" ? undefined : kind);
      draft.words("targetName", owner.words(NAME));
      draft.code(owner.words(NOTATION));
    }
    draft.finish(this.findings);
  }

  /**
   * @param {string} site
   * @param {Place} place
   * @param {Scope} scope
   */
  alignment(site, place, scope) {
    this.limited(site, place, (draft) => draftAlignment(draft, scope));
  }

  /**
   * A definition that is linked, and what it links to itself.
   *
   * @param {string} site
   * @param {Table} table
   * @param {Place} place
   * @param {Scope} scope
   */
  thing(site, table, place, scope) {
    if (!isCondition(scope)) {
      this.limited(site, place, (draft) => draftThing(draft, scope));
      this.ctidOfThing(site, place, scope);
    }
    this.object(table, place, scope);
  }

  /**
   * The other identifiers of an achievement; an entry that names an agency belongs to the entry before it, and in a list
   * that begins with one, to the entry behind it.
   *
   * @param {Place} place
   * @param {Json} value
   */
  otherIdentifiers(place, value) {
    const entries = members(place, value);
    const step = isAgency(entries[0]?.[1]) ? -1 : 1;
    for (const [index, [at, entry]] of entries.entries()) {
      if (isAgency(entry)) {
        continue;
      }
      if (!isObject(entry)) {
        this.findings.malformed += 1;
        continue;
      }
      const draft = this.draft("otherIdentifier", at);
      draftEntry(draft, entry, entries[index + step]?.[1]);
      draft.finish(this.findings);
    }
  }

  /**
   * Another edition of the definition; an assertion among them would be somebody's.
   *
   * @param {Place} place
   * @param {Json} member
   */
  related(place, member) {
    const kinds = isObject(member) ? types(member) : [];
    const draft = this.draft("related", place);
    if (kinds.includes("Assertion") || kinds.some((kind) => kind.endsWith("Credential"))) {
      draft.withhold("credentialId");
    } else {
      draft.url(address(member), "cut");
      if (draft.hasIdentifier()) {
        draft.words("targetType", kinds.find((kind) => kind !== "Related"));
      }
    }
    draft.finish(this.findings);
  }

  /**
   * The address of the criteria; criteria that are told and not linked are no mention.
   *
   * @param {Place} place
   * @param {Json} member
   */
  criteria(place, member) {
    const draft = this.draft("criteria", place);
    const link = address(member);
    draft.url(link === undefined || hasSpace(link) ? undefined : link, "cut");
    draft.finishIfAny(this.findings);
  }

  /**
   * @param {string} site
   * @param {Place} place
   * @param {Json} member
   * @param {Scope} owner
   */
  words(site, place, member, owner) {
    this.limited(site, place, (draft) => {
      const found = text(member, owner.language);
      if (site === "humanCode") {
        draft.code(found);
      } else {
        draft.words("targetName", found);
      }
    });
  }

  /**
   * @param {string} site
   * @param {Place} place
   * @param {Json} member
   */
  organization(site, place, member) {
    const draft = this.draft(site, place);
    draftOrganization(draft, member);
    draft.finishIfAny(this.findings);
  }

  /**
   * @param {Place} place
   * @param {Json} value
   * @param {Scope} owner
   */
  searchValue(place, value, owner) {
    if (isObject(value)) {
      this.searchObject(place, new Scope(value, owner.language));
    } else if (Array.isArray(value)) {
      members(place, value).forEach(([at, member]) => this.searchValue(at, member, owner));
    } else if (isRegistryIdentifier(value)) {
      this.registryIdentifier("registryIdentifier", place, value, undefined);
    }
  }

  /**
   * @param {Place} place
   * @param {Scope} scope
   */
  searchObject(place, scope) {
    const kind = kindOf(scope.object);
    if (kind === "alignment") {
      this.alignment("alignment", place, scope);
    } else if (kind === "term") {
      this.thing("definedTerm", NOTHING, place, scope);
    } else {
      for (const [name, value] of scope.object) {
        if (isOpen(name)) {
          this.searchMember(name, value, place, scope);
        }
      }
    }
  }

  /**
   * @param {string} name
   * @param {Json} value
   * @param {Place} place
   * @param {Scope} scope
   */
  searchMember(name, value, place, scope) {
    const part = knownPart(name);
    if (part !== undefined) {
      this.part(part, place.down(name), value, scope);
    } else if (isRegistryIdentifier(value)) {
      this.registryIdentifier("registryIdentifier", place.member(name), value, OWN_IDENTIFIERS.includes(name) ? scope.words(NAME) : undefined);
    } else if (typeof value === "object") {
      members(place.member(name), value).forEach(([at, member]) => this.searchValue(at, member, scope));
    }
  }

  /**
   * The CTID of a definition that is drafted under another identifier.
   *
   * @param {string} site
   * @param {Place} place
   * @param {Scope} scope
   */
  ctidOfThing(site, place, scope) {
    const key = CTID.find((name) => scope.object.has(name));
    if (key !== undefined && scope.address(URL) !== undefined) {
      this.ctidBesideIdentifier(site, place.down(key), scope.object.get(key) ?? null, scope);
    }
  }

  /**
   * A CTID in a member of its own, unless the identifier of the object says it already.
   *
   * @param {string} site
   * @param {Place} place
   * @param {Json} value
   * @param {Scope} owner
   */
  ctidBesideIdentifier(site, place, value, owner) {
    const said = ctid(owner.address(URL) ?? "") ?? "";
    const own = ctid(asString(value) ?? "");
    if (own !== undefined && asciiLower(own) !== asciiLower(said)) {
      this.registryIdentifier(site, place, own, owner.words(NAME));
    }
  }

  /**
   * A CTID, without anything around it, and with the name of the object that it identifies.
   *
   * @param {string} site
   * @param {Place} place
   * @param {string} value
   * @param {string | undefined} name
   */
  registryIdentifier(site, place, value, name) {
    this.limited(site, place, (draft) => {
      draft.url(ctid(value), "keep");
      draft.words("targetName", draft.hasIdentifier() ? name : undefined);
    });
  }

  /**
   * @param {string} site
   * @param {Place} place
   */
  draft(site, place) {
    return new Draft(site, place.pointer, this.filter, this.prefixes);
  }

  /** @param {string} site */
  count(site) {
    if (isLimited(site)) {
      this.findings.countAlignment();
    }
  }
}
