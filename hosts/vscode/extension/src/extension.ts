// The extension, on any platform: it starts the client, and shows what commands come to.

import * as vscode from 'vscode';
import type { BaseLanguageClient, LanguageClientOptions } from 'vscode-languageclient';

const RUN = 'jalon.runScenario';
const CASE = 'jalon.showCase';
const TRANSLATE = 'jalon.translate';

/** The scheme of what is shown and not edited: the server is not told of it. */
const SHOWN = 'jalon-case';

/** Where files are that the server is told of: on this machine, not saved yet, in a repository or in memory. */
const SCHEMES = ['file', 'untitled', 'vscode-vfs', 'vscode-test-web', 'memfs'];

/** What differs between the desktop and a browser. */
export interface Platform {
  client(context: vscode.ExtensionContext, options: LanguageClientOptions): Promise<BaseLanguageClient>;
}

/** The module of WebAssembly, as the extension holds it. */
export async function moduleOf(context: vscode.ExtensionContext): Promise<WebAssembly.Module> {
  const place = vscode.Uri.joinPath(context.extensionUri, 'dist', 'server.wasm');
  const bytes = await vscode.workspace.fs.readFile(place);
  return WebAssembly.compile(new Uint8Array(bytes));
}

export async function start(context: vscode.ExtensionContext, platform: Platform): Promise<() => Promise<void>> {
  let client: BaseLanguageClient | undefined;
  const results = vscode.window.createOutputChannel(vscode.l10n.t('Jalon: Scenarios'));
  const cases = new Cases();
  const show = async (command: string, told: unknown) => {
    if (typeof told !== 'string') return;
    if (command === CASE) return cases.show(told);
    results.appendLine(`${told}\n`);
    results.show(true);
  };
  const options: LanguageClientOptions = {
    documentSelector: SCHEMES.map((scheme) => ({ language: 'jalon', scheme })),
    initializationOptions: { showsResults: true },
    middleware: {
      executeCommand: async (command, given, next) => {
        const of = given.length > 0 ? given : client && (await argumentsAtCursor(client, command));
        if (of) await show(command, await next(command, of));
      },
    },
  };
  const begin = async () => {
    client = await platform.client(context, options);
    await client.start();
  };
  // Restarts follow one another, and a server that does not start does not keep the next from starting.
  let last: Promise<void> = begin();
  const again = async () => {
    await last.catch(() => {});
    await client?.dispose().catch(() => {});
    await begin();
  };
  context.subscriptions.push(
    results,
    vscode.workspace.registerTextDocumentContentProvider(SHOWN, cases),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('jalon.server')) last = again();
    }),
  );
  await last;
  return async () => {
    await last.catch(() => {});
    await client?.dispose();
  };
}

/** What a command is about that was called without saying it; it is said where there is nothing. */
async function argumentsAtCursor(client: BaseLanguageClient, command: string): Promise<unknown[] | undefined> {
  const editor = vscode.window.activeTextEditor;
  if (editor?.document.languageId !== 'jalon') {
    vscode.window.showInformationMessage(vscode.l10n.t('No Jalon file is open.'));
    return undefined;
  }
  const uri = client.code2ProtocolConverter.asUri(editor.document.uri);
  if (command === TRANSLATE) return [uri];
  const lenses: { range: { start: { line: number } }; command?: { command: string; arguments: unknown[] } }[] =
    (await client.sendRequest('textDocument/codeLens', { textDocument: { uri } })) ?? [];
  const line = editor.selection.active.line;
  const [lens] = lenses
    .filter((lens) => lens.command?.command === command && lens.range.start.line <= line)
    .sort((one, other) => other.range.start.line - one.range.start.line);
  if (!lens) {
    const nothing =
      command === RUN
        ? vscode.l10n.t('Put the cursor into a scenario.')
        : vscode.l10n.t('Put the cursor on a line with a finding of the prover that a case shows.');
    vscode.window.showInformationMessage(nothing);
  }
  return lens?.command?.arguments;
}

/** Cases that findings are shown by, each a text of its own beside the file: to be read, and copied into it. */
class Cases implements vscode.TextDocumentContentProvider {
  private last = 0;
  private readonly texts = new Map<string, string>();

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.texts.get(uri.path) ?? '';
  }

  async show(told: string): Promise<void> {
    // What is wrong stands before the first empty line, and becomes a remark.
    const [wrong = '', ...rest] = told.split('\n\n');
    const remark = wrong.split('\n').map((line) => `# ${line}`).join('\n');
    this.last += 1;
    const path = `/${this.last}/${vscode.l10n.t('case')}.jalon`;
    this.texts.set(path, [remark, ...rest].join('\n\n'));
    const document = await vscode.workspace.openTextDocument(vscode.Uri.from({ scheme: SHOWN, path }));
    await vscode.window.showTextDocument(document, { preview: true, viewColumn: vscode.ViewColumn.Beside });
  }
}
