/**
 * What a card says, as a person reads it.
 */

/**
 * A published text with its language.
 *
 * @typedef {object} Text
 * @property {string} text
 * @property {string} [language]
 */

/** Marks that publishers write into their texts for browsers. */
const ENTITIES = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'", apos: "'", nbsp: " ", ndash: "–", mdash: "-", rsquo: "’", lsquo: "‘" };

/** The most characters of a title. */
const LONGEST_TITLE = 140;

/**
 * A published text without the markup that some publishers write into it.
 *
 * @param {string} text
 */
export function plain(text) {
  const untagged = text.replace(/<\/?[a-z!][^<>]*>/gi, " ");
  const whole = untagged.replace(/&(#39|[a-z]{2,5});/g, (mark, name) => ENTITIES[name] ?? mark);
  return whole.replace(/\s+/g, " ").trim();
}

/**
 * The first text of a map of languages, each with one text or several.
 *
 * @param {any} map
 * @returns {Text | undefined}
 */
export function first(map) {
  if (typeof map === "string") {
    return { text: plain(map) };
  }
  const [entry] = Object.entries(map ?? {});
  const text = entry === undefined ? undefined : [entry[1]].flat()[0];
  return typeof text === "string" && plain(text) !== "" ? { text: plain(text), language: entry?.[0] } : undefined;
}

/**
 * A text that is no longer than a title may be.
 *
 * @param {string} text
 */
export function short(text) {
  return text.length > LONGEST_TITLE ? `${text.slice(0, LONGEST_TITLE - 1).trimEnd()}…` : text;
}

/** @param {any} card */
export function statement(card) {
  const { resource = {} } = card;
  return first(resource.statement) ?? first(resource.description) ?? first(resource.licenseText);
}

/**
 * The name of a resource; what it states where it has none.
 *
 * @param {any} card
 * @returns {Text}
 */
export function name(card) {
  const { resource = {} } = card;
  const named = [resource.label, resource.name, resource.title, resource.quality, resource.category].map(first);
  const found = named.find((text) => text !== undefined) ?? statement(card);
  return found ?? { text: resource.code ?? resource.identity?.subject ?? "" };
}

/**
 * The kind of a resource in the word of the interface.
 *
 * @param {any} card
 * @returns {string}
 */
export function kind(card) {
  const { resource = {} } = card;
  return resource.class ?? resource.kind ?? "other";
}

/**
 * The class of a credential in the word of its vocabulary, such as `MasterDegree`.
 *
 * @param {any} card
 * @returns {string | undefined}
 */
export function credentialClass(card) {
  const type = kind(card) === "credential" ? card.resource?.identity?.node?.types?.[0] : undefined;
  return typeof type === "string" ? type.split(/[:/#]/).at(-1) : undefined;
}

/**
 * The last day on which a resource holds, as it is published.
 *
 * @param {any} card
 * @returns {string | undefined}
 */
export function lastDay(card) {
  const statements = card.resource?.identity?.node?.statements ?? [];
  const expires = statements.find((/** @type {any} */ { p }) => p === "ceterms:expirationDate")?.o?.[0];
  const stated = Object.values(expires ?? {}).flat()[0];
  const days = [card.resource?.statusEnd, card.framework?.statusEnd, stated];
  return days.filter((day) => typeof day === "string" && /^\d{4}-\d\d-\d\d/.test(day)).sort()[0];
}

/**
 * The path of the page about a resource.
 *
 * @param {string} key Its canonical key.
 * @param {string} [kind]
 */
export function page(key, kind) {
  const known = /^(?:guid:([0-9a-f-]{36})|ctid:(ce-[0-9a-f-]{36}))$/.exec(key);
  const iri = key.startsWith("iri:") ? key.slice(4) : key;
  const segment = known?.[1] ?? known?.[2] ?? encodeURIComponent(iri);
  return `${kind === "framework" ? "/frameworks/" : "/r/"}${segment}`;
}

/** @param {any} card */
export function pageOf(card) {
  const { key = "", subject } = card.resource?.identity ?? {};
  return page(/^(?:guid|ctid:ce)\b/.test(key) || subject === undefined ? key : `iri:${subject}`, kind(card));
}
