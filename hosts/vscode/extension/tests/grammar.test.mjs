// The TextMate grammar of the package, as the library of Visual Studio Code reads it: on a French and an English text, and on
// every schedule of this repository beside the colours of the server.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import oniguruma from 'vscode-oniguruma';
import textmate from 'vscode-textmate';
import { Client, PACKAGE } from './client.mjs';

const require = createRequire(import.meta.url);
await oniguruma.loadWASM(readFileSync(require.resolve('vscode-oniguruma/release/onig.wasm')));
const registry = new textmate.Registry({
  onigLib: Promise.resolve({
    createOnigScanner: (sources) => new oniguruma.OnigScanner(sources),
    createOnigString: (text) => new oniguruma.OnigString(text),
  }),
  loadGrammar: async () => textmate.parseRawGrammar(readFileSync(join(PACKAGE, 'syntaxes/jalon.tmLanguage.json'), 'utf8'), 'jalon.tmLanguage.json'),
});
const grammar = await registry.loadGrammar('source.jalon');

/** The parts of a text that have a scope of their own: line, from, text, scope. */
function scopes(text) {
  let stack = textmate.INITIAL;
  const parts = [];
  for (const [number, line] of text.split('\n').entries()) {
    const { tokens, ruleStack } = grammar.tokenizeLine(line, stack);
    stack = ruleStack;
    for (const { startIndex, endIndex, scopes } of tokens.filter(({ scopes }) => scopes.length > 1)) {
      const before = parts.at(-1);
      const [what, scope] = [line.slice(startIndex, endIndex), scopes[1]];
      // A name is cut at its quotes.
      const goesOn = before?.line === number && before.scope === scope && before.from + before.text.length === startIndex;
      if (goesOn) before.text += what;
      else parts.push({ line: number, from: startIndex, text: what, scope });
    }
  }
  return parts;
}

const told = (text) => scopes(text).filter(({ text }) => text.trim()).map(({ text, scope }) => `${text.trim()} · ${scope.replace(/\.jalon$/, '')}`);

test('a French text has its colours', () => {
  assert.deepEqual(told('Échéancier « Été "1" » # à revoir\n  acompte "A\\"b": 1 500,50 EUR à l’action "X" si durée >= 4 mois\n  02/03/2025 abandon'), [
    'Échéancier · keyword.control',
    '« Été "1" » · string.quoted.double',
    '# à revoir · comment.line.number-sign',
    'acompte · keyword.control',
    '"A\\"b" · string.quoted.double',
    '1 500,50 · constant.numeric',
    'à · keyword.other',
    'l · keyword.other',
    'action · keyword.other',
    '"X" · string.quoted.double',
    'si · keyword.other',
    'durée · keyword.other',
    '>= · keyword.operator.comparison',
    '4 · constant.numeric',
    'mois · keyword.other.unit',
    '02/03/2025 · constant.numeric.date',
    'abandon · keyword.other',
  ]);
});

test('an English text has its colours, and no colour leaves its line', () => {
  assert.deepEqual(told('SCHEDULE "Open\n  follow-up “F” for payer "P"\n  action "Work" 1h30\n  balance "B": 30% on end if attendance < 80 %\nunendingly end_of'), [
    'SCHEDULE · keyword.control',
    '"Open · string.quoted.double',
    'follow-up · keyword.control',
    '“F” · string.quoted.double',
    'for · keyword.other',
    'payer · keyword.other',
    '"P" · string.quoted.double',
    'action · keyword.control',
    '"Work" · string.quoted.double',
    '1h30 · constant.numeric',
    'balance · keyword.control',
    '"B" · string.quoted.double',
    '30 · constant.numeric',
    '% · keyword.other.unit',
    'on · keyword.other',
    'end · keyword.other',
    'if · keyword.other',
    'attendance · keyword.other',
    '< · keyword.operator.comparison',
    '80 · constant.numeric',
    '% · keyword.other.unit',
  ]);
});

test('accents may be missing or stand apart', () => {
  for (const word of ['échéancier', 'echeancier', 'ÉCHÉANCIER', 'échéancier'.normalize('NFD')]) {
    assert.deepEqual(told(`${word} "É"`)[0], `${word} · keyword.control`);
  }
});

test('every schedule has the colours of the server', async () => {
  const root = join(import.meta.dirname, '../../../..');
  const files = readdirSync(join(root, 'schedules'), { recursive: true }).filter((file) => file.endsWith('.jalon'));
  assert(files.length > 30);
  const client = new Client();
  const { capabilities } = await client.begin();
  const types = capabilities.semanticTokensProvider.legend.tokenTypes;
  const kinds = { keyword: 'keyword', string: 'string', comment: 'comment', number: 'constant' };
  let compared = 0;
  for (const file of files) {
    const text = readFileSync(join(root, 'schedules', file), 'utf8');
    const uri = `file:///${encodeURI(file)}`;
    await client.open(uri, text);
    const { data } = await client.ask('textDocument/semanticTokens/full', { textDocument: { uri } });
    const lines = text.split('\n');
    const seen = lines.map((line) => Array(line.length).fill(''));
    for (const part of scopes(text)) seen[part.line].fill(part.scope.split('.')[0], part.from, part.from + part.text.length);
    let [line, column] = [0, 0];
    for (let i = 0; i < data.length; i += 5) {
      column = data[i] ? data[i + 1] : column + data[i + 1];
      line += data[i];
      const what = lines[line].slice(column, column + data[i + 2]);
      // A sign that is part of some word is none by itself: the minus of an amount, an apostrophe.
      if (!/[\p{L}\p{N}%]/u.test(what)) continue;
      // A name is coloured by what it names.
      const kind = kinds[types[data[i + 3]]] ?? 'string';
      assert.equal(seen[line][column], kind, `${file}:${line + 1}:${column + 1} ${what}`);
      assert.equal(seen[line][column + data[i + 2] - 1], kind, `${file}:${line + 1}:${column + 1} ${what}`);
      compared += 1;
    }
  }
  assert(compared > 3000, `${compared}`);
  await client.end();
});
