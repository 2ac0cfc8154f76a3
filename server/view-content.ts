/** What each view of the preview shows, as plain data: the server makes it, the page and the picture file draw it. */
import type { PictureResource, PictureShare, Scene } from './protocol.ts';

/** In the order of the page's tabs. */
export const viewNames = ['strata', 'timeline', 'isolation', 'compare', 'checks'] as const;
export type ViewName = (typeof viewNames)[number];

export const viewTitles: Readonly<Record<ViewName, string>> = {
    strata: 'Strata',
    timeline: 'Timeline',
    isolation: 'Isolation',
    compare: 'Compare',
    checks: 'Checks',
};

/** What is assumed to be broken, from nothing on; each takes what stands before it along. */
export const brokenLevels = ['nothing', 'runtime', 'kernel', 'hypervisor'] as const;
export type BrokenLevel = (typeof brokenLevels)[number];

/** What the reader looks at: one selection and one moment for all views. */
export interface ViewOptions {
    readonly resource: PictureResource;
    /** Absent: what is granted. */
    readonly share?: PictureShare;
    /** Width of the drawing area in CSS pixels; a wider picture shows more boxes and words, so zooming is asking for more width. */
    readonly width: number;
    readonly selected?: string;
    /** Seconds from the start of the scenario; absent: the steady state. */
    readonly at?: number;
    /** The first, where none is named. */
    readonly scenario?: string;
    readonly broken?: BrokenLevel;
    /** Where `ps` is run; absent: at the selection. */
    readonly vantage?: string;
}

export type ViewContent = StrataContent | TimelineContent | IsolationContent | CompareContent | ChecksContent;

export interface StrataContent {
    readonly view: 'strata';
    readonly scene: Scene;
}

// ---------------------------------------------------------------- isolation

/** Weakest wall first. Each has a letter, so that no colour has to be told apart. */
export const wallMarks = {
    process: { letter: 'P', words: 'process: one namespace, nothing to break' },
    namespace: { letter: 'N', words: 'namespace: one kernel, a container to break out of' },
    sandbox: { letter: 'S', words: 'sandbox: a kernel in user space stands between' },
    kernel: { letter: 'K', words: 'kernel: a virtual machine to break out of' },
    machine: { letter: 'M', words: 'machine: different hosts' },
} as const;
export type WallName = keyof typeof wallMarks;

export interface IsolationContent {
    readonly view: 'isolation';
    /** With the blast radius marked. */
    readonly scene: Scene;
    readonly workloads: readonly MatrixWorkload[];
    /** Workloads that have no row. */
    readonly left: number;
    /** Row by row as long as `workloads`; nothing between a single workload and itself. */
    readonly walls: readonly (readonly (WallName | null)[])[];
    readonly blast?: Blast;
    readonly processes?: ProcessList;
}

export interface MatrixWorkload {
    readonly element: string;
    /** The element's own name, or its path where others have that name too. */
    readonly label: string;
    readonly count: number;
    /** As in the picture: workloads on one kernel have one tint. */
    readonly tint?: number;
    /** Whose kernel it runs on. */
    readonly kernel: string;
}

export interface Blast {
    /** The workload that an attacker is in. */
    readonly element: string;
    readonly label: string;
    readonly broken: BrokenLevel;
    readonly levels: readonly { readonly broken: BrokenLevel; readonly words: string; readonly reasons: readonly string[] }[];
    /** Why each wall of its row is what it is. */
    readonly walls: readonly { readonly label: string; readonly wall: WallName; readonly because: string }[];
}

/** What `ps` shows at one place. */
export interface ProcessList {
    readonly from: string;
    /** Other places from where one can look. */
    readonly vantages: readonly string[];
    readonly facts: readonly string[];
    readonly rows: readonly { readonly pid: number; readonly innerPid?: number; readonly name: string; readonly path: string }[];
    /** Processes that are not listed; counted up to a bound. */
    readonly left: string;
}

// ---------------------------------------------------------------- compare

export interface CompareContent {
    readonly view: 'compare';
    /** The text as it is now against the last commit; absent where nobody can be asked for that. */
    readonly change?: ChangeContent;
    /** What is compared; absent where there is nothing to run. */
    readonly ways?: CompareTable;
    readonly sources: readonly { readonly id: string; readonly figure: string; readonly source: string }[];
}

export type ChangeContent =
    | { readonly kind: 'known'; readonly before: string; readonly summary: string; readonly tables: readonly ChangeTable[] }
    | { readonly kind: 'unknown'; readonly because: string };

export interface ChangeTable {
    readonly title: string;
    readonly columns: readonly string[];
    readonly rows: readonly (readonly string[])[];
    /** What the rows leave out. */
    readonly note?: string;
}

export interface CompareTable {
    readonly title: string;
    readonly columns: readonly string[];
    readonly groups: readonly { readonly question: string; readonly rows: readonly { readonly label: string; readonly cells: readonly string[] }[] }[];
    readonly notes: readonly string[];
}

// ---------------------------------------------------------------- checks

export type CheckState = 'fails' | 'broken' | 'error' | 'warning' | 'unjudged' | 'information' | 'hint' | 'holds';

/** Worst first; each has a sign beside its word. */
export const checkSigns: Readonly<Record<CheckState, string>> = {
    fails: '✗',
    broken: '✗',
    error: '⨯',
    warning: '⚠',
    unjudged: '?',
    information: 'i',
    hint: '·',
    holds: '✓',
};

export interface ChecksContent {
    readonly view: 'checks';
    readonly rows: readonly CheckRow[];
}

export interface CheckRow {
    /** Finds its place in the current text. */
    readonly id: string;
    readonly state: CheckState;
    /** The condition, or the code of the finding. */
    readonly title: string;
    /** The value that was found, of an expectation. */
    readonly value?: string;
    readonly message?: string;
    readonly scenario?: string;
    readonly element?: string;
}

// ---------------------------------------------------------------- timeline

export interface TimelineContent {
    readonly view: 'timeline';
    /** At the moment. */
    readonly scene: Scene;
    readonly scenarios: readonly string[];
    readonly timeline?: TimelinePicture;
}

export interface TimelinePicture {
    readonly scenario: string;
    readonly duration: number;
    readonly at: number;
    readonly events: readonly TimelineMark[];
    readonly lanes: readonly TimelineLane[];
    /** Elements that have no lane. */
    readonly left: number;
    readonly charts: readonly TimelineChart[];
}

export interface TimelineMark {
    readonly id: string;
    readonly at: number;
    /** From 0: marks that would cover each other stand one below the other. */
    readonly row: number;
    readonly type: string;
    readonly element?: string;
    readonly words: string;
}

export type LaneState = 'booting' | 'running' | 'throttled' | 'contended' | 'stopped' | 'down' | 'killed' | 'migrating' | 'finished';

export interface TimelineLane {
    readonly element: string;
    readonly label: string;
    readonly segments: readonly { readonly from: number; readonly to: number; readonly state: LaneState }[];
    /** Everything in it, in words. */
    readonly description: string;
}

export interface TimelineChart {
    readonly title: string;
    /** Greatest value of the axis, and what it is called. */
    readonly most: number;
    readonly mostText: string;
    readonly lines: readonly { readonly name: string; readonly points: readonly (readonly [number, number])[] }[];
    /** What the lines say at the moment. */
    readonly now: string;
}
