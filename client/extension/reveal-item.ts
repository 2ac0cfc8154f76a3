/** Shows where an element of the tree is written; of what the product added itself, where its nearest ancestor is. */
import type { BaseLanguageClient } from 'vscode-languageclient';
import { type LocateAnswer, type LocateParams, locateRequest } from '#server/protocol.ts';
import { revealLocation } from './editor-reveal.ts';
import type { TopologyItem } from './topology-tree.ts';

export async function revealItem(item: TopologyItem, client: BaseLanguageClient): Promise<void> {
    for (let next: TopologyItem | undefined = item; next !== undefined; next = next.parent) {
        const params: LocateParams = { uri: next.uri.toString(), target: { kind: 'element', element: next.node.element } };
        const place = await client.sendRequest<LocateAnswer>(locateRequest, params);
        if (place !== null) {
            await revealLocation(client.protocol2CodeConverter.asLocation(place), undefined);
            return;
        }
    }
}
