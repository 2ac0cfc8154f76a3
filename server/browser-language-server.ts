/** Entry of the language server that VS Code for the Web starts in a worker: no disk and no process, so the editor reads the files and this thread simulates. */
import '#language/polyfill.ts';
import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import { createClientFiles } from './client-files.ts';
import { directSimulator } from './direct-simulator.ts';
import { serve } from './serve.ts';

/** A worker's own port to who started it; the types of Node, which all the rest of the server is checked with, do not know it. */
declare const self: ConstructorParameters<typeof BrowserMessageReader>[0];

const connection = createConnection(new BrowserMessageReader(self), new BrowserMessageWriter(self));
serve(connection, { files: createClientFiles(connection), simulator: directSimulator });
