/**
 * One thing that a badge points to, told in sentences.
 */

import { isOwn } from "../alidade/site.js";
import { credentialClass, kind, lastDay, name, page, pageOf, plain, short, statement } from "../shown/card.js";
import { element, link, published } from "../shown/nodes.js";
import { guesses } from "./guesses.js";
import { notices } from "./notices.js";
import { words } from "./words.js";

const { entry: texts } = words;

/** The most equivalents that are named. */
const MOST_EQUIVALENTS = 3;

/**
 * @param {import("./entries.js").Entry} entry
 * @param {"h3" | "h4" | "summary"} heading What its name stands in; what a summary stands over is folded.
 * @returns {HTMLElement}
 */
export function tell(entry, heading) {
  const className = `mention ${entry.isDoubtful ? "doubtful" : "calm"}`;
  const body = [...sentences(entry), place(entry)];
  const named = element(heading, {}, title(entry), " ", chip(entry));
  return element(heading === "summary" ? "details" : "article", { className }, named, ...body);
}

/** @param {import("./entries.js").Entry} entry */
function title({ found, mention }) {
  if (found === undefined) {
    const given = mention.targetName ?? mention.targetCode ?? mention.targetUrl ?? texts.heldBack;
    return published({ text: short(plain(given)) });
  }
  const card = found.chosen?.card ?? {};
  const { text, language } = name(card);
  return published({ text: short([card.resource?.code, text].filter(Boolean).join(" ")), language });
}

/** @param {import("./entries.js").Entry} entry */
function chip({ mention, resolution, found }) {
  if (resolution === undefined) {
    const label = isHeldBack(mention) ? texts.chips.heldBack : texts.chips.notAsked;
    return element("span", { className: "verdict not-asked" }, label);
  }
  const state = found?.standing?.state ?? "current";
  const label = found === undefined ? words.verdict(resolution.verdict) : words.state(state);
  return element("span", { className: `verdict ${resolution.verdict} ${found === undefined ? "" : state}` }, label);
}

/**
 * @param {import("./entries.js").Entry} entry
 * @returns {Node[]}
 */
function sentences({ mention, resolution, found, isAgain }) {
  if (resolution === undefined) {
    return [element("p", {}, unasked(mention))];
  }
  if (found === undefined) {
    // Nothing can be guessed from a code alone.
    const told = mention.targetName === undefined ? { ...resolution, suggestions: [] } : resolution;
    return [...guesses(told), ...notices(resolution.notices ?? [])];
  }
  const card = found.chosen?.card ?? {};
  if (isAgain) {
    return [element("p", {}, texts.again(noun(card)), nameOf(card), texts.end), ...notices(resolution.notices ?? [])];
  }
  return [
    what(card),
    ...meaning(card),
    ...path(card),
    standing(card, found.standing ?? {}),
    ...equivalents(resolution.equivalents ?? [], card),
    ...notices(resolution.notices ?? []),
    element("p", {}, link(pageOf(card), texts.more(card.resource?.code ?? short(name(card).text)))),
    evidence(found.evidence),
  ];
}

/** @param {any} card */
function noun(card) {
  const own = credentialClass(card);
  return own === undefined || own === "Credential" ? words.noun(kind(card), 1) : words.spaced(own);
}

/** @param {any} card */
function nameOf(card) {
  const { text, language } = name(card);
  return published({ text: short([card.resource?.code, text].filter(Boolean).join(" ")), language });
}

/** @param {any} card */
function what(card) {
  const { resource = {}, framework } = card;
  const isOwn = framework?.key === resource.identity?.key;
  const code = resource.code === undefined ? [] : [texts.code, element("strong", { dir: "auto" }, resource.code)];
  const whole = framework?.title === undefined || isOwn ? [] : [texts.in, link(page(framework.key, "framework"), framework.title)];
  const publisher = framework?.publisher ?? framework?.creator;
  const by = publisher === undefined ? "" : texts.by(publisher);
  const sentence = element("p", {}, texts.is(noun(card)), ...code, ...whole, by);
  // A name may end with a full stop itself.
  if (!sentence.textContent?.endsWith(texts.end)) {
    sentence.append(texts.end);
  }
  return sentence;
}

/**
 * What it says, where that is more than its name.
 *
 * @param {any} card
 */
function meaning(card) {
  const said = statement(card);
  return said === undefined || said.text === name(card).text ? [] : [published(said, "blockquote")];
}

/** @param {any} card */
function path(card) {
  const steps = card.path ?? [];
  const links = steps.flatMap((/** @type {any} */ step, /** @type {number} */ at) => [
    ...(at === 0 ? [] : [texts.between]),
    link(page(step.key), unended(step.label ?? step.code ?? step.key)),
  ]);
  return links.length === 0 ? [] : [element("p", { className: "place" }, texts.stands, ...links, texts.end)];
}

/**
 * A text that goes on in the middle of a sentence.
 *
 * @param {string} text
 */
function unended(text) {
  return plain(text).replace(/\.$/, "");
}

/**
 * @param {any} card
 * @param {any} standing
 */
function standing(card, { state = "current", reasons = [], successors = [], asOf = "" }) {
  const day = lastDay(card)?.slice(0, 10);
  const next = successors.at(-1);
  const isTold = day === undefined || reasons.some((/** @type {string} */ reason) => reason.includes(day));
  const ended = isTold ? "" : day < asOf ? texts.ended(day) : texts.ends(day);
  // What takes its place is named, with a way there, at the end.
  const others = reasons.filter((/** @type {string} */ reason) => next === undefined || !reason.endsWith(" in its place"));
  const why = others.map((/** @type {string} */ reason) => ` ${words.sentence(words.dated(plain(reason)))}`);
  return element(
    "p",
    {},
    element(state === "current" ? "span" : "strong", { className: state === "current" ? "" : "status-note" }, words.standing(state)),
    ended,
    ...why,
    ...(next === undefined ? [] : [" ", texts.next, step(next), texts.end]),
  );
}

/** @param {any} step */
function step({ key, code, label }) {
  return link(page(key), unended([code, label].filter(Boolean).join(" ") || key));
}

/**
 * @param {any[]} crossings
 * @param {any} card
 */
function equivalents(crossings, card) {
  const reached = crossings.flatMap(({ reached, hops }) => reached ?? target(hops?.at(-1)?.to) ?? []);
  if (reached.length === 0) {
    return [];
  }
  const named = reached.slice(0, MOST_EQUIVALENTS).flatMap((other, at) => [
    ...(at === 0 ? [] : ["; "]),
    step({ ...other, label: short(other.label ?? "") }),
    ...(other.framework === undefined ? [] : [`${texts.in}${other.framework}`]),
  ]);
  const more = reached.length - MOST_EQUIVALENTS;
  const all = more > 0 ? [texts.rest(more), texts.see, link(`${pageOf(card)}#equivalents`, texts.elsewhere)] : [];
  return [element("p", {}, texts.equivalent(reached.length), ...named, ...all, texts.end)];
}

/**
 * What lies at the end of a way, where it is not held here.
 *
 * @param {any} to
 */
function target(to) {
  return to?.key === undefined ? undefined : { key: to.key, code: to.code, label: to.title ?? to.uri };
}

/** @param {any} evidence */
function evidence(evidence) {
  const { rung = "", source = "", retrieved, issuer } = evidence ?? {};
  return element("p", { className: "site" }, texts.found(words.rung(rung), source, retrieved), words.issuer(issuer));
}

/** @param {import("../alidade/mention.js").Mention} mention */
function isHeldBack({ withheld, targetUrl, targetCode }) {
  return withheld !== undefined && targetUrl === undefined && targetCode === undefined;
}

/** @param {import("../alidade/mention.js").Mention} mention */
function unasked(mention) {
  if (isHeldBack(mention)) {
    return texts.withheld((mention.withheld ?? []).map((reason) => words.withheld(reason, 1)));
  }
  if (mention.targetUrl === undefined && mention.targetCode === undefined) {
    return texts.named;
  }
  return isOwn(mention.site) ? texts.coined : texts.relative;
}

/**
 * Where it stands in the badge, and as what.
 *
 * @param {import("./entries.js").Entry} entry
 */
function place({ mention }) {
  const { site, targetName, targetCode, targetFramework, targetUrl } = mention;
  return element(
    "p",
    { className: "site" },
    texts.inBadge(words.site(site)),
    ...(targetName === undefined ? [] : [texts.withName, published({ text: short(plain(targetName)) }, "q")]),
    ...(targetCode === undefined ? [] : [texts.withCode, element("code", {}, targetCode)]),
    ...(targetFramework === undefined ? [] : [texts.withFramework(plain(targetFramework))]),
    ...(targetUrl === undefined ? [] : [texts.withAddress, link(targetUrl)]),
    texts.end,
  );
}
