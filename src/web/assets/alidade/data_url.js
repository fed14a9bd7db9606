/**
 * The content of a `data:` URL, [RFC 2397](https://www.rfc-editor.org/rfc/rfc2397).
 *
 * An [enveloped credential](https://www.w3.org/TR/vc-data-model-2.0/#enveloped-verifiable-credentials) is one: the token
 * stands behind `data:application/vc+jwt,`.
 */

import { decodeEither } from "./base64url.js";
import { decoded, trim, utf8 } from "./text.js";

/**
 * The text behind a `data:` URL, whatever media type it names.
 *
 * @param {string} url
 * @returns {string | undefined}
 */
export function dataText(url) {
  const colon = trim(url).indexOf(":");
  const [scheme, rest] = [trim(url).slice(0, colon), trim(url).slice(colon + 1)];
  const comma = rest.indexOf(",");
  if (colon < 0 || comma < 0 || !/^data$/i.test(scheme)) {
    return undefined;
  }
  const content = percentDecoded(rest.slice(comma + 1));
  const isBase64 = /^base64$/i.test(trim(rest.slice(0, comma).split(";").at(-1) ?? ""));
  if (!isBase64 || content === undefined) {
    return content === undefined ? undefined : decoded(content);
  }
  const text = decoded(content);
  const bytes = text === undefined ? undefined : decodeEither(text);
  return bytes === undefined ? undefined : decoded(bytes);
}

/**
 * Replaces `%7B` by the byte it stands for; `undefined` if a percent sign stands for nothing.
 *
 * @param {string} text
 * @returns {Uint8Array | undefined}
 */
function percentDecoded(text) {
  if (/%(?![0-9A-Fa-f]{2})/.test(text)) {
    return undefined;
  }
  const parts = text.split(/(%[0-9A-Fa-f]{2})/);
  const bytes = parts.flatMap((part, at) => (at % 2 === 1 ? [Number.parseInt(part.slice(1), 16)] : [...utf8(part)]));
  return Uint8Array.from(bytes);
}
