/** How many blanks stand between two neighbours on one line. */
import { isComment, type Piece } from './pieces.ts';
import type { Role } from './roles.ts';
import type { Structure } from './structure.ts';

/** Invariant: two pieces that get no blank between them are still two when they are read again. */
export function blanksBetween(left: Piece, right: Piece, rightRole: Role, structure: Structure): number {
    if (left.kind === '{') {
        return right.kind === '}' ? 0 : 1;
    }
    if (isComment(left)) {
        return noneBefore.has(right.kind) ? 0 : 1;
    }
    switch (rightRole) {
        case 'statement':
        case 'cell':
            return 2;
        case 'open':
        case 'close':
        case 'comment':
        case 'end':
            return 1;
        case 'inside':
            return isComment(right) ? Number(!opening.has(left.kind)) : Number(!isTight(left, right, structure) || wouldMerge(left.text, right.text));
        default:
            return rightRole satisfies never;
    }
}

const opening = new Set(['(', '[']);
const noneBefore = new Set([')', ']', ',', '.', '..', '[']);
const noneAfter = new Set(['(', '[', '.', '..']);

const isTight = (left: Piece, right: Piece, { tightBefore, tightAfter }: Structure): boolean =>
    noneBefore.has(right.kind) || noneAfter.has(left.kind) || tightBefore.has(right.start) || tightAfter.has(left.start);

/** `1` and `.5`, `.` and `..`, and a name or a unit before a minus would be read as something else. */
const wouldMerge = (left: string, right: string): boolean =>
    (right.startsWith('.') && left.endsWith('.')) || (right === '.' && bareNumber.test(left)) || (right === '-' && left !== ')' && !bareNumber.test(left));

const bareNumber = /^\d+(\.\d+)?$/;
