/**
 * The search box with its list: a [combobox with a listbox](https://www.w3.org/WAI/ARIA/apg/patterns/combobox/) in which the focus
 * stays in the box.
 */

import { name, statement } from "../shown/card.js";
import { element, published } from "../shown/nodes.js";
import { state, successor, title, where } from "./choice.js";
import { PickerError } from "./service.js";
import { words } from "./words.js";

/** How long somebody has to stop typing before it is asked. */
const PAUSE = 180;

/** The most characters of a search; a server takes more, and nobody types them. */
const LONGEST = 1000;

/** @typedef {import("./service.js").Hit} Hit */

/** The box, the list below it, and what is said about them. */
export class Combobox {
  /**
   * @param {object} doings
   * @param {(text: string, signal: AbortSignal) => Promise<{hits: Hit[], total: number}>} doings.search
   * @param {(hit: Hit) => void} doings.choose Takes what was picked, and says `forget` once it has it.
   */
  constructor({ search, choose }) {
    this.search = search;
    this.choose = choose;
    /** @type {Hit[]} */
    this.hits = [];
    this.active = -1;
    this.asking = new AbortController();
    this.timer = 0;
    this.label = element("label", { part: "label", for: "input" });
    this.input = element("input", {
      id: "input", part: "input", type: "text", role: "combobox", autocomplete: "off", spellcheck: false,
      "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": "list", "aria-describedby": "hint", autocapitalize: "off",
      maxLength: LONGEST,
    });
    this.hint = element("p", { id: "hint", part: "hint" }, words.hint);
    this.list = element("ul", { id: "list", part: "list", role: "listbox", "aria-label": words.list, hidden: true });
    this.status = element("p", { id: "status", part: "status", role: "status" });
    this.retry = () => {};
    this.again = element("button", { type: "button", id: "again", part: "button", hidden: true }, words.again);
    this.box = element("div", { part: "box" }, this.input, this.list);
    this.listen();
  }

  /** What it is made of, in order. */
  get nodes() {
    return [this.label, this.box, this.hint, this.status, this.again];
  }

  listen() {
    this.input.addEventListener("input", (/** @type {Event} */ event) => {
      // What is typed is nothing that was chosen.
      event.stopPropagation();
      this.stop();
      // What was found for other words is not picked by a key that was meant for these.
      this.activate(-1);
      this.timer = setTimeout(() => this.ask(), PAUSE);
    });
    this.input.addEventListener("change", (/** @type {Event} */ event) => event.stopPropagation());
    this.input.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => this.press(event));
    this.input.addEventListener("blur", () => this.close());
    // The focus stays in the box, or the list would close before it is clicked.
    this.list.addEventListener("mousedown", (/** @type {Event} */ event) => event.preventDefault());
    this.list.addEventListener("click", (/** @type {Event} */ event) => {
      const option = /** @type {Element} */ (event.target).closest("[role=option]");
      this.pick(option === null ? -1 : [...this.list.children].indexOf(option));
    });
    this.again.addEventListener("click", () => {
      this.input.focus();
      this.retry();
    });
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    if (event.isComposing) {
      return;
    }
    const isOpen = !this.list.hidden;
    const last = this.hits.length - 1;
    const moves = { ArrowDown: this.active >= last ? 0 : this.active + 1, ArrowUp: this.active <= 0 ? last : this.active - 1 };
    const to = moves[/** @type {keyof moves} */ (event.key)];
    if (to !== undefined) {
      event.preventDefault();
      if (isOpen && !event.altKey) {
        this.activate(to);
      } else if (isOpen) {
        this.close();
      } else if (last >= 0) {
        this.open(event.altKey ? -1 : to);
      } else {
        this.ask();
      }
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (isOpen && this.active >= 0) {
        this.pick(this.active);
      } else {
        this.ask();
      }
    } else if (event.key === "Escape" && (isOpen || this.input.value !== "")) {
      // What lies around it, such as a dialog, does not hear of it.
      event.preventDefault();
      event.stopPropagation();
      if (isOpen) {
        this.stop();
        this.close();
      } else {
        this.clear();
      }
    }
  }

  /** Asks what the words in the box find. */
  async ask() {
    this.stop();
    const text = this.input.value.trim();
    if (text === "") {
      this.show([], "");
      return;
    }
    this.asking = new AbortController();
    const { signal } = this.asking;
    this.say(words.searching);
    try {
      const { hits, total } = await this.search(text, signal);
      if (!signal.aborted) {
        this.show(hits, hits.length === 0 ? words.nothing(text) : words.found(hits.length, total));
      }
    } catch (error) {
      if (!signal.aborted) {
        this.show([], "");
        this.fail(error, () => this.ask());
      }
    }
  }

  /**
   * @param {Hit[]} hits
   * @param {string} said
   */
  show(hits, said) {
    this.hits = hits;
    this.list.replaceChildren(...hits.map(option));
    this.say(said);
    const isHere = this.input.getRootNode().activeElement === this.input;
    if (hits.length > 0 && isHere) {
      this.open(-1);
    } else {
      this.close();
    }
  }

  /** @param {number} active */
  open(active) {
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.activate(active);
  }

  close() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.activate(-1);
  }

  /** Ends what is asked, or about to be. */
  stop() {
    clearTimeout(this.timer);
    this.asking.abort();
    if (this.status.textContent === words.searching) {
      this.say("");
    }
  }

  /** Forgets what was typed and found. */
  clear() {
    this.stop();
    this.input.value = "";
    this.show([], "");
  }

  /** Takes back what was said of something that was chosen; what was said of a list that is open still holds. */
  settle() {
    if (this.list.hidden) {
      this.say("");
    }
  }

  /**
   * Forgets what was typed and found, unless somebody has gone on since.
   *
   * @param {string} typed What stood in the box then.
   */
  forget(typed) {
    if (this.list.hidden && this.input.value === typed) {
      this.clear();
    }
  }

  /** @param {number} at */
  activate(at) {
    this.active = at;
    [...this.list.children].forEach((option, number) => {
      option.setAttribute("aria-selected", String(number === at));
      option.part.toggle("active", number === at);
    });
    const option = this.list.children[at];
    if (option === undefined) {
      this.input.removeAttribute("aria-activedescendant");
    } else {
      this.input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    }
  }

  /** @param {number} at */
  pick(at) {
    const hit = this.hits[at];
    if (hit !== undefined) {
      // The words stay until it is taken: where that fails, nothing is lost.
      this.stop();
      this.close();
      this.choose(hit);
    }
  }

  /**
   * Says why there is no answer, and offers to try again where that may help.
   *
   * @param {unknown} error
   * @param {() => void} retry
   */
  fail(error, retry) {
    const isOurs = error instanceof PickerError;
    this.say(isOurs ? error.message : words.strange, isOurs && !error.mayPass ? undefined : retry);
  }

  /**
   * @param {string} text
   * @param {() => void} [retry] Tries again what did not work.
   */
  say(text, retry) {
    this.status.textContent = text;
    this.again.hidden = retry === undefined;
    this.retry = retry ?? this.retry;
  }
}

/**
 * @param {Hit} hit
 * @param {number} number
 */
function option({ card, standing }, number) {
  const said = statement(card);
  const isMore = said !== undefined && said.text !== name(card).text;
  const next = successor(standing);
  const word = state(standing);
  const { language } = name(card);
  return element(
    "li",
    { id: `option-${number}`, part: "option", role: "option", "aria-selected": "false" },
    element("div", { part: "option-name" }, published({ text: title(card), language }), ...(word === undefined ? [] : [" ", element("span", { part: "state" }, word)])),
    ...(isMore ? [element("div", { part: "option-statement" }, published(said))] : []),
    element("div", { part: "option-where", dir: "auto" }, where(card)),
    ...(next === undefined ? [] : [element("div", { part: "option-where" }, words.successor(next))]),
  );
}
