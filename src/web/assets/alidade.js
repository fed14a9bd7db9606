/**
 * Alidade in the browser: what a badge says about definitions, read where the badge is, and what that means.
 *
 * ```js
 * import { asks, extract, resolve } from "https://alidade.example/alidade.js";
 *
 * const extraction = await extract(file);     // nothing is sent
 * console.table(asks(extraction));            // what would be sent
 * const answers = await resolve(extraction);  // identifiers go to the server, and nothing else
 * ```
 *
 * The module has no dependencies and needs no build: the files are readable as they are served. It verifies no signature,
 * loads no context, follows no address in a badge, and keeps nothing.
 */

export { asks } from "./alidade/ask.js";
export { ExtractionError } from "./alidade/error.js";
export { extract } from "./alidade/extract.js";
export { ResolutionError, requests, resolve } from "./alidade/resolve.js";
