// The extension in a browser: the server in web workers.

import * as vscode from 'vscode';
import { LanguageClient } from 'vscode-languageclient/browser';
import { connect, type Port } from './connection';
import { moduleOf, start } from './extension';

let stop: (() => Promise<void>) | undefined;

function port(script: string): Port {
  const worker = new Worker(script);
  return {
    post: (told) => worker.postMessage(told),
    onSaid: (take) => worker.addEventListener('message', (event) => take(event.data)),
    onFailure: (take) => worker.addEventListener('error', (event) => take(new Error(event.message))),
    end: () => worker.terminate(),
  };
}

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const script = vscode.Uri.joinPath(context.extensionUri, 'dist', 'browser', 'worker.js').toString(true);
  stop = await start(context, {
    client: async (_, options) => {
      const module = await moduleOf(context);
      return new LanguageClient('jalon', 'Jalon', async () => connect(() => port(script), module), options);
    },
  });
}

export async function deactivate(): Promise<void> {
  await stop?.();
}
