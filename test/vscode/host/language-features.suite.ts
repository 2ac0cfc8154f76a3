/** The language features as VS Code shows them, from the bundled server that the extension starts itself. */
import * as assert from 'node:assert/strict';
import { suite, suiteTeardown, teardown, test } from 'mocha';
import * as vscode from 'vscode';
import { catalogScheme } from '../../../client/extension/contributions.ts';
import { codesAt, fileUri, openFile, positionOf, quickFixIn, revertAll, until } from './workspace.ts';

function diagnosticsFrom(uri: vscode.Uri): Promise<readonly string[]> {
    return until(`diagnostics in ${uri.path}`, () => {
        const codes = codesAt(uri);
        return codes.length > 0 ? codes : undefined;
    });
}

async function definitionsAt(uri: vscode.Uri, position: vscode.Position): Promise<readonly vscode.Uri[]> {
    const found = await vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>('vscode.executeDefinitionProvider', uri, position);
    return found.map((target) => ('targetUri' in target ? target.targetUri : target.uri));
}

suite('language features', () => {
    teardown(revertAll);
    suiteTeardown(revertAll);

    test('a Strata file activates the extension', async () => {
        const editor = await openFile('hosts.strata');
        assert.equal(editor.document.languageId, 'strata');
        await until('the extension to be active', () => vscode.extensions.getExtension('strata.strata')?.isActive || undefined);
    });

    test('findings of the simulation arrive as diagnostics, each with a code', async () => {
        await openFile('broken.strata');
        const codes = await diagnosticsFrom(fileUri('broken.strata'));
        assert.ok(
            codes.some((code) => code.startsWith('memory-')),
            codes.join(),
        );
    });

    test('a file without mistakes has no diagnostics, and an edit that breaks it brings one that undo takes away', async () => {
        const editor = await openFile('hosts.strata');
        const uri = editor.document.uri;
        const start = positionOf(editor.document, 'memory 4 GiB');
        await editor.edit((edit) => edit.replace(new vscode.Range(start, start.translate(0, 'memory 4 GiB'.length)), 'memory 400 GiB'));
        await diagnosticsFrom(uri);
        await vscode.commands.executeCommand('undo');
        await until('no diagnostics', () => (codesAt(uri).length === 0 ? true : undefined));
    });

    test('hover says what an element is granted', async () => {
        const { document } = await openFile('hosts.strata');
        const text = await until('a hover with what is granted', async () => {
            const position = positionOf(document, 'web[3]', 1);
            const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, position);
            const shown = hovers.flatMap((hover) => hover.contents.map((content) => (typeof content === 'string' ? content : content.value))).join('\n');
            return shown.includes('granted') ? shown : undefined;
        });
        assert.match(text, /400 mcores|0\.4 cores/);
    });

    test('completion offers what may stand in a virtual machine', async () => {
        const { document } = await openFile('hosts.strata');
        const labels = await until('completion items', async () => {
            const position = positionOf(document, 'vcpus 2');
            const list = await vscode.commands.executeCommand<vscode.CompletionList>('vscode.executeCompletionItemProvider', document.uri, position);
            return list.items.length > 0 ? list.items.map(({ label }) => (typeof label === 'string' ? label : label.label)) : undefined;
        });
        assert.ok(
            labels.some((label) => label.startsWith('process')),
            labels.join(),
        );
        assert.ok(!labels.includes('image'), 'a virtual machine has no image');
    });

    test('definition leads from a path to the element in the imported file', async () => {
        const { document } = await openFile('wishes.strata');
        const uri = await until('a definition', async () => (await definitionsAt(document.uri, positionOf(document, 'database', 2)))[0]);
        assert.equal(uri.toString(), fileUri('hosts.strata').toString());
    });

    test('rename changes both files', async () => {
        const { document } = await openFile('hosts.strata');
        await openFile('wishes.strata');
        const edit = await until('a rename edit', async () => {
            const position = positionOf(document, 'vm database', 'vm '.length);
            const found = await vscode.commands.executeCommand<vscode.WorkspaceEdit>('vscode.executeDocumentRenameProvider', document.uri, position, 'ledger');
            return found.size > 0 ? found : undefined;
        });
        const changed = edit.entries().map(([uri]) => uri.toString());
        assert.deepEqual([...changed].sort(), [fileUri('hosts.strata').toString(), fileUri('wishes.strata').toString()]);
        await vscode.workspace.applyEdit(edit);
        const wishes = await vscode.workspace.openTextDocument(fileUri('wishes.strata'));
        assert.match(wishes.getText(), /boundary\(web, ledger\.postgres\)/);
        assert.match(document.getText(), /vm ledger \{/);
    });

    test('a quick fix moves a container that needs another operating system into a virtual machine', async () => {
        const { document } = await openFile('broken.strata');
        await diagnosticsFrom(document.uri);
        const start = positionOf(document, 'image windows-servercore');
        const { edit } = await quickFixIn(document.uri, new vscode.Range(start, start.translate(0, 'image windows-servercore'.length)));
        assert.ok(await vscode.workspace.applyEdit(edit));
        assert.match(document.getText(), /vm [\w-]+ \{[\s\S]*os windows-server[\s\S]*image windows-servercore/);
        await until('the finding to go away', () => (codesAt(document.uri).some((code) => code.startsWith('os-')) ? undefined : true));
    });

    test('saving formats, where the user wants it', async () => {
        const configuration = vscode.workspace.getConfiguration('editor', { languageId: 'strata' });
        await configuration.update('formatOnSave', true, vscode.ConfigurationTarget.Global, true);
        const editor = await openFile('hosts.strata');
        const before = editor.document.getText();
        try {
            await editor.edit((edit) => edit.insert(positionOf(editor.document, 'memory 16 GiB'), '      '));
            assert.notEqual(editor.document.getText(), before);
            await editor.document.save();
            await until('the text as it was', () => (editor.document.getText() === before ? true : undefined));
            assert.equal(new TextDecoder().decode(await vscode.workspace.fs.readFile(editor.document.uri)), before);
        } finally {
            await configuration.update('formatOnSave', undefined, vscode.ConfigurationTarget.Global, true);
            await vscode.workspace.fs.writeFile(editor.document.uri, new TextEncoder().encode(before));
        }
    });

    test('a code action compares the ways to run an element, and shows them as a page', async () => {
        const { document } = await openFile('hosts.strata');
        const action = await until('the action on a name', async () => {
            const start = positionOf(document, 'web[3]', 1);
            const range = new vscode.Range(start, start);
            const found = await vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', document.uri, range, 'refactor');
            return found.find(({ title }) => title === 'Compare ways to run web');
        });
        const { command, arguments: given = [] } = action.command ?? assert.fail('the action has no command');
        const markdown = await vscode.commands.executeCommand<string>(command, ...given);
        assert.match(markdown, /wall between any two \| machine \| kernel \| namespace \| sandbox \| kernel \| kernel/);
        await until('the page', () => vscode.window.tabGroups.all.some(({ tabs }) => tabs.some(({ label }) => label.includes('Ways to run it'))) || undefined);
    });

    test('figures stand in the text, and go when they are switched off', async () => {
        const { document } = await openFile('hosts.strata');
        const all = new vscode.Range(0, 0, document.lineCount, 0);
        const hints = async (): Promise<readonly string[]> => {
            const found = await vscode.commands.executeCommand<vscode.InlayHint[]>('vscode.executeInlayHintProvider', document.uri, all);
            return found.map(({ label }) => (typeof label === 'string' ? label : label.map(({ value }) => value).join('')));
        };
        const shown = await until('inlay hints', async () => ((await hints()).length > 0 ? hints() : undefined));
        assert.ok(
            shown.some((label) => /^⟨.* granted.*⟩$/.test(label)),
            shown.join(),
        );
        const lenses = await until('code lenses', async () => {
            const found = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', document.uri, 100);
            return found.some(({ command }) => /^CPU .* · memory .* containers/.test(command?.title ?? '')) || undefined;
        });
        assert.ok(lenses);
        const settings = vscode.workspace.getConfiguration('strata');
        await settings.update('inlayHints.enabled', false, vscode.ConfigurationTarget.Workspace);
        await until('no inlay hints', async () => (await hints()).length === 0 || undefined);
        await settings.update('inlayHints.enabled', undefined, vscode.ConfigurationTarget.Workspace);
        await until('inlay hints again', async () => (await hints()).length > 0 || undefined);
    });

    test('names have the colours of what they mean', async () => {
        const { document } = await openFile('hosts.strata');
        const tokens = await until('semantic tokens', async () => {
            const found = await vscode.commands.executeCommand<vscode.SemanticTokens>('vscode.provideDocumentSemanticTokens', document.uri);
            return found?.data.length > 0 ? found : undefined;
        });
        assert.equal(tokens.data.length % 5, 0);
    });

    test('definition on a catalog name opens the read-only catalog', async () => {
        const { document } = await openFile('hosts.strata');
        const uri = await until('a definition in the catalog', async () => {
            const position = positionOf(document, 'hypervisor kvm', 'hypervisor k'.length);
            const found = await definitionsAt(document.uri, position);
            return found.find(({ scheme }) => scheme === catalogScheme);
        });
        const catalog = await vscode.workspace.openTextDocument(uri);
        assert.equal(catalog.languageId, 'strata');
        assert.match(catalog.getText(), /type hypervisor kvm/);
        await vscode.window.showTextDocument(catalog);
        await vscode.commands.executeCommand('type', { text: 'host' });
        assert.equal(catalog.isDirty, false, 'the catalog takes no typing');
        assert.doesNotMatch(catalog.getText(), /^host/);
    });

    test('symbols and folding follow the nesting of the elements', async () => {
        const { document } = await openFile('hosts.strata');
        const symbols = await until('document symbols', async () => {
            const found = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>('vscode.executeDocumentSymbolProvider', document.uri);
            return found?.length > 0 ? found : undefined;
        });
        assert.deepEqual(
            symbols.map(({ name }) => name),
            ['rack'],
        );
        const folds = await vscode.commands.executeCommand<vscode.FoldingRange[]>('vscode.executeFoldingRangeProvider', document.uri);
        assert.ok(
            folds.some(({ start, end }) => start === 0 && end >= document.lineCount - 3),
            'the host folds as a whole',
        );
    });
});
