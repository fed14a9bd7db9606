/**
 * How the members of an object are read, written down as tables.
 *
 * A table names the members that are read; a member that stands in no table is never looked at. That is how evidence,
 * endorsements, proofs, recipients and results stay out: by not being named.
 */

/**
 * How one member is read: a verb, and what it needs to know.
 *
 * | Verb | Reads |
 * |---|---|
 * | `identifier` | the identifier of the object that has it |
 * | `ctidOf` | the CTID of the object that has it, where the identifier of that does not hold it |
 * | `alignments` | alignment objects; a string stands for the address of one |
 * | `otherIdentifiers` | the `IdentifierEntry` objects of a definition |
 * | `related` | other editions of the definition |
 * | `criteria` | the criteria, of which only the address is read |
 * | `words` | words that stand alone |
 * | `organization` | an organization, of which only the identifier is read |
 * | `things` | definitions that are linked, by an identifier or as objects that have members of their own |
 * | `objects` | objects of which only the members are read; a string stands for what it names at the site, where there is one |
 * | `schemedIds` | `IdentifierType` objects of HR Open, which identify the object that has them |
 * | `schemedReference` | `RefSchemeType` objects of HR Open: an address, and the scheme it belongs to |
 * | `codeOf` | a code of the scheme that is named |
 * | `search` | an object of no known kind, searched for what looks like a definition wherever it is |
 *
 * @typedef {object} Part
 * @property {string} as The verb.
 * @property {string} [site]
 * @property {Table} [table]
 * @property {string} [scheme]
 */

/** The members of one kind of object that are read, and how. Tables name each other, so the rows are made when first asked for. */
export class Table {
  /** @param {() => [string, Part][]} rows */
  constructor(rows) {
    this.rows = rows;
    /** @type {Map<string, Part> | undefined} */
    this.made = undefined;
  }

  /**
   * How a member is read, if it is.
   *
   * @param {string} name
   */
  row(name) {
    this.made ??= new Map(this.rows());
    return this.made.get(name);
  }
}

/** A table of what has no members that are read. */
export const NOTHING = new Table(() => []);

/** @type {(site: string) => Part} */
export const identifier = (site) => ({ as: "identifier", site });
/** @type {(site: string) => Part} */
export const ctidOf = (site) => ({ as: "ctidOf", site });
/** @type {(site: string) => Part} */
export const alignments = (site) => ({ as: "alignments", site });
/** @type {Part} */
export const otherIdentifiers = { as: "otherIdentifiers" };
/** @type {Part} */
export const related = { as: "related" };
/** @type {Part} */
export const criteria = { as: "criteria" };
/** @type {(site: string) => Part} */
export const words = (site) => ({ as: "words", site });
/** @type {(site: string) => Part} */
export const organization = (site) => ({ as: "organization", site });
/** @type {(site: string, table: Table) => Part} */
export const things = (site, table) => ({ as: "things", site, table });
/** @type {(table: Table, site?: string) => Part} */
export const objects = (table, site) => ({ as: "objects", table, site });
/** @type {(site: string) => Part} */
export const schemedIds = (site) => ({ as: "schemedIds", site });
/** @type {(site: string) => Part} */
export const schemedReference = (site) => ({ as: "schemedReference", site });
/** @type {(site: string, scheme: string) => Part} */
export const codeOf = (site, scheme) => ({ as: "codeOf", site, scheme });
/** @type {Part} */
export const search = { as: "search" };
