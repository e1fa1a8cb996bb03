// Elements, made without any markup: what comes from files, links and events is only ever text.

type Child = Node | string | null | undefined;

/** An element with attributes and children. */
export function make<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Record<string, string> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  for (const child of children) if (child != null) element.append(child);
  return element;
}

/** A button that does something. */
export function button(label: string, does: () => void, attributes: Record<string, string> = {}): HTMLButtonElement {
  const made = make("button", { type: "button", ...attributes }, label);
  made.addEventListener("click", does);
  return made;
}

/** A table: its caption, headings and rows; the first cell of a row heads it. Columns of numbers stand at the right. */
export function table(
  caption: string,
  headings: string[],
  rows: Child[][],
  numbers: number[] = [],
): HTMLElement {
  const side = (column: number) => (numbers.includes(column) ? { class: "number" } : undefined);
  const head = make("tr");
  headings.forEach((heading, at) => head.append(make("th", { scope: "col", ...side(at) }, heading)));
  const body = make("tbody");
  for (const row of rows) {
    const line = make("tr");
    row.forEach((cell, at) => {
      const name = at === 0 ? "th" : "td";
      line.append(make(name, { ...(at === 0 ? { scope: "row" } : {}), ...side(at) }, cell));
    });
    body.append(line);
  }
  const whole = make("table", {}, make("caption", {}, caption), make("thead", {}, head), body);
  // What is too wide for a phone is scrolled by itself, by keyboard as well.
  return make("div", { class: "wide", tabindex: "0", role: "region", "aria-label": caption }, whole);
}

/** The element of an id; it is in the page. */
export function by<T extends HTMLElement = HTMLElement>(id: string): T {
  const found = document.getElementById(id);
  if (!found) throw new Error(`no element ${id}`);
  return found as T;
}
