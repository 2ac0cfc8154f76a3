/** What a quick fix is: edits that take a finding away, and a title that says what they do. */
import type { Range } from 'vscode-languageserver';
import type { ElementId } from '#simulation/model/ids.ts';
import type { Analysis } from '../analysis.ts';
import type { PlacedFinding } from '../placed-finding.ts';
import type { Source } from '../sources.ts';

export interface FixInput {
    readonly finding: PlacedFinding;
    /** Of the current texts. */
    readonly analysis: Analysis;
    readonly sourceOf: (uri: string) => Source | undefined;
}

export interface FixEdit {
    readonly uri: string;
    readonly range: Range;
    readonly newText: string;
}

export interface Fix {
    readonly title: string;
    readonly edits: readonly FixEdit[];
    /** What else the title is to say, once the fix was tried. */
    readonly effect?: Effect;
    /** The one that is most probably meant. */
    readonly isPreferred?: true;
}

/** The room that an element has afterwards. A fix that must fit is offered only where a trial shows that it does. */
export interface Effect {
    readonly kind: 'room' | 'fits';
    readonly on: ElementId;
    readonly resource: 'cpu' | 'memory';
}

export interface FixRule {
    readonly codes: readonly string[];
    readonly fixes: (input: FixInput) => Iterable<Fix>;
}
