// Amounts and days as readers of a language have them. Amounts come as decimal digits and are never computed with.
import type { Lang } from "./words";

/** Digits such as `-1500.00`, with groups of three set apart as Jalon has them everywhere, and in French a comma. */
export function digits(plain: string, lang: Lang): string {
  const [, sign = "", whole = plain, decimals] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(plain) ?? [];
  const point = lang === "fr" ? "," : ".";
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, "\u202f");
  return `${sign ? "\u2212" : ""}${grouped}${decimals ? point + decimals : ""}`;
}

/** The same with its currency. */
export function money(plain: string, currency: string, lang: Lang): string {
  return `${digits(plain, lang)}\u00a0${currency}`;
}

/** The sum of decimal texts, exact. */
export function sum(plains: string[]): string {
  const most = Math.max(0, ...new Set(plains.map((plain) => plain.split(".")[1]?.length ?? 0)));
  let whole = 0n;
  for (const plain of plains) {
    const [units = "0", parts = ""] = plain.split(".");
    whole += BigInt(units + parts.padEnd(most, "0"));
  }
  const digits = (whole < 0n ? -whole : whole).toString().padStart(most + 1, "0");
  const at = digits.length - most;
  return `${whole < 0n ? "-" : ""}${digits.slice(0, at)}${most ? `.${digits.slice(at)}` : ""}`;
}

/** A sentence whose amounts do not break at the end of a line, `1 800,00 EUR`, nor its marks from their words, `« fin » ;`. */
export function unbroken(sentence: string): string {
  return sentence.replace(/(?<=\d) (?=\d{3}(?!\d))|(?<=\d) (?=[A-Z]{3}(?![\p{L}\p{N}])|%)|(?<=«) | (?=[;:?!»])/gu, "\u00a0");
}

/** A day such as `2025-07-05`; in French `05/07/2025`. */
export function day(date: string, lang: Lang): string {
  return lang === "fr" ? date.split("-").reverse().join("/") : date;
}
