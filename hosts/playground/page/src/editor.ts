// The editor: CodeMirror with the proposals, colours and findings of the engine.
import {
  autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap, completionStatus, selectedCompletionIndex,
  setSelectedCompletion,
} from "@codemirror/autocomplete";
import type { Completion, CompletionContext, CompletionResult } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import type { Diagnostic } from "@codemirror/lint";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import { Compartment, EditorState, RangeSetBuilder, StateEffect, StateField } from "@codemirror/state";
import type { Text } from "@codemirror/state";
import {
  Decoration, EditorView, highlightActiveLine, highlightActiveLineGutter, keymap, lineNumbers,
} from "@codemirror/view";
import type { DecorationSet, ViewUpdate } from "@codemirror/view";
import { make, plain, said } from "./dom";
import type { Change, Failing, Finding } from "./findings";
import type { Position, Proposal, Server, TextEdit } from "./server";
import { EDITOR_FR } from "./words";
import type { Lang, Words } from "./words";

/** The types of tokens of the server, by their numbers. */
const TOKENS = ["word", "name", "number", "remark", "title", "label", "action", "event", "payer"];

const setColours = StateEffect.define<DecorationSet>();
const colours = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(of, transaction) {
    let next = of.map(transaction.changes);
    for (const effect of transaction.effects) if (effect.is(setColours)) next = effect.value;
    return next;
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** Where a place of the protocol is in a text. */
function offset(text: Text, { line, character }: Position): number {
  if (line >= text.lines) return text.length;
  const of = text.line(line + 1);
  return Math.min(of.from + character, of.to);
}

function position(text: Text, at: number): Position {
  const line = text.lineAt(at);
  return { line: line.number - 1, character: at - line.from };
}

/** Whether somebody has written another text in the place of all that was chosen, or left nothing. */
function anew({ transactions, startState, state }: ViewUpdate): boolean {
  const ways = ["input.type", "input.paste", "input.drop", "delete"];
  const written = transactions.some((each) => ways.some((way) => each.isUserEvent(way)));
  const { from, to } = startState.selection.main;
  return written && (to - from === startState.doc.length || state.doc.length === 0);
}

/** What can be done with what is marked. */
export interface Marked {
  mend(finding: Finding, changes: Change[]): void;
  scenario(of: Failing): void;
  /** The word for it. */
  showCase: string;
}

export class Editor {
  readonly view: EditorView;
  readonly #server: Server;
  readonly #tongue = new Compartment();
  /** Whether proposals were asked for, and did not come by themselves. */
  #asked = false;

  constructor(parent: HTMLElement, server: Server, nonce: string, changed: (anew: boolean) => void) {
    this.#server = server;
    const told = EditorView.updateListener.of((update) => {
      if (update.docChanged) changed(anew(update));
      // Of proposals that come by themselves none is chosen: Enter ends the line that is typed.
      const open = completionStatus(update.state) === "active" && selectedCompletionIndex(update.state) === null;
      if (this.#asked && open) update.view.dispatch({ effects: setSelectedCompletion(0) });
    });
    const state = EditorState.create({
      extensions: [
        EditorView.cspNonce.of(nonce),
        lineNumbers(), highlightActiveLine(), highlightActiveLineGutter(), history(), closeBrackets(),
        highlightSelectionMatches(), lintGutter(), colours, EditorView.lineWrapping, told,
        autocompletion({ override: [(context) => this.#proposals(context)], icons: false, selectOnOpen: false }),
        keymap.of([
          ...closeBracketsKeymap, ...completionKeymap, ...lintKeymap, ...searchKeymap, ...historyKeymap,
          ...defaultKeymap,
        ]),
        this.#tongue.of([]),
      ],
    });
    this.view = new EditorView({ state, parent });
  }

  get text(): string {
    return this.view.state.doc.toString();
  }

  /** Another text in its place. */
  replace(text: string): void {
    const changes = { from: 0, to: this.view.state.doc.length, insert: text };
    this.view.dispatch({ changes, selection: { anchor: 0 }, scrollIntoView: true });
  }

  /** The page speaks another language. */
  speak(lang: Lang, words: Words): void {
    const label = EditorView.contentAttributes.of({ "aria-label": words.editor, "aria-describedby": "editor-help" });
    const phrases = lang === "fr" ? [EditorState.phrases.of(EDITOR_FR)] : [];
    this.view.dispatch({ effects: this.#tongue.reconfigure([label, ...phrases]) });
  }

  /** Places of an edit of the server, in this text. */
  changes(edits: TextEdit[]): Change[] {
    const text = this.view.state.doc;
    return edits.map(({ range, newText }) => ({
      from: offset(text, range.start), to: offset(text, range.end), insert: newText,
    }));
  }

  /** The places of a range of the protocol. */
  places({ start, end }: { start: Position; end: Position }): { from: number; to: number } {
    const text = this.view.state.doc;
    return { from: offset(text, start), to: offset(text, end) };
  }

  lineOf(at: number): number {
    const text = this.view.state.doc;
    return text.lineAt(Math.min(at, text.length)).number;
  }

  make(changes: Change[]): void {
    this.view.dispatch({ changes, scrollIntoView: true, userEvent: "input.mend" });
  }

  /** Shows a place and goes there. */
  show(from: number, to: number): void {
    const most = this.view.state.doc.length;
    this.view.dispatch({ selection: { anchor: Math.min(from, most), head: Math.min(to, most) }, scrollIntoView: true });
    this.view.focus();
  }

  /** Shows findings and scenarios that fail beside the text. */
  find(findings: Finding[], failing: Failing[], does: Marked): void {
    const most = this.view.state.doc.length;
    const at = ({ from, to, message }: { from: number; to: number; message: string }) => ({
      from: Math.min(from, most), to: Math.min(to, most), message, renderMessage: () => make("span", {}, ...said(message)),
    });
    const shown = findings.map((finding): Diagnostic => ({
      ...at(finding),
      severity: finding.level === "note" ? "info" : finding.level,
      source: finding.code,
      actions: finding.fixes.map((fix) => ({
        name: plain(fix.title),
        apply: () => does.mend(finding, fix.changes),
      })),
    }));
    const failed = failing.map((scenario): Diagnostic => ({
      ...at(scenario),
      severity: "error",
      markClass: "cm-failing",
      actions: [{ name: does.showCase, apply: () => does.scenario(scenario) }],
    }));
    const all = [...shown, ...failed].sort((one, other) => one.from - other.from);
    this.view.dispatch(setDiagnostics(this.view.state, all));
  }

  /** Takes the tokens of the server, if they are of the text as it is. */
  colour(numbers: number[], of: string): void {
    if (of !== this.text) return;
    const text = this.view.state.doc;
    const marks = new RangeSetBuilder<Decoration>();
    let [line, column] = [0, 0];
    for (let at = 0; at + 4 < numbers.length; at += 5) {
      const [lines, columns, length, type] = numbers.slice(at, at + 4) as [number, number, number, number];
      column = lines === 0 ? column + columns : columns;
      line += lines;
      const from = offset(text, { line, character: column });
      const to = offset(text, { line, character: column + length });
      if (from < to) marks.add(from, to, Decoration.mark({ class: `tok-${TOKENS[type] ?? "name"}` }));
    }
    this.view.dispatch({ effects: setColours.of(marks.finish()) });
  }

  async #proposals(context: CompletionContext): Promise<CompletionResult | null> {
    this.#asked = context.explicit;
    const text = context.state.doc;
    const before = text.lineAt(context.pos).text.slice(0, context.pos - text.lineAt(context.pos).from);
    if (!context.explicit && !/[\p{L}"']$/u.test(before)) return null;
    let proposals: Proposal[];
    try {
      await this.#server.write(text.toString());
      proposals = await this.#server.proposals(position(text, context.pos));
    } catch {
      return null;
    }
    const first = proposals[0];
    if (!first || context.aborted) return null;
    const from = offset(text, first.textEdit.range.start);
    const options = proposals.map((proposal, at): Completion => ({
      label: proposal.textEdit.newText,
      displayLabel: proposal.label,
      boost: -at,
      apply: (view) => {
        const { newText, range } = proposal.textEdit;
        const end = offset(text, range.end) + (view.state.selection.main.head - context.pos);
        view.dispatch({
          changes: { from, to: Math.min(end, view.state.doc.length), insert: newText },
          selection: { anchor: from + newText.length },
          userEvent: "input.complete",
        });
      },
    }));
    return { from, options };
  }
}
