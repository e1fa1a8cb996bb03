// The worker in Node.

import { parentPort } from 'node:worker_threads';
import { worker } from './worker';

const port = parentPort!;
port.on('message', worker((said) => port.postMessage(said)));
