// The server in a worker: a message in, those that answer it out. What the client has said is remembered, so that after a
// failure of the program another instance takes over where the first one was.

import type { Answers, Instance, Message, Proved } from './border';

const INTERNAL_ERROR = -32603;

/** The same sentence as the native server has, which goes on by itself. */
const failed = (on: string) =>
  `Jalon failed on ${on}; please report this with the file · ` +
  `Jalon a échoué sur ${on} ; merci de le signaler avec le fichier`;

const shown = (on: string): Message => ({
  jsonrpc: '2.0',
  method: 'window/showMessage',
  params: { type: 1, message: failed(on) },
});

interface Opened {
  uri: string;
  version: number;
  [field: string]: unknown;
}

const NOTHING: Answers = { messages: [], due: [], ended: false };

export class Server {
  private instance: Instance;
  private initialize: Message | undefined;
  private readonly opened = new Map<string, Opened>();
  /** Documents on whose present text the program fails: they are opened again when it changes. */
  private readonly failing = new Set<string>();

  constructor(private readonly anew: () => Instance) {
    this.instance = anew();
  }

  /** Answers a message of the client. */
  receive(message: Message): Answers {
    this.remember(message);
    return this.guarded(message.method ?? 'a message', () => this.instance.receive(message), message);
  }

  /** Takes what came of a proof. */
  proved(proved: Proved): Answers {
    return this.guarded('a proof', () => this.instance.proved(proved));
  }

  private guarded(on: string, work: () => Answers, message?: Message): Answers {
    try {
      return work();
    } catch (error) {
      const answers = this.restart();
      const messages = [shown(on), ...answers.messages];
      // A request is answered, whatever comes of it.
      if (message?.method !== undefined && message.id !== undefined) {
        const why = { code: INTERNAL_ERROR, message: `the program failed on this request: ${error}` };
        messages.push({ jsonrpc: '2.0', id: message.id, error: why });
      }
      return { ...answers, messages };
    }
  }

  private remember(message: Message): void {
    const document = message.params?.textDocument;
    switch (message.method) {
      case 'initialize':
        this.initialize = message;
        break;
      case 'textDocument/didOpen':
        this.opened.set(document.uri, document);
        this.failing.delete(document.uri);
        break;
      case 'textDocument/didChange': {
        // The server asks for whole texts.
        const text = message.params.contentChanges.at(-1)?.text;
        const before = this.opened.get(document.uri);
        if (before && text !== undefined) {
          this.opened.set(document.uri, { ...before, version: document.version, text });
        }
        this.failing.delete(document.uri);
        break;
      }
      case 'textDocument/didClose':
        this.opened.delete(document.uri);
        this.failing.delete(document.uri);
        break;
    }
  }

  /** A new instance that has been told all that the client has said; what fails again is left out. */
  private restart(): Answers {
    for (;;) {
      this.instance = this.anew();
      const messages: Message[] = [];
      const due = [];
      let opening: string | undefined;
      try {
        // What it answers to `initialize` the client knows already.
        if (this.initialize) this.instance.receive(this.initialize);
        for (const [uri, textDocument] of this.opened) {
          if (this.failing.has(uri)) continue;
          opening = uri;
          const method = 'textDocument/didOpen';
          const answers = this.instance.receive({ jsonrpc: '2.0', method, params: { textDocument } });
          messages.push(...answers.messages);
          due.push(...answers.due);
        }
        return { ...NOTHING, messages, due };
      } catch (error) {
        // Without a document there is nothing to leave out, and nothing that could be served.
        if (opening === undefined) throw error;
        this.failing.add(opening);
      }
    }
  }
}
