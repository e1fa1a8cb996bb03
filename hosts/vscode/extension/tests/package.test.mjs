// What is in the package, unpacked.

import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';

const PACKAGE = process.env.PACKAGE;
const read = (file) => readFileSync(join(PACKAGE, file), 'utf8');
const manifest = JSON.parse(read('package.json'));

test('it holds what it names, and nothing else', () => {
  const files = readdirSync(PACKAGE, { recursive: true }).filter((file) => statSync(join(PACKAGE, file)).isFile());
  assert.deepEqual(files.sort(), [
    'LICENSE-APACHE',
    'LICENSE-MIT',
    'THIRD-PARTY.txt',
    'dist/browser/extension.js',
    'dist/browser/worker.js',
    'dist/node/extension.js',
    'dist/node/worker.js',
    'dist/server.wasm',
    'l10n/bundle.l10n.fr.json',
    'language-configuration.json',
    'package.json',
    'package.nls.fr.json',
    'package.nls.json',
    'readme.md',
    'syntaxes/jalon.tmLanguage.json',
  ]);
  const { languages, grammars } = manifest.contributes;
  const named = [manifest.main, manifest.browser, languages[0].configuration, grammars[0].path];
  for (const file of named) assert(existsSync(join(PACKAGE, file)), file);
  assert.equal(languages[0].id, 'jalon');
  assert.deepEqual(languages[0].extensions, ['.jalon']);
  JSON.parse(read(languages[0].configuration));
});

test('the extension of the desktop loads', () => {
  // What the editor gives it is stood in for by something that is whatever it is taken for.
  const stub = "const any = new Proxy(function () {}, { get: (it, key) => (key === 'prototype' || typeof key === 'symbol' ? it[key] : any), apply: () => any });\nmodule.exports = any;\n";
  const folder = join(PACKAGE, '../node_modules/vscode');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'index.js'), stub);
  const { activate, deactivate } = createRequire(join(PACKAGE, 'package.json'))(manifest.main);
  assert.deepEqual([typeof activate, typeof deactivate], ['function', 'function']);
});

test('no folder of another may have it start a program', () => {
  assert.equal(manifest.contributes.configuration.properties['jalon.server.path'].scope, 'machine');
});

test('both languages have every text', () => {
  const [en, fr] = ['package.nls.json', 'package.nls.fr.json'].map((file) => JSON.parse(read(file)));
  const asked = new Set([...read('package.json').matchAll(/"%([\w.]+)%"/g)].map(([, key]) => key));
  assert(asked.size > 4);
  assert.deepEqual(Object.keys(en).sort(), [...asked].sort());
  assert.deepEqual(Object.keys(fr).sort(), [...asked].sort());
  const source = readFileSync(new URL('../src/extension.ts', import.meta.url), 'utf8');
  const said = [...source.matchAll(/l10n\.t\('((?:[^'\\]|\\.)*)'\)/g)].map(([, text]) => text);
  assert.equal(said.length, source.split('l10n.t(').length - 1);
  const bundle = JSON.parse(read('l10n/bundle.l10n.fr.json'));
  assert.deepEqual(Object.keys(bundle).sort(), [...new Set(said)].sort());
});

test('the licences of what others wrote are in it', () => {
  const text = read('THIRD-PARTY.txt');
  // Of the bundles, of the module, and of what both are built upon.
  for (const name of ['vscode-languageclient', 'vscode-jsonrpc', 'minimatch', 'pest', 'serde_json', 'lsp-types', 'rust-lang/rust']) {
    assert(text.includes(name), name);
  }
  const parts = text.split(`\n${'─'.repeat(80)}\n`).slice(1);
  assert(parts.length > 40, `${parts.length}`);
  for (const part of parts) {
    assert.match(part, /^[\w@/.-]+ [\w.+-]+: .+\n/);
    assert(part.length > 500, part.slice(0, 60));
  }
});

test('no path of the machine that built it is in it', () => {
  const module = readFileSync(join(PACKAGE, 'dist/server.wasm')).toString('latin1');
  for (const folder of [process.env.HOME, process.env.CARGO_HOME, process.env.CHECKOUT].filter((folder) => folder && folder !== '/')) {
    assert(!module.includes(`${folder}/`), folder);
  }
});
