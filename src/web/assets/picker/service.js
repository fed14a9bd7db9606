/**
 * What the picker asks an Alidade. The words that are typed and the identifiers that are found are sent, and nothing else.
 */

import { words } from "./words.js";

/** The most hits that are shown. */
const MOST_HITS = 8;

/** The forms of an alignment, by the short names that `format` takes, as the server names them. */
export const FORMATS = { ob3: "openBadges3", ob2: "openBadges2", ctdl: "ctdl" };

/** The statuses of an identifier that is not known, or names several things. */
const NO_SUCH = [300, 400, 404, 409, 422];

/** Why a server gave no answer, in a sentence for whoever types. */
export class PickerError extends Error {
  /**
   * @param {string} message
   * @param {boolean} mayPass Whether the same may be answered when it is asked again.
   */
  constructor(message, mayPass) {
    super(message);
    this.name = "PickerError";
    this.mayPass = mayPass;
  }
}

/**
 * @typedef {object} Hit
 * @property {any} card What was found.
 * @property {any} [standing] Whether it may still be used, where that is known.
 */

/** The folder of the server that these files came from. */
const HERE = new URL("../", import.meta.url);

/** An Alidade. */
export class Service {
  /** @param {string | null} server The address of the server; where these files came from, if none is given. */
  constructor(server) {
    const text = server === null || server === "" ? HERE.href : server;
    if (!URL.canParse(text, HERE)) {
      throw new PickerError(words.noServer, false);
    }
    const { href } = new URL(text, HERE);
    this.folder = href.endsWith("/") ? href : `${href}/`;
  }

  /**
   * The address of something on the server.
   *
   * @param {string} path
   */
  address(path) {
    return new URL(path.replace(/^\//, ""), this.folder);
  }

  /**
   * What the words find.
   *
   * @param {{text: string, kinds: string[], frameworks: string[], lang: string | null}} question
   * @param {AbortSignal} signal
   * @returns {Promise<{hits: Hit[], total: number}>}
   */
  async search({ text, kinds, frameworks, lang }, signal) {
    const address = this.address("v1/search");
    const narrowed = [...kinds.map((kind) => ["kind", kind]), ...frameworks.map((framework) => ["framework", framework])];
    const spoken = lang === null || lang === "" ? [] : [["lang", lang]];
    address.search = String(new URLSearchParams([["q", text], ["limit", String(MOST_HITS)], ...narrowed, ...spoken]));
    const { results } = await ask(address, { signal });
    if (!Array.isArray(results?.hits)) {
      throw new PickerError(words.strange, true);
    }
    const cards = results.hits.map((/** @type {any} */ { card }) => card);
    const standings = await this.standings(cards, signal);
    const hits = cards.map((/** @type {any} */ card, /** @type {number} */ at) => ({ card, standing: standings[at] }));
    return { hits, total: results.total ?? hits.length };
  }

  /**
   * Whether things may still be used; nothing where that cannot be learned.
   *
   * @param {any[]} cards
   * @param {AbortSignal} signal
   * @returns {Promise<any[]>}
   */
  async standings(cards, signal) {
    if (cards.length === 0) {
      return [];
    }
    const ids = cards.map(({ resource }) => ({ targetUrl: resource?.identity?.subject ?? "" }));
    const headers = { "Content-Type": "application/json" };
    try {
      const { answers } = await ask(this.address("v1/resolve"), { method: "POST", headers, body: JSON.stringify({ ids }), signal });
      return answers.map((/** @type {any} */ { resolution }) => resolution?.found?.[0]?.standing);
    } catch (error) {
      if (signal.aborted) {
        throw error;
      }
      return [];
    }
  }

  /**
   * The alignment that points to something.
   *
   * @param {string} id An identifier in any spelling.
   * @param {string} format
   * @returns {Promise<any>}
   */
  async alignment(id, format) {
    const member = FORMATS[/** @type {keyof FORMATS} */ (format)] ?? FORMATS.ob3;
    const address = this.address(`v1/resources/${encodeURIComponent(id)}/alignment`);
    const alignment = (await ask(address, {}, NO_SUCH))[member];
    if (alignment === undefined || alignment === null) {
      throw new PickerError(words.unalignable, false);
    }
    return alignment;
  }
}

/**
 * @param {URL} address
 * @param {RequestInit} request
 * @param {number[]} noSuch The statuses by which the server says that it does not know what is asked about.
 * @returns {Promise<any>}
 */
async function ask(address, request, noSuch = []) {
  const privately = /** @type {const} */ ({ cache: "no-store", credentials: "omit", redirect: "error", referrerPolicy: "no-referrer" });
  let response;
  try {
    response = await fetch(address, { ...privately, ...request });
  } catch (cause) {
    if (request.signal?.aborted) {
      throw cause;
    }
    throw new PickerError(words.offline, true);
  }
  if (!response.ok) {
    throw refusal(response.status, noSuch);
  }
  return response.json().catch(() => {
    throw new PickerError(words.strange, true);
  });
}

/**
 * What is said of a status.
 *
 * @param {number} status
 * @param {number[]} noSuch
 */
function refusal(status, noSuch) {
  if (noSuch.includes(status)) {
    return new PickerError(words.unknown, false);
  }
  return new PickerError(status === 429 ? words.busy : words.failed(status), true);
}
