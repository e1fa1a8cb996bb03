// Bundles the extension and its workers, and writes whose work is in them: dist/ and THIRD-PARTY.txt.

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';

const common = {
  bundle: true,
  minify: true,
  keepNames: true,
  target: 'es2022',
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
};
const node = { ...common, platform: 'node', format: 'cjs', external: ['vscode'] };
const browser = { ...common, platform: 'browser', external: ['vscode'] };
const built = await Promise.all([
  build({ ...node, entryPoints: { extension: 'src/extension-node.ts', worker: 'src/worker-node.ts' }, outdir: 'dist/node' }),
  build({ ...browser, format: 'cjs', entryPoints: ['src/extension-browser.ts'], outfile: 'dist/browser/extension.js' }),
  build({ ...browser, format: 'iife', entryPoints: ['src/worker-browser.ts'], outfile: 'dist/browser/worker.js' }),
]);

/** The licences that what is bundled may be had under: each lets it be passed on under ours. */
const LICENCES = ['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'BlueOak-1.0.0', 'ISC', 'MIT'];

const byName = (one, other) => (one < other ? -1 : one > other ? 1 : 0);

/** The texts of a package's folder that say under what it may be had. */
function texts(folder) {
  const named = /^(licen[cs]e|copying|copyright|notice|unlicense)/i;
  const files = readdirSync(folder, { withFileTypes: true }).filter((file) => file.isFile() && named.test(file.name));
  return files.map((file) => join(folder, file.name)).sort(byName);
}

/** npm packages of which anything is in the bundles. */
function ofNpm() {
  const folders = new Set();
  for (const { metafile } of built) {
    for (const file of Object.keys(metafile.inputs).filter((file) => file.includes('node_modules/'))) {
      let folder = dirname(file);
      while (!existsSync(join(folder, 'package.json')) || !JSON.parse(readFileSync(join(folder, 'package.json'))).version) folder = dirname(folder);
      folders.add(folder);
    }
  }
  return [...folders].map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json')));
    if (!LICENCES.includes(license)) throw new Error(`${name} is under ${license}`);
    return { name, version, license, folder };
  });
}

/** Crates of which anything is in the module. Their licences are held by tests/house.rs. */
function ofCargo() {
  const manifest = join('..', 'Cargo.toml');
  const asked = ['metadata', '--format-version', '1', '--locked', '--manifest-path', manifest];
  const told = execFileSync('cargo', [...asked, '--filter-platform', 'wasm32-unknown-unknown'], { maxBuffer: 1 << 28 });
  const { packages, resolve } = JSON.parse(told);
  const nodes = new Map(resolve.nodes.map((node) => [node.id, node]));
  const isMacro = (id) =>
    packages.find((each) => each.id === id).targets.some(({ kind }) => kind.includes('proc-macro'));
  const ours = packages.find(({ name }) => name === 'jalon-vscode-server');
  const [found, left] = [new Set(), [ours.id]];
  while (left.length > 0) {
    const id = left.pop();
    if (found.has(id)) continue;
    found.add(id);
    // What a package is built or tested with is not in the module, nor are macros that the compiler runs.
    const inside = nodes.get(id).deps.filter(({ dep_kinds }) => dep_kinds.some(({ kind }) => kind === null));
    left.push(...inside.map(({ pkg }) => pkg).filter((pkg) => !isMacro(pkg)));
  }
  return packages
    .filter(({ id, source }) => found.has(id) && source !== null)
    .map(({ name, version, license, manifest_path }) => ({ name, version, license, folder: dirname(manifest_path) }));
}

const rule = `\n${'─'.repeat(80)}\n`;
const parts = [...ofNpm(), ...ofCargo()].sort((one, other) => byName(one.name, other.name) || byName(one.version, other.version));
if (parts.length < 30) throw new Error(`only ${parts.length} packages`);
const told = parts.map(({ name, version, license, folder }) => {
  const said = texts(folder).map((file) => readFileSync(file, 'utf8').replaceAll('\r\n', '\n').trimEnd());
  // Some packages come without the text; what they state is then all that there is.
  return `${rule}${name} ${version}: ${license}\n\n${said.join('\n\n')}`;
});
const opening =
  'This extension holds, beside Jalon, work of others, in the bundles or in the module of WebAssembly, under the licences below.\n' +
  "The module holds parts of Rust's standard library, too: MIT OR Apache-2.0, https://github.com/rust-lang/rust.\n\n" +
  "Cette extension contient, outre Jalon, le travail d'autres personnes, sous les licences ci-dessous.\n";
writeFileSync('THIRD-PARTY.txt', `${opening}${told.join('\n')}\n`);
