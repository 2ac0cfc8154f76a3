/** The memory of a domain. Source: libvirt, formatdomain, "Memory Allocation", "Memory Backing" and "Memory Tuning". */
import { commented, type DraftStatement, quantity, statement, unknownSize } from '../draft.ts';
import type { DomainReader } from './domain-reader.ts';

export interface DomainMemory {
    /** 0: not known. */
    readonly bytes: number;
    readonly statements: readonly DraftStatement[];
    /** It was asked to give some back. */
    readonly balloons: boolean;
}

export function readDomainMemory(reader: DomainReader): DomainMemory {
    const element = reader.at('memory');
    const given = element === undefined || element.text.trim() === '' ? undefined : reader.memory(element);
    const bytes = given === undefined || given === 0 ? memoryOfCells(reader) : given;
    if (bytes === 0) {
        reader.note(element ?? reader.root, 'chosen', 'The domain says no memory: the VM is written without', 'Give the VM its `memory`.');
        return { bytes, balloons: false, statements: [unknownSize] };
    }
    const current = reader.at('currentMemory');
    const now = current === undefined || current.text.trim() === '' ? undefined : reader.memory(current);
    const balloons = now !== undefined && now > 0 && now < bytes;
    if (current !== undefined && balloons) {
        reader.note(
            current,
            'not-carried-over',
            `The guest is asked to do with ${Math.floor((100 * now) / bytes)} % of its memory at present`,
            'Nothing to do: the text says what it is given at most.',
        );
    }
    const reserve = readReserve(reader, bytes);
    return { bytes, balloons, statements: [statement('memory', quantity(bytes, 'memory')), ...(reserve === undefined ? [] : [reserve])] };
}

/** Without an amount of its own, a domain has what its NUMA cells have. */
function memoryOfCells(reader: DomainReader): number {
    const cells = reader.walk.children(reader.at('cpu', 'numa'), 'cell');
    return cells.reduce((sum, cell) => {
        const written = reader.walk.attribute(cell, 'memory');
        return sum + (written === undefined ? 0 : (reader.memory({ ...cell, text: written }) ?? 0));
    }, 0);
}

/** Memory that is locked, or made of huge pages, is there from the start to the end. */
function readReserve(reader: DomainReader, bytes: number): DraftStatement | undefined {
    const backing = reader.at('memoryBacking');
    const isLocked = reader.walk.child(backing, 'locked') !== undefined;
    if (isLocked || reader.walk.child(backing, 'hugepages') !== undefined) {
        return commented(
            isLocked ? 'locked in the memory of the host' : 'made of huge pages, which are set aside',
            statement('memory reserve', quantity(bytes, 'memory')),
        );
    }
    const element = reader.at('memtune', 'min_guarantee');
    const guarantee = reader.memory(element);
    if (element === undefined || guarantee === undefined || guarantee === 0) {
        return undefined;
    }
    if (guarantee > bytes) {
        reader.note(element, 'approximated', 'More is guaranteed than the guest has: the text guarantees what it has', 'Lower the guarantee.');
    }
    return statement('memory reserve', quantity(Math.min(guarantee, bytes), 'memory'));
}
