/**
 * The results: a filter that is chosen with a pointer applies at once. With the keyboard it waits for the button, so that several can be
 * chosen and nobody is carried off.
 */

const filters = document.querySelector("#filters");

filters?.addEventListener("click", (event) => {
    // A click that comes from the keyboard has no count.
    if (event.target.matches("input[type=checkbox]") && event.detail > 0) {
        filters.requestSubmit();
    }
});

// Who comes back sees what the address says, and not what was clicked last.
addEventListener("pageshow", (event) => {
    if (event.persisted) {
        filters?.reset();
    }
});

export {};
