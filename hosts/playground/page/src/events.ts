// A file of events: the lines of its cases, what is noticed of its events, the cases without a line, and those that are
// withheld. It stays in the page.
import { button, by, make, said, table } from "./dom";
import type { Cell } from "./dom";
import { day, digits, money, sum } from "./figures";
import type { Lang, Words } from "./words";

/** A larger file is not read. */
export const LARGEST = 64 * 1024 * 1024;
/** So many lines are shown at first, and so many more each time that they are asked for. */
export const SHOWN = 500;
/** So many rows of what stands beside the lines. */
const FEW = 20;

export interface EventFile {
  name: string;
  bytes: Uint8Array;
}

/** What the engine makes of an event file: three texts of one JSON object a line. */
export interface Answer {
  cases: string[];
  lines: string;
  withheld: string;
  notices: string;
  billed: number;
  held: number;
}

interface Line {
  case: string;
  date: string;
  kind: string;
  label: string;
  payer?: string | null;
  amount: string;
  currency: string;
}
interface Withheld {
  case: string | null;
  line: number | null;
  message: string;
}
interface Notice {
  case: string;
  line: number;
  message: string;
}

/** The same, read. */
export interface Billed {
  /** The file of events. */
  name: string;
  /** The last day that counts. */
  asOf: string;
  text: string;
  lines: Line[];
  withheld: Withheld[];
  notices: Notice[];
  /** Cases that are billed, with nothing. */
  without: string[];
  billed: number;
  held: number;
}

function objects<T>(text: string): T[] {
  return text.split("\n").filter(Boolean).map((line) => JSON.parse(line) as T);
}

export function read(answer: Answer, name: string, asOf: string): Billed {
  const lines = objects<Line>(answer.lines);
  const withheld = objects<Withheld>(answer.withheld);
  const other = new Set([...lines, ...withheld].map((each) => each.case));
  return {
    name, asOf, text: answer.lines, lines, withheld, notices: objects<Notice>(answer.notices),
    without: answer.cases.filter((name) => !other.has(name)), billed: answer.billed, held: answer.held,
  };
}

/** A list of which some is shown, and more of it when that is asked for. */
function some<T>(all: T[], first: number, words: Words, shown: (part: T[]) => HTMLElement): HTMLElement {
  const place = make("div");
  const show = (most: number) => {
    place.replaceChildren(shown(all.slice(0, most)));
    if (all.length <= most) return;
    const more = button(words.showMore, () => {
      show(most + SHOWN);
      place.querySelector<HTMLElement>(".wide, .cases button")?.focus();
    });
    place.append(make("p", { class: "more" }, `${words.shown(most, all.length)} `, more));
  };
  show(first);
  return place;
}

/** The lines, with what they come to in each currency. */
function linesOf(billed: Billed, lang: Lang, words: Words, does: Does, opens: (name: string) => HTMLElement): HTMLElement[] {
  const { lines } = billed;
  const payers = lines.some((line) => line.payer);
  const row = (line: Line): Cell[] => [
    opens(line.case), day(line.date, lang), words.kinds[line.kind] ?? line.kind, line.label,
    ...(payers ? [line.payer ?? ""] : []), digits(line.amount, lang), line.currency,
  ];
  const headings = [words.case, words.day, words.kind, words.label, ...(payers ? [words.payer] : []), words.amount, words.currency];
  const list = some(lines, SHOWN, words, (part) => table(words.invoiceLines, headings, part.map(row), [payers ? 5 : 4]));
  const totals = [...new Set(lines.map((line) => line.currency))].map((currency) => {
    const amounts = lines.filter((line) => line.currency === currency).map((line) => line.amount);
    return money(sum(amounts), currency, lang);
  });
  const total = make("p", { class: "total" }, `${words.totalOfLines(lines.length)} `, make("strong", {}, totals.join(" + ")));
  const saves = [button(words.saveLines, () => download("lines.ndjson", billed.text)), button(words.saveSheet, does.saveSheet)];
  return [list, total, make("p", { class: "buttons" }, ...saves)];
}

/** What is done at a click. */
export interface Does {
  /** Explains a case. */
  why(name: string): void;
  /** Saves the lines for a spreadsheet. */
  saveSheet(): void;
}

/** Shows what came of an event file. */
export function show(billed: Billed, lang: Lang, words: Words, does: Does): void {
  const { lines, withheld, notices, without } = billed;
  const counts = [
    words.billedOf(billed.name, day(billed.asOf, lang)),
    words.casesBilled(billed.billed, billed.held),
    ...(without.length ? [words.casesWithout(without.length)] : []),
    ...(notices.length ? [words.eventsNoticed(notices.length)] : []),
  ];
  const parts: HTMLElement[] = [make("p", { class: "says", role: "status" }, ...said(counts.join(" ")))];
  const opens = (name: string) => button(name, () => does.why(name), { class: "plain", "aria-label": words.of(words.why, name) });
  if (notices.length) {
    const row = (notice: Notice): Cell[] => [opens(notice.case), String(notice.line), said(notice.message)];
    const headings = [words.case, words.place, words.notice];
    const list = some(notices, FEW, words, (part) => table(words.noticesOfEvents, headings, part.map(row)));
    list.setAttribute("lang", lang);
    parts.push(list);
  }
  if (lines.length) parts.push(...linesOf(billed, lang, words, does, opens));
  else parts.push(make("p", {}, words.noLines));
  if (without.length) {
    parts.push(make("h4", { id: "without" }, words.withoutLines));
    parts.push(some(without, FEW, words, (part) => {
      const list = make("ul", { class: "cases", "aria-labelledby": "without" });
      list.append(...part.map((name) => make("li", {}, opens(name))));
      return list;
    }));
  }
  if (withheld.length) {
    const row = (each: Withheld): Cell[] =>
      [each.case ?? "", each.line === null ? "" : String(each.line), said(each.message)];
    const headings = [words.case, words.place, words.reason];
    const list = some(withheld, FEW, words, (part) => table(words.withheldCases, headings, part.map(row)));
    list.setAttribute("lang", lang);
    parts.push(list);
  }
  by("billed").replaceChildren(...parts);
}

/** Lets the browser save a text as a file. */
export function download(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  make("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
