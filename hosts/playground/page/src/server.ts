// The language server of the desk, for the one file of the page: the little of the protocol that the page needs.
import { Desk, Failed } from "./desk";

/** A place in a file as the protocol has it: both from 0, the second in UTF-16 units. */
export interface Position {
  line: number;
  character: number;
}
export interface Range {
  start: Position;
  end: Position;
}
export interface TextEdit {
  range: Range;
  newText: string;
}
export interface Diagnostic {
  range: Range;
  severity?: number;
  code?: string;
  source?: string;
  message: string;
  /** The name of the code, the same in every language. */
  data?: { code?: string };
}
export interface Proposal {
  label: string;
  kind?: number;
  textEdit: TextEdit;
}
interface Action {
  title: string;
  kind?: string;
  edit?: Edit;
  diagnostics?: Diagnostic[];
}
interface Edit {
  changes?: Record<string, TextEdit[]>;
}
export interface Fix {
  title: string;
  edits: TextEdit[];
}

/** The server says why it does not do what was asked. */
export class Answered extends Error {}

const ADDRESS = "page:file.jalon";

export class Server {
  readonly #desk: Desk;
  #open = false;
  #last = 0;
  #version = 0;
  #text = "";
  /** What is under way: one thing after the other. */
  #before: Promise<unknown> = Promise.resolve();

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  /** Gives the server a text: what the checker finds in it. */
  async write(text: string): Promise<Diagnostic[]> {
    const answers = await this.#told(() => {
      this.#text = text;
      return this.#change();
    });
    const published = answers.find((answer) => answer.method === "textDocument/publishDiagnostics");
    return (published?.params as { diagnostics: Diagnostic[] } | undefined)?.diagnostics ?? [];
  }

  async proposals(position: Position): Promise<Proposal[]> {
    return this.#ask<Proposal[]>("textDocument/completion", { position });
  }

  /** The quick fixes for a diagnostic. */
  async fixes(diagnostic: Diagnostic): Promise<Fix[]> {
    const context = { diagnostics: [diagnostic], only: ["quickfix"] };
    const asked = { range: diagnostic.range, context };
    const actions = await this.#ask<Action[]>("textDocument/codeAction", asked);
    const own = actions.filter((action) => action.diagnostics?.some((of) => of.message === diagnostic.message));
    return own.map((action) => ({ title: action.title, edits: edits(action.edit) }));
  }

  async layout(): Promise<TextEdit[]> {
    const options = { tabSize: 2, insertSpaces: true };
    return (await this.#ask<TextEdit[] | null>("textDocument/formatting", { options })) ?? [];
  }

  /** The edits that write the file in the other language. */
  async translation(): Promise<TextEdit[]> {
    const asked = { command: "jalon.translate", arguments: [ADDRESS] };
    return edits(await this.#ask<Edit>("workspace/executeCommand", asked));
  }

  /** Colours: five numbers a piece, each place counted from the one before. */
  async colours(): Promise<number[]> {
    return (await this.#ask<{ data: number[] }>("textDocument/semanticTokens/full", {})).data;
  }

  async #ask<T>(method: string, params: object): Promise<T> {
    const document = { textDocument: { uri: ADDRESS }, ...params };
    const answers = await this.#told(() => this.#request(method, document));
    const answer = answers.find((answer) => answer.id !== undefined);
    if (!answer || answer.error) throw new Answered(answer?.error?.message ?? method);
    return answer.result as T;
  }

  #told(work: () => Promise<Message[]>): Promise<Message[]> {
    const next = this.#before.then(() => this.#tried(work));
    this.#before = next.catch(() => undefined);
    return next;
  }

  /** After a failure of the program the server is new: it is told the text again, once. */
  async #tried(work: () => Promise<Message[]>): Promise<Message[]> {
    try {
      return await work();
    } catch (fault) {
      if (!(fault instanceof Failed)) throw fault;
      this.#open = false;
      await this.#change();
      return work();
    }
  }

  async #change(): Promise<Message[]> {
    this.#version += 1;
    const version = this.#version;
    if (this.#open) {
      const change = { textDocument: { uri: ADDRESS, version }, contentChanges: [{ text: this.#text }] };
      return this.#send("textDocument/didChange", change);
    }
    await this.#request("initialize", { capabilities: {} });
    await this.#send("initialized", {});
    this.#open = true;
    const document = { uri: ADDRESS, languageId: "jalon", version, text: this.#text };
    return this.#send("textDocument/didOpen", { textDocument: document });
  }

  #request(method: string, params: object): Promise<Message[]> {
    this.#last += 1;
    return this.#message({ jsonrpc: "2.0", id: this.#last, method, params });
  }

  #send(method: string, params: object): Promise<Message[]> {
    return this.#message({ jsonrpc: "2.0", method, params });
  }

  #message(message: object): Promise<Message[]> {
    return this.#desk.ask<Message[]>({ ask: "message", message });
  }
}

interface Message {
  id?: number;
  method?: string;
  params?: unknown;
  result?: unknown;
  error?: { message: string };
}

function edits(edit: Edit | undefined): TextEdit[] {
  return Object.values(edit?.changes ?? {}).flat();
}
