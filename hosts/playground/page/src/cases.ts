// One case: its timeline, its invoice lines with the reason of each, and the whole explanation.
import { by, make, said, table } from "./dom";
import { day, digits, money, unbroken } from "./figures";
import { timeline } from "./timeline";
import type { Mark } from "./timeline";
import { WORDS } from "./words";
import type { Lang, Words } from "./words";

interface InvoiceLine {
  id: string;
  date: string;
  label: string;
  amount: string;
  payer?: string | null;
}
interface Amount {
  amount: string;
  invoice_lines: string[];
  says: string | string[];
}

/** The explanation of a case, as the engine gives it. */
export interface Case {
  case: string;
  withheld?: { line: number | null; reason: string }[];
  currency: string;
  lang: Lang;
  schedule: string;
  moments: { date: string; says: string; event: unknown; lines: { line: string; outcome: string; amounts: Amount[] }[] }[];
  totals: { net: string };
  lines: InvoiceLine[];
  text: string;
}

/** A scenario, as the engine ran it. */
export interface Scenario {
  scenario: string;
  schedule: string | null;
  start: number;
  passed: boolean;
  why: string | null;
  case: Case | null;
}

function marks(of: Case): Mark[] {
  const moments = of.moments.map((moment) => ({ moment, fired: moment.lines.filter((line) => line.outcome === "fired") }));
  return moments
    .filter(({ moment, fired }) => moment.event != null || fired.length > 0)
    .map(({ moment, fired }) => ({
      day: day(moment.date, of.lang),
      says: unbroken(moment.says),
      billed: of.lines
        .filter((line) => fired.some((rule) => rule.amounts.some((amount) => amount.invoice_lines.includes(line.id))))
        .map((line) => WORDS[of.lang].of(`${line.label}${line.payer ? ` (${line.payer})` : ""}`, money(line.amount, of.currency, of.lang))),
    }));
}

function reasons(of: Case, line: InvoiceLine): string {
  const amounts = of.moments.flatMap((moment) => moment.lines.flatMap((rule) => rule.amounts));
  const own = amounts.filter((amount) => amount.invoice_lines.includes(line.id));
  return own.flatMap((amount) => amount.says).join("\n");
}

/** The parts of a case, as they stand on the page. */
export function shown(of: Case, words: Words, width: number): HTMLElement[] {
  if (of.withheld) {
    const why = make("ul");
    why.append(...of.withheld.map((each) => make("li", {}, ...said(each.reason))));
    return [make("p", {}, make("strong", {}, words.withheld)), why];
  }
  const all = marks(of);
  const picture = make("figure", { class: "timeline" });
  picture.append(timeline(all, words.timelineTitle(of.case), of.lang, width));
  const same = all.map((mark) => [mark.day, mark.says, mark.billed.join("\n")]);
  const text = make("details", {}, make("summary", {}, words.timelineText));
  text.append(table(words.timelineTitle(of.case), [words.day, words.happens, words.billed], same));
  const payers = of.lines.some((line) => line.payer);
  const rows = of.lines.map((line) => [
    day(line.date, of.lang), line.label, ...(payers ? [line.payer ?? ""] : []),
    digits(line.amount, of.lang), said(reasons(of, line)),
  ]);
  const headings = [words.day, words.label, ...(payers ? [words.payer] : []), words.amount, words.why];
  const lines = of.lines.length
    ? table(words.invoiceLines, headings, rows, [payers ? 3 : 2])
    : make("p", { class: "says" }, words.noLines);
  const total = make("p", { class: "total" }, words.totalIs, make("strong", {}, money(of.totals.net, of.currency, of.lang)));
  const whole = make("details", { class: "explanation" }, make("summary", {}, words.explanation), make("pre", { tabindex: "0" }, unbroken(of.text)));
  const parts = [make("h4", {}, words.timeline), picture, text, lines, total, whole];
  for (const part of parts.slice(1)) part.setAttribute("lang", of.lang);
  return parts;
}

/** Puts a case on the page; none clears it. */
export function show(of: Case | undefined, words: Words): void {
  const place = by("case");
  const width = Math.max(240, Math.min(640, Math.floor(place.clientWidth) || 560));
  place.replaceChildren(...(of ? shown(of, words, width) : [make("p", {}, words.noCase)]));
}
