// The server of the package in its workers, through the protocol.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Client, MODULE, bundled } from './client.mjs';

const URI = 'file:///dossier/%C3%A9ch%C3%A9ancier.jalon';

const MISTAKEN = `échéancier "Bilan"
  tarif forfait 1500 EUR
  action "Entretien"
  acompte "Acompte":  30 % au démarage
  solde   "Solde":   100 % à la fin
`;
const SOUND = MISTAKEN.replace('démarage', 'démarrage');
const WITH_SCENARIO = `${SOUND}
scénario "juste"
  03/02/2025 démarrage
  05/02/2025 fin
  attendu 03/02/2025 "Acompte"  450,00
  attendu 05/02/2025 "Solde"   1500,00
  attendu 05/02/2025 "Acompte" -450,00
`;

const textDocument = { uri: URI };
const at = (text, what, after = 0) => {
  const before = text.slice(0, text.indexOf(what) + after).split('\n');
  return { line: before.length - 1, character: before.at(-1).length };
};
const edited = (text, edits) => {
  const lines = text.split('\n');
  const offset = ({ line, character }) => lines.slice(0, line).join('\n').length + (line > 0 ? 1 : 0) + character;
  return [...edits]
    .sort((one, other) => offset(other.range.start) - offset(one.range.start))
    .reduce((text, { range, newText }) => text.slice(0, offset(range.start)) + newText + text.slice(offset(range.end)), text);
};

test('a French file with a mistake is mended, completed, explained and laid out', async () => {
  const client = new Client();
  const { serverInfo, capabilities } = await client.begin();
  assert.equal(serverInfo.name, 'jalon-language-server');
  assert.equal(capabilities.positionEncoding, 'utf-16');

  const [found, ...others] = await client.open(URI, MISTAKEN);
  assert.deepEqual(others, []);
  assert.equal(found.source, 'jalon check');
  assert.deepEqual(found.range.start, at(MISTAKEN, 'démarage'));

  const [fix] = await client.ask('textDocument/codeAction', { textDocument, range: found.range, context: { diagnostics: [found], only: ['quickfix'] } });
  assert.equal(edited(MISTAKEN, fix.edit.changes[URI]), SOUND);

  await client.tell('textDocument/didChange', { textDocument: { uri: URI, version: 2 }, contentChanges: [{ text: WITH_SCENARIO }] });
  const left = await client.findings(URI, (found) => found.every(({ severity }) => severity > 1));
  assert(left.every(({ source }) => source === 'jalon check'), JSON.stringify(left));

  const offered = await client.ask('textDocument/completion', { textDocument, position: at(WITH_SCENARIO, 'à la fin', 'à la '.length) });
  const labels = (offered.items ?? offered).map(({ label }) => label);
  assert(labels.includes('fin') && labels.includes('signature'), labels.join());
  assert(!labels.includes('end'), labels.join());

  const hover = await client.ask('textDocument/hover', { textDocument, position: at(WITH_SCENARIO, '"Acompte"', 2) });
  assert.match(JSON.stringify(hover), /facture 30 % au démarrage/);

  const lenses = await client.ask('textDocument/codeLens', { textDocument });
  const run = lenses.find(({ command }) => command.command === 'jalon.runScenario');
  const told = await client.ask('workspace/executeCommand', run.command);
  assert.match(told, /^« juste » réussit\n03\/02\/2025 +450,00 +Acompte/);
  assert(!client.told.some(({ method }) => method === 'window/showMessage'));

  const untidy = WITH_SCENARIO.replace('30 % au', '30 %    au');
  await client.tell('textDocument/didChange', { textDocument: { uri: URI, version: 3 }, contentChanges: [{ text: untidy }] });
  const edits = await client.ask('textDocument/formatting', { textDocument, options: { tabSize: 2, insertSpaces: true } });
  assert.equal(edited(untidy, edits), WITH_SCENARIO);

  const { changes } = await client.ask('workspace/executeCommand', { command: 'jalon.translate', arguments: [URI, 'en'] });
  assert.match(edited(untidy, changes[URI]), /^schedule "Bilan"\n  price fixed 1500 EUR/);
  await client.end();
});

test('a proof arrives, and its case is told; typing does not wait for it', async () => {
  const client = new Client();
  await client.begin();
  const proved = (found) => found.some(({ source }) => source === 'jalon verify');
  await client.open(URI, SOUND);
  const found = await client.findings(URI, proved);
  // While nothing has been typed the proof was made in another thread than what answers.
  assert.equal(client.workers.length, 2);
  const lenses = await client.ask('textDocument/codeLens', { textDocument });
  const lens = lenses.find(({ command }) => command.command === 'jalon.showCase');
  const told = await client.ask('workspace/executeCommand', lens.command);
  assert.match(told, /\n\nscénario "/, JSON.stringify(found));

  // A proof of a text that has been replaced is not published.
  await client.tell('textDocument/didChange', { textDocument: { uri: URI, version: 2 }, contentChanges: [{ text: MISTAKEN }] });
  const [mistake] = await client.findings(URI, (found) => found.some(({ severity }) => severity === 1));
  assert.equal(mistake.source, 'jalon check');
  await new Promise((later) => setTimeout(later, 700));
  assert(!client.told.some(({ params }) => proved(params.diagnostics ?? [])));
  await client.end();
});

test('after a trap another instance takes over, and says so', async () => {
  const [{ Server }, { Instance }] = await Promise.all([bundled('server.ts'), bundled('border.ts')]);
  // The module has no known way to fail: with a mark in a message it is told to read where it has no memory.
  const MARK = '# trap';
  let made = 0;
  class Failing extends Instance {
    receive(message) {
      if (JSON.stringify(message).includes(MARK)) this.exports.receive(-65536, 1000);
      return super.receive(message);
    }
  }
  const server = new Server(() => ((made += 1), new Failing(MODULE)));
  const send = (message) => server.receive({ jsonrpc: '2.0', ...message });
  const open = (uri, text) => send({ method: 'textDocument/didOpen', params: { textDocument: { uri, languageId: 'jalon', version: 1, text } } });
  send({ id: 1, method: 'initialize', params: { capabilities: {} } });
  open(URI, MISTAKEN);
  assert.equal(made, 1);

  // A request that fails is answered, and the next one finds the documents where they were.
  const failed = send({ id: 2, method: 'textDocument/hover', params: { textDocument, position: { line: 0, character: 0 }, mark: MARK } });
  assert.equal(made, 2);
  const [shown, published, answer] = failed.messages;
  assert.equal(shown.method, 'window/showMessage');
  assert.match(shown.params.message, /please report this.*merci de le signaler/);
  assert.equal(published.params.diagnostics.length, 1);
  assert.deepEqual([answer.id, answer.error.code], [2, -32603]);
  const symbols = send({ id: 3, method: 'textDocument/documentSymbol', params: { textDocument } });
  assert.equal(symbols.messages[0].id, 3);
  assert(symbols.messages[0].result.length > 0);

  // A text on which it fails each time is left out, until it changes; the others are served.
  const worse = open('file:///worse.jalon', `${SOUND}${MARK}`);
  assert.equal(worse.messages.filter(({ method }) => method === 'window/showMessage').length, 1);
  assert(send({ id: 4, method: 'textDocument/documentSymbol', params: { textDocument } }).messages[0].result.length > 0);
  const params = { textDocument: { uri: 'file:///worse.jalon', version: 2 }, contentChanges: [{ text: MISTAKEN }] };
  const mended = send({ method: 'textDocument/didChange', params });
  assert.equal(mended.messages[0].params.diagnostics.length, 1);

  // What the client is told of a proof that failed.
  const proof = server.proved({ uri: URI, version: 1, findings: null });
  assert.match(proof.messages[0].params.message, /Jalon failed on a proof/);
});
