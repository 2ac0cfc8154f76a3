/** What each piece is to the line it stands on. */
import { isComment, type Piece } from './pieces.ts';
import type { Structure } from './structure.ts';

/** `comment` is one that ends its line, `end` the end of the text. */
export type Role = 'statement' | 'close' | 'open' | 'cell' | 'inside' | 'comment' | 'end';

export interface Roles {
    /** Of each piece; a comment that leads on to something on its line has the role of that. */
    readonly roles: readonly Role[];
    /** Of a comment, the role of the first token after it, wherever that stands. */
    readonly contexts: readonly Role[];
}

/** Backwards, because what a comment is depends on what follows it. */
export function rolesOf(pieces: readonly Piece[], lines: readonly number[], structure: Structure): Roles {
    const roles: Role[] = [];
    const contexts: Role[] = [];
    let context: Role = 'end';
    for (let index = pieces.length - 1; index >= 0; index--) {
        const piece = pieces[index];
        const isLast = lines[index + 1] !== 0;
        if (piece !== undefined && !isComment(piece)) {
            context = tokenRole(piece, lines[index] !== 0, structure);
            roles[index] = context;
        } else {
            roles[index] = isLast ? 'comment' : (roles[index + 1] ?? 'comment');
        }
        contexts[index] = context;
    }
    return { roles, contexts };
}

function tokenRole({ kind, start }: Piece, beginsLine: boolean, { statements, cells, unknowns }: Structure): Role {
    if (kind === '{' || kind === '}') {
        return kind === '{' ? 'open' : 'close';
    }
    if (statements.has(start) || (beginsLine && unknowns.has(start))) {
        return 'statement';
    }
    return cells.has(start) ? 'cell' : 'inside';
}
