// The extension on a desktop: the server in workers of Node, or the program that the setting names.

import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import * as vscode from 'vscode';
import { LanguageClient, TransportKind, type ServerOptions } from 'vscode-languageclient/node';
import { connect, type Port } from './connection';
import { moduleOf, start } from './extension';

let stop: (() => Promise<void>) | undefined;

function port(script: string): Port {
  const worker = new Worker(script);
  return {
    post: (told) => worker.postMessage(told),
    onSaid: (take) => worker.on('message', take),
    onFailure: (take) => worker.on('error', take),
    end: () => void worker.terminate(),
  };
}

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const script = join(context.extensionPath, 'dist', 'node', 'worker.js');
  const carried: ServerOptions = async () => {
    const { reader, writer } = connect(() => port(script), await moduleOf(context));
    return { reader, writer, detached: false };
  };
  stop = await start(context, {
    client: async (_, options) => {
      const path = vscode.workspace.getConfiguration('jalon').get<string>('server.path', '').trim();
      const server = path ? { command: path, transport: TransportKind.stdio } : carried;
      return new LanguageClient('jalon', 'Jalon', server, options);
    },
  });
}

export async function deactivate(): Promise<void> {
  await stop?.();
}
