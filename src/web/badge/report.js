/**
 * The report on a badge: credential by credential, identifier by identifier. All text is put in as text.
 */

import { asks } from "../alidade.js";
import { carrier, count, format, notice, plain, site, spaced, unread, verdict, withheld } from "./words.js";

/** @typedef {import("../alidade/extract.js").Extraction} Extraction */
/** @typedef {import("../alidade/mention.js").Mention} Mention */

/** The most candidates of an ambiguous answer that are shown. */
const MOST_CANDIDATES = 5;

/** The sites that are no keys to look up, and are not shown one by one. */
const HINTS = [
  "issuer",
  "creator",
  "criteria",
  "humanCode",
  "fieldOfStudy",
  "localReference",
  "skillName",
  "tag",
];
/** Those of them whose words are shown together. */
const NAMES = ["fieldOfStudy", "skillName", "tag"];

/**
 * What is shown of a badge that was read and asked about.
 *
 * @param {Extraction} extraction
 * @param {any[]} answers
 * @returns {Node[]}
 */
export function report(extraction, answers) {
  const byMention = new Map(answers.map((answer) => [answer.mention, answer]));
  const known = answers.filter((answer) => answer.resolution?.verdict === "resolved").length;
  const asked = asks(extraction).map(([, ask]) => ask);
  const summary =
    asked.length === 0
      ? "There is nothing in it that could be asked about."
      : `${count(known, "identifier")} of ${asked.length.toLocaleString("en")} known here.`;
  return [
    element("h2", { id: "report-title" }, "What the badge says"),
    element("p", {}, `${format(extraction.format)}, carried in ${carrier(extraction.carrier)}. ${summary}`),
    ...credentials(extraction, byMention),
    ...leftBehind(extraction),
    sent(asked, `What was sent: ${count(asked.length, "identifier")}`),
    element(
      "p",
      { className: "hint" },
      "The answers are about meaning, not verification: signature, expiry, revocation and the standing of the issuer were not checked.",
    ),
  ];
}

/**
 * What is shown where nothing could be read, or no answer came.
 *
 * @param {any} error
 * @returns {Node[]}
 */
export function problem(error) {
  const isOurs = typeof error?.code === "string" || error?.name === "ResolutionError";
  const words = isOurs ? `${error.message}.` : "Something went wrong in this page.";
  return [
    element("h2", { id: "report-title" }, error?.name === "ResolutionError" ? "No answer came" : "This cannot be read"),
    element("p", { className: "problem", role: "alert" }, words.charAt(0).toUpperCase() + words.slice(1)),
  ];
}

/**
 * What is, or would be, sent.
 *
 * @param {object[]} ids
 * @param {string} title
 */
export function sent(ids, title) {
  const body = JSON.stringify({ ids }, null, 2);
  return element("details", { id: "sent" }, element("summary", {}, title), element("pre", { tabIndex: 0 }, body));
}

/**
 * @param {Extraction} extraction
 * @param {Map<number, any>} answers
 * @returns {Node[]}
 */
function credentials(extraction, answers) {
  let start = 0;
  return extraction.credentials.map((credential, number) => {
    const mentions = extraction.mentions.slice(start, start + credential.mentions);
    const items = mentions.map((mention, at) => item(mention, answers.get(start + at)));
    start += credential.mentions;
    const title = credentialTitle(mentions, credential, extraction.credentials.length > 1 ? number + 1 : 0);
    const list = element("ul", { className: "mentions" }, ...items.filter((node) => node !== undefined), ...hints(mentions));
    const nothing = element("p", {}, "It names nothing that could be looked up.");
    const body = list.childElementCount > 0 ? list : nothing;
    return element("section", { className: "credential" }, title, ...issuer(mentions), body);
  });
}

/**
 * @param {Mention[]} mentions
 * @param {import("../alidade/extract.js").Outline} credential
 * @param {number} number The place of the credential among several; 0 where it is alone.
 */
function credentialTitle(mentions, credential, number) {
  const own = mentions.find((mention) => /^(achievementId|badgeClassId)$/.test(mention.site) && mention.targetName);
  const name = own?.targetName ?? "A credential without a name of its own";
  return element("h3", {}, `${number > 0 ? `${number}. ` : ""}${name} `, element("span", { className: "site" }, format(credential.format)));
}

/**
 * Who issued a credential, where that is an organization.
 *
 * @param {Mention[]} mentions
 */
function issuer(mentions) {
  const url = mentions.find((mention) => mention.site === "issuer")?.targetUrl;
  return url === undefined ? [] : [element("p", { className: "site" }, "Issued by ", link(url))];
}

/**
 * @param {Mention} mention
 * @param {any} answer
 * @returns {Node | undefined}
 */
function item(mention, answer) {
  if (HINTS.includes(mention.site)) {
    return undefined;
  }
  const given = mention.targetName ?? mention.targetCode ?? mention.targetUrl ?? "(held back)";
  const resolution = answer?.resolution;
  return element(
    "li",
    { className: "mention" },
    element("h4", {}, plain(given)),
    element("p", { className: "site" }, `In the badge: ${site(mention.site)}`, ...identifiers(mention)),
    ...(resolution === undefined ? [unasked(mention)] : resolved(resolution)),
  );
}

/** @param {Mention} mention */
function identifiers(mention) {
  const code = mention.targetCode === undefined ? [] : [" · code ", element("code", {}, mention.targetCode)];
  const framework = mention.targetFramework === undefined ? [] : [` · ${mention.targetFramework}`];
  const url = mention.targetUrl === undefined ? [] : [" · ", link(mention.targetUrl)];
  return [...url, ...code, ...framework];
}

/** @param {Mention} mention */
function unasked(mention) {
  const isHeldBack = mention.withheld !== undefined && mention.targetUrl === undefined && mention.targetCode === undefined;
  const reasons = (mention.withheld ?? []).map((reason) => withheld(reason, 1)).join(", ");
  const isName = mention.targetUrl === undefined && mention.targetCode === undefined;
  const coined = "It was not sent: the issuer made this identifier up, and it may differ for each learner.";
  const named = "It was not sent: a name alone identifies nothing.";
  const words = isHeldBack ? `It was held back: ${reasons}.` : isName ? named : coined;
  return element("p", {}, chip("not-asked", isHeldBack ? "Held back" : "Not asked"), words);
}

/**
 * @param {any} resolution
 * @returns {Node[]}
 */
function resolved(resolution) {
  const found = resolution.found ?? [];
  const isOne = resolution.verdict === "resolved" && found.length > 0;
  const shown = isOne ? [what(found[0])] : candidates(found);
  return [
    element("p", {}, chip(resolution.verdict, verdict(resolution.verdict)), sentence(resolution.reason)),
    ...shown,
    ...notices(resolution.notices ?? []),
  ];
}

/** @param {any} found */
function what(found) {
  const card = found.chosen?.card ?? {};
  const { resource = {}, framework, path = [] } = card;
  const statement = first(resource.statement) ?? first(resource.description);
  const label = first(resource.label) ?? first(resource.name) ?? first(resource.title);
  const subject = resource.identity?.subject;
  return element(
    "dl",
    {},
    ...row("is", [resource.class ?? resource.kind, resource.code].filter(Boolean).map(spacedWord).join(" ")),
    ...row("called", label),
    ...row("says", statement),
    ...row("under", path.map((step) => plain(step.label)).join(" › ")),
    ...row("framework", framework?.title),
    ...row("publisher", framework?.publisher ?? framework?.creator),
    ...standing(found.standing),
    ...(subject === undefined ? [] : [element("dt", {}, "address"), element("dd", {}, link(subject))]),
  );
}

/** @param {string} word */
function spacedWord(word) {
  return /^[a-z]+(?:[A-Z][a-z]+)*$/.test(word) ? spaced(word) : word;
}

/** @param {any} standing */
function standing(standing) {
  if (standing?.state === undefined) {
    return [];
  }
  const isCurrent = standing.state === "current";
  const state = element("span", { className: isCurrent ? "" : "status-note" }, spaced(standing.state));
  const next = (standing.successors ?? []).at(-1);
  return [
    element("dt", {}, "status"),
    element("dd", {}, state),
    ...row("now", next === undefined ? undefined : [next.code, next.label].filter(Boolean).join(" ")),
  ];
}

/** @param {any[]} found */
function candidates(found) {
  if (found.length === 0) {
    return [];
  }
  const items = found.slice(0, MOST_CANDIDATES).map(({ chosen }) => {
    const { resource = {}, framework } = chosen?.card ?? {};
    const label = first(resource.label) ?? first(resource.statement) ?? first(resource.name) ?? resource.identity?.subject;
    const words = [resource.code, label].filter(Boolean).join(" ");
    return element("li", {}, framework?.title ? `${plain(words)} (${framework.title})` : plain(words));
  });
  const more = found.length - items.length;
  const rest = more > 0 ? [element("li", {}, `and ${more} more`)] : [];
  return [element("p", {}, "It may be:"), element("ul", {}, ...items, ...rest)];
}

/** @param {any[]} list */
function notices(list) {
  if (list.length === 0) {
    return [];
  }
  const items = list.map(({ kind, text, given, published }) =>
    element(
      "li",
      {},
      element("strong", {}, `${notice(kind)}. `),
      sentence(text),
      ...(given === undefined ? [] : [element("br"), `The badge says: ${plain(String(given))}`]),
      ...(published === undefined ? [] : [element("br"), `Published: ${plain(String(published))}`]),
    ),
  );
  return [element("ul", { className: "notices" }, ...items)];
}

/**
 * The words in a badge that identify nothing, in one line.
 *
 * @param {Mention[]} mentions
 */
function hints(mentions) {
  const names = mentions.filter((mention) => NAMES.includes(mention.site)).flatMap((mention) => mention.targetName ?? []);
  if (names.length === 0) {
    return [];
  }
  const title = element("h4", {}, "Tags and names");
  const note = element("p", { className: "site" }, "Words alone identify nothing, and were not sent.");
  return [element("li", { className: "mention" }, title, element("p", {}, names.join(", ")), note)];
}

/**
 * What was not taken out of the badge, and why.
 *
 * @param {Extraction} extraction
 */
function leftBehind(extraction) {
  const kept = Object.entries(extraction.withheld).map(([reason, number]) => withheld(reason, number));
  const notRead = Object.entries(extraction.unread).map(([what, number]) => `${number} × ${unread(what)}`);
  const lines = [
    ...(kept.length > 0 ? [`Held back, and neither shown nor sent: ${kept.join("; ")}.`] : []),
    ...(notRead.length > 0 ? [`Recognised, but not read: ${notRead.join("; ")}.`] : []),
    ...(extraction.malformed > 0 ? [`${count(extraction.malformed, "place")} had nothing readable.`] : []),
  ];
  return lines.length === 0
    ? []
    : [element("section", { id: "left-behind" }, element("h2", {}, "Left behind"), ...lines.map((line) => element("p", {}, line)))];
}

/**
 * @param {string} name
 * @param {string | undefined} value
 */
function row(name, value) {
  return value === undefined || value === "" ? [] : [element("dt", {}, name), element("dd", {}, plain(value))];
}

/**
 * The first text of a map of languages, each with one text or several.
 *
 * @param {any} map
 * @returns {string | undefined}
 */
function first(map) {
  const value = typeof map === "string" ? map : Object.values(map ?? {}).flat()[0];
  return typeof value === "string" ? value : undefined;
}

/** @param {string | undefined} words */
function sentence(words) {
  const text = plain(words ?? "").replace(/`([^`]*)`/g, "“$1”");
  const end = /[.!?…]$/.test(text) ? "" : ".";
  return text === "" ? "" : text.charAt(0).toUpperCase() + text.slice(1) + end;
}

/**
 * @param {string} className
 * @param {string} words
 */
function chip(className, words) {
  return element("span", { className: `verdict ${className}` }, words);
}

/**
 * An address as a link, where it is one of the web.
 *
 * @param {string} address
 */
function link(address) {
  const isWeb = /^https?:\/\//i.test(address) && URL.canParse(address);
  const attributes = { href: address, rel: "noreferrer noopener", target: "_blank" };
  return isWeb ? element("a", attributes, address) : element("code", {}, address);
}

/**
 * @param {string} name
 * @param {Record<string, any>} [properties]
 * @param {...(Node | string)} children
 * @returns {any}
 */
function element(name, properties = {}, ...children) {
  const node = Object.assign(document.createElement(name), properties);
  node.append(...children);
  return node;
}
