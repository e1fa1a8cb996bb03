// The page as one file: the worker stands in its script, the module in an element of the page, compressed.
import worker from "jalon-worker";
import { by } from "./dom";
import { start } from "./page";
import { scriptAddress } from "./trusted";

const address = scriptAddress(URL.createObjectURL(new Blob([worker], { type: "text/javascript" })));

start({
  module: async () => {
    const binary = atob(by("engine").textContent?.trim() ?? "");
    const packed = new Blob([Uint8Array.from(binary, (char) => char.charCodeAt(0))]).stream();
    const unpacked = packed.pipeThrough(new DecompressionStream("gzip"));
    return WebAssembly.compile(await new Response(unpacked).arrayBuffer());
  },
  worker: () => new Worker(address),
});
