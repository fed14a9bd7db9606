/**
 * The formats that are recognised, but not read.
 */

import { ExtractionError } from "./error.js";

/** The formats, in the order in which they are given, and how each reads in a sentence. */
export const UNREAD = {
  compactJws: "a compact JWS",
  jsonJws: "a JWS in JSON",
  jwe: "an encrypted JWE",
  sdJwt: "an SD-JWT",
  enveloped: "an enveloped credential",
  png: "a PNG image",
  svg: "an SVG image",
  vpqr: "a VPQR text",
  address: "the address of a badge",
  attachment: "a file that is no credential",
};

/**
 * A format that is recognised, but not read.
 *
 * @param {keyof typeof UNREAD} format
 */
export function unsupported(format) {
  return new ExtractionError("unsupported", `${UNREAD[format]} is recognised, but not read`);
}
