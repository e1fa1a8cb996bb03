// A client without an editor: the connection of the extension, and the worker of the package that PACKAGE names, unpacked.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after } from 'node:test';
import { Worker } from 'node:worker_threads';
import { build } from 'esbuild';

export const PACKAGE = process.env.PACKAGE;
assert(PACKAGE, 'PACKAGE names the unpacked package');

/** A file of ours as a module that Node can load. */
export async function bundled(file) {
  const entry = new URL(`../src/${file}`, import.meta.url).pathname;
  const options = { entryPoints: [decodeURIComponent(entry)], bundle: true, write: false, format: 'esm', platform: 'node' };
  const { outputFiles } = await build({ ...options, banner: { js: "import { createRequire } from 'node:module'; const require = createRequire('/');" } });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
}

export const MODULE = new WebAssembly.Module(readFileSync(join(PACKAGE, 'dist/server.wasm')));

const { connect } = await bundled('connection.ts');

export class Client {
  #asked = 0;
  #answers = new Map();
  #waiting = [];
  told = [];

  constructor() {
    const script = join(PACKAGE, 'dist/node/worker.js');
    this.workers = [];
    const start = () => {
      const worker = new Worker(script);
      this.workers.push(worker);
      return {
        post: (told) => worker.postMessage(told),
        onSaid: (take) => worker.on('message', take),
        onFailure: (take) => worker.on('error', take),
        end: () => void worker.terminate(),
      };
    };
    this.connection = connect(start, MODULE);
    this.closed = new Promise((close) => this.connection.reader.onClose(close));
    // Whatever becomes of a test, nothing of it goes on.
    after(() => this.connection.reader.dispose());
    this.connection.reader.listen((message) => this.#take(message));
  }

  #take(message) {
    assert.equal(message.jsonrpc, '2.0');
    if (message.method === undefined) {
      const { resolve, reject } = this.#answers.get(message.id);
      this.#answers.delete(message.id);
      return message.error ? reject(new Error(message.error.message)) : resolve(message.result);
    }
    this.told.push(message);
    this.#waiting = this.#waiting.filter((look) => !look());
  }

  tell(method, params) {
    return this.connection.writer.write({ jsonrpc: '2.0', method, params });
  }

  async ask(method, params) {
    const id = ++this.#asked;
    const answer = new Promise((resolve, reject) => this.#answers.set(id, { resolve, reject }));
    await this.connection.writer.write({ jsonrpc: '2.0', id, method, params });
    return answer;
  }

  /** The first message of those told that is so; it is taken out. */
  next(is) {
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`not told: ${is}`)), 60_000);
      const look = () => {
        const at = this.told.findIndex(is);
        if (at < 0) return false;
        clearTimeout(late);
        resolve(this.told.splice(at, 1)[0]);
        return true;
      };
      if (!look()) this.#waiting.push(look);
    });
  }

  async begin(capabilities = {}) {
    const said = await this.ask('initialize', { processId: null, rootUri: null, capabilities, initializationOptions: { showsResults: true } });
    await this.tell('initialized', {});
    return said;
  }

  async open(uri, text) {
    await this.tell('textDocument/didOpen', { textDocument: { uri, languageId: 'jalon', version: 1, text } });
    return this.findings(uri);
  }

  async findings(uri, is = () => true) {
    const published = 'textDocument/publishDiagnostics';
    const { params } = await this.next((it) => it.method === published && it.params.uri === uri && is(it.params.diagnostics));
    return params.diagnostics;
  }

  async end() {
    await this.ask('shutdown');
    await this.tell('exit');
    await this.closed;
  }
}
