/**
 * A field of the page around the picker, into which the alignment is written.
 */

/** The field that the attribute `target` names. */
export class Target {
  #written = "";

  /**
   * Writes into the field, and tells it. What somebody else wrote there is not taken away.
   *
   * @param {HTMLElement} picker
   * @param {string} json
   */
  fill(picker, json) {
    const id = picker.getAttribute("target");
    const root = /** @type {Document | ShadowRoot} */ (picker.getRootNode());
    const field = id === null ? null : root.getElementById?.(id);
    if (!(field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement)) {
      return;
    }
    if (json === "" && field.value !== this.#written) {
      return;
    }
    const isLong = field instanceof HTMLTextAreaElement && json !== "";
    const text = isLong ? JSON.stringify(JSON.parse(json), null, 2) : json;
    const isNews = field.value !== text;
    field.value = text;
    this.#written = field.value;
    // A page that hands the words of the field back to the picker would go round in a circle.
    if (!isNews) {
      return;
    }
    for (const name of ["input", "change"]) {
      field.dispatchEvent(new Event(name, { bubbles: true }));
    }
  }
}
