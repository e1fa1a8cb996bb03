// A worker, in one of two roles: it serves, or it makes proofs. It knows neither Node nor the browser; what does is beside it.

import { Instance, type Message, type Proof, type Proved } from './border';
import { Server } from './server';

/** What a worker is told. The first is `start`. */
export type Told =
  | { kind: 'start'; module: WebAssembly.Module }
  | { kind: 'message'; message: Message }
  | { kind: 'proved'; proved: Proved }
  | { kind: 'prove'; proof: Proof };

/** What a worker says. */
export type Said =
  | { kind: 'message'; message: Message }
  | { kind: 'due'; proof: Proof }
  | { kind: 'proved'; proved: Proved }
  | { kind: 'ended' };

/** Takes what a worker is told, one after the other. */
export function worker(say: (said: Said) => void): (told: Told) => void {
  let module: WebAssembly.Module;
  let server: Server | undefined;
  let prover: Instance | undefined;
  const serving = () => (server ??= new Server(() => new Instance(module)));
  const answer = ({ messages, due, ended }: ReturnType<Server['receive']>) => {
    for (const message of messages) say({ kind: 'message', message: { ...message, jsonrpc: '2.0' } });
    for (const proof of due) say({ kind: 'due', proof });
    if (ended) say({ kind: 'ended' });
  };
  return (told) => {
    switch (told.kind) {
      case 'start':
        module = told.module;
        break;
      case 'message':
        answer(serving().receive(told.message));
        break;
      case 'proved':
        answer(serving().proved(told.proved));
        break;
      case 'prove': {
        const { uri, version } = told.proof;
        let proved: Proved = { uri, version, findings: null };
        try {
          prover ??= new Instance(module);
          proved = prover.prove(told.proof);
        } catch {
          // It is said by the server, which takes a proof without findings for a failure.
          prover = undefined;
        }
        say({ kind: 'proved', proved });
      }
    }
  };
}
