/**
 * Elements made by hand: all text is put in as text.
 */

/**
 * Makes an element. Properties with a hyphen, and `role`, become attributes.
 *
 * @param {string} name
 * @param {Record<string, any>} [properties]
 * @param {...(Node | string | undefined)} children
 * @returns {any}
 */
export function element(name, properties = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined) {
      continue;
    }
    if (key.includes("-") || key === "role" || key === "part" || key === "for") {
      node.setAttribute(key, String(value));
    } else {
      Object.assign(node, { [key]: value });
    }
  }
  node.append(...children.filter((child) => child !== undefined));
  return node;
}

/**
 * A link that leaves the page it stands on as it is. What is no address of the web is shown, and not linked.
 *
 * @param {string} address
 * @param {...(Node | string)} children What is read; the address itself where nothing is given.
 */
export function link(address, ...children) {
  const isWeb = /^https?:\/\//i.test(address) && URL.canParse(address);
  const isOurs = /^\/(?!\/)/.test(address);
  const shown = children.length > 0 ? children : [address];
  return isWeb || isOurs
    ? element("a", { href: address, rel: "noreferrer noopener", target: "_blank" }, ...shown)
    : element("code", {}, ...shown);
}

/**
 * Published words, which have a language and a direction of their own.
 *
 * @param {{text: string, language?: string | undefined}} published
 * @param {string} [name] The element they stand in.
 */
export function published({ text, language }, name = "span") {
  const isTag = language !== undefined && language !== "und" && /^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*$/.test(language);
  return element(name, { dir: "auto", lang: isTag ? language : undefined }, text);
}
