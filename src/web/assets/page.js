/**
 * What every page does where scripts run: the boxes complete what is typed.
 */

import { typeahead } from "./typeahead.js";

for (const input of document.querySelectorAll("input[data-typeahead]")) {
    typeahead(input);
}
