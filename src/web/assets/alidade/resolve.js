/**
 * Asks an Alidade what identifiers mean. Only identifiers, and the words beside them, are sent.
 */

import { asks } from "./ask.js";
import { length } from "./text.js";

/** @typedef {import("./ask.js").Ask} Ask */

/** The most questions of one request, and the most bytes of them. */
const MOST_ASKS = 1000;
const MOST_BYTES = 1024 * 1024;

/** Why a server gave no answer. */
export class ResolutionError extends Error {
  /**
   * @param {string} message One sentence.
   * @param {number} [status] The status of the answer; absent where none came.
   * @param {unknown} [problem] The problem as the server describes it ([RFC 9457](https://www.rfc-editor.org/rfc/rfc9457)).
   */
  constructor(message, status, problem) {
    super(message);
    this.name = "ResolutionError";
    this.status = status;
    this.problem = problem;
  }
}

/**
 * Asks what the identifiers of a badge mean.
 *
 * @param {import("./extract.js").Extraction | Ask[] | [number, Ask][]} what What was extracted, or what is to be asked.
 * @param {object} [options]
 * @param {string | URL} [options.server] The server that is asked; the one this module came from, unless another is named.
 * @param {string} [options.asOf] The day on which to judge, `YYYY-MM-DD`; today, unless another is named.
 * @param {boolean} [options.suggest] Whether to suggest resources where only words are known.
 * @param {AbortSignal} [options.signal] Ends the asking.
 * @returns {Promise<object[]>} The answers in the order of what was asked, each as the server gives it; to an extraction, and
 *   to what `asks` gives, each with the number of its `mention`.
 * @throws {ResolutionError} if an answer does not come, or is none.
 */
export async function resolve(what, options = {}) {
  const asked = Array.isArray(what) ? what : asks(what);
  const answers = [];
  for (const { address, body } of requests(asked, options)) {
    answers.push(...(await request(address, body, options.signal)));
  }
  return answers.map((answer, at) => {
    const ask = asked[at];
    return Array.isArray(ask) ? { mention: ask[0], ...answer } : answer;
  });
}

/**
 * The requests that `resolve` makes, to the letter.
 *
 * @param {import("./extract.js").Extraction | Ask[] | [number, Ask][]} what As for `resolve`.
 * @param {object} [options] As for `resolve`.
 * @param {string | URL} [options.server]
 * @param {string} [options.asOf]
 * @param {boolean} [options.suggest]
 * @returns {{address: URL, body: {ids: Ask[], asOf?: string, suggest?: boolean}}[]}
 */
export function requests(what, { server, asOf, suggest } = {}) {
  const asked = Array.isArray(what) ? what : asks(what);
  const questions = asked.map((ask) => (Array.isArray(ask) ? ask[1] : ask));
  const rest = { ...(asOf === undefined ? {} : { asOf }), ...(suggest === undefined ? {} : { suggest }) };
  const address = new URL("v1/resolve", folder(server));
  return portions(questions).map((ids) => ({ address, body: { ids, ...rest } }));
}

/**
 * What is asked, divided so that no request is too large.
 *
 * @param {Ask[]} questions
 */
function portions(questions) {
  /** @type {Ask[][]} */
  const divided = [];
  let bytes = 0;
  for (const question of questions) {
    const size = length(JSON.stringify(question)) + 1;
    const portion = divided.at(-1);
    if (portion === undefined || portion.length === MOST_ASKS || bytes + size > MOST_BYTES) {
      divided.push([question]);
      bytes = size;
    } else {
      portion.push(question);
      bytes += size;
    }
  }
  return divided;
}

/**
 * @param {URL} address
 * @param {{ids: Ask[]}} asked
 * @param {AbortSignal | undefined} signal
 * @returns {Promise<object[]>}
 */
async function request(address, asked, signal) {
  const response = await send(address, asked, signal);
  const body = await response.json().catch(() => undefined);
  if (!response.ok) {
    const detail = typeof body?.detail === "string" ? `: ${body.detail}` : "";
    throw new ResolutionError(`the server answered ${response.status}${detail}`, response.status, body);
  }
  if (!Array.isArray(body?.answers) || body.answers.length !== asked.ids.length) {
    throw new ResolutionError("the server gave another answer than an Alidade gives", response.status);
  }
  return body.answers;
}

/**
 * @param {URL} address
 * @param {object} body
 * @param {AbortSignal | undefined} signal
 */
async function send(address, body, signal) {
  try {
    return await fetch(address, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
      cache: "no-store",
      credentials: "omit",
      redirect: "error",
      referrerPolicy: "no-referrer",
      signal: signal ?? null,
    });
  } catch (cause) {
    if (signal?.aborted) {
      throw cause;
    }
    throw new ResolutionError("the server cannot be reached");
  }
}

/**
 * The folder in which the routes of a server are; the one this module came from, unless another is named.
 *
 * @param {string | URL | undefined} server
 */
function folder(server) {
  const here = new URL("../", import.meta.url);
  const address = server === undefined ? here : new URL(server, here);
  return address.href.endsWith("/") ? address : new URL(`${address.href}/`);
}
