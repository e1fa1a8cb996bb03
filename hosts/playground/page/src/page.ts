// The page: what the editor, the engine and the regions have to do with each other.
import * as cases from "./cases";
import type { Case, Scenario } from "./cases";
import * as compare from "./compare";
import type { Compared } from "./compare";
import { Desk, Failed, Refused, Stopped } from "./desk";
import type { Host } from "./desk";
import { by, make, plain, said } from "./dom";
import { Editor } from "./editor";
import { EventPanel } from "./event_panel";
import { download } from "./events";
import { EXAMPLES } from "./examples";
import * as findings from "./findings";
import type { Change, Checked, Failing, Finding, Proof } from "./findings";
import { fileOf, fragmentOf, holdsFile } from "./link";
import { Answered, Server } from "./server";
import * as situations from "./situations";
import type { Situations } from "./situations";
import { Tabs } from "./tabs";
import { WORDS } from "./words";
import type { Lang, Words } from "./words";

/** A larger schedule file is not opened. */
const LARGEST_FILE = 1024 * 1024;
/** Nothing is looked at while one types: a proof begins when nothing has been typed for so many milliseconds. */
const STILL = 400;

/** Starts the page. */
export function start(host: Host): void {
  const module = host.module();
  new Page(new Desk(host, module), new Desk(host, module)).begin();
}

/** Whether none of the tokens of a text is a word of a schedule. */
function holdsNoWord(colours: number[]): boolean {
  return !colours.some((type, at) => at % 5 === 3 && type === 0);
}

class Page {
  readonly #desk: Desk;
  readonly #prover: Desk;
  readonly #server: Server;
  readonly #editor: Editor;
  readonly #tabs: Tabs;
  #lang: Lang = navigator.language.startsWith("fr") ? "fr" : "en";
  #saved = "";
  #fileName = "";
  #tab = "findings";
  #still: ReturnType<typeof setTimeout> | undefined;
  #clock: ReturnType<typeof setInterval> | undefined;
  #findings: Finding[] = [];
  #answered = false;
  #proof: Proof | undefined;
  #stopped = false;
  /** What codes are called in the language of the file. */
  #called = new Map<string, string>();
  /** Whether the text holds no word of a schedule: then it has no language of its own. */
  #wordless = false;
  #scenarios: Scenario[] = [];
  #failing: Failing[] = [];
  readonly #events: EventPanel;
  #ofEvents: Case | undefined;
  #chosen = "";
  #old: string | undefined;
  #situations: Situations[] | undefined;
  #compared: Compared[] | undefined;

  constructor(desk: Desk, prover: Desk) {
    this.#desk = desk;
    this.#prover = prover;
    this.#server = new Server(desk);
    const nonce = document.querySelector<HTMLElement>("script[nonce], style[nonce], link[nonce]")?.nonce ?? "";
    this.#editor = new Editor(by("editor"), this.#server, nonce, (anew) => this.#changed(anew));
    this.#tabs = new Tabs(by("tabs"), (name) => {
      this.#say("");
      return this.#shown(name);
    });
    this.#events = new EventPanel(desk, {
      text: () => this.#editor.text,
      fileLang: () => this.#fileLang,
      lang: () => this.#lang,
      words: () => this.#words,
      say: (message) => this.#say(message),
      explained: (of) => {
        this.#ofEvents = of;
        this.#showChosen("events");
      },
      forget: () => {
        if (!this.#ofEvents) return;
        this.#ofEvents = undefined;
        this.#choices();
      },
      fault: (fault) => this.#fault(fault),
    });
  }

  begin(): void {
    this.#listen();
    const today = new Date();
    const two = (number: number) => String(number).padStart(2, "0");
    by<HTMLInputElement>("as-of").value = `${today.getFullYear()}-${two(today.getMonth() + 1)}-${two(today.getDate())}`;
    this.#speak(this.#lang);
    this.#tabs.choose("findings");
    void this.#load();
  }

  get #words(): Words {
    return WORDS[this.#lang];
  }

  /** The language of the file, as far as anything has been said in it. */
  get #fileLang(): Lang {
    if (this.#wordless) return this.#lang;
    return /^\s*(échéancier|suivi)\b/mu.test(this.#editor.text) ? "fr" : "en";
  }

  #listen(): void {
    const on = (id: string, does: () => unknown) =>
      by(id).addEventListener("click", async () => {
        try {
          await does();
        } catch (fault) {
          this.#fault(fault);
        }
      });
    on("lang-en", () => this.#speak("en"));
    on("lang-fr", () => this.#speak("fr"));
    on("save", () => this.#save());
    on("link", () => this.#link());
    on("print", () => window.print());
    on("failing", () => this.#showFailing());
    on("layout", async () => this.#edit(await this.#server.layout()));
    on("translate", async () => this.#edit(await this.#server.translation()));
    on("prove", () => void this.#prove());
    on("stop", () => this.#prover.stop());
    on("bill", () => void this.#events.bill());
    on("keep", () => this.#keep(this.#editor.text));
    on("do-compare", () => void this.#compare());
    by<HTMLSelectElement>("example").addEventListener("change", () => this.#example());
    by<HTMLSelectElement>("case-choice").addEventListener("change", (event) => {
      this.#chosen = (event.target as HTMLSelectElement).value;
      this.#showCase();
    });
    this.#takes("open", (file) => this.#open(file));
    this.#takes("old-file", async (file) => this.#keep(await this.#text(file)));
    this.#takes("event-file", (file) => this.#events.take(file));
    const drop = by("drop");
    drop.addEventListener("dragover", (event) => event.preventDefault());
    drop.addEventListener("drop", (event) => {
      event.preventDefault();
      const file = event.dataTransfer?.files[0];
      if (file) void this.#events.take(file);
    });
    window.addEventListener("hashchange", () => void this.#fromLink());
    // What is printed bears the name of the file and the day.
    window.addEventListener("beforeprint", () => (document.title = this.#printed()));
    window.addEventListener("afterprint", () => (document.title = this.#words.title));
    window.addEventListener("beforeunload", (event) => {
      if (this.#editor.text !== this.#saved) event.preventDefault();
    });
    let width = 0;
    new ResizeObserver(() => {
      const now = by("case").clientWidth;
      if (now && now !== width) {
        width = now;
        this.#showCase();
      }
    }).observe(by("case"));
  }

  #takes(id: string, does: (file: File) => Promise<void> | void): void {
    by<HTMLInputElement>(id).addEventListener("change", async (event) => {
      const input = event.target as HTMLInputElement;
      const file = input.files?.[0];
      input.value = "";
      if (file) await does(file);
    });
  }

  // The file.

  async #load(): Promise<void> {
    if (holdsFile(location.hash)) return this.#fromLink();
    const first = this.#lang === "fr" ? "parcours-emploi-sante" : "coaching";
    this.#write(EXAMPLES.find((each) => each.name === first)?.text ?? "", `${first}.jalon`);
  }

  async #fromLink(): Promise<void> {
    if (!holdsFile(location.hash)) return;
    const text = await fileOf(location.hash);
    if (text === undefined) return this.#say(this.#words.linkBad);
    if (this.#mayReplace()) this.#write(text, this.#words.newFile);
  }

  #example(): void {
    const select = by<HTMLSelectElement>("example");
    const example = EXAMPLES[Number(select.value)];
    select.value = "";
    if (example && this.#mayReplace()) {
      this.#write(example.text, `${example.name}.jalon`);
      this.#say(this.#words.loaded(example.name));
    }
  }

  async #open(file: File): Promise<void> {
    if (!this.#mayReplace()) return;
    const text = await this.#text(file);
    if (text === undefined) return;
    this.#write(text, file.name);
    this.#say(this.#words.loaded(file.name));
  }

  /** The text of a file; none, which is said, if it is too large or no text. */
  async #text(file: File): Promise<string | undefined> {
    if (file.size > LARGEST_FILE) {
      this.#say(this.#words.tooLarge("1 MiB"));
      return undefined;
    }
    try {
      return new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());
    } catch {
      this.#say(this.#words.notUtf8);
      return undefined;
    }
  }

  #mayReplace(): boolean {
    return this.#editor.text === this.#saved || window.confirm(this.#words.replaces);
  }

  #write(text: string, name: string): void {
    this.#fileName = name;
    const before = this.#editor.text;
    this.#editor.replace(text);
    this.#saved = this.#editor.text;
    // The editor says nothing of a text that is the same.
    if (before === this.#saved) this.#changed();
  }

  #save(): void {
    this.#saved = this.#editor.text;
    download(this.#fileName, this.#saved);
  }

  async #link(): Promise<void> {
    const fragment = await fragmentOf(this.#editor.text);
    if (!fragment) return this.#say(this.#words.linkLong);
    const address = location.href.split("#")[0] + fragment;
    history.replaceState(null, "", fragment);
    this.#saved = this.#editor.text;
    try {
      await navigator.clipboard.writeText(address);
      this.#say(this.#words.linkCopied);
    } catch {
      // Without a secure context there is no clipboard: the address bar has it.
      this.#say(`${this.#words.linkIs} ${address}`);
    }
  }

  /** The name of the file, and today. */
  #printed(): string {
    const today = new Date().toLocaleDateString(this.#lang === "fr" ? "fr-FR" : "en-GB", { dateStyle: "long" });
    return `${this.#fileName}, ${today.replace(/^1 (?=\p{Ll})/u, "1er ")}`;
  }

  #edit(edits: Parameters<Editor["changes"]>[0]): void {
    this.#editor.make(this.#editor.changes(edits));
  }

  // What is found.

  #changed(anew = false): void {
    if (anew) this.#fileName = this.#words.newFile;
    by("printed-text").textContent = this.#editor.text;
    by("printed-title").textContent = this.#printed();
    this.#say("");
    this.#proof = undefined;
    this.#situations = undefined;
    this.#compared = undefined;
    by("compared").replaceChildren();
    this.#failing = [];
    this.#events.stale();
    this.#stopped = false;
    this.#prover.stop();
    clearTimeout(this.#still);
    this.#proving();
    void this.#check();
  }

  async #check(): Promise<void> {
    const text = this.#editor.text;
    try {
      const diagnostics = await this.#server.write(text);
      const colours = await this.#server.colours();
      if (text !== this.#editor.text) return;
      this.#wordless = holdsNoWord(colours);
      const called = new Map<string, string>();
      const found: Finding[] = this.#wordless ? await this.#checked(text) : [];
      for (const diagnostic of this.#wordless ? [] : diagnostics) {
        if (text !== this.#editor.text) return;
        called.set(diagnostic.data?.code ?? "", diagnostic.code ?? "");
        const fixes = await this.#server.fixes(diagnostic);
        found.push({
          level: diagnostic.severity === 1 ? "error" : diagnostic.severity === 2 ? "warning" : "note",
          code: diagnostic.code ?? "",
          message: diagnostic.message,
          proved: false,
          ...this.#editor.places(diagnostic.range),
          fixes: fixes.map((fix) => ({ title: fix.title, changes: this.#editor.changes(fix.edits) })),
        });
      }
      if (text !== this.#editor.text) return;
      this.#called = called;
      this.#find(found);
      performance.mark("jalon-answered");
      this.#editor.colour(colours, text);
    } catch (fault) {
      this.#fault(fault);
    }
    clearTimeout(this.#still);
    this.#still = setTimeout(() => void this.#rest(), STILL);
  }

  /** What is wrong with a text without a language, in that of the page. */
  async #checked(text: string): Promise<Finding[]> {
    const checked = await this.#desk.ask<Checked[]>({ ask: "check", file: text, lang: this.#lang });
    // Codes are English; where the page is not, they are left out.
    return findings.findingsOfCheck(checked, text, new Map(), this.#lang === "en" ? undefined : "");
  }

  get #sound(): boolean {
    return !this.#findings.some((finding) => finding.level === "error" && !finding.proved);
  }

  /** What takes longer, once nothing is typed. */
  async #rest(): Promise<void> {
    await this.#run();
    await Promise.all([this.#prove(), this.#shown(this.#tab)]);
  }

  #find(found: Finding[]): void {
    this.#findings = found;
    this.#answered = true;
    this.#mark();
    this.#list();
  }

  /** Marks in the text what is found, and the scenarios that fail. */
  #mark(): void {
    this.#editor.find(this.#findings, this.#failing, {
      mend: (finding, changes) => this.#mend(finding, changes),
      scenario: ({ at }) => this.#showChosen(`scenario-${at}`),
      showCase: this.#words.showCase,
    });
  }

  #list(): void {
    if (!this.#answered) return;
    by("failing").hidden = this.#failing.length === 0;
    by("failing").textContent = this.#words.showFailing(this.#failing.length);
    // As long as nothing is proved, that the checker finds nothing says little.
    const unproved = !this.#proof && this.#findings.length === 0 && this.#failing.length === 0;
    const counted = unproved ? this.#words.unproved : findings.counted(this.#findings, this.#failing.length, this.#words);
    const status = by("finding-count");
    if (status.textContent !== counted) status.textContent = counted;
    findings.list(this.#findings, this.#fileLang, this.#words, {
      show: (finding) => this.#editor.show(finding.from, finding.to),
      mend: (finding, changes) => this.#mend(finding, changes),
      accept: (change) => this.#accept(change),
      showCase: (finding) => this.#showChosen(`finding-${this.#findings.indexOf(finding)}`),
      addCase: (finding) => this.#addCase(finding),
      line: (at) => this.#editor.lineOf(at),
    });
  }

  #mend(_: Finding, changes: Change[]): void {
    this.#editor.make(changes);
    this.#say(this.#words.mended);
    by("findings-heading").focus();
  }

  /** A finding is accepted; its reason is there to be written over. */
  #accept(change: Change): void {
    this.#editor.make([change]);
    const [open, close] = [change.insert.indexOf('"') + 1, change.insert.lastIndexOf('"')];
    this.#editor.show(change.from + open, change.from + close);
    this.#say(this.#words.accepted);
  }

  #addCase(finding: Finding): void {
    const text = this.#editor.text;
    const before = text.endsWith("\n") || !text ? "\n" : "\n\n";
    this.#editor.make([{ from: text.length, to: text.length, insert: before + (finding.scenario ?? "") }]);
    const added = text.length + before.length;
    this.#editor.show(added, added);
    // It expects what is billed today, and that is what is wrong.
    this.#say(this.#words.caseAdded);
  }

  #showChosen(chosen: string): void {
    this.#chosen = chosen;
    this.#choices();
    this.#tabs.choose("cases");
    by("case-choice").focus();
  }

  #showFailing(): void {
    const first = this.#failing[0];
    if (first) this.#showChosen(`scenario-${first.at}`);
  }

  async #prove(): Promise<void> {
    const text = this.#editor.text;
    if (this.#proof || !this.#sound) return this.#proving();
    this.#stopped = false;
    const begun = performance.now();
    const passed = () => this.#words.seconds(Math.floor((performance.now() - begun) / 1000));
    this.#proving(passed());
    clearInterval(this.#clock);
    this.#clock = setInterval(() => this.#proving(passed()), 1000);
    try {
      const proof = await this.#prover.ask<Proof>({ ask: "proof", file: text });
      if (text !== this.#editor.text) return;
      this.#proof = proof;
      this.#find(findings.findingsOf(proof, text, this.#called));
      this.#choices();
    } catch (fault) {
      // A proof that is stopped for a change of the text is made anew.
      if (fault instanceof Stopped) this.#stopped = text === this.#editor.text;
      else this.#fault(fault);
    } finally {
      clearInterval(this.#clock);
      this.#proving();
    }
  }

  /** How far the proof is: under way for so long, stopped, or done. */
  #proving(passed?: string): void {
    const under = passed !== undefined;
    by("proof").hidden = !under;
    if (passed !== undefined) by("proof-time").textContent = passed;
    by("prove").hidden = under || !this.#stopped;
    by("proof-stopped").hidden = under || !this.#stopped;
    by("verdicts").hidden = this.#proof === undefined;
    if (this.#proof) findings.verdicts(this.#proof, this.#fileLang, this.#words);
  }

  // Cases.

  async #run(): Promise<void> {
    const file = this.#editor.text;
    try {
      const scenarios = this.#sound ? await this.#desk.ask<Scenario[]>({ ask: "scenarios", file }) : [];
      if (file !== this.#editor.text) return;
      this.#scenarios = scenarios;
    } catch (fault) {
      this.#scenarios = [];
      this.#fault(fault);
    }
    this.#failing = findings.failing(this.#scenarios, file, this.#words);
    this.#mark();
    this.#list();
    this.#choices();
  }

  /** Which cases can be shown. */
  #choices(): void {
    const select = by<HTMLSelectElement>("case-choice");
    const group = (label: string, options: HTMLOptionElement[]) => {
      const made = make("optgroup", { label });
      made.append(...options);
      return options.length ? made : undefined;
    };
    const sign = (scenario: Scenario) => (scenario.passed ? "✓" : "✗");
    const scenarios = this.#scenarios.map((scenario, at) =>
      make("option", { value: `scenario-${at}` }, `${sign(scenario)} ${scenario.scenario}`));
    const found = this.#findings.flatMap((finding, at) =>
      finding.case ? [make("option", { value: `finding-${at}` }, WORDS[this.#fileLang].of(finding.code, plain(finding.message)))] : []);
    const ofEvents = this.#ofEvents ? [make("option", { value: "events" }, this.#ofEvents.case)] : [];
    const words = this.#words;
    const groups = [group(words.scenarios, scenarios), group(words.ofFindings, found), group(words.ofEvents, ofEvents)];
    select.replaceChildren(...groups.filter((each) => each !== undefined));
    const values = [...select.options].map((option) => option.value);
    if (!values.includes(this.#chosen)) this.#chosen = values[0] ?? "";
    select.value = this.#chosen;
    select.disabled = values.length === 0;
    const passed = this.#scenarios.filter((scenario) => scenario.passed).length;
    by("scenario-count").textContent = this.#scenarios.length ? words.passed(passed, this.#scenarios.length) : "";
    this.#showCase();
  }

  #showCase(): void {
    const [kind, at] = this.#chosen.split("-");
    const scenario = kind === "scenario" ? this.#scenarios[Number(at)] : undefined;
    const found = kind === "finding" ? this.#findings[Number(at)] : undefined;
    const of = scenario?.case ?? found?.case ?? (kind === "events" ? this.#ofEvents : undefined);
    const about: HTMLElement[] = [];
    if (scenario) about.push(make("p", { class: scenario.passed ? "passes" : "fails" }, scenario.passed ? this.#words.passes : this.#words.fails));
    if (scenario?.why) about.push(make("pre", { lang: this.#fileLang, tabindex: "0" }, scenario.why));
    if (found) about.push(make("p", { class: `of-${found.level}`, lang: this.#fileLang }, ...said(found.message)));
    by("case-about").replaceChildren(...about);
    const chosen = by<HTMLSelectElement>("case-choice").selectedOptions[0];
    by("case-name").textContent = chosen ? this.#words.of(this.#words.caseLabel, chosen.textContent ?? "") : "";
    if (scenario && !of) by("case").replaceChildren();
    else cases.show(of, this.#words);
  }

  // Situations, and another version.

  async #shown(name: string): Promise<void> {
    this.#tab = name;
    if (name === "cases") this.#showCase();
    if (name === "situations") await this.#situate();
  }

  async #situate(): Promise<void> {
    const file = this.#editor.text;
    try {
      if (!this.#sound) return by("situation-list").replaceChildren(make("p", {}, this.#words.waitsForErrors));
      this.#situations ??= await this.#desk.ask<Situations[]>({ ask: "situations", file });
      if (file === this.#editor.text) situations.show(this.#situations, this.#fileLang, this.#words);
    } catch (fault) {
      this.#fault(fault);
    }
  }

  #keep(text: string | undefined): void {
    if (text === undefined) return;
    this.#old = text;
    this.#showOld();
  }

  #showOld(): void {
    const words = this.#words;
    by("old-about").textContent = this.#old === undefined ? words.noOld : words.oldVersion(this.#old.split("\n").length);
    by<HTMLButtonElement>("do-compare").disabled = this.#old === undefined;
  }

  async #compare(): Promise<void> {
    if (this.#old === undefined) return;
    try {
      const asked = { ask: "compare", old: this.#old, new: this.#editor.text };
      this.#compared = await this.#desk.ask<Compared[]>(asked);
      compare.show(this.#compared, this.#fileLang, this.#words);
    } catch (fault) {
      by("compared").replaceChildren();
      this.#fault(fault);
    }
  }

  // Words.

  #speak(lang: Lang): void {
    this.#lang = lang;
    const words = this.#words;
    this.#say("");
    by("printed-title").textContent = this.#printed();
    document.documentElement.lang = lang;
    document.title = words.title;
    for (const element of document.querySelectorAll<HTMLElement>("[data-word]")) {
      const word = words[element.dataset.word as keyof Words];
      if (typeof word === "string") element.textContent = word;
    }
    for (const element of document.querySelectorAll<HTMLElement>("[data-label]")) {
      const word = words[element.dataset.label as keyof Words];
      if (typeof word === "string") element.setAttribute("aria-label", word);
    }
    by("lang-en").setAttribute("aria-pressed", String(lang === "en"));
    by("lang-fr").setAttribute("aria-pressed", String(lang === "fr"));
    this.#editor.speak(lang, words);
    this.#examples();
    if (this.#failing.length) this.#failing = findings.failing(this.#scenarios, this.#editor.text, words);
    this.#mark();
    this.#list();
    this.#choices();
    this.#proving();
    this.#events.show();
    this.#showOld();
    if (this.#situations) situations.show(this.#situations, this.#fileLang, words);
    if (this.#compared) compare.show(this.#compared, this.#fileLang, words);
    if (this.#wordless) void this.#check();
  }

  #examples(): void {
    const select = by<HTMLSelectElement>("example");
    const groups = new Map<string, HTMLOptGroupElement>();
    EXAMPLES.forEach((example, at) => {
      const group = groups.get(example.folder) ?? make("optgroup", { label: example.folder });
      groups.set(example.folder, group);
      group.append(make("option", { value: String(at) }, `${example.name} (${example.lang})`));
    });
    const choose = make("option", { value: "" }, this.#words.chooseExample);
    select.replaceChildren(choose, ...groups.values());
  }

  #say(message: string): void {
    by("said").replaceChildren(...said(message));
  }

  #fault(fault: unknown): void {
    if (fault instanceof Stopped) return;
    const said = fault instanceof Refused || fault instanceof Answered;
    this.#say(said ? fault.message : this.#words.failed);
    if (!said && !(fault instanceof Failed)) throw fault;
  }
}

