// The worker in a browser.

import { worker, type Said, type Told } from './worker';

const scope = globalThis as unknown as {
  postMessage(said: Said): void;
  onmessage: (event: MessageEvent<Told>) => void;
};
const tell = worker((said) => scope.postMessage(said));
scope.onmessage = (event) => tell(event.data);
