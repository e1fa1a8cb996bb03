// An instance of the engine: in, what is asked and the bytes of an event file; out, the answer. The other side of the
// border is `src/lib.rs`, two folders up. A failure of the program is a trap: the instance is not to be used any more.

/** What the engine says: what was asked for, or why not. */
export type Told = { ok: unknown } | { error: { message: string } };

interface Exports {
  memory: WebAssembly.Memory;
  alloc(length: number): number;
  dealloc(pointer: number, length: number): void;
  ask(asked: number, askedLength: number, events: number, eventsLength: number): number;
}

export class Engine {
  readonly #exports: Exports;

  constructor(module: WebAssembly.Module) {
    this.#exports = new WebAssembly.Instance(module).exports as unknown as Exports;
  }

  ask(asked: unknown, events: Uint8Array): Told {
    const { memory, ask, dealloc } = this.#exports;
    const question = this.#put(new TextEncoder().encode(JSON.stringify(asked)));
    const beside = this.#put(events);
    const answer = ask(question.at, question.length, beside.at, beside.length);
    dealloc(question.at, question.length);
    dealloc(beside.at, beside.length);
    const length = new DataView(memory.buffer).getUint32(answer, true);
    const text = new TextDecoder().decode(new Uint8Array(memory.buffer, answer + 4, length));
    dealloc(answer, length + 4);
    return JSON.parse(text) as Told;
  }

  #put(bytes: Uint8Array): { at: number; length: number } {
    const at = this.#exports.alloc(bytes.length);
    new Uint8Array(this.#exports.memory.buffer, at, bytes.length).set(bytes);
    return { at, length: bytes.length };
  }
}
