/** Lowers the choice of an operating system. */
import type { OsChoice } from '#simulation/model/topology.ts';
import { isOsItem } from '../generated/ast.ts';
import type { StatementReader } from './statement-reader.ts';

export function osChoice(read: StatementReader): OsChoice | undefined {
    const item = read.items('os').filter(isOsItem).at(-1);
    return item?.name === undefined ? undefined : { name: item.name, ...(item.version === undefined ? {} : { version: item.version }) };
}
