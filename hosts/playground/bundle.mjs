// bundle.mjs ENGINE: from the engine as a module of WebAssembly, the page as a folder (`dist/site`) and as one file
// (`dist/jalon-playground.html`). The same sources give the same bytes.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { licences } from "./licences.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../..");
const page = (name) => readFileSync(join(here, "page", name), "utf8");
const engine = withoutNames(readFileSync(process.argv[2]));

/** A module of WebAssembly without its custom sections: the names of its functions are a fifth of it, and nobody reads them. */
function withoutNames(module) {
  const kept = [module.subarray(0, 8)];
  for (let at = 8; at < module.length; ) {
    const [start, section] = [at, module[at]];
    let [size, shift, byte] = [0, 0, 0];
    at += 1;
    do {
      byte = module[at];
      at += 1;
      size += (byte & 127) * 2 ** shift;
      shift += 7;
    } while (byte & 128);
    at += size;
    if (section !== 0) kept.push(module.subarray(start, at));
  }
  return Buffer.concat(kept);
}

/** All schedules of the project, by folder and name. */
function examples() {
  const schedules = join(root, "schedules");
  const folders = readdirSync(schedules).sort();
  return folders.flatMap((folder) => {
    const names = readdirSync(join(schedules, folder)).filter((name) => name.endsWith(".jalon")).sort();
    return names.map((name) => {
      const text = readFileSync(join(schedules, folder, name), "utf8");
      const lang = /^(échéancier|suivi)\b/mu.test(text) ? "fr" : "en";
      return { folder, name: name.replace(/\.jalon$/, ""), lang, text };
    });
  });
}

/** What is no file of its own. */
const made = (modules) => ({
  name: "made",
  setup(build) {
    build.onResolve({ filter: /^jalon-/ }, ({ path }) => ({ path, namespace: "made" }));
    build.onLoad({ filter: /.*/, namespace: "made" }, ({ path }) => modules[path]);
  },
});

async function script(entry, modules = {}) {
  const built = await build({
    entryPoints: [join(here, "page/src", entry)],
    absWorkingDir: here,
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: "iife",
    target: "es2022",
    legalComments: "none",
    logLevel: "warning",
    plugins: [made(modules)],
  });
  return { text: built.outputFiles[0].text, inputs: Object.keys(built.metafile.inputs) };
}

const hash = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** Nothing is allowed but what is named; what each is for stands in docs/playground.md. */
function policy(sources) {
  const rules = {
    "default-src": "'none'",
    ...sources,
    "img-src": "data:",
    "base-uri": "'none'",
    "form-action": "'none'",
    "require-trusted-types-for": "'script'",
    "trusted-types": "jalon",
  };
  return Object.entries(rules).map(([name, of]) => `${name} ${of}`).join("; ");
}

function document(parts) {
  return page("index.html").replace(/\{\{(\w+)\}\}/g, (_, name) => parts[name]);
}

const list = { "jalon-examples": { contents: JSON.stringify(examples()), loader: "json" } };
const worker = await script("worker.ts");
const site = await script("site.ts", list);
const single = await script("single.ts", { ...list, "jalon-worker": { contents: worker.text, loader: "text" } });
const style = page("style.css");
const third = licences(root, [...site.inputs, ...worker.inputs]);
// A page without a server has no nonce for each visit; this one lets the editor's styles in, and no script.
const nonce = createHash("sha256").update(style).update(site.text).digest("hex").slice(0, 24);

const out = join(here, "dist");
rmSync(out, { recursive: true, force: true });
mkdirSync(join(out, "site"), { recursive: true });
const put = (name, contents) => writeFileSync(join(out, name), contents);

put("site/index.html", document({
  policy: policy({
    "script-src": "'self' 'wasm-unsafe-eval'",
    "worker-src": "'self'",
    "connect-src": "'self'",
    "style-src": `'self' 'nonce-${nonce}'`,
  }),
  style: `<link rel="stylesheet" href="style.css" nonce="${nonce}">`,
  licences: `<p><a href="THIRD-PARTY.txt" data-word="licences"></a></p>`,
  script: `<script src="page.js"></script>`,
}));
put("site/page.js", site.text);
put("site/worker.js", worker.text);
put("site/style.css", style);
put("site/engine.wasm", engine);
put("site/THIRD-PARTY.txt", third);

put("jalon-playground.html", document({
  policy: policy({
    "script-src": `${hash(single.text)} 'wasm-unsafe-eval'`,
    "worker-src": "blob:",
    "style-src": `${hash(style)} 'nonce-${nonce}'`,
  }),
  style: `<style nonce="${nonce}">${style}</style>`,
  licences: `<details><summary data-word="licences"></summary><pre tabindex="0">${escaped(third)}</pre></details>`,
  script: `<script type="text/plain" id="engine">${gzipSync(engine, { level: 9 }).toString("base64")}</script>\n`
    + `<script>${single.text}</script>`,
}));
