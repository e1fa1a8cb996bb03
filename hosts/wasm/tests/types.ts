// The types are those that a caller meets: compiled, never run.
import { Jalon, ScheduleError, type InvoiceLine } from "jalon";

const jalon = await Jalon.load();
try {
  const schedules = jalon.compile({ "a.jalon": "" }, { lang: "fr" });
  const lines: InvoiceLine[] = schedules.evaluate([{ case: "A" }], { asOf: "2025-12-31", invoices: true }).lines;
  const amount: string = lines[0].amount;
  schedules.session({ asOf: amount }).feed(new Uint8Array());
  const { answer } = schedules.unpaid([{ invoice_id: "1" }], "", { asOf: amount, done: null });
  const share: string = answer[0].shares["Ann"];
  schedules.leaks([], { asOf: share }).answer[0].says.trim();
  schedules.explain([], { asOf: share, case: "A" }).cases.length;
  // @ts-expect-error an amount is no number
  const number: number = lines[0].amount;
  // @ts-expect-error the last day that counts is stated
  schedules.evaluate([], {});
} catch (error) {
  if (error instanceof ScheduleError) error.findings.map((finding) => finding.place.line);
}
