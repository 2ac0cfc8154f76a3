/** Entry of the language server that VS Code starts on its own Node; it talks over the channel that the arguments name (`--node-ipc`, `--stdio`). */
import '#language/polyfill.ts';
import { createConnection } from 'vscode-languageserver/node';
import { createEditorFiles } from './editor-files.ts';
import { features } from './features/features.ts';
import { importing } from './import/importing.ts';
import { serve } from './serve.ts';
import { createWorkerSimulator } from './simulation-channel.ts';

const connection = createConnection();
serve(connection, { files: createEditorFiles(connection), simulator: createWorkerSimulator(), features: [...features, importing] });
