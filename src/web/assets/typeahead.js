/**
 * Completes what is typed into a box, as a combobox with a listbox
 * (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/). Where nothing answers, the box is a plain field of a form.
 *
 * `complete` asks and shows nothing; whoever wants another list asks with it.
 */

/**
 * A resource of a label.
 * @typedef {{key: string, id: string, kind: string, code?: string, framework?: string}} Completed
 */

/**
 * A label that goes on as the text begins. Spans count Unicode code points.
 * @typedef {{label: string, spans: {from: number, to: number}[], resources: Completed[], count: number}} Completion
 */

/** How long nobody types before it is asked, in milliseconds. */
const PAUSE = 150;

/** The most characters that are completed; what is longer is no beginning of a label. */
const LONGEST = 100;

/** How many completions are shown. */
const LIMIT = 8;

let nLists = 0;

/**
 * Asks how a text may go on.
 *
 * @param {string} text
 * @param {{limit?: number, filters?: [string, string][], base?: string, signal?: AbortSignal}} [options] `base` is where the service is.
 * @returns {Promise<Completion[]>} None where the service does not answer.
 */
export async function complete(text, options = {}) {
    const { limit = LIMIT, filters = [], base = "", signal } = options;
    const query = new URLSearchParams([["q", text], ["limit", String(limit)], ...filters]);
    try {
        const response = await fetch(`${base}/v1/autocomplete?${query}`, { signal, credentials: "omit", referrerPolicy: "no-referrer" });
        return response.ok ? (await response.json()).completions : [];
    } catch {
        return [];
    }
}

/**
 * Whether a text is rather a credential, or a part of one, which belongs to nobody but its holder and is not sent.
 *
 * @param {string} text
 */
export function looksLikeCredential(text) {
    const begins = text.trimStart();
    return /^[{[<]/u.test(begins) || /^(eyJ|iVBOR|data:|VP1-)/u.test(begins);
}

/**
 * The address of the page about a resource.
 *
 * @param {Completed} resource
 */
export function pageOf(resource) {
    const short = /^(?:guid:([0-9a-f-]{36})|ctid:(ce-[0-9a-f-]{36}))$/u.exec(resource.key);
    const name = short?.[1] ?? short?.[2] ?? encodeURIComponent(resource.id);
    return resource.kind === "framework" ? `/frameworks/${name}` : `/r/${name}`;
}

/**
 * Puts a label into an element, with what was met in `mark`.
 *
 * @param {HTMLElement} element
 * @param {Completion} completion
 */
export function mark(element, { label, spans }) {
    const characters = Array.from(label);
    let at = 0;
    for (const { from, to } of spans) {
        const met = document.createElement("mark");
        met.textContent = characters.slice(from, to).join("");
        element.append(characters.slice(at, from).join(""), met);
        at = to;
    }
    element.append(characters.slice(at).join(""));
}

/**
 * Completes what is typed into an input of a form.
 *
 * @param {HTMLInputElement} input
 */
export function typeahead(input) {
    const words = document.body.dataset;
    const list = document.createElement("ul");
    list.id = `completions-${(nLists += 1)}`;
    list.className = "completions";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", words.typeaheadList);
    list.hidden = true;
    const status = document.createElement("p");
    status.className = "unseen";
    status.setAttribute("role", "status");
    input.after(list);
    input.form.append(status);
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", list.id]]) {
        input.setAttribute(name, value);
    }

    /** @type {Completion[]} */
    let shown = [];
    let chosen = -1;
    let timer = 0;
    let asking = new AbortController();

    const choose = (at) => {
        chosen = at;
        for (const [number, option] of [...list.children].entries()) {
            option.setAttribute("aria-selected", String(number === at));
        }
        const option = list.children[at];
        if (option === undefined) {
            input.removeAttribute("aria-activedescendant");
        } else {
            input.setAttribute("aria-activedescendant", option.id);
            option.scrollIntoView({ block: "nearest" });
        }
    };

    const close = () => {
        clearTimeout(timer);
        asking.abort();
        shown = [];
        choose(-1);
        list.replaceChildren();
        list.hidden = true;
        input.setAttribute("aria-expanded", "false");
    };

    const option = (completion, number) => {
        const element = document.createElement("li");
        element.id = `${list.id}-${number}`;
        element.setAttribute("role", "option");
        element.setAttribute("aria-selected", "false");
        const label = document.createElement("span");
        label.dir = "auto";
        mark(label, completion);
        const [first] = completion.resources;
        const place = document.createElement("span");
        place.className = "quiet";
        place.dir = "auto";
        place.textContent = completion.count > 1
            ? words.typeaheadSame.replace("{n}", String(completion.count))
            : [first?.code, first?.framework].filter((text) => text !== undefined).join(" · ");
        element.append(label, " ", place);
        return element;
    };

    const show = (completions) => {
        shown = completions;
        list.replaceChildren(...completions.map(option));
        choose(-1);
        list.hidden = completions.length === 0;
        input.setAttribute("aria-expanded", String(!list.hidden));
        status.textContent = words.typeaheadCount.replace("{n}", String(completions.length));
    };

    const ask = async (text) => {
        asking.abort();
        asking = new AbortController();
        const { signal } = asking;
        const completions = await complete(text, { signal });
        // Whoever went on typing, or away, does not want these.
        if (!signal.aborted && document.activeElement === input) {
            show(completions);
        }
    };

    const go = (completion) => {
        close();
        if (completion.count === 1 && completion.resources.length === 1) {
            location.assign(pageOf(completion.resources[0]));
        } else {
            input.value = completion.label;
            input.form.requestSubmit();
        }
    };

    input.addEventListener("input", () => {
        clearTimeout(timer);
        asking.abort();
        // What was found for other words is not chosen by a key that was meant for these.
        choose(-1);
        const text = input.value.trim();
        input.setCustomValidity("");
        if (text === "" || text.length > LONGEST || looksLikeCredential(text)) {
            close();
        } else {
            timer = setTimeout(ask, PAUSE, text);
        }
    });

    input.addEventListener("keydown", (event) => {
        // While a word of another script is composed, keys are about that.
        if (event.isComposing || event.ctrlKey || event.metaKey) {
            return;
        }
        if (event.key === "Escape") {
            if (!list.hidden) {
                event.preventDefault();
            }
            close();
        } else if (event.key === "Enter" && shown[chosen] !== undefined) {
            event.preventDefault();
            go(shown[chosen]);
        } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
            event.preventDefault();
            if (list.hidden && input.value.trim() !== "" && !looksLikeCredential(input.value)) {
                void ask(input.value.trim());
            } else if (shown.length > 0) {
                // Between the last and the first stands what was typed.
                const step = event.key === "ArrowDown" ? 1 : -1;
                const n = shown.length + 1;
                choose(((chosen + 1 + step + n) % n) - 1);
            }
        } else if (event.key === "Tab") {
            close();
        }
    });

    input.addEventListener("blur", close);
    // The focus stays in the box.
    list.addEventListener("pointerdown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
        const at = [...list.children].findIndex((element) => element.contains(event.target));
        if (shown[at] !== undefined) {
            go(shown[at]);
        }
    });

    input.form.addEventListener("submit", (event) => {
        close();
        // A badge is read where it is, and no part of it stands in an address.
        if (looksLikeCredential(input.value)) {
            event.preventDefault();
            input.setCustomValidity(words.typeaheadBadge);
            input.reportValidity();
            status.textContent = words.typeaheadBadge;
        }
    });
}
