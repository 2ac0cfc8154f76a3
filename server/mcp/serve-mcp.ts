/** The MCP server on standard input and output: tools for agents, which read and never write. */

import { once } from 'node:events';
import { McpServer } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { strataVersion } from '../version.ts';
import { openReadingRoom } from './reading-room.ts';
import { mcpTools } from './tools/tools.ts';

const instructions =
    'Strata describes hosts, VMs, container engines, containers and processes, and computes who gets which CPU and memory, who is walled off from whom, and what does not fit. ' +
    'Begin with `check`; ask `simulate` for figures, `explain` for their reasons, `compare` for VM or container, `import` for what already stands in another format.';

/** Until the client is gone. Nothing else may write to standard output meanwhile. */
export async function serveMcp(folders: readonly [string, ...string[]], onTrouble: (error: Error) => void): Promise<void> {
    const room = openReadingRoom(folders);
    const handle = serveStdio(
        () => {
            const server = new McpServer({ name: 'strata', version: strataVersion() }, { instructions });
            for (const tool of mcpTools) {
                tool.register(server, room);
            }
            return server;
        },
        { onerror: onTrouble },
    );
    await Promise.race([once(process.stdin, 'end'), once(process.stdin, 'close')]);
    await handle.close();
}
