/**
 * One place in a badge where a definition is named: made value by value, each of which passes the filter or is withheld
 * with its reason.
 */

import { tooLarge } from "./error.js";
import { REASONS } from "./privacy.js";
import { classOf } from "./site.js";
import { length } from "./text.js";

/**
 * One occurrence of an identifier in a badge, with the words that stand beside it.
 *
 * @typedef {object} Mention
 * @property {string} site What kind of place this is.
 * @property {"definition" | "learner"} class Whether the place belongs to the definition or to what the learner did.
 * @property {string} pointer The JSON Pointer of the alignment object, or of the value.
 * @property {string} [targetUrl]
 * @property {string} [targetCode]
 * @property {string} [targetType]
 * @property {string} [targetName]
 * @property {string} [targetDescription]
 * @property {string} [targetFramework]
 * @property {string[]} [withheld] Why parts of this mention were left out, each reason once.
 */

/** The longest string that is taken out of a document, in bytes. */
const LONGEST_TEXT = 4 * 1024;
/** How many alignments one document may have. */
const MOST_ALIGNMENTS = 500;
/** How many mentions of all kinds one document may have. */
const MOST_MENTIONS = 5000;

/** What was found so far. */
export class Findings {
  /** @param {number} malformed How many members had nothing readable in them. */
  constructor(malformed) {
    /** @type {Mention[]} The mentions, in document order. */
    this.mentions = [];
    /** @type {Map<string, number>} How many values were withheld or cut, by reason. */
    this.withheld = new Map();
    this.malformed = malformed;
    this.alignments = 0;
  }

  /** Counts an alignment that is looked at. */
  countAlignment() {
    this.alignments += 1;
    if (this.alignments > MOST_ALIGNMENTS) {
      throw tooLarge("alignments");
    }
  }
}

/** A mention that is being made. */
export class Draft {
  /**
   * @param {string} site
   * @param {string} pointer
   * @param {import("./privacy.js").Filter} filter
   * @param {import("./prefix.js").Prefixes | undefined} prefixes
   */
  constructor(site, pointer, filter, prefixes) {
    this.site = site;
    this.pointer = pointer;
    this.filter = filter;
    this.prefixes = prefixes;
    /** @type {Record<string, string>} */
    this.values = {};
    /** @type {string[]} */
    this.reasons = [];
  }

  /**
   * Adds an address; a compact IRI is written in full.
   *
   * @param {string | undefined} text
   * @param {"cut" | "keep"} tail
   */
  url(text, tail) {
    this.identifier("targetUrl", text, tail);
  }

  /** @param {string | undefined} text */
  code(text) {
    this.identifier("targetCode", text, "keep");
  }

  /**
   * Adds words.
   *
   * @param {"targetType" | "targetName" | "targetDescription" | "targetFramework"} field
   * @param {string | undefined} text
   */
  words(field, text) {
    if (text !== undefined) {
      checkLength(text);
      this.keep(field, this.filter.words(text));
    }
  }

  /**
   * Notes that a value was not even tried.
   *
   * @param {string} reason
   */
  withhold(reason) {
    this.reasons.push(reason);
  }

  /** Whether an address or a code was let through; without one, the words beside it say nothing. */
  hasIdentifier() {
    return "targetUrl" in this.values || "targetCode" in this.values;
  }

  /**
   * Adds the mention to what was found; one with nothing in it is counted as unreadable.
   *
   * @param {Findings} findings
   */
  finish(findings) {
    if (this.isEmpty()) {
      findings.malformed += 1;
    } else {
      this.finishIfAny(findings);
    }
  }

  /**
   * Adds the mention to what was found, where there is something in it.
   *
   * @param {Findings} findings
   */
  finishIfAny(findings) {
    if (this.isEmpty()) {
      return;
    }
    if (findings.mentions.length >= MOST_MENTIONS) {
      throw tooLarge("mentions");
    }
    for (const reason of this.reasons) {
      findings.withheld.set(reason, (findings.withheld.get(reason) ?? 0) + 1);
    }
    findings.mentions.push(this.mention());
  }

  isEmpty() {
    return Object.keys(this.values).length === 0 && this.reasons.length === 0;
  }

  /** @returns {Mention} */
  mention() {
    const withheld = REASONS.filter((reason) => this.reasons.includes(reason));
    return {
      site: this.site,
      class: classOf(this.site),
      pointer: this.pointer,
      ...this.values,
      ...(withheld.length > 0 ? { withheld } : {}),
    };
  }

  /**
   * @param {string} field
   * @param {string | undefined} text
   * @param {"cut" | "keep"} tail
   */
  identifier(field, text, tail) {
    if (text === undefined) {
      return;
    }
    checkLength(text);
    // Both forms are judged: a prefix may be declared to dress `mailto:` up as an address, or the other way round. Only an
    // address is written in full.
    const compact = this.filter.identifier(text, tail);
    const full = "withheld" in compact ? undefined : this.prefixes?.expand(text);
    const judged = full === undefined ? compact : this.filter.identifier(full, tail);
    const isKept = "withheld" in judged || /^https?:\/\//.test(full ?? "");
    this.keep(field, isKept ? judged : compact);
  }

  /**
   * @param {string} field
   * @param {import("./privacy.js").Passed | import("./privacy.js").Refused} judged
   */
  keep(field, judged) {
    if ("withheld" in judged) {
      this.withhold(judged.withheld);
      return;
    }
    if (judged.cut !== undefined) {
      this.withhold(judged.cut);
    }
    this.values[field] = judged.text;
  }
}

/** @param {string} text */
function checkLength(text) {
  if (length(text) > LONGEST_TEXT) {
    throw tooLarge("text");
  }
}
