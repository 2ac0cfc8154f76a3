/** What a tool of the MCP server is: a name, schemas of what goes in and comes out, and the work. */
import type { McpServer, StandardSchemaWithJSON } from '@modelcontextprotocol/server';
import * as z from 'zod';
import { CannotWork } from '../cli/cannot-work.ts';
import type { ReadingRoom } from './reading-room.ts';

export interface McpTool {
    readonly name: string;
    readonly register: (server: McpServer, room: ReadingRoom) => void;
}

interface ToolRule<Input extends z.ZodObject, Output extends z.ZodObject> {
    readonly name: string;
    readonly title: string;
    readonly description: string;
    readonly input: Input;
    readonly output: Output;
    /** Throws `CannotWork` with place and remedy for what the caller can mend. */
    readonly work: (input: z.infer<Input>, room: ReadingRoom) => Promise<z.infer<Output>>;
}

/** Characters of an answer; a model that reads more reads nothing else. */
const longestAnswer = 100_000;

export function mcpTool<Input extends z.ZodObject, Output extends z.ZodObject>(rule: ToolRule<Input, Output>): McpTool {
    const { name, title, description, input, output, work } = rule;
    return {
        name,
        register: (server, room) => {
            const schemas: { readonly inputSchema: StandardSchemaWithJSON; readonly outputSchema: StandardSchemaWithJSON } = {
                inputSchema: input,
                outputSchema: output,
            };
            server.registerTool(
                name,
                { title, description, ...schemas, annotations: readOnly },
                // The schema was held against what was sent before this is called.
                async (given) => await answer(async () => await work(given as z.infer<Input>, room)),
            );
        },
    };
}

/** Nothing is written, run or fetched; the same texts give the same answer. */
const readOnly = { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false };

interface Answer {
    readonly [key: string]: unknown;
    readonly content: { type: 'text'; text: string }[];
    readonly structuredContent?: Record<string, unknown>;
    readonly isError?: boolean;
}

async function answer(work: () => Promise<Record<string, unknown>>): Promise<Answer> {
    try {
        const structuredContent = await work();
        const text = JSON.stringify(structuredContent);
        return text.length > longestAnswer
            ? refusal(
                  `the answer has ${text.length} characters, and at most ${longestAnswer} are sent; ask for a part with "select" or for fewer rows with "limit"`,
              )
            : { content: [{ type: 'text', text }], structuredContent };
    } catch (error) {
        if (error instanceof CannotWork) {
            return refusal(error.message);
        }
        throw error;
    }
}

function refusal(text: string): Answer {
    return { content: [{ type: 'text', text }], isError: true };
}

/** Rows that are sent, and how many are not. */
export function firstRows<Row>(rows: Iterable<Row>, limit: number): { readonly rows: Row[]; readonly omitted: number } {
    const all = [...rows];
    return { rows: all.slice(0, limit), omitted: Math.max(0, all.length - limit) };
}

export const limitInput = z.number().int().min(1).max(500).default(50).describe('Rows of each list that are sent at most; `omitted` says how many are not.');
