// A worker as the page sees it: questions out, answers in.
import type { Told } from "./engine";

/** What the page is started with: where its module and its workers come from. */
export interface Host {
  module(): Promise<WebAssembly.Module>;
  worker(): Worker;
}

/** Why there is no answer. */
export class Refused extends Error {}
/** The program has failed: what was said to the worker before is forgotten. */
export class Failed extends Error {}
/** Somebody has stopped the worker. */
export class Stopped extends Error {}

interface Waiting {
  resolve(value: unknown): void;
  reject(why: Error): void;
}

export class Desk {
  readonly #host: Host;
  readonly #module: Promise<WebAssembly.Module>;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #last = 0;

  constructor(host: Host, module: Promise<WebAssembly.Module>) {
    this.#host = host;
    this.#module = module;
  }

  async ask<T>(asked: unknown, events?: Uint8Array): Promise<T> {
    const module = await this.#module;
    const worker = (this.#worker ??= this.#begin(module));
    const id = (this.#last += 1);
    return new Promise<T>((resolve, reject) => {
      this.#waiting.set(id, { resolve: resolve as (value: unknown) => void, reject });
      worker.postMessage({ id, asked, events });
    });
  }

  /** Ends what is under way; the next question begins anew. */
  stop(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    for (const { reject } of this.#waiting.values()) reject(new Stopped());
    this.#waiting.clear();
  }

  #begin(module: WebAssembly.Module): Worker {
    const worker = this.#host.worker();
    worker.onmessage = ({ data }: MessageEvent<{ id: number; told?: Told; failed?: string }>) => {
      const waiting = this.#waiting.get(data.id);
      this.#waiting.delete(data.id);
      if (!waiting) return;
      if (!data.told) waiting.reject(new Failed(data.failed));
      else if ("ok" in data.told) waiting.resolve(data.told.ok);
      else waiting.reject(new Refused(data.told.error.message));
    };
    worker.postMessage(module);
    return worker;
  }
}
