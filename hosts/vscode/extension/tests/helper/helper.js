// What a user does in the editor, done through its interface for extensions; what comes of it is handed to the test.

const vscode = require('vscode');

const MISTAKEN = `échéancier "Bilan"
  tarif forfait 1500 EUR
  action "Entretien"
  acompte "Acompte":  30 % au démarage
  solde   "Solde":   100 % à la fin

scénario "juste"
  03/02/2025 démarrage
  attendu 03/02/2025 "Acompte" 450,00
`;

/** Asks until there is something that is so. */
async function until(ask, is) {
  for (;;) {
    const found = await ask();
    if (is(found)) return found;
    await new Promise((later) => setTimeout(later, 100));
  }
}

async function tried() {
  const document = await vscode.workspace.openTextDocument({ language: 'jalon', content: MISTAKEN });
  const editor = await vscode.window.showTextDocument(document);
  const { uri } = document;
  const diagnostics = () => vscode.languages.getDiagnostics(uri);
  const told = {};

  const [mistake] = await until(diagnostics, (found) => found.length > 0);
  told.mistake = { source: mistake.source, text: document.getText(mistake.range), message: mistake.message };

  const fixes = await vscode.commands.executeCommand('vscode.executeCodeActionProvider', uri, mistake.range, 'quickfix');
  await vscode.workspace.applyEdit(fixes[0].edit);
  told.mended = document.lineAt(3).text;

  const proved = await until(diagnostics, (found) => found.some(({ source }) => source === 'jalon verify'));
  told.proved = proved.map(({ source }) => source);

  const position = new vscode.Position(4, document.lineAt(4).text.indexOf('fin'));
  const offered = await vscode.commands.executeCommand('vscode.executeCompletionItemProvider', uri, position);
  told.offered = offered.items.map(({ label }) => label.label ?? label);

  const hovers = await vscode.commands.executeCommand('vscode.executeHoverProvider', uri, new vscode.Position(3, 12));
  told.hover = hovers.flatMap(({ contents }) => contents).map(({ value }) => value).join('\n');

  const lenses = await vscode.commands.executeCommand('vscode.executeCodeLensProvider', uri);
  told.lenses = lenses.map(({ command }) => command.command);

  // From the palette, at the cursor, and through the lens.
  editor.selection = new vscode.Selection(8, 0, 8, 0);
  await vscode.commands.executeCommand('jalon.runScenario');
  const results = await until(
    () => vscode.workspace.textDocuments.filter(({ uri }) => uri.scheme === 'output').map((it) => it.getText()).filter((it) => it.includes('« juste »')),
    (texts) => texts.length > 0,
  );
  told.scenario = results[0];

  const lens = lenses.find(({ command }) => command.command === 'jalon.showCase').command;
  await vscode.commands.executeCommand(lens.command, ...lens.arguments);
  const shown = vscode.window.activeTextEditor.document;
  told.case = { scheme: shown.uri.scheme, language: shown.languageId, text: shown.getText() };

  await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.One });
  await vscode.commands.executeCommand('jalon.translate');
  told.translated = await until(() => document.getText(), (text) => text.startsWith('schedule'));
  return told;
}

exports.activate = async () => {
  const report = (told) => fetch(REPORT, { method: 'POST', body: JSON.stringify(told) });
  try {
    await report(await tried());
  } catch (error) {
    await report({ failed: `${error.stack ?? error}` });
  }
};
