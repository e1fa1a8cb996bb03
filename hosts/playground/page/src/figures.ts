// Amounts and days as readers of a language have them. Amounts come as decimal digits and are never computed with.
import type { Lang } from "./words";

/** Digits such as `-1500.00`, with groups of three set apart, and in French a comma. */
export function digits(plain: string, lang: Lang): string {
  const [, sign = "", whole = plain, decimals] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(plain) ?? [];
  const [apart, point] = lang === "fr" ? ["\u202f", ","] : [",", "."];
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, apart);
  return `${sign ? "\u2212" : ""}${grouped}${decimals ? point + decimals : ""}`;
}

/** The same with its currency. */
export function money(plain: string, currency: string, lang: Lang): string {
  return `${digits(plain, lang)}\u00a0${currency}`;
}

/** A day such as `2025-07-05`; in French `05/07/2025`. */
export function day(date: string, lang: Lang): string {
  return lang === "fr" ? date.split("-").reverse().join("/") : date;
}
