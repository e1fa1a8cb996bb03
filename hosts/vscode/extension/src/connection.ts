// The client's side of the workers: one serves, the other makes the proofs that it asks for, so that typing waits for none.

import { Emitter, type Event, type MessageReader, type MessageWriter } from 'vscode-jsonrpc';
import type { Message, Proof } from './border';
import type { Said, Told } from './worker';

/** A proof begins when nothing has been typed for so many milliseconds, as in the native server. */
const STILL = 300;

/** A worker, as Node and browsers both have it. */
export interface Port {
  post(told: Told): void;
  onSaid(take: (said: Said) => void): void;
  /** It can go on no more. */
  onFailure(take: (why: Error) => void): void;
  end(): void;
}

/** Proofs that are due, made one after the other by a worker of their own. */
class Prover {
  private readonly waiting = new Map<string, Proof>();
  private port: Port | undefined;
  private making: Proof | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly start: () => Port,
    private readonly proved: (proved: Extract<Told, { kind: 'proved' }>) => void,
  ) {}

  /** A later text of a document takes the place of an earlier one. */
  due(proof: Proof): void {
    this.waiting.delete(proof.uri);
    this.waiting.set(proof.uri, proof);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.next();
    }, STILL);
  }

  end(): void {
    clearTimeout(this.timer);
    this.waiting.clear();
    this.port?.end();
    this.port = undefined;
  }

  private next(): void {
    const [proof] = [...this.waiting.values()].slice(-1);
    if (this.making || !proof) return;
    this.waiting.delete(proof.uri);
    this.making = proof;
    this.port ??= this.started();
    this.port.post({ kind: 'prove', proof });
  }

  private started(): Port {
    const port = this.start();
    port.onSaid((said) => said.kind === 'proved' && this.made(said));
    port.onFailure(() => {
      port.end();
      if (this.port !== port) return;
      this.port = undefined;
      const { uri, version } = this.making ?? { uri: '', version: 0 };
      if (this.making) this.made({ kind: 'proved', proved: { uri, version, findings: null } });
    });
    return port;
  }

  private made(proved: Extract<Told, { kind: 'proved' }>): void {
    this.making = undefined;
    this.proved(proved);
    // While something is typed, the timer says when the next begins.
    if (this.timer === undefined) this.next();
  }
}

/** Starts the workers: what the client reads from and writes to. */
export function connect(
  startWorker: () => Port,
  module: WebAssembly.Module,
): { reader: MessageReader; writer: MessageWriter } {
  const started = () => {
    const port = startWorker();
    port.post({ kind: 'start', module });
    return port;
  };
  const server = started();
  const prover = new Prover(started, (proved) => server.post(proved));
  const [heard, closed, failed] = [new Emitter<any>(), new Emitter<void>(), new Emitter<any>()];
  let over = false;
  const end = () => {
    if (over) return;
    over = true;
    prover.end();
    server.end();
    closed.fire();
  };
  server.onSaid((said) => {
    if (said.kind === 'message') heard.fire(said.message);
    if (said.kind === 'due') prover.due(said.proof);
    if (said.kind === 'ended') end();
  });
  server.onFailure((why) => {
    failed.fire(why);
    end();
  });
  const never: Event<any> = () => ({ dispose() {} });
  const reader: MessageReader = {
    onError: failed.event,
    onClose: closed.event,
    onPartialMessage: never,
    listen: heard.event,
    dispose: end,
  };
  const writer: MessageWriter = {
    onError: never,
    onClose: closed.event,
    write: async (message) => {
      if (over) throw new Error('the server has ended');
      server.post({ kind: 'message', message: message as Message });
    },
    end,
    dispose: end,
  };
  return { reader, writer };
}
