/** One view of a topology: plain data for the page, and the same data drawn for a file. */
import type { StrataServices } from '#language/services.ts';
import type { Result } from '#simulation/model/result.ts';
import type { Analysis } from '../analysis.ts';
import type { Committed } from '../committed.ts';
import type { Drawing } from '../picture/svg.ts';
import type { ViewContent, ViewOptions } from '../protocol.ts';

/** What the views show: the latest text that could be simulated. */
export interface ViewSubject {
    readonly analysis: GoodAnalysis;
    readonly services: StrataServices;
    /** Where somebody has looked it up. */
    readonly committed?: Committed;
}

export type GoodAnalysis = Analysis & { readonly result: Result };

export interface View<Content extends ViewContent> {
    readonly name: Content['view'];
    /** Pure: the same subject and options give the same content. */
    readonly content: (subject: ViewSubject, options: ViewOptions) => Content;
    readonly drawing: (content: Content, width: number) => Drawing;
}

export function goodSubject(analysis: Analysis | undefined, services: StrataServices): ViewSubject | undefined {
    return analysis?.result === undefined ? undefined : { analysis: { ...analysis, result: analysis.result }, services };
}
