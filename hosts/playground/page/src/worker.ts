// A worker with one instance of the engine. It answers one question after the other; after a trap the next question has
// a new instance, which knows nothing of what was said to the old one.
import { Engine } from "./engine";

/** A question to a worker; the first message to it is the compiled module. */
export interface Question {
  id: number;
  asked: unknown;
  events?: Uint8Array;
}

let module: WebAssembly.Module | undefined;
let engine: Engine | undefined;

self.onmessage = ({ data }: MessageEvent<WebAssembly.Module | Question>) => {
  if (data instanceof WebAssembly.Module) {
    module = data;
    return;
  }
  const { id, asked, events } = data;
  try {
    if (!module) throw new Error("no module");
    engine ??= new Engine(module);
    self.postMessage({ id, told: engine.ask(asked, events ?? new Uint8Array()) });
  } catch (fault) {
    engine = undefined;
    self.postMessage({ id, failed: String(fault) });
  }
};
