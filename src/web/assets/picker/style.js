/**
 * How the picker looks, unless the page around it says otherwise: by the custom properties `--alidade-…`, and by `::part(…)`.
 *
 * A sheet that is made by a script is no inline style, so that the strictest policy lets it pass.
 */

const SHEET = `
:host {
  --ink: var(--alidade-ink, light-dark(#1d2126, #e8e8e4));
  --ground: var(--alidade-ground, light-dark(#ffffff, #1e2125));
  --quiet: var(--alidade-quiet, light-dark(#5a6169, #a4abb3));
  --line: var(--alidade-line, light-dark(#8a9199, #6b737c));
  --accent: var(--alidade-accent, light-dark(#1f4f8f, #9cc3f5));
  --tint: var(--alidade-tint, light-dark(#e6eef9, #2b3646));
  --doubt: var(--alidade-doubt, light-dark(#8a5300, #f0bd6b));
  --round: var(--alidade-round, 0.4rem);
  display: block;
  color: var(--ink);
  font: var(--alidade-font, inherit);
  line-height: 1.45;
  overflow-wrap: anywhere;
}
:host([hidden]) { display: none; }
* { box-sizing: border-box; }
[hidden] { display: none !important; }
p { margin: 0.25rem 0; }
label { display: block; margin-bottom: 0.25rem; font-weight: 600; }
[part~="box"] { position: relative; }
input {
  width: 100%;
  padding: 0.5rem 0.65rem;
  border: 1px solid var(--line);
  border-radius: var(--round);
  background: var(--ground);
  color: inherit;
  font: inherit;
}
input:disabled, button:disabled { opacity: 0.6; cursor: not-allowed; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
[part~="hint"], [part~="status"] { color: var(--quiet); font-size: 0.9em; }
[part~="status"]:empty { margin: 0; }
[part~="list"] {
  position: absolute;
  z-index: 10;
  inset-inline: 0;
  max-height: 24rem;
  margin: 0.15rem 0 0;
  padding: 0.25rem;
  overflow-y: auto;
  border: 1px solid var(--line);
  border-radius: var(--round);
  background: var(--ground);
  box-shadow: 0 0.4rem 1.2rem rgb(0 0 0 / 20%);
  list-style: none;
}
[part~="option"] { padding: 0.45rem 0.6rem; border-radius: var(--round); cursor: pointer; }
[part~="option"]:hover { background: var(--tint); }
[part~="option"][aria-selected="true"] { background: var(--tint); outline: 2px solid var(--accent); outline-offset: -2px; }
[part~="option-name"], [part~="choice-name"] { font-weight: 600; }
[part~="option-where"], [part~="choice-where"] { color: var(--quiet); font-size: 0.9em; }
[part~="option-statement"] { display: -webkit-box; overflow: hidden; -webkit-box-orient: vertical; -webkit-line-clamp: 2; }
[part~="state"] {
  display: inline-block;
  padding: 0 0.5em;
  border: 1px solid currentcolor;
  border-radius: 1em;
  color: var(--doubt);
  font-size: 0.85em;
}
[part~="warning"] { color: var(--doubt); font-weight: 600; }
[part~="choice"] {
  margin-top: 0.5rem;
  padding: 0.6rem 0.8rem;
  border: 1px solid var(--line);
  border-radius: var(--round);
  background: var(--ground);
}
[part~="choice-doings"] { display: flex; flex-wrap: wrap; gap: 0.4rem 0.75rem; align-items: center; }
button {
  padding: 0.25rem 0.7rem;
  border: 1px solid var(--accent);
  border-radius: var(--round);
  background: transparent;
  color: var(--accent);
  font: inherit;
  font-size: 0.9em;
  cursor: pointer;
}
button:hover:enabled { background: var(--tint); }
a { color: var(--accent); }
summary { color: var(--quiet); font-size: 0.9em; cursor: pointer; }
pre { margin: 0.25rem 0 0; overflow: auto; font: 0.85em/1.45 ui-monospace, monospace; white-space: pre-wrap; }
@media (forced-colors: active) {
  [part~="option"][aria-selected="true"] { outline-color: Highlight; }
}
`;

export const style = new CSSStyleSheet();
style.replaceSync(SHEET);
