/**
 * An object while it is read, and the language its words are in.
 */

import { address, first, text } from "./literal.js";
import { asString } from "./place.js";

/** @typedef {import("./place.js").JsonObject} JsonObject */

/** An object in its own language, or else in the one around it. */
export class Scope {
  /**
   * @param {JsonObject} object
   * @param {string} [around] The language of what stands around it.
   */
  constructor(object, around) {
    this.object = object;
    const own = object.has("inLanguage") ? object.get("inLanguage") : object.get("@language");
    this.language = asString(own) ?? around;
  }

  /**
   * The text of the first of some members that has one.
   *
   * @param {string[]} names
   */
  words(names) {
    return first(names, (name) => text(this.object.get(name), this.language));
  }

  /**
   * The address in the first of some members that has one; a blank node is none.
   *
   * @param {string[]} names
   */
  address(names) {
    return first(names, (name) => named(address(this.object.get(name))));
  }
}

/**
 * An address that is no blank node.
 *
 * @param {string | undefined} id
 */
export function named(id) {
  return id?.startsWith("_:") ? undefined : id;
}
