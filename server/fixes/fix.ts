/** What a quick fix is: edits that take a finding away, and a title that says what they do. */
import type { Range } from 'vscode-languageserver';
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
    /** Says the effect. */
    readonly title: string;
    readonly edits: readonly FixEdit[];
    /** The one that is most probably meant. */
    readonly isPreferred?: true;
}

export interface FixRule {
    readonly codes: readonly string[];
    readonly fixes: (input: FixInput) => Iterable<Fix>;
}
