/** Every tool of the MCP server. */
import type { McpTool } from '../tool.ts';
import { checkTool } from './check.ts';
import { compareTool } from './compare.ts';
import { explainTool } from './explain.ts';
import { importTool } from './import.ts';
import { simulateTool } from './simulate.ts';

export const mcpTools: readonly McpTool[] = [checkTool, simulateTool, compareTool, explainTool, importTool];
