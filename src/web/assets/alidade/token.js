/**
 * What one string is, when a credential is written as one.
 */

import { hasSpace, trim } from "./text.js";

/** How a protected header begins: `{"`, or `{` and white space, in base64url. */
const HEADERS = ["eyJ", "eyA", "ewo", "ew0", "ewk"];

/**
 * The format of a credential that is written as one string, if the string is one.
 *
 * @param {string} written
 * @returns {string | undefined}
 */
export function textFormat(written) {
  const text = trim(written);
  if (text.startsWith("VP1-")) {
    return "vpqr";
  }
  if ((text.startsWith("https://") || text.startsWith("http://")) && !hasSpace(text)) {
    return "address";
  }
  const end = text.indexOf("~");
  const count = segments(end < 0 ? text : text.slice(0, end));
  if (count === 3) {
    return end < 0 ? "compactJws" : "sdJwt";
  }
  return count > 3 && end < 0 ? "jwe" : undefined;
}

/**
 * How many segments a compact token has; 0 if the text is none.
 *
 * @param {string} text
 */
function segments(text) {
  const hasHeader = HEADERS.some((start) => text.startsWith(start));
  return hasHeader && /^[A-Za-z0-9 \t\n\f\r\-_.=]*$/.test(text) ? text.split(".").length : 0;
}
