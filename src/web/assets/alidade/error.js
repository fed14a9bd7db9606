/**
 * Why a document could not be read.
 *
 * No message quotes the document: the document is about a learner, and a message may end up in a log.
 */

/** Why a document could not be read as a badge. */
export class ExtractionError extends Error {
  /**
   * @param {string} code The stable word for the reason; `tooLarge` is followed by its `limit`.
   * @param {string} message One sentence.
   * @param {string} [limit] The limit that the document passes.
   */
  constructor(code, message, limit) {
    super(message);
    this.name = "ExtractionError";
    /** The stable word for the reason. */
    this.code = code;
    if (limit !== undefined) {
      /** The limit that the document passes. */
      this.limit = limit;
    }
  }
}

/** How large a document, and what is in it, may be; and how passing each limit reads. */
const LIMITS = {
  document: "the document is longer than 2 MB (2097152 bytes)",
  picture: "the picture is larger than 16 MB (16777216 bytes)",
  baked: "the credential in the picture is longer than 2 MB (2097152 bytes)",
  nesting: "the document is nested deeper than 32 levels, or 100 elements of a picture",
  values: "the document has more than 100000 values",
  layers: "more than 8 credentials are signed inside each other",
  alignments: "the document has more than 500 alignments",
  mentions: "the document names definitions in more than 5000 places",
  text: "an identifier or a text in the document is longer than 4 kB (4096 bytes)",
  learnerValues: "the document has more than 1000 values about its learner",
};

/**
 * The document passes one of the limits.
 *
 * @param {keyof typeof LIMITS} limit
 */
export function tooLarge(limit) {
  return new ExtractionError("tooLarge", LIMITS[limit], limit);
}

/**
 * The document is readable, but is no badge.
 *
 * @param {string} found What the document is, in general words.
 */
export function unknownContainer(found) {
  return new ExtractionError("unknownContainer", `${found} is neither a badge nor a credential`);
}

/**
 * The document is no JSON, and no other form a badge can have.
 *
 * @param {number} line The line, counted from 1, where reading stopped.
 * @param {number} column The column where reading stopped.
 */
export function notJson(line, column) {
  return new ExtractionError("notJson", `not JSON from line ${line}, column ${column} on`);
}

/** The document is compressed as a whole, as an `.svgz` picture is. */
export function compressed() {
  const message = "a gzip-compressed file, such as an `.svgz` picture, is not read; unpack it first";
  return new ExtractionError("compressed", message);
}

/** The document is, or has in it, only the address of a badge. */
export function hostedUrl() {
  const message = "only the address of a hosted badge is in the document, and no address is fetched";
  return new ExtractionError("hostedUrl", message);
}

/**
 * A picture without a credential.
 *
 * @param {"PNG" | "SVG"} picture
 */
export function unbaked(picture) {
  const message = `the ${picture} picture carries no credential; many programs strip it when they save or send a picture`;
  return new ExtractionError("unbaked", message);
}

/**
 * A PNG picture that cannot be walked through, or whose credential is damaged.
 *
 * @param {string} reason What is wrong, in general words.
 */
export function brokenImage(reason) {
  return new ExtractionError("brokenImage", `a broken PNG picture: ${reason}`);
}

/**
 * A signed token whose content cannot be taken out.
 *
 * @param {string} reason What is wrong, in general words.
 */
export function brokenToken(reason) {
  return new ExtractionError("brokenToken", `a broken token: ${reason}`);
}

/** An encrypted token (JWE): only its recipient can read it. */
export function encrypted() {
  return new ExtractionError("encrypted", "an encrypted token (JWE) can be read only by who has its key");
}

/** A presentation as the text of a QR code, `VP1-…`. */
export function vpqr() {
  return new ExtractionError("vpqr", "a VPQR text is recognised, but not read");
}

/**
 * Markup that is not well-formed, or that uses what is not processed here.
 *
 * @param {string} reason What is wrong, in general words.
 */
export function markup(reason) {
  return new ExtractionError("markup", `an SVG picture that cannot be read: ${reason}`);
}
