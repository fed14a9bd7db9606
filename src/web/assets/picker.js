/**
 * A search box for anybody's badge form, which hands back an alignment that is ready to be pasted.
 *
 * ```html
 * <script type="module" src="https://alidade.example/picker.js"></script>
 * <form>
 *   <alidade-picker name="alignment" format="ob3" required></alidade-picker>
 * </form>
 * ```
 *
 * Attributes: `format` (`ob3`, `ob2`, `ctdl`), `kind` (`competency` unless others are named, with spaces between; `any`), `framework`
 * (identifiers, with spaces between), `lang`, `server`, `label`, `placeholder`, `value`, `multiple`, `name`, `required`, `disabled`, and
 * `target`, the `id` of a field that is filled. Events: `input` and `change`, whose `detail` is the alignment. Nothing that is asked
 * for is about a learner. The page needs the server in `script-src` and `connect-src` of its policy, and nothing else.
 *
 * A page in another language gives its own words before the element is defined; those it leaves out stay English. `words.js` beside the
 * element has all of them:
 *
 * ```html
 * <script type="module">
 *   import { AlidadePicker } from "https://alidade.example/picker/element.js";
 *   AlidadePicker.words = { lang: "es", label: "Buscar una competencia", found: (shown, total) => `${shown} de ${total}.` };
 *   await import("https://alidade.example/picker.js");
 * </script>
 * ```
 */

import { AlidadePicker } from "./picker/element.js";

export { AlidadePicker };

if (customElements.get("alidade-picker") === undefined) {
  customElements.define("alidade-picker", AlidadePicker);
}
