/**
 * The custom messages between language server, extension and preview page, and their plain data: all that the client may import.
 *
 * The page pulls: it is told that something changed, then asks for what it shows, one request at a time.
 * Source ranges are not in the picture; they are resolved on demand from the element's id and the current text.
 */

import type { ViewContent, ViewName, ViewOptions } from './view-content.ts';

/** A position as LSP counts it: lines and UTF-16 units from 0. */
export interface Position {
    readonly line: number;
    readonly character: number;
}
export interface Range {
    readonly start: Position;
    readonly end: Position;
}
export interface Location {
    readonly uri: string;
    readonly range: Range;
}

// ---------------------------------------------------------------- client → language server (requests)

export const viewRequest = 'strata/view';
export interface ViewParams {
    readonly uri: string;
    readonly view: ViewName;
    readonly options: ViewOptions;
    /** Revision of what the page shows; the answer is `unchanged` where it is still right, and only what differs where that is less. */
    readonly known?: string;
    /** What is looked at: of a large picture that is sent first, and all of it when it is asked for without this. */
    readonly first?: FirstPart;
}
export type ViewAnswer =
    /** With `more`, only the boxes that were wanted first are in it. */
    | { readonly kind: 'view'; readonly content: ViewContent; readonly revision: string; readonly more?: true; readonly status: PreviewStatus }
    /** `content` has no boxes: they are the known ones, patched. */
    | { readonly kind: 'patch'; readonly content: ViewContent; readonly patch: ScenePatch; readonly revision: string; readonly status: PreviewStatus }
    | { readonly kind: 'unchanged'; readonly revision: string; readonly status: PreviewStatus }
    /** There never was a text that could be drawn. */
    | { readonly kind: 'nothing'; readonly status: PreviewStatus };

/** A part of a picture, in its own pixels. */
export interface Region {
    readonly left: number;
    readonly top: number;
    readonly right: number;
    readonly bottom: number;
}

export interface FirstPart extends Region {
    /** Key of a box that is wanted wherever it stands: the keyboard is there. */
    readonly box?: string;
}

/** From the boxes of a known scene to those of the next: what is replaced, from the first to the last. */
export type ScenePatch = readonly Splice[];

export interface Splice {
    /** Place of the first box that is replaced, among the known ones. */
    readonly at: number;
    readonly removed: number;
    readonly boxes: readonly SceneBox[];
}

/** Whether the picture is of the current text, and if not, why, in one line. */
export interface PreviewStatus {
    readonly stale: boolean;
    readonly because?: string;
    readonly errors: number;
    readonly warnings: number;
}

export const locateRequest = 'strata/locate';
/** Where something that a view shows stands in the text; `null` for what is not in it. */
export interface LocateParams {
    readonly uri: string;
    readonly target: Target;
}
export type Target =
    | { readonly kind: 'element'; readonly element: string }
    /** The definition that the element's own figures come from: its system, type or image. */
    | { readonly kind: 'definition'; readonly element: string }
    /** A row of the checks, or a figure of the comparison, by its id. */
    | { readonly kind: 'check' | 'source'; readonly id: string };
export type LocateAnswer = Location | null;

export const exportRequest = 'strata/export';
/** A view as a file; `null` where there never was a text that could be drawn. */
export interface ExportParams {
    readonly uri: string;
    readonly view: ViewName;
    readonly options: ViewOptions;
    readonly format: ExportFormat;
}
/** One view as a picture, or all of them on one page that needs nothing else. */
export type ExportFormat = 'svg' | 'html';
export type ExportAnswer = string | null;

export const limitsRequest = 'strata/limits';
/** The sizes and limits of an element that are literals in an open text. */
export interface LimitsParams {
    readonly uri: string;
    readonly element: string;
}
export type LimitsAnswer = readonly Limit[];
export interface Limit {
    /** As it is written, as in `memory limit`. */
    readonly statement: string;
    readonly resource: PictureResource | 'count';
    /** In base units, and in words. */
    readonly value: number;
    readonly text: string;
    /** Where a slider ends. */
    readonly most: number;
}

export const limitEditRequest = 'strata/limitEdit';
/** The edit that makes a limit another; `null` where there is no literal of it. */
export interface LimitEditParams extends LimitsParams {
    readonly statement: string;
    readonly value: number;
}
/** Right for this version of the document only. */
export type LimitEditAnswer = { readonly uri: string; readonly version: number; readonly range: Range; readonly newText: string } | null;

export const elementAtRequest = 'strata/elementAt';
/** The innermost element whose text holds the position. */
export interface ElementAtParams {
    readonly uri: string;
    readonly position: Position;
}
export type ElementAtAnswer = { readonly element: string } | null;

export const aliveRequest = 'strata/alive';
/** Asked with nothing and answered with `null`, by a server that still takes messages. */

export const catalogTextRequest = 'strata/catalogText';
/** The text of a document of the built-in catalog (`strata-catalog:` URI); `null` where there is none of this name. */
export interface CatalogTextParams {
    readonly uri: string;
}
export type CatalogTextAnswer = string | null;

export const expectationsRequest = 'strata/expectations';
/** What became of every `expect` of one file; `null` where the text has just changed or can't be read. */
export interface ExpectationsParams {
    readonly uri: string;
}
export interface FileExpectations {
    readonly expectations: readonly ExpectationRow[];
    readonly scenarios: readonly ScenarioRow[];
}
export type ExpectationsAnswer = FileExpectations | null;

export interface ScenarioRow {
    /** Unique among the scenarios of the file. */
    readonly id: string;
    readonly name: string;
    readonly range: Range;
    readonly expectations: readonly ExpectationRow[];
}

export interface ExpectationRow {
    /** Unique among its neighbours, and the same for as long as the condition stays as it is written. */
    readonly id: string;
    readonly text: string;
    readonly range: Range;
    /** `unjudged`: nothing was computed that could answer. `broken`: the condition itself makes no sense. */
    readonly outcome: 'holds' | 'fails' | 'unjudged' | 'broken';
    /** The value that was found, where the condition is a single comparison. */
    readonly actual?: string;
    /** What is wrong, or why nothing is known. */
    readonly because?: string;
}

/** `data` of a code lens above a scenario: what is run by a click on it. */
export interface ScenarioLens {
    readonly uri: string;
    readonly scenario: string;
}

export const treeRequest = 'strata/tree';
/** What the element carries; the hosts where none is given. `null` where there never was a text that could be simulated. */
export interface TreeParams {
    readonly uri: string;
    readonly element?: string;
}
export type TreeAnswer = readonly TreeNode[] | null;

export type TreeNodeKind = 'host' | 'disk' | 'nic' | 'hypervisor' | 'vm' | 'engine' | 'slice' | 'pod' | 'container' | 'process';

export interface TreeNode {
    readonly element: string;
    readonly kind: TreeNodeKind;
    readonly label: string;
    /** How much of what it has is in use, and of what; empty where nothing bounds it. */
    readonly uses: readonly UseFigure[];
    /** What it gets where nothing bounds it, as in `0.4 cores · 120 MiB`; may be empty. */
    readonly detail: string;
    /** The whole truth in one line. */
    readonly description: string;
    /** Worst finding at the element or at anything that it carries. */
    readonly severity?: 'error' | 'warning';
    readonly carriesMore: boolean;
}

export interface UseFigure {
    /** For drawing only; more than 1 where more is needed than there is. */
    readonly share: number;
    /** As in `memory 81 %`. */
    readonly text: string;
}

export const summaryRequest = 'strata/summary';
/** The topology of a file in a few words; `null` where there never was a text that could be simulated. */
export interface SummaryParams {
    readonly uri: string;
}
export type SummaryAnswer = {
    readonly status: PreviewStatus;
    /** The element that is nearest to its bound, or furthest beyond it, as in `rack1 memory 81 %`; absent where nothing has a bound. */
    readonly tightest?: string;
    /** The first hosts, each in one line. */
    readonly hosts: readonly string[];
} | null;

export const importFormatsRequest = 'strata/importFormats';
/** What can be imported, each by the name that `importRequest` takes and by what people call it. Not where there is no disk to read from. */
/** A format that needs no files is read from the machine itself. */
export type ImportFormatsAnswer = readonly { readonly name: string; readonly title: string; readonly needsFiles: boolean }[];

export const importRequest = 'strata/import';
/** Files of one project, or folders of one each, as a text of the language; none where the format needs none. */
export interface ImportParams {
    readonly format: string;
    readonly uris: readonly string[];
}
export interface ImportAnswer {
    /** Absent where the files are refused, and the report says why. */
    readonly text?: string;
    /** What the text does not say as the files do, a line each, as the command line prints it. */
    readonly report: readonly string[];
}

/** `workspace/executeCommand` with the URI of a file and the id of an element: the ways to run it, as Markdown; `null` where there is no such element. */
export const compareCommand = 'strata.compare';

// ---------------------------------------------------------------- language server → client (requests)

/** With `initialize`; an editor that sends none of it is trusted to open only what is trusted. */
export interface StartOptions {
    /** Of a workspace that nobody has trusted yet, no file outside of its folders is read. */
    readonly trusted?: boolean;
}

export const readFileRequest = 'strata/readFile';
/** The bytes of a file that only the editor can reach; `null` where there is none. */
export interface ReadFileParams {
    readonly uri: string;
}
export type ReadFileAnswer = readonly number[] | null;

export const committedTextRequest = 'strata/committedText';
/** What the last commit has for a file. */
export interface CommittedTextParams {
    readonly uri: string;
}
/** Absent is the text of a file that the commit has not; `because` says why nothing is known. */
export type CommittedTextAnswer =
    | { readonly kind: 'text'; readonly text: string }
    | { readonly kind: 'absent' }
    | { readonly kind: 'unknown'; readonly because: string };

export const listFolderRequest = 'strata/listFolder';
/** What stands in a folder that only the editor can reach. */
export interface ListFolderParams {
    readonly uri: string;
}
export type ListFolderAnswer = readonly { readonly name: string; readonly kind: 'file' | 'folder' }[];

// ---------------------------------------------------------------- language server → client (notifications)

export const changedNotification = 'strata/changed';
/** New findings and a new picture for these files are ready, or known to be stale. */
export interface ChangedParams {
    readonly uris: readonly string[];
}

// ---------------------------------------------------------------- extension or local server ↔ page

/** What the page asks of its host; each request is answered with the same `id`, and a page that was just loaded begins with 1. */
export type PageRequest =
    | {
          readonly id: number;
          readonly kind: 'view';
          readonly view: ViewName;
          readonly options: ViewOptions;
          readonly known?: string;
          readonly first?: FirstPart;
      }
    /** Show the line in the editor. */
    | { readonly id: number; readonly kind: 'reveal'; readonly target: Target }
    | { readonly id: number; readonly kind: 'export'; readonly view: ViewName; readonly options: ViewOptions; readonly format: ExportFormat }
    | { readonly id: number; readonly kind: 'limits'; readonly element: string }
    /** Change a limit in the text; from `first` to `last` it is one step for undo. */
    | {
          readonly id: number;
          readonly kind: 'edit';
          readonly element: string;
          readonly statement: string;
          readonly value: number;
          readonly phase: 'first' | 'drag' | 'last';
      }
    /** Whether to stay at the file that is shown now. */
    | { readonly id: number; readonly kind: 'lock'; readonly locked: boolean };
export type PageAnswer =
    | { readonly id: number; readonly kind: 'view'; readonly answer: ViewAnswer }
    | { readonly id: number; readonly kind: 'revealed'; readonly found: boolean }
    /** `text` is absent where the host has already put it where the reader wanted it. */
    | { readonly id: number; readonly kind: 'exported'; readonly text?: string }
    | { readonly id: number; readonly kind: 'limits'; readonly limits: readonly Limit[] }
    | { readonly id: number; readonly kind: 'done' }
    | { readonly id: number; readonly kind: 'failed'; readonly message: string };
/** What the host tells the page unasked. */
export type PageNotice =
    | { readonly kind: 'changed' }
    /** The cursor moved into an element (or into none). */
    | { readonly kind: 'select'; readonly element?: string }
    /** Somebody wants to see what happens in a scenario. */
    | { readonly kind: 'scenario'; readonly scenario: string }
    /** The preview follows another file now; a host that can be told to stay at one names it. */
    | { readonly kind: 'file'; readonly name: string; readonly uri?: string };

// ---------------------------------------------------------------- the page's shell

export { type PreviewPage, previewHtml } from './preview-page.ts';

// ---------------------------------------------------------------- what each view shows

export {
    type Blast,
    type BrokenLevel,
    brokenLevels,
    type ChangeContent,
    type ChangeTable,
    type CheckRow,
    type CheckState,
    type ChecksContent,
    type CompareContent,
    type CompareTable,
    checkSigns,
    type IsolationContent,
    type LaneState,
    type MatrixWorkload,
    type ProcessList,
    type StrataContent,
    type TimelineChart,
    type TimelineContent,
    type TimelineLane,
    type TimelineMark,
    type TimelinePicture,
    type ViewContent,
    type ViewName,
    type ViewOptions,
    viewNames,
    viewTitles,
    type WallName,
    wallMarks,
} from './view-content.ts';

// ---------------------------------------------------------------- the picture

/** What the width of a box means. */
export type PictureResource = 'cpu' | 'memory';
/** What the width of a box means: what is granted or used, what it may take at most, or what is set aside for it. */
export const pictureShares = ['granted', 'limited', 'reserved'] as const;
export type PictureShare = (typeof pictureShares)[number];

export type SceneOptions = Pick<ViewOptions, 'resource' | 'share' | 'width'>;

/** A laid-out picture: boxes in painting order, parents before what stands on them. Units: CSS pixels from the upper left corner. */
export interface Scene {
    readonly width: number;
    readonly height: number;
    /** Accessible name of the whole picture. */
    readonly title: string;
    readonly boxes: readonly SceneBox[];
    readonly legend: readonly LegendEntry[];
    /** How wide a round amount of the resource is, in every host that is drawn to scale; absent where nothing has a size. */
    readonly scale?: SceneScale;
}

export interface SceneScale {
    readonly width: number;
    readonly label: string;
}

export type BoxRole =
    | 'hardware'
    | 'kernel'
    | 'hypervisor'
    | 'vm'
    | 'engine'
    | 'slice'
    | 'pod'
    | 'container'
    | 'process'
    /** Memory or CPU that carrying costs: hatched. */
    | 'overhead'
    /** Room that nothing uses: empty. */
    | 'idle'
    /** What is promised or wanted beyond capacity: sticks out over the edge. */
    | 'over'
    /** Several boxes too small to read, or too many levels: a count. */
    | 'more';

/** What is particular about a box beside its role; each has a mark of its own and a word in the description. */
export type BoxMark =
    /** The product added the element. */
    | 'implicit'
    /** Its demand is not known, which is not the same as zero. */
    | 'unknown'
    /** It does not start by itself, or what carries it does not. */
    | 'stopped'
    /** Wider than its amount, to stay readable. */
    | 'widened'
    /** Narrower than its amount, because others had to stay readable. */
    | 'shortened'
    /** Who breaks out comes to control it. */
    | 'fallen';

/** Text that starts at `x` on the base line `y`, already cut to what fits. */
export interface PlacedText {
    readonly text: string;
    readonly x: number;
    readonly y: number;
}

/** A small symbol, by its centre. */
export interface Sign {
    readonly kind: 'error' | 'warning' | 'shortened' | 'fallen';
    readonly x: number;
    readonly y: number;
}

export interface SceneBox {
    /** Unique in the scene and stable across edits. */
    readonly key: string;
    /** The element this box stands for (several boxes may stand for one). */
    readonly element?: string;
    readonly role: BoxRole;
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
    /** Boxes on the same kernel have the same tint, from 0 to `tintCount - 1`; absent: none. */
    readonly tint?: number;
    /** Nesting for keyboard and screen reader: key of the box that carries this one. */
    readonly parent?: string;
    /** Absent where nothing fits. */
    readonly label?: PlacedText;
    readonly detail?: PlacedText;
    /** The whole truth in one line: tooltip and accessible name. */
    readonly description: string;
    /** More than 1 where one box stands for several replicas. */
    readonly count: number;
    readonly marks: readonly BoxMark[];
    readonly signs: readonly Sign[];
    /** Worst finding at the element. */
    readonly severity?: 'error' | 'warning';
}

export {
    boxClasses,
    cornerOf,
    type PathShape,
    type PatternName,
    type PatternShape,
    patternOf,
    patternShapes,
    signShapes,
    textRooms,
} from './picture/shapes.ts';

/** Tints repeat after this many kernels; the words say which kernel is meant. */
export const tintCount = 8;

export interface LegendEntry {
    readonly role: BoxRole;
    readonly tint?: number;
    readonly marks?: readonly BoxMark[];
    readonly label: string;
}
