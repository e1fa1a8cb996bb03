// A file of events: the lines of its cases, and the cases that are withheld. It stays in the page.
import { button, by, make, table } from "./dom";
import { day, digits } from "./figures";
import type { Lang, Words } from "./words";

/** A larger file is not read. */
export const LARGEST = 64 * 1024 * 1024;
/** So many lines are shown; the file that can be saved has all. */
export const SHOWN = 500;

export interface EventFile {
  name: string;
  bytes: Uint8Array;
}

/** What the engine makes of an event file: two texts of one JSON object a line. */
export interface Billed {
  cases: string[];
  lines: string;
  withheld: string;
  billed: number;
  held: number;
}

interface Line {
  case: string;
  date: string;
  label: string;
  amount: string;
  currency: string;
}
interface Withheld {
  case: string | null;
  line: number | null;
  message: string;
}

function objects<T>(text: string, most: number): { some: T[]; all: number } {
  const lines = text.split("\n").filter(Boolean);
  return { some: lines.slice(0, most).map((line) => JSON.parse(line) as T), all: lines.length };
}

/** Shows what came of an event file. `why` explains a case. */
export function show(billed: Billed, lang: Lang, words: Words, why: (name: string) => void): void {
  const parts: HTMLElement[] = [make("p", { class: "says", role: "status" }, words.casesBilled(billed.billed, billed.held))];
  const lines = objects<Line>(billed.lines, SHOWN);
  if (lines.all) {
    const rows = lines.some.map((line) => [
      button(line.case, () => why(line.case), { class: "plain", "aria-label": `${words.why} : ${line.case}` }),
      day(line.date, lang), line.label, digits(line.amount, lang), line.currency,
    ]);
    const save = button(words.saveLines, () => download("lines.ndjson", billed.lines));
    parts.push(table(words.invoiceLines, [words.case, words.day, words.label, words.amount, words.currency], rows, [3]));
    if (lines.all > SHOWN) parts.push(make("p", {}, words.shown(lines.some.length, lines.all)));
    parts.push(make("p", {}, save));
  } else {
    parts.push(make("p", {}, words.noLines));
  }
  const withheld = objects<Withheld>(billed.withheld, SHOWN);
  if (withheld.all) {
    const rows = withheld.some.map((each) => [each.case ?? "", each.line === null ? "" : String(each.line), each.message]);
    const list = table(words.withheldCases, [words.case, words.place, words.reason], rows);
    list.setAttribute("lang", lang);
    parts.push(list);
    if (withheld.all > SHOWN) parts.push(make("p", {}, words.shown(withheld.some.length, withheld.all)));
  }
  by("billed").replaceChildren(...parts);
}

/** Lets the browser save a text as a file. */
export function download(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  make("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
