/**
 * What may leave a badge, and what is withheld.
 *
 * Every value on its way out passes a `Filter`. It holds back what can name a person by its form (a mail address, a
 * telephone number, a self-issued DID, a place in a private network), and what *this* badge uses to name its learner or its
 * own award. A value that is withheld is counted and forgotten; it stands in no answer and no error.
 *
 * The issuer of a hosted badge can write a learner into any address, so the tail of an address is kept only where it
 * selects the definition:
 *
 * - of an identifier that the issuer coined (achievement, badge class, related edition) query and fragment are cut;
 * - of the `targetUrl` of an alignment they stay, because they often *are* the competency, unless they look as if they
 *   named a person.
 */

import { holdsHandle, holdsPerson, holdsToken, isAddress, isMailLike, namesAPerson, reason, reasonInWords, splitTail } from "./address.js";
import { firstPart, folded, plain, spellings } from "./folding.js";
import { first } from "./literal.js";
import { length, words } from "./text.js";

/** @typedef {{text: string, cut?: string}} Passed A value that was let through, and why something was cut. */
/** @typedef {{withheld: string}} Refused The reason why a value is withheld. */

/** The reasons, in the order in which they are given. */
export const REASONS = [
  "personScheme",
  "userinfo",
  "atSign",
  "loopbackHost",
  "subjectId",
  "credentialId",
  "evidenceId",
  "selfIssuer",
  "learnerDetail",
  "personIdentifierType",
  "queryOrFragment",
  "personQuery",
  "tooLong",
];

/** A longer identifier is none. */
const LONGEST_IDENTIFIER = 2 * 1024;

/** Lets values pass, or withholds them. */
export class Filter {
  /**
   * @param {Map<string, string>} everywhere The secrets of every badge in the document: no value may equal one.
   * @param {Map<string, import("./folding.js").Part>} parts The secrets of every record of the document, and of the holder: no value may contain one.
   */
  constructor(everywhere, parts) {
    this.everywhere = everywhere;
    this.parts = parts;
  }

  /**
   * Lets an identifier pass: an address, a name in some scheme, or a code.
   *
   * @param {string} text
   * @param {"cut" | "keep"} tail What becomes of the query and the fragment of an address.
   * @returns {Passed | Refused}
   */
  identifier(text, tail) {
    if (length(text) > LONGEST_IDENTIFIER) {
      return { withheld: "tooLong" };
    }
    if (holdsToken(text)) {
      return { withheld: "personScheme" };
    }
    const value = plain(text);
    const withheld = reason(value) ?? this.secretIn(text);
    if (withheld !== undefined) {
      return { withheld };
    }
    const [head, rest] = splitTail(text);
    if (rest !== "" && tail === "cut") {
      return { text: head, cut: "queryOrFragment" };
    }
    if (rest !== "" && namesAPerson(rest)) {
      return { text: head, cut: "personQuery" };
    }
    return { text };
  }

  /**
   * Lets words pass: a name, a description, the name of a framework or of a type.
   *
   * @param {string} text
   * @returns {Passed | Refused}
   */
  words(text) {
    const value = plain(text);
    if (holdsToken(text) || holdsPerson(value) || holdsHandle(value)) {
      return { withheld: "personScheme" };
    }
    if (words(value).some(isMailLike)) {
      return { withheld: "atSign" };
    }
    const withheld = this.secretIn(text) ?? reasonInWords(value);
    return withheld === undefined ? { text } : { withheld };
  }

  /**
   * The first secret that a value equals, with or without its tail, or contains.
   *
   * @param {string} text
   */
  secretIn(text) {
    const [head, tail] = splitTail(text);
    const whole = spellings(text);
    const equal = first(tail === "" ? whole : [...whole, ...spellings(head)], (value) => this.everywhere.get(value));
    return equal ?? first(whole, (value) => firstPart(value, this.parts)) ?? this.segmentIn(plain(text));
  }

  /**
   * The first segment of an address in a value, or value in a query of one, that is a secret.
   *
   * @param {string} value
   */
  segmentIn(value) {
    const segments = words(value)
      .filter((word) => isAddress(word) || isNumber(word))
      .flatMap((word) => word.split(/[/?&;#=:]/))
      .filter((segment) => segment !== "");
    return first(segments, (segment) => {
      const part = this.parts.get(folded(segment));
      return part?.isSegment ? part.reason : undefined;
    });
  }
}

/**
 * Whether a word may be the number of somebody, in whatever spelling: it has six digits.
 *
 * @param {string} word
 */
function isNumber(word) {
  return (word.match(/[0-9]/g) ?? []).length >= 6;
}
