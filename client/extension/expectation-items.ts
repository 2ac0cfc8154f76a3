/** The items of the Test Explorer: a file holds its expectations and its scenarios, and a scenario what it expects. */
import * as vscode from 'vscode';
import type { ExpectationRow, FileExpectations, Range, ScenarioRow } from '#server/protocol.ts';

export interface ExpectationItems {
    /** The file's item; made where there is none yet. */
    file(uri: vscode.Uri): vscode.TestItem;
    /** Makes the items of a file those of its current text; a file that expects nothing has none. */
    show(uri: vscode.Uri, answer: FileExpectations): void;
    remove(uri: vscode.Uri): void;
    /** What the server last said of an expectation; nothing for files and scenarios. */
    row(item: vscode.TestItem): ExpectationRow | undefined;
}

export const scenarioItemId = (scenario: string): string => `scenario ${scenario}`;

export function createExpectationItems(controller: vscode.TestController): ExpectationItems {
    const rows = new WeakMap<vscode.TestItem, ExpectationRow>();

    const file = (uri: vscode.Uri): vscode.TestItem => {
        const known = controller.items.get(uri.toString());
        if (known !== undefined) {
            return known;
        }
        const item = controller.createTestItem(uri.toString(), vscode.workspace.asRelativePath(uri), uri);
        item.canResolveChildren = true;
        controller.items.add(item);
        return item;
    };
    /** An item that is still there keeps what its last run found. */
    const child = (parent: vscode.TestItem, { id, label, range }: { readonly id: string; readonly label: string; readonly range: Range }): vscode.TestItem => {
        const item = parent.children.get(id) ?? controller.createTestItem(id, label, parent.uri);
        item.range = new vscode.Range(range.start.line, range.start.character, range.end.line, range.end.character);
        return item;
    };
    const expectation =
        (parent: vscode.TestItem) =>
        (row: ExpectationRow): vscode.TestItem => {
            const item = child(parent, { id: `expect ${row.id}`, label: row.text, range: row.range });
            item.error = row.outcome === 'broken' ? row.because : undefined;
            rows.set(item, row);
            return item;
        };
    const scenario =
        (parent: vscode.TestItem) =>
        (row: ScenarioRow): vscode.TestItem => {
            const item = child(parent, { id: scenarioItemId(row.id), label: row.name, range: row.range });
            item.description = 'scenario';
            item.children.replace(row.expectations.map(expectation(item)));
            return item;
        };

    return {
        file,
        show(uri, { expectations, scenarios }) {
            const groups = scenarios.filter((each) => each.expectations.length > 0);
            if (expectations.length + groups.length === 0) {
                controller.items.delete(uri.toString());
            } else {
                const item = file(uri);
                item.children.replace([...expectations.map(expectation(item)), ...groups.map(scenario(item))]);
            }
        },
        remove: (uri) => controller.items.delete(uri.toString()),
        row: (item) => rows.get(item),
    };
}
