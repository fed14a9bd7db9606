/**
 * Reads the parts of a badge that the tables name, in the order in which they stand.
 */

import { address, text, types } from "./literal.js";
import { Draft } from "./mention.js";
import { TABLES } from "./open_badge.js";
import { isPersonWord } from "./person.js";
import { asString, isObject, members } from "./place.js";
import { Prefixes } from "./prefix.js";
import { Scope } from "./scope.js";
import { hasSpace } from "./text.js";

/** @typedef {import("./json.js").Json} Json */
/** @typedef {import("./place.js").JsonObject} JsonObject */
/** @typedef {import("./open_badge.js").Part} Part */
/** @typedef {import("./open_badge.js").Table} Table */

/** The sites of alignments, whose addresses keep their tails. */
const ALIGNMENTS = [
  "alignment",
  "resultDescriptionAlignment",
  "rubricCriterionLevelAlignment",
  "resultAlignment",
];
/** The types of an `IdentifierEntry` that identify things; all others identify, or may identify, people. */
const THING_IDENTIFIERS = ["identifier", "systemId", "productId", "isbn", "issn"];
/** The type of the `IdentifierEntry` that says who coined the entry before it. */
const AGENCY = "ext:schemeAgencyId";

/**
 * Reads one badge, or part of one, and adds what it mentions to `findings`.
 *
 * @param {import("./document.js").Document} badge
 * @param {import("./privacy.js").Filter} filter
 * @param {import("./mention.js").Findings} findings
 */
export function read(badge, filter, findings) {
  const reader = new Reader(filter, new Prefixes(badge.object), findings);
  const table = TABLES.get(badge.shape);
  if (badge.shape === "alignment") {
    reader.alignment("alignment", badge.place, new Scope(badge.object));
  } else if (table !== undefined) {
    reader.object(table, badge.place, new Scope(badge.object));
  }
}

class Reader {
  /**
   * @param {import("./privacy.js").Filter} filter
   * @param {Prefixes} prefixes
   * @param {import("./mention.js").Findings} findings
   */
  constructor(filter, prefixes, findings) {
    this.filter = filter;
    this.prefixes = prefixes;
    this.findings = findings;
  }

  /**
   * @param {Table} table
   * @param {string} place
   * @param {Scope} scope
   */
  object(table, place, scope) {
    for (const [name, value] of scope.object) {
      const part = table.get(name);
      const at = `${place}/${name}`;
      if (part === undefined) {
        continue;
      }
      if (part.as === "identifier") {
        this.identifier(part.site ?? "", at, scope, value);
      } else if (part.as === "otherIdentifiers") {
        this.otherIdentifiers(at, value);
      } else {
        members(at, value).forEach(([pointer, member]) => this.member(part, pointer, member, scope.language));
      }
    }
  }

  /**
   * @param {Part} part
   * @param {string} place
   * @param {Json} member
   * @param {string | undefined} language
   */
  member(part, place, member, language) {
    if (part.as === "related") {
      this.related(place, member);
    } else if (part.as === "criteria") {
      this.criteria(place, member);
    } else if (part.as === "tags") {
      this.tag(place, member, language);
    } else if (isObject(member) && part.as === "objects") {
      this.object(part.table ?? new Map(), place, new Scope(member, language));
    } else if (isObject(member)) {
      this.alignment(part.site ?? "", place, new Scope(member, language));
    } else if (typeof member === "string" && part.site !== undefined) {
      this.bareIdentifier(part.site, place, member);
    } else {
      this.findings.malformed += 1;
    }
  }

  /**
   * An identifier, with the name and the type of the object that has it.
   *
   * @param {string} site
   * @param {string} place
   * @param {Scope} owner
   * @param {Json} value
   */
  identifier(site, place, owner, value) {
    const draft = this.draft(site, place);
    const id = address(value);
    draft.url(id?.startsWith("_:") ? undefined : id, "cut");
    if (draft.hasIdentifier()) {
      draft.words("targetType", owner.words("achievementType"));
      draft.words("targetName", owner.words("name"));
    }
    draft.finish(this.findings);
  }

  /**
   * An identifier that stands where an object could.
   *
   * @param {string} site
   * @param {string} place
   * @param {string} member
   */
  bareIdentifier(site, place, member) {
    const isAlignment = ALIGNMENTS.includes(site);
    if (isAlignment) {
      this.findings.countAlignment();
    }
    const draft = this.draft(site, place);
    draft.url(address(member), isAlignment ? "keep" : "cut");
    draft.finish(this.findings);
  }

  /**
   * An alignment; the names of Open Badges 1 and CLR 1.0 count where the newer ones are absent.
   *
   * @param {string} site
   * @param {string} place
   * @param {Scope} scope
   */
  alignment(site, place, scope) {
    this.findings.countAlignment();
    const draft = this.draft(site, place);
    draft.url(address(scope.first("targetUrl", "url")), "keep");
    draft.code(scope.words("targetCode"));
    draft.words("targetType", scope.words("targetType"));
    draft.words("targetName", scope.words("targetName", "name"));
    draft.words("targetDescription", scope.words("targetDescription", "description"));
    draft.words("targetFramework", scope.words("targetFramework", "frameworkName"));
    draft.finish(this.findings);
  }

  /**
   * The other identifiers of an achievement; an entry that names an agency belongs to the entry before it.
   *
   * @param {string} place
   * @param {Json} value
   */
  otherIdentifiers(place, value) {
    const entries = members(place, value);
    for (const [index, [at, entry]] of entries.entries()) {
      if (!isObject(entry)) {
        this.findings.malformed += 1;
      } else if (entryType(entry) !== AGENCY) {
        const next = entries[index + 1]?.[1];
        const isAgency = isObject(next) && entryType(next) === AGENCY;
        this.otherIdentifier(at, entry, isAgency ? next.get("identifier") : undefined);
      }
    }
  }

  /**
   * @param {string} place
   * @param {JsonObject} entry
   * @param {Json | undefined} agency
   */
  otherIdentifier(place, entry, agency) {
    const draft = this.draft("otherIdentifier", place);
    const kind = entryType(entry);
    const isExtension = kind.startsWith("ext:") && !isPersonWord(kind.slice("ext:".length));
    if (THING_IDENTIFIERS.includes(kind) || isExtension) {
      const identifier = text(entry.get("identifier"), undefined);
      if (identifier?.includes("://")) {
        draft.url(identifier, "cut");
      } else {
        draft.code(identifier);
      }
      if (draft.hasIdentifier()) {
        draft.words("targetType", kind);
        draft.words("targetFramework", text(agency, undefined));
      }
    } else {
      draft.withhold("personIdentifierType");
    }
    draft.finish(this.findings);
  }

  /**
   * Another edition of the definition; an assertion among them would be somebody's.
   *
   * @param {string} place
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
   * @param {string} place
   * @param {Json} member
   */
  criteria(place, member) {
    const link = address(member);
    if (link === undefined || hasSpace(link)) {
      return;
    }
    const draft = this.draft("criteria", place);
    draft.url(link, "cut");
    draft.finish(this.findings);
  }

  /**
   * @param {string} place
   * @param {Json} member
   * @param {string | undefined} language
   */
  tag(place, member, language) {
    const draft = this.draft("tag", place);
    draft.words("targetName", text(member, language));
    draft.finish(this.findings);
  }

  /**
   * @param {string} site
   * @param {string} place
   */
  draft(site, place) {
    return new Draft(site, place, this.filter, this.prefixes);
  }
}

/** @param {JsonObject} entry */
function entryType(entry) {
  return asString(entry.get("identifierType")) ?? "";
}
