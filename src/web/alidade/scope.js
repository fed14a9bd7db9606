/**
 * An object while it is read, and the language its words are in.
 */

import { text } from "./literal.js";
import { asString } from "./place.js";

/** @typedef {import("./json.js").Json} Json */
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
   * The text of the first of some members that is there.
   *
   * @param {...string} names
   */
  words(...names) {
    return text(this.first(...names), this.language);
  }

  /**
   * The first of some members that is there.
   *
   * @param {...string} names
   * @returns {Json | undefined}
   */
  first(...names) {
    const name = names.find((known) => this.object.has(known));
    return name === undefined ? undefined : this.object.get(name);
  }
}
