// The page as a folder of files on some server: the module and the worker are fetched from beside it.
import { start } from "./page";
import { scriptAddress } from "./trusted";

const address = scriptAddress("worker.js");

start({
  module: async () => WebAssembly.compile(await (await fetch("engine.wasm")).arrayBuffer()),
  worker: () => new Worker(address),
});
