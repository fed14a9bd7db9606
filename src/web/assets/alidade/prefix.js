/**
 * The prefixes a document declares for itself, and the compact IRIs written with them.
 *
 * Only a prefix that stands for plain text counts. A context that is named by its address is never loaded: that would tell its
 * host who looks at which badge.
 */

import { asString, objects } from "./place.js";
import { length } from "./text.js";

/** @typedef {import("./place.js").JsonObject} JsonObject */

/** A longer namespace is left aside: with it a small document could be made to expand into a huge one. */
const LONGEST_NAMESPACE = 1024;

/** The prefixes of the inline `@context` objects of one document, and of those around it. */
export class Prefixes {
  /**
   * @param {JsonObject} document
   * @param {Prefixes} [around] Prefixes that count where the document says nothing else.
   */
  constructor(document, around) {
    this.around = around;
    /** @type {Map<string, string>} */
    this.declared = new Map();
    for (const [prefix, value] of objects(document.get("@context")).flatMap((part) => [...part])) {
      const namespace = asString(value);
      if (namespace !== undefined && length(namespace) <= LONGEST_NAMESPACE) {
        this.declared.set(prefix, namespace);
      }
    }
  }

  /**
   * Writes a compact IRI such as `res:ce-…` in full, if its prefix is declared here.
   *
   * @param {string} text
   * @returns {string | undefined}
   */
  expand(text) {
    const end = text.indexOf(":");
    const namespace = end < 0 ? undefined : this.namespace(text.slice(0, end));
    const suffix = text.slice(end + 1);
    return namespace === undefined || suffix.startsWith("//") ? undefined : namespace + suffix;
  }
  /**
   * @param {string} prefix
   * @returns {string | undefined}
   */
  namespace(prefix) {
    return this.declared.get(prefix) ?? this.around?.namespace(prefix);
  }
}
