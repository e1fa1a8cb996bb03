// The situations of the file: a map of them, and the same with examples as a table.
import { by, make, said, table } from "./dom";
import { digits } from "./figures";
import { WORDS } from "./words";
import type { Lang, Words } from "./words";

interface Billed {
  line: string;
  label: string;
  payer: string | null;
  amount: string;
}
export interface Situations {
  schedule: string;
  refused?: string;
  currency: string;
  incomplete: string | null;
  examples: string[];
  situations: { situation: string; example: string; reached: boolean; billed: Billed[]; nothing: string | null }[];
}

/** What a line bills: its label beside its own amount, whatever wraps. */
function line(billed: Billed, lang: Lang): HTMLElement {
  const said = billed.line === billed.label ? billed.label : WORDS[lang].of(billed.line, billed.label);
  const label = make("span", {}, billed.payer ? `${said} (${billed.payer})` : said);
  return make("div", { class: "pair" }, label, " ", make("span", { class: "number" }, digits(billed.amount, lang)));
}

/** Lists the situations of each schedule. */
export function show(all: Situations[], lang: Lang, words: Words): void {
  const parts = all.map((of) => {
    const section = make("section", { lang });
    section.append(make("h4", {}, of.schedule));
    if (of.refused !== undefined) {
      section.append(make("p", { class: "says" }, ...said(WORDS[lang].noSituations(of.refused))));
      return section;
    }
    // A square for each: whether something is billed there, and how much, is said in words as well as by its colour.
    const map = make("ul", { class: "map", "aria-label": words.map });
    for (const each of of.situations) {
      const bills = each.billed.length > 0;
      const sum = bills ? each.billed.map((one) => digits(one.amount, lang)).join(" + ") : (each.nothing ?? "");
      map.append(make("li", { class: bills ? "bills" : "nothing" }, make("span", {}, each.situation), make("strong", {}, ...said(sum))));
    }
    const rows = of.situations.map((each) => [
      each.situation,
      each.example,
      each.billed.length ? each.billed.map((one) => line(one, lang)) : said(each.nothing ?? ""),
      each.reached ? words.reached : words.notReached,
    ]);
    const headings = [words.situation, words.forExample, `${words.billed} (${of.currency})`, words.tested];
    const notes = make("ul");
    notes.append(...[...of.examples, ...(of.incomplete ? [of.incomplete] : [])].map((note) => make("li", {}, ...said(note))));
    section.append(map, table(words.of(words.situations, of.schedule), headings, rows), notes);
    return section;
  });
  by("situation-list").replaceChildren(...parts);
}
