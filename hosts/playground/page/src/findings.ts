// What is found in the file: by the checker at once, by the prover when it has looked at every case.
import { button, by, make, plain, said } from "./dom";
import type { Case, Scenario } from "./cases";
import { WORDS } from "./words";
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

/** What the engine says of the checker's findings. */
export interface Checked {
  severity: string; code: string; message: string; label: string | null; help: string | null; place: Place;
  edit: Edit | null; example?: string | null;
}

/** What the engine says of a proof. */
export interface Proof {
  findings: {
    level: string; property: string; called?: string; message: string; help: string | null; places: Place[];
    edit: Edit | null; case?: Case | null; scenario?: string | null;
    accept?: Edit | null;
  }[];
  warnings: Checked[];
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

function changeIn(at: (byte: number) => number): (edit: Edit) => Change {
  return ({ place, text: insert }) => ({ from: at(place.start), to: at(place.end), insert });
}

/** What codes are called in the language of a file, by their names. */
export type Called = ReadonlyMap<string, string>;

/** What a code is called in the line that accepts it, as the help of a warning has it. */
const ACCEPTED = /`(?:accepts|admet) ([\p{L}-]+) "/u;

/** The findings of the checker; a code of which it is not known what the language calls it is `otherwise`. */
export function findingsOfCheck(checked: Checked[], text: string, called: Called, otherwise?: string): Finding[] {
  const at = units(text);
  return checked.map((found): Finding => ({
    level: level(found.severity),
    code: called.get(found.code) ?? ACCEPTED.exec(found.help ?? "")?.[1] ?? otherwise ?? found.code,
    message: [found.message, found.label].filter(Boolean).join("\n"),
    proved: false, help: [found.help, found.example && `\`${found.example}\``].filter(Boolean).join("\n"),
    from: at(found.place.start), to: at(found.place.end),
    fixes: found.edit ? [{ title: found.help ?? found.edit.text.trim(), changes: [changeIn(at)(found.edit)] }] : [],
  }));
}

/** The findings of a proof, those of the checker first. */
export function findingsOf(proof: Proof, text: string, called: Called): Finding[] {
  const at = units(text);
  const change = changeIn(at);
  const warnings = findingsOfCheck(proof.warnings, text, called);
  const proved = proof.findings.map((found): Finding => {
    const place = found.places[0] ?? { start: 0, end: 0 };
    return {
      level: level(found.level), code: found.called ?? found.property, message: found.message,
      proved: true, help: found.help ?? undefined,
      from: at(place.start), to: at(place.end),
      fixes: found.edit ? [{ title: found.edit.text.trim(), changes: [change(found.edit)] }] : [],
      accept: found.accept && !found.edit ? change(found.accept) : undefined,
      case: found.case ?? undefined, scenario: found.scenario ?? undefined,
    };
  });
  return [...warnings, ...proved];
}

/** A scenario that comes to something else than it expects. */
export interface Failing {
  /** Which of the scenarios it is. */
  at: number;
  /** Where its name stands in the text. */
  from: number;
  to: number;
  message: string;
}

/** The scenarios that fail, with their places in a text. */
export function failing(scenarios: Scenario[], text: string, words: Words): Failing[] {
  const at = units(text);
  return scenarios.flatMap((scenario, number): Failing[] => {
    if (scenario.passed) return [];
    const from = at(scenario.start);
    const end = text.indexOf("\n", from);
    return [{
      at: number, from, to: end < 0 ? text.length : end,
      message: [words.fails, scenario.why?.trim()].filter(Boolean).join("\n"),
    }];
  });
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
    // The first that is offered is the main one; a finding is accepted last of all.
    finding.fixes.forEach((fix, at) => {
      const kind = at === 0 ? "mend main" : "mend";
      buttons.append(button(words.mend(plain(fix.title)), () => does.mend(finding, fix.changes), { class: kind, lang: fileLang }));
    });
    const main: Record<string, string> = finding.fixes.length === 0 ? { class: "main" } : {};
    if (finding.case) buttons.append(button(words.showCase, () => does.showCase(finding), main));
    if (finding.scenario) buttons.append(button(words.addCase, () => does.addCase(finding)));
    buttons.append(button(`${words.goTo} (${words.line(does.line(finding.from))})`, () => does.show(finding), { class: "plain" }));
    const { accept } = finding;
    if (accept) buttons.append(button(words.accept, () => does.accept(accept), { class: "plain accept" }));
    const message = make("div", { lang: fileLang }, make("p", { class: "says" }, ...said(first)));
    for (const line of [...more, ...(finding.help ? finding.help.split("\n") : [])]) message.append(make("p", {}, ...said(line)));
    const tag = make("p", { class: "tag" }, make("strong", {}, words[finding.level]), " ");
    if (finding.code) tag.append(make("code", { lang: fileLang }, finding.code));
    return make("li", { class: `finding ${finding.level}` }, tag, message, buttons);
  });
  by("finding-list").replaceChildren(...items);
}

/** How many there are, in words, and how many scenarios fail. */
export function counted(findings: Finding[], failing: number, words: Words): string {
  const count = (of: Finding["level"]) => findings.filter((finding) => finding.level === of).length;
  const [errors, warnings, notes] = [count("error"), count("warning"), count("note")];
  const parts = [
    errors ? words.errors(errors) : "", warnings ? words.warnings(warnings) : "", notes ? words.notes(notes) : "",
    failing ? words.failing(failing) : "",
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
    const why = unknown.map((each) => make("li", {}, ...said(each.why ? WORDS[fileLang].of(each.called ?? each.property, each.why) : each.called ?? each.property)));
    const all = make("ul", { lang: fileLang });
    all.append(...why);
    parts.push(make("details", { open: "" }, make("summary", {}, words.unknown), all));
  }
  by("verdicts").replaceChildren(...parts);
}
