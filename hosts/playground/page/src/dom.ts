// Elements, made without any markup: what comes from files, links and events is only ever text.
import { unbroken } from "./figures";

type Child = Node | string | null | undefined;
/** What stands in a cell of a table. */
export type Cell = Child | Node[];

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

/** A message of the engine: what it sets between backticks as code, its amounts and days unbroken. */
export function said(message: string): Node[] {
  return message.split(/`([^`\n]+)`/u).flatMap((part, at) => (at % 2 ? [make("code", {}, part)] : days(unbroken(part))));
}

/** A text whose days, such as `2025-07-05`, do not break at their hyphens. */
function days(text: string): Node[] {
  return text.split(/(\d{4}-\d\d-\d\d)/u).map((part, at) =>
    at % 2 ? make("span", { class: "date" }, part) : document.createTextNode(part));
}

/** The same where only text can stand. */
export function plain(message: string): string {
  return unbroken(message.replace(/`([^`\n]+)`/gu, "$1"));
}

/** A table: its caption, headings and rows; the first cell of a row heads it. Columns of numbers stand at the right. */
export function table(
  caption: string,
  headings: string[],
  rows: Cell[][],
  numbers: number[] = [],
): HTMLElement {
  const side = (column: number) => (numbers.includes(column) ? { class: "number" } : undefined);
  const head = make("tr", { role: "row" });
  headings.forEach((heading, at) => head.append(make("th", { scope: "col", role: "columnheader", ...side(at) }, heading)));
  const body = make("tbody", { role: "rowgroup" });
  for (const row of rows) {
    const line = make("tr", { role: "row" });
    row.forEach((cell, at) => {
      const own: Record<string, string> = at === 0 ? { scope: "row", role: "rowheader" } : { role: "cell", "data-heading": headings[at] ?? "" };
      const parts = [cell].flat().flatMap((part) => (typeof part === "string" ? days(part) : [part]));
      line.append(make(at === 0 ? "th" : "td", { ...own, ...side(at) }, ...parts));
    });
    body.append(line);
  }
  // On a phone the rows stand as blocks; with their roles they stay rows to a screen reader.
  const top = make("thead", { role: "rowgroup" }, head);
  const whole = make("table", { role: "table" }, make("caption", {}, caption), top, body);
  // What is too wide is scrolled by itself, by keyboard as well.
  return make("div", { class: "wide", tabindex: "0", role: "region", "aria-label": caption }, whole);
}

/** The element of an id; it is in the page. */
export function by<T extends HTMLElement = HTMLElement>(id: string): T {
  const found = document.getElementById(id);
  if (!found) throw new Error(`no element ${id}`);
  return found as T;
}
