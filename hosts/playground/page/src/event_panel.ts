// The region of the event file: takes a file, has it billed on the text of the page, and has its cases explained. What was
// billed on another text, or of another file, is not shown any more.
import type { Case } from "./cases";
import { Refused } from "./desk";
import type { Desk } from "./desk";
import { by, make, said } from "./dom";
import * as events from "./events";
import type { Answer, Billed, EventFile } from "./events";
import type { Lang, Words } from "./words";

/** What the region has to do with the page. */
export interface Around {
  text(): string;
  fileLang(): Lang;
  /** The language of the page. */
  lang(): Lang;
  words(): Words;
  say(message: string): void;
  explained(of: Case): void;
  /** No case of the event file is explained any more. */
  forget(): void;
  fault(fault: unknown): void;
}

/** Why nothing is shown. */
type Unbilled = "noEventFile" | "chooseDay" | "billAgain";

export class EventPanel {
  readonly #desk: Desk;
  readonly #page: Around;
  #file: EventFile | undefined;
  #billed: Billed | undefined;
  #unbilled: Unbilled | undefined;

  constructor(desk: Desk, page: Around) {
    this.#desk = desk;
    this.#page = page;
    by<HTMLInputElement>("as-of").addEventListener("change", () => this.stale());
  }

  async take(file: File): Promise<void> {
    if (file.size > events.LARGEST) return this.#page.say(this.#page.words().tooLarge("64 MiB"));
    this.#file = { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) };
    by("event-name").textContent = file.name;
    this.stale();
    await this.bill();
  }

  /** The text, the file or the day is another: what was billed is not shown for it. */
  stale(): void {
    // It is said once, and not at each letter that is typed.
    if (this.#unbilled === "billAgain" && !this.#billed && by("billed").hasChildNodes()) return;
    if (this.#billed || by("billed").hasChildNodes()) this.#unbilled = this.#file ? "billAgain" : undefined;
    this.#billed = undefined;
    this.#page.forget();
    this.show();
  }

  async bill(): Promise<void> {
    const [file, text] = [this.#file, this.#page.text()];
    if (!file) return this.#not("noEventFile", "event-file");
    const asOf = this.#asOf;
    if (!asOf) return this.#not("chooseDay", "as-of");
    const others = () => file !== this.#file || text !== this.#page.text() || asOf !== this.#asOf;
    try {
      const asked = { ask: "lines", file: text, name: file.name, as_of: asOf };
      const answer = await this.#desk.ask<Answer>(asked, file.bytes);
      if (others()) return;
      this.#billed = events.read(answer, file.name, asOf);
      this.show();
    } catch (fault) {
      if (others()) return;
      this.#billed = this.#unbilled = undefined;
      this.show();
      if (!(fault instanceof Refused)) return this.#page.fault(fault);
      // Where the file was given, one looks for what is wrong with it.
      const why = make("p", { class: "fails", role: "status", lang: this.#page.fileLang() }, ...said(fault.message));
      by("billed").replaceChildren(why);
    }
  }

  /** Says what is missing, and goes there. */
  #not(why: Unbilled, place: string): void {
    this.#billed = undefined;
    this.#unbilled = why;
    this.show();
    by(place).focus();
  }

  /** The last day that counts; none if what stands there is no day that can. */
  get #asOf(): string {
    const input = by<HTMLInputElement>("as-of");
    return input.validity.valid ? input.value : "";
  }

  show(): void {
    const { words, fileLang } = this.#page;
    const does = { why: (name: string) => void this.#explain(name), saveSheet: () => void this.#saveSheet() };
    if (this.#billed) return events.show(this.#billed, fileLang(), words(), does);
    const why = this.#unbilled ? [make("p", { class: "says", role: "status" }, words()[this.#unbilled])] : [];
    by("billed").replaceChildren(...why);
  }

  /** Saves the lines as a spreadsheet of the page's language reads them. */
  async #saveSheet(): Promise<void> {
    const [file, text, billed] = [this.#file, this.#page.text(), this.#billed];
    if (!file || !billed) return;
    try {
      const asked = { ask: "sheet", file: text, name: file.name, as_of: this.#asOf, lang: this.#page.lang() };
      const sheet = await this.#desk.ask<string>(asked, file.bytes);
      if (billed === this.#billed) events.download("lines.csv", sheet);
    } catch (fault) {
      this.#page.fault(fault);
    }
  }

  async #explain(name: string): Promise<void> {
    const [file, text, billed] = [this.#file, this.#page.text(), this.#billed];
    if (!file || !billed) return;
    try {
      const asked = { ask: "why", file: text, name: file.name, as_of: this.#asOf, case: name };
      const explained = await this.#desk.ask<Case>(asked, file.bytes);
      // Of another text or file nothing is asked any more.
      if (billed === this.#billed) this.#page.explained(explained);
    } catch (fault) {
      this.#page.fault(fault);
    }
  }
}
