// Tabs as the ARIA practices have them: arrows move, and what is chosen is shown.
import { by } from "./dom";

export class Tabs {
  readonly #tabs: HTMLElement[];
  readonly #chosen: (name: string) => void;

  constructor(list: HTMLElement, chosen: (name: string) => void) {
    this.#tabs = [...list.querySelectorAll<HTMLElement>("[role=tab]")];
    this.#chosen = chosen;
    for (const tab of this.#tabs) {
      tab.addEventListener("click", () => this.choose(tab.id.slice("tab-".length)));
      tab.addEventListener("keydown", (event) => this.#key(event, tab));
    }
  }

  choose(name: string): void {
    for (const tab of this.#tabs) {
      const is = tab.id === `tab-${name}`;
      tab.setAttribute("aria-selected", String(is));
      tab.tabIndex = is ? 0 : -1;
      by(`panel-${tab.id.slice("tab-".length)}`).hidden = !is;
    }
    this.#chosen(name);
  }

  #key(event: KeyboardEvent, tab: HTMLElement): void {
    const at = this.#tabs.indexOf(tab);
    const last = this.#tabs.length - 1;
    const to = { ArrowRight: at === last ? 0 : at + 1, ArrowLeft: at === 0 ? last : at - 1, Home: 0, End: last }[event.key];
    const next = to === undefined ? undefined : this.#tabs[to];
    if (!next) return;
    event.preventDefault();
    next.focus();
    this.choose(next.id.slice("tab-".length));
  }
}
