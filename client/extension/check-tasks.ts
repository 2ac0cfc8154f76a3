/** Tasks that run `strata check` of the command line that the extension carries, on VS Code's own Node. */
import * as vscode from 'vscode';
import { problemMatcher, taskType } from './contributions.ts';

/** As it stands in `tasks.json`. */
interface CheckTask extends vscode.TaskDefinition {
    readonly type: typeof taskType;
    readonly command: 'check';
    /** Relative to the folder; absent: every Strata file in it. */
    readonly files?: readonly string[];
    readonly strict?: boolean;
}

export function registerCheckTasks(context: vscode.ExtensionContext): vscode.Disposable {
    const program = context.asAbsolutePath('dist/strata.cjs');
    return vscode.tasks.registerTaskProvider(taskType, {
        async provideTasks() {
            const tasks = await Promise.all(
                (vscode.workspace.workspaceFolders ?? []).map((folder) => checkTask({ type: taskType, command: 'check' }, folder, program)),
            );
            return tasks.flatMap((task) => task ?? []);
        },
        resolveTask(task) {
            const { definition, scope } = task;
            const folder = typeof scope === 'object' ? scope : vscode.workspace.workspaceFolders?.[0];
            return folder !== undefined && isCheck(definition) ? checkTask(definition, folder, program) : undefined;
        },
    });
}

/** A program runs only on files that somebody trusts, and nothing is to be run where there is nothing to check. */
async function checkTask(definition: CheckTask, folder: vscode.WorkspaceFolder, program: string): Promise<vscode.Task | undefined> {
    const files = definition.files ?? (await filesOf(folder));
    if (!vscode.workspace.isTrusted || folder.uri.scheme !== 'file' || files.length === 0) {
        return undefined;
    }
    const options = definition.strict === true ? ['--strict'] : [];
    // In a desktop VS Code this program is the editor itself, which is a Node where it is told to be one.
    const execution = new vscode.ProcessExecution(process.execPath, [program, 'check', ...options, '--', ...files], {
        cwd: folder.uri.fsPath,
        env: { ELECTRON_RUN_AS_NODE: '1' },
    });
    const name = definition.files === undefined ? 'check' : `check ${definition.files.join(' ')}`;
    const task = new vscode.Task(definition, folder, name, 'strata', execution, problemMatcher);
    task.group = vscode.TaskGroup.Build;
    task.detail = 'Check every Strata file of the folder, open or not';
    return task;
}

async function filesOf(folder: vscode.WorkspaceFolder): Promise<readonly string[]> {
    const found = await vscode.workspace.findFiles(new vscode.RelativePattern(folder, '**/*.strata'), '**/node_modules/**');
    return found.map(({ path }) => path.slice(folder.uri.path.length + 1)).sort();
}

/** What stands in `tasks.json` may be anything. */
function isCheck(definition: vscode.TaskDefinition): definition is CheckTask {
    const { type, files } = definition;
    return (
        type === taskType &&
        definition['command'] === 'check' &&
        (files === undefined || (Array.isArray(files) && files.every((file: unknown) => typeof file === 'string')))
    );
}
