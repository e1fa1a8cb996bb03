// Two versions: what the newer one bills otherwise, over every case.
import { by, make, said, table } from "./dom";
import { day, digits } from "./figures";
import type { Lang, Words } from "./words";

interface Side {
  amount: string;
  total: string;
}
export interface Compared {
  verdict: string;
  says: string;
  why: string[];
  apart: { message: string }[];
  windows: {
    window: string;
    change: string;
    says: string;
    events: { date: string; says: string }[];
    example: { as_of: string; old: Side; new: Side } | null;
  }[];
}

/** Shows what differs. */
export function show(all: Compared[], lang: Lang, words: Words): void {
  const parts = all.map((of) => {
    const section = make("section", { lang, class: `compared ${of.verdict}` });
    section.append(make("p", { class: "says" }, ...said(of.says)));
    for (const why of of.why) section.append(make("p", {}, ...said(why)));
    for (const apart of of.apart) section.append(make("p", {}, ...said(apart.message)));
    const differs = of.windows.filter((window) => window.change !== "same");
    const rows = differs.map((window) => [
      window.window,
      said(window.says),
      [
        ...window.events.map((event) => `${day(event.date, lang)} ${event.says}`),
        ...(window.example ? [`${words.totalIs}${digits(window.example.old.total, lang)} → ${digits(window.example.new.total, lang)}`] : []),
      ].join("\n"),
    ]);
    if (rows.length) section.append(table(words.compare, [words.situation, words.billed, words.forExample], rows));
    return section;
  });
  by("compared").replaceChildren(...parts);
}
