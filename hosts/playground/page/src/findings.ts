// What is found in the file: by the checker at once, by the prover when it has looked at every case.
import { button, by, make } from "./dom";
import type { Case } from "./cases";
import type { Lang, Words } from "./words";

export interface Change {
  from: number;
  to: number;
  insert: string;
}

export interface Finding {
  level: "error" | "warning" | "note";
  /** Its code, in the language of the file. */
  code: string;
  message: string;
  /** Whether the prover says it, and not the checker. */
  proved: boolean;
  /** What to do, where that is not in the message. */
  help?: string;
  from: number;
  to: number;
  fixes: { title: string; changes: Change[] }[];
  /** A line that accepts it, with a reason to be written. */
  accept?: Change;
  /** The case that shows it. */
  case?: Case;
  /** That case as a scenario. */
  scenario?: string;
}

interface Place {
  start: number;
  end: number;
}
interface Edit {
  place: Place;
  text: string;
}

/** What the engine says of a proof. */
export interface Proof {
  findings: {
    level: string; property: string; called?: string; message: string; help: string | null; places: Place[];
    edit: Edit | null; case?: Case | null; scenario?: string | null;
    accept?: Edit | null;
  }[];
  warnings: {
    severity: string; code: string; message: string; label: string | null; help: string | null; place: Place;
    edit: Edit | null;
  }[];
  proofs: { property: string; called?: string; verdict: string; why?: string | null; schedule?: string }[];
}

/** Bytes of a file are places of its text in UTF-16. */
function units(text: string): (byte: number) => number {
  const bytes = new TextEncoder().encode(text);
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  return (byte) => decoder.decode(bytes.subarray(0, byte)).length;
}

function level(of: string): Finding["level"] {
  return of === "error" || of === "warning" ? of : "note";
}

/** The findings of a proof, those of the checker first. */
export function findingsOf(proof: Proof, text: string): Finding[] {
  const at = units(text);
  const change = ({ place, text: insert }: Edit): Change => ({ from: at(place.start), to: at(place.end), insert });
  const fixes = (edit: Edit | null, help: string | null) =>
    edit ? [{ title: help ?? edit.text.trim(), changes: [change(edit)] }] : [];
  const warnings = proof.warnings.map((found): Finding => ({
    level: level(found.severity), code: found.code,
    message: [found.message, found.label].filter(Boolean).join("\n"),
    proved: false, help: found.help ?? undefined,
    from: at(found.place.start), to: at(found.place.end),
    fixes: fixes(found.edit, found.help),
  }));
  const proved = proof.findings.map((found): Finding => {
    const place = found.places[0] ?? { start: 0, end: 0 };
    return {
      level: level(found.level), code: found.called ?? found.property, message: found.message,
      proved: true, help: found.help ?? undefined,
      from: at(place.start), to: at(place.end),
      fixes: fixes(found.edit, found.edit ? found.edit.text.trim() : null),
      accept: found.accept && !found.edit ? change(found.accept) : undefined,
      case: found.case ?? undefined, scenario: found.scenario ?? undefined,
    };
  });
  return [...warnings, ...proved];
}

/** What can be done with a finding. */
export interface Does {
  show(finding: Finding): void;
  mend(finding: Finding, changes: Change[]): void;
  accept(change: Change): void;
  showCase(finding: Finding): void;
  addCase(finding: Finding): void;
  line(at: number): number;
}

/** Lists findings. */
export function list(findings: Finding[], fileLang: Lang, words: Words, does: Does): void {
  const items = findings.map((finding) => {
    const [first = "", ...more] = finding.message.split("\n");
    const buttons = make("p", { class: "buttons" });
    for (const fix of finding.fixes) {
      buttons.append(button(words.mend(fix.title), () => does.mend(finding, fix.changes), { class: "mend", lang: fileLang }));
    }
    const { accept } = finding;
    if (accept) buttons.append(button(words.accept, () => does.accept(accept), { class: "mend" }));
    if (finding.case) buttons.append(button(words.showCase, () => does.showCase(finding)));
    if (finding.scenario) buttons.append(button(words.addCase, () => does.addCase(finding)));
    buttons.append(button(`${words.goTo} (${words.line(does.line(finding.from))})`, () => does.show(finding), { class: "plain" }));
    const said = make("div", { lang: fileLang }, make("p", { class: "says" }, first));
    for (const line of [...more, ...(finding.help ? [finding.help] : [])]) said.append(make("p", {}, line));
    const tag = make("p", { class: "tag" }, make("strong", {}, words[finding.level]), " ", make("code", { lang: fileLang }, finding.code));
    return make("li", { class: `finding ${finding.level}` }, tag, said, buttons);
  });
  by("finding-list").replaceChildren(...items);
}

/** How many there are, in words. */
export function counted(findings: Finding[], words: Words): string {
  const count = (of: Finding["level"]) => findings.filter((finding) => finding.level === of).length;
  const [errors, warnings, notes] = [count("error"), count("warning"), count("note")];
  const parts = [
    errors ? words.errors(errors) : "", warnings ? words.warnings(warnings) : "", notes ? words.notes(notes) : "",
  ];
  return parts.filter(Boolean).join(", ") || words.nothingFound;
}

/** What is proved, and what is not known. */
export function verdicts(proof: Proof, fileLang: Lang, words: Words): void {
  const names = (of: Proof["proofs"]) => [...new Set(of.map((each) => each.called ?? each.property))];
  const proved = names(proof.proofs.filter((each) => each.verdict === "proved"));
  const unknown = proof.proofs.filter((each) => each.verdict === "unknown");
  const parts: HTMLElement[] = [];
  if (proved.length) {
    const all = make("p", { lang: fileLang }, proved.join(", "));
    parts.push(make("details", {}, make("summary", {}, words.proved(proved.length)), all));
  }
  if (unknown.length) {
    const why = unknown.map((each) => make("li", {}, [each.called ?? each.property, each.why].filter(Boolean).join(" : ")));
    const all = make("ul", { lang: fileLang });
    all.append(...why);
    parts.push(make("details", { open: "" }, make("summary", {}, words.unknown), all));
  }
  by("verdicts").replaceChildren(...parts);
}
