/**
 * What a letter speaks of: each mention of a badge with what it came to.
 */

import { kind, lastDay } from "../shown/card.js";

/** @typedef {import("../alidade/extract.js").Extraction} Extraction */
/** @typedef {import("../alidade/mention.js").Mention} Mention */

/**
 * One thing that a badge points to.
 *
 * @typedef {object} Entry
 * @property {Mention} mention
 * @property {any} [resolution] What the server says; absent where it was not asked.
 * @property {any} [found] What it is, where that is one thing.
 * @property {boolean} isAgain Whether the same credential pointed to the same thing before.
 * @property {boolean} isDoubtful Whether there is something to think about.
 */

/**
 * One credential of a badge.
 *
 * @typedef {object} Part
 * @property {string} format
 * @property {string | undefined} name
 * @property {string | undefined} issuer The address of whoever issued it.
 * @property {Entry[]} entries
 * @property {string[]} names Words that identify nothing.
 */

/** The sites that are no keys to look up, and are not told one by one. */
const HINTS = ["issuer", "creator", "criteria", "humanCode", "fieldOfStudy", "localReference", "skillName", "tag"];

/** Those of them whose words are told together. */
const NAMES = ["fieldOfStudy", "skillName", "tag"];

/** The notices that only explain; all others are worth a second look. */
const CALM = ["inferred_identity", "code_spelling", "framework_spelling", "refined"];

/** The notices by which a badge and what is published disagree. */
const DISAGREE = ["text_differs", "code_differs", "conflict", "type_mismatch", "issuer_differs", "other_environment"];

/**
 * @param {Extraction} extraction
 * @param {any[]} answers
 * @returns {Part[]}
 */
export function parts(extraction, answers) {
  const byMention = new Map(answers.map((answer) => [answer.mention, answer.resolution]));
  let start = 0;
  const all = extraction.credentials.map((credential) => {
    const before = start;
    start += credential.mentions;
    const mentions = extraction.mentions.slice(before, start);
    const numbered = mentions.map((mention, at) => /** @type {[Mention, any]} */ ([mention, byMention.get(before + at)]));
    /** @type {Set<string>} */
    const met = new Set();
    const own = mentions.find(({ site, targetName }) => /^(?:achievementId|badgeClassId)$/.test(site) && targetName);
    // An identifier that was coined for the badge itself points to nothing.
    const telling = numbered.filter(([{ site }, answer]) => !HINTS.includes(site) && !(isCoined(site) && answer === undefined));
    return {
      format: credential.format,
      name: own?.targetName,
      issuer: mentions.find(({ site }) => site === "issuer")?.targetUrl,
      entries: telling.map(([mention, resolution]) => entry(mention, resolution, met)),
      names: mentions.filter(({ site }) => NAMES.includes(site)).flatMap(({ targetName }) => targetName ?? []),
    };
  });
  // A wrapper around others has nothing of its own to tell.
  const telling = all.filter(({ name, entries, names }) => name !== undefined || entries.length > 0 || names.length > 0);
  return telling.length > 0 ? telling : all.slice(0, 1);
}

/** @param {string} site */
function isCoined(site) {
  return site === "achievementId" || site === "badgeClassId";
}

/**
 * @param {Mention} mention
 * @param {any} resolution
 * @param {Set<string>} met The keys that were met before.
 * @returns {Entry}
 */
function entry(mention, resolution, met) {
  const isOne = resolution?.verdict === "resolved" && resolution.found?.length > 0;
  const found = isOne ? resolution.found[0] : undefined;
  const key = keyOf(found);
  const isAgain = key !== undefined && met.has(key);
  if (key !== undefined) {
    met.add(key);
  }
  const notices = resolution?.notices ?? [];
  const isCalm = isOne && (found.standing?.state ?? "current") === "current";
  const isDoubtful = !isCalm || notices.some((/** @type {any} */ { kind }) => !CALM.includes(kind));
  return { mention, resolution, found, isAgain, isDoubtful };
}

/** @param {any} found */
function keyOf(found) {
  return found?.chosen?.card?.resource?.identity?.key;
}

/**
 * What the first paragraph counts: each thing once, however many point to it.
 *
 * @param {Entry[]} entries
 */
export function counts(entries) {
  const keys = entries.map(({ found }) => keyOf(found));
  const own = entries.filter((_, at) => keys[at] === undefined || keys.indexOf(keys[at]) === at);
  const known = own.filter(({ found }) => found !== undefined);
  const verdicts = own.map(({ resolution }) => resolution?.verdict ?? "unasked");
  const of = (/** @type {string} */ verdict) => verdicts.filter((other) => other === verdict).length;
  const notices = entries.map(({ resolution }) => resolution?.notices ?? []);
  return {
    total: own.length,
    nKnown: known.length,
    kinds: grouped(known.map(({ found }) => kind(found.chosen?.card ?? {}))),
    groups: groups(known),
    ambiguous: of("ambiguous"),
    unknown: of("unknown"),
    unasked: of("unasked") + of("withheld") + of("malformed") + of("unsupported"),
    disagree: notices.filter((list) => list.some((/** @type {any} */ { kind }) => DISAGREE.includes(kind))).length,
  };
}

/**
 * @param {string[]} list
 * @returns {[string, number][]} Each, and how often; the most frequent first.
 */
function grouped(list) {
  const each = [...new Set(list)];
  const numbered = each.map((one) => /** @type {[string, number]} */ ([one, list.filter((other) => other === one).length]));
  return numbered.sort(([, one], [, other]) => other - one);
}

/** @param {Entry[]} known */
function groups(known) {
  const order = ["current", "notYetInForce", "suspended", "deprecated", "superseded", "withdrawn"];
  return order.flatMap((state) => {
    const some = known.filter(({ found }) => (found.standing?.state ?? "current") === state);
    const years = some.flatMap(({ found }) => year(found));
    const nReplaced = some.filter(({ found }) => found.standing?.successors?.length > 0).length;
    return some.length === 0 ? [] : [{ state, n: some.length, years, nReplaced }];
  });
}

/**
 * The year in which something ended, where that is over.
 *
 * @param {any} found
 * @returns {number[]}
 */
function year(found) {
  const day = lastDay(found.chosen?.card ?? {});
  const isOver = day !== undefined && day < (found.standing?.asOf ?? "");
  return isOver ? [Number(day.slice(0, 4))] : [];
}
