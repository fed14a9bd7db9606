/**
 * `<alidade-picker>`: a search box for a form, whose value is the alignment that was chosen.
 */

import { element } from "../shown/nodes.js";
import { chosen, given, title } from "./choice.js";
import { Combobox } from "./combobox.js";
import { preview } from "./preview.js";
import { Service } from "./service.js";
import { style } from "./style.js";
import { Target } from "./target.js";
import { words } from "./words.js";

/** @typedef {import("./choice.js").Choice} Choice */

/** The properties that a page may set before the element is known. How many there may be comes before which. */
const PROPERTIES = ["multiple", "required", "disabled", "name", "type", "form", "value", "alignment"];

/** A search box for competencies and credentials, as a control of a form. */
export class AlidadePicker extends HTMLElement {
  static formAssociated = true;
  static observedAttributes = ["label", "placeholder", "required", "disabled", "multiple", "value", "server"];

  /** What it says; see `picker.js`. */
  static get words() {
    return words;
  }

  /** @param {Partial<typeof words>} own Those that are left out stay as they are. */
  static set words(own) {
    Object.assign(words, own);
  }

  #internals = this.attachInternals();
  #root = this.attachShadow({ mode: "open", delegatesFocus: true });
  /** @type {Choice[]} */
  #choices = [];
  /** Raised by whatever is newer than what was asked for before; what comes back of that is then dropped. */
  #turn = 0;
  #isDisabled = false;
  #target = new Target();
  #combobox = new Combobox({
    search: (text, signal) => this.#search(text, signal),
    choose: (hit) => this.#choose(hit),
  });
  #chosen = element("div", { part: "chosen", role: "group", "aria-label": words.chosen });

  constructor() {
    super();
    this.#root.adoptedStyleSheets = [style];
    // Our words have a language of their own, whatever is written around them.
    this.#root.append(element("div", { part: "picker", lang: words.lang }, ...this.#combobox.nodes, this.#chosen));
    // The page may have named it since.
    this.addEventListener("focusin", () => this.#name());
  }

  connectedCallback() {
    this.#upgrade();
    this.#name();
    this.#update();
    this.#fill();
    if (document.readyState === "loading") {
      // The field may stand further down.
      document.addEventListener("DOMContentLoaded", () => this.#fill(), { once: true });
    }
  }

  /**
   * @param {string} name
   * @param {string | null} _before
   * @param {string | null} now
   */
  attributeChangedCallback(name, _before, now) {
    if (name === "value") {
      this.value = now ?? "";
    } else if (name === "placeholder") {
      this.#combobox.input.placeholder = now ?? "";
    } else if (name === "label") {
      this.#name();
    } else {
      this.#update();
    }
  }

  formResetCallback() {
    this.#combobox.clear();
    this.value = this.getAttribute("value") ?? "";
  }

  /** @param {boolean} isDisabled */
  formDisabledCallback(isDisabled) {
    this.#isDisabled = isDisabled;
    this.#update();
  }

  /** @param {string} state */
  formStateRestoreCallback(state) {
    this.value = state;
  }

  // Frameworks set a property wherever there is one: each can be set, and stands for its attribute.
  get form() {
    return this.#internals.form;
  }

  set form(id) {
    this.#reflect("form", id);
  }

  get name() {
    return this.getAttribute("name") ?? "";
  }

  set name(text) {
    this.#reflect("name", text);
  }

  /** What kind of control this is; an attribute does not change it. */
  get type() {
    return this.localName;
  }

  set type(text) {
    this.#reflect("type", text);
  }

  get required() {
    return this.hasAttribute("required");
  }

  set required(is) {
    this.toggleAttribute("required", Boolean(is));
  }

  get disabled() {
    return this.hasAttribute("disabled");
  }

  set disabled(is) {
    this.toggleAttribute("disabled", Boolean(is));
  }

  get multiple() {
    return this.hasAttribute("multiple");
  }

  set multiple(are) {
    this.toggleAttribute("multiple", Boolean(are));
  }

  get validity() {
    return this.#internals.validity;
  }

  get validationMessage() {
    return this.#internals.validationMessage;
  }

  checkValidity() {
    return this.#internals.checkValidity();
  }

  reportValidity() {
    return this.#internals.reportValidity();
  }

  /** What was chosen: an alignment or `null`; a list of alignments where several may be chosen. */
  get alignment() {
    const alignments = this.#choices.map(({ alignment }) => alignment);
    return this.multiple ? alignments : (alignments[0] ?? null);
  }

  set alignment(alignment) {
    this.value = alignment === null || alignment === undefined ? "" : JSON.stringify(alignment);
  }

  /** The same as JSON; nothing where nothing is chosen. */
  get value() {
    return this.#choices.length === 0 ? "" : JSON.stringify(this.alignment);
  }

  /** Takes an alignment as JSON, a list of them, or the identifier of a resource. */
  set value(text) {
    this.#turn += 1;
    this.#combobox.settle();
    const trimmed = String(text ?? "").trim();
    const isIdentifier = trimmed !== "" && !/^[[{]/.test(trimmed);
    // Until it is known what an identifier names, nothing is chosen.
    const alignments = isIdentifier ? [] : read(trimmed);
    this.#choices = alignments.slice(0, this.multiple ? undefined : 1).map(given);
    this.#update();
    this.#fill();
    if (isIdentifier) {
      this.#adopt(trimmed, this.#turn);
    }
  }

  get #service() {
    return new Service(this.getAttribute("server"));
  }

  /**
   * @param {string} text
   * @param {AbortSignal} signal
   */
  async #search(text, signal) {
    const list = (/** @type {string} */ name, /** @type {string} */ otherwise) =>
      (this.getAttribute(name) ?? otherwise).split(/[\s,]+/).filter((word) => word !== "" && word !== "any");
    const question = { text, kinds: list("kind", "competency"), frameworks: list("framework", ""), lang: this.getAttribute("lang") };
    return this.#service.search(question, signal);
  }

  /**
   * Takes what was picked. Of several, none waits for another; of one, the last that was picked counts.
   *
   * @param {import("./service.js").Hit} hit
   */
  async #choose(hit) {
    if (!this.multiple) {
      this.#turn += 1;
    }
    const key = hit.card.resource?.identity?.key ?? "";
    const typed = this.#combobox.input.value;
    const again = () => this.#choose(hit);
    this.#combobox.say(words.fetching(title(hit.card)));
    await this.#ask(key, { turn: this.#turn, again }, (alignment) => {
      this.#combobox.forget(typed);
      this.#take(chosen(hit, alignment));
    });
  }

  /** @param {Choice} choice */
  #take(choice) {
    const text = JSON.stringify(choice.alignment);
    if (this.#choices.some((other) => JSON.stringify(other.alignment) === text)) {
      this.#combobox.say(words.already(choice.name));
      return;
    }
    this.#choices = this.multiple ? [...this.#choices, choice] : [choice];
    this.#combobox.say(words.picked(choice.name));
    this.#tell();
  }

  /**
   * Takes the resource of an identifier, as if it had been chosen.
   *
   * @param {string} id
   * @param {number} turn
   */
  async #adopt(id, turn) {
    const again = () => this.#adopt(id, this.#turn);
    await this.#ask(id, { turn, again }, (alignment) => {
      this.#combobox.settle();
      // Among several, others may have been chosen while it was asked for.
      this.#choices = [given(alignment), ...(this.multiple ? this.#choices : [])];
      this.#update();
      this.#fill();
    });
  }

  /**
   * Asks for an alignment, and takes it unless something newer came in between.
   *
   * @param {string} id
   * @param {{turn: number, again: () => void}} when
   * @param {(alignment: any) => void} take
   */
  async #ask(id, { turn, again }, take) {
    let done;
    try {
      const alignment = await this.#service.alignment(id, this.getAttribute("format") ?? "ob3");
      done = () => take(alignment);
    } catch (error) {
      done = () => this.#combobox.fail(error, again);
    }
    if (turn === this.#turn) {
      done();
    }
  }

  /** @param {Choice} choice */
  #remove(choice) {
    this.#choices = this.#choices.filter((other) => other !== choice);
    this.#combobox.say(words.removed(choice.name));
    this.#tell();
    this.#combobox.input.focus();
  }

  /**
   * The address of a path on the server; nothing where there is none.
   *
   * @param {string} path
   */
  #address(path) {
    try {
      return this.#service.address(path).href;
    } catch {
      return "";
    }
  }

  /** Tells the form and everybody who listens what is chosen now. */
  #tell() {
    this.#update();
    this.#fill();
    for (const name of ["input", "change"]) {
      this.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true, detail: this.alignment }));
    }
  }

  /** Writes what is chosen into the field of the page that `target` names. */
  #fill() {
    this.#target.fill(this, this.value);
  }

  /**
   * Gives an attribute the value of its property.
   *
   * @param {string} name
   * @param {unknown} value
   */
  #reflect(name, value) {
    if (value === null || value === undefined) {
      this.removeAttribute(name);
    } else {
      this.setAttribute(name, String(value));
    }
  }

  /** Takes up the properties that were set while it was an element like any other. */
  #upgrade() {
    for (const name of PROPERTIES.filter((name) => Object.hasOwn(this, name))) {
      const value = /** @type {any} */ (this)[name];
      delete /** @type {any} */ (this)[name];
      /** @type {any} */ (this)[name] = value;
    }
  }

  /** Names the box as the page does, where it says nothing else. */
  #name() {
    const labels = [...this.#internals.labels].map((label) => label.textContent?.trim() ?? "").join(" ");
    const own = this.getAttribute("label");
    const { label, input } = this.#combobox;
    label.textContent = own ?? words.label;
    label.hidden = own === null && labels !== "";
    if (label.hidden) {
      input.setAttribute("aria-label", labels);
    } else {
      input.removeAttribute("aria-label");
    }
  }

  #update() {
    const { input } = this.#combobox;
    const isDisabled = this.#isDisabled || this.disabled;
    const isMissing = this.required && this.#choices.length === 0;
    input.disabled = isDisabled;
    // What must be there is what is chosen, and not what is typed.
    input.setAttribute("aria-required", String(this.required));
    this.#internals.setFormValue(this.value === "" ? null : this.value);
    this.#internals.setValidity(isMissing ? { valueMissing: true } : {}, isMissing ? words.required : "", input);
    this.#chosen.setAttribute("aria-label", this.multiple ? words.chosenSeveral : words.chosen);
    this.#chosen.hidden = this.#choices.length === 0;
    const around = {
      address: (/** @type {string} */ path) => this.#address(path),
      isDisabled,
      say: (/** @type {string} */ text) => this.#combobox.say(text),
    };
    const shown = this.#choices.map((choice) => preview(choice, { ...around, remove: () => this.#remove(choice) }));
    this.#chosen.replaceChildren(...shown);
  }
}

/**
 * The alignments of a text of JSON; none where it is something else.
 *
 * @param {string} text
 * @returns {any[]}
 */
function read(text) {
  try {
    const alignments = text === "" ? [] : [JSON.parse(text)].flat();
    return alignments.filter((alignment) => typeof alignment === "object" && alignment !== null);
  } catch {
    return [];
  }
}
