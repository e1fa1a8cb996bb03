// The other side of the module's border: values in, as JSON in the memory of an instance; values out, likewise. A failure of
// the program is a trap, which this throws; the instance is not to be called again then.

type Memory = { buffer: ArrayBuffer };
type Call = (pointer: number, length: number) => number;

/** What the module answers to one message. */
export interface Answers {
  messages: Message[];
  /** Proofs that are still to be made. */
  due: Proof[];
  /** Whether the conversation is over. */
  ended: boolean;
}

/** A message of the protocol. */
export interface Message {
  jsonrpc: '2.0';
  id?: number | string | null;
  method?: string;
  params?: any;
  error?: { code: number; message: string };
}

/** A proof to be made: which text of which document. */
export interface Proof {
  uri: string;
  version: number;
  text: string;
}

/** What came of a proof; no findings, if the program failed on it. */
export interface Proved {
  uri: string;
  version: number;
  findings: unknown[] | null;
}

/** One instance of the module. */
export class Instance {
  readonly exports: Record<string, unknown>;

  constructor(module: WebAssembly.Module) {
    this.exports = new WebAssembly.Instance(module).exports;
  }

  /** Answers a message of the client. */
  receive(message: Message): Answers {
    return this.call('receive', message) as Answers;
  }

  /** Takes what came of a proof. */
  proved(proved: Proved): Answers {
    return this.call('proved', proved) as Answers;
  }

  /** Makes a proof; takes up to seconds. */
  prove(proof: Proof): Proved {
    return this.call('prove', proof) as Proved;
  }

  private call(name: string, given: unknown): unknown {
    const { memory, alloc, dealloc } = this.exports as {
      memory: Memory;
      alloc: (length: number) => number;
      dealloc: (pointer: number, length: number) => void;
    };
    const bytes = new TextEncoder().encode(JSON.stringify(given));
    const pointer = alloc(bytes.length);
    new Uint8Array(memory.buffer, pointer >>> 0, bytes.length).set(bytes);
    const answer = (this.exports[name] as Call)(pointer, bytes.length) >>> 0;
    dealloc(pointer, bytes.length);
    // The memory may have grown, and moved, meanwhile.
    const length = new DataView(memory.buffer).getUint32(answer, true);
    const text = new TextDecoder().decode(new Uint8Array(memory.buffer, answer + 4, length));
    dealloc(answer, length + 4);
    const { ok, error } = JSON.parse(text);
    if (error !== undefined) throw new Error(error.message);
    return ok;
  }
}
