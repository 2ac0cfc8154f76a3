/** The editor's files as topologies: understood at once when asked, simulated after each change, never mixed up with an older text. */

import { type CancellationToken, CancellationTokenSource } from 'vscode-languageserver';
import type { StrataServices } from '#language/services.ts';
import { type Analysis, analyse } from './analysis.ts';
import type { Simulator } from './simulation-channel.ts';
import type { Sources } from './sources.ts';
import { groupSources, type SourceSet, type Understanding, understand } from './understanding.ts';

export interface Workspace {
    readonly services: StrataServices;
    readonly sources: Sources;
    readonly simulator: Simulator;
    /** What the language makes of the current texts; of several topologies that a file belongs to, the first. */
    readonly current: (uri: string) => Understanding | undefined;
    /** All topologies that a file belongs to, from the current texts. */
    readonly allCurrent: (uri: string) => readonly Understanding[];
    /** The simulated current texts; waits for the simulation, and gives nothing where an edit or the token made it pointless. */
    readonly analysed: (uri: string, token: CancellationToken) => Promise<Analysis | undefined>;
    /** Waits until every topology that a file belongs to is simulated, as far as no edit makes it pointless. */
    readonly analysedEverywhere: (uri: string, token: CancellationToken) => Promise<void>;
    /** The analyses of every topology that a file belongs to, once all of them are of the current texts. */
    readonly allAnalysed: (uri: string) => readonly Analysis[] | undefined;
    /** Every file of every topology, open or not. */
    readonly allUris: () => readonly string[];
    /** The latest analysis of a text that parsed and was simulated: what a picture shows while the text is broken. */
    readonly lastGood: (uri: string) => Analysis | undefined;
    /** Calls back after each analysis that is still of the current texts. */
    readonly onAnalysed: (listener: (analysis: Analysis) => void) => void;
    /** Calls back when no topology holds these files any more. */
    readonly onGone: (listener: (uris: readonly string[]) => void) => void;
    /** Files of the editor's folders, open or not. */
    readonly addFiles: (uris: readonly string[]) => void;
    readonly removeFiles: (uris: readonly string[]) => void;
    /** To be called after texts have changed. */
    readonly changed: (uris: readonly string[]) => void;
    readonly dispose: () => void;
}

/** Between rounds the thread is left free for requests about as long as the last round took, but never longer than this (milliseconds). */
const longestPause = 250;

export function createWorkspace(services: StrataServices, sources: Sources, simulator: Simulator, report: (error: unknown) => void): Workspace {
    return new OpenWorkspace(services, sources, simulator, report).api();
}

interface RunningAnalysis {
    readonly understanding: Understanding;
    readonly cancel: CancellationTokenSource;
    readonly outcome: Promise<Analysis | undefined>;
}

class OpenWorkspace {
    readonly #services: StrataServices;
    readonly #sources: Sources;
    readonly #simulator: Simulator;
    readonly #report: (error: unknown) => void;
    readonly #files = new Set<string>();
    /** By the set's root, each true only of the texts its signature names. */
    readonly #understandings = new Map<string, Understanding>();
    readonly #analyses = new Map<string, Analysis>();
    readonly #running = new Map<string, RunningAnalysis>();
    readonly #good = new Map<string, Analysis>();
    readonly #analysedListeners: ((analysis: Analysis) => void)[] = [];
    readonly #goneListeners: ((uris: readonly string[]) => void)[] = [];
    #grouped: readonly SourceSet[] | undefined;
    #covered: ReadonlySet<string> = new Set();
    #round: NodeJS.Timeout | undefined;
    #rounds = 0;
    /** When the next round may begin: at once after a rest, so that a single keystroke waits for nothing. */
    #restedAt = 0;

    constructor(services: StrataServices, sources: Sources, simulator: Simulator, report: (error: unknown) => void) {
        this.#services = services;
        this.#sources = sources;
        this.#simulator = simulator;
        this.#report = report;
    }

    api(): Workspace {
        return {
            services: this.#services,
            sources: this.#sources,
            simulator: this.#simulator,
            current: (uri) => this.#allCurrent(uri)[0],
            allCurrent: (uri) => this.#allCurrent(uri),
            analysed: (uri, token) => this.#analysed(uri, token),
            analysedEverywhere: async (uri, token) => {
                const pending = token.isCancellationRequested ? [] : this.#allCurrent(uri).map((understanding) => this.#analysis(understanding));
                await Promise.all(pending);
            },
            allAnalysed: (uri) => this.#allAnalysed(uri),
            allUris: () => [...new Set(this.#sets().flatMap(({ sources }) => sources.map(({ uri }) => uri)))],
            lastGood: (uri) => this.#good.get(uri),
            onAnalysed: (listener) => this.#analysedListeners.push(listener),
            onGone: (listener) => this.#goneListeners.push(listener),
            addFiles: (uris) => {
                for (const uri of uris) {
                    this.#files.add(uri);
                }
                this.#changed(uris);
            },
            removeFiles: (uris) => {
                for (const uri of uris) {
                    this.#files.delete(uri);
                }
                this.#changed(uris);
            },
            changed: (uris) => this.#changed(uris),
            dispose: () => this.#dispose(),
        };
    }

    #changed(uris: readonly string[]): void {
        this.#grouped = undefined;
        this.#rounds += 1;
        const touched = new Set(uris);
        for (const { understanding, cancel } of this.#running.values()) {
            // What nobody looks at makes way for what has changed.
            if (!isOpen(understanding) || understanding.sources.some(({ uri }) => touched.has(uri))) {
                cancel.cancel();
            }
        }
        clearTimeout(this.#round);
        this.#round = setTimeout(() => this.#judgeAll(), Math.max(this.#restedAt - performance.now(), 0));
    }

    /** One round: every topology with an open file in it is understood, and simulated where its texts are new; then the others. */
    #judgeAll(): void {
        const started = performance.now();
        try {
            const sets = this.#sets();
            const covered = new Set(sets.flatMap(({ sources }) => sources.map(({ uri }) => uri)));
            const gone = [...this.#covered].filter((uri) => !covered.has(uri));
            this.#covered = covered;
            this.#forget(sets, gone);
            const outcomes = sets.filter(isOpen).map((set) => this.#judge(set));
            void this.#judgeClosed(
                sets.filter((set) => !isOpen(set)),
                outcomes,
            );
        } catch (error) {
            this.#report(error);
        }
        const ended = performance.now();
        this.#restedAt = ended + Math.min(ended - started, longestPause);
    }

    /** A topology that the language breaks on, which is a bug, keeps no other from being judged. */
    async #judge(set: SourceSet): Promise<void> {
        try {
            if (this.#analyses.get(set.root)?.signature !== set.signature) {
                await this.#analysis(this.#understanding(set));
            }
        } catch (error) {
            this.#report(error);
        }
    }

    /** One after the other, so that an edit has to wait for none of them: it begins a new round, which ends this one. */
    async #judgeClosed(sets: readonly SourceSet[], before: readonly Promise<void>[]): Promise<void> {
        const round = this.#rounds;
        await Promise.all(before);
        for (const set of sets) {
            if (round !== this.#rounds) {
                return;
            }
            await this.#judge(set);
        }
    }

    #forget(relevant: readonly SourceSet[], gone: readonly string[]): void {
        const roots = new Set(relevant.map(({ root }) => root));
        for (const root of [...this.#understandings.keys()].filter((known) => !roots.has(known))) {
            this.#understandings.delete(root);
            this.#analyses.delete(root);
            this.#running.get(root)?.cancel.cancel();
        }
        for (const uri of gone) {
            this.#good.delete(uri);
        }
        if (gone.length > 0) {
            for (const listener of this.#goneListeners) {
                listener(gone);
            }
        }
    }

    #sets(): readonly SourceSet[] {
        this.#grouped ??= groupSources(this.#sources, new Set([...this.#files, ...this.#sources.openUris()]));
        return this.#grouped;
    }

    #allCurrent(uri: string): readonly Understanding[] {
        return this.#sets()
            .filter(({ sources }) => sources.some((source) => source.uri === uri))
            .map((set) => this.#understanding(set));
    }

    #understanding(set: SourceSet): Understanding {
        const known = this.#understandings.get(set.root);
        if (known?.signature === set.signature) {
            return known;
        }
        const understanding = understand(this.#services, set, known);
        this.#understandings.set(set.root, understanding);
        return understanding;
    }

    async #analysed(uri: string, token: CancellationToken): Promise<Analysis | undefined> {
        const understanding = this.#allCurrent(uri)[0];
        if (understanding === undefined || token.isCancellationRequested) {
            return undefined;
        }
        const analysis = await this.#analysis(understanding);
        return token.isCancellationRequested ? undefined : analysis;
    }

    #allAnalysed(uri: string): readonly Analysis[] | undefined {
        const sets = this.#sets().filter(({ sources }) => sources.some((source) => source.uri === uri));
        const analyses = sets.flatMap(({ root, signature }) => {
            const analysis = this.#analyses.get(root);
            return analysis?.signature === signature ? [analysis] : [];
        });
        return analyses.length === sets.length ? analyses : undefined;
    }

    #analysis(understanding: Understanding): Promise<Analysis | undefined> {
        const { root, signature } = understanding;
        const done = this.#analyses.get(root);
        if (done?.signature === signature) {
            return Promise.resolve(done);
        }
        const running = this.#running.get(root);
        if (running?.understanding.signature === signature && !running.cancel.token.isCancellationRequested) {
            return running.outcome;
        }
        running?.cancel.cancel();
        const cancel = new CancellationTokenSource();
        const outcome = this.#run(understanding, cancel);
        this.#running.set(root, { understanding, cancel, outcome });
        return outcome;
    }

    async #run(understanding: Understanding, cancel: CancellationTokenSource): Promise<Analysis | undefined> {
        try {
            const analysis = await analyse(understanding, this.#simulator, cancel.token);
            if (analysis === undefined || !this.#isCurrent(analysis)) {
                return undefined;
            }
            this.#keep(analysis);
            return analysis;
        } finally {
            if (this.#running.get(understanding.root)?.cancel === cancel) {
                this.#running.delete(understanding.root);
            }
            cancel.dispose();
        }
    }

    /** Whether the texts that were analysed are still the texts: what nothing may be said without. */
    #isCurrent({ root, signature }: Understanding): boolean {
        return this.#sets().some((set) => set.root === root && set.signature === signature);
    }

    #keep(analysis: Analysis): void {
        this.#analyses.set(analysis.root, analysis);
        if (analysis.parses && analysis.result !== undefined) {
            for (const { uri } of analysis.sources) {
                this.#good.set(uri, analysis);
            }
        }
        for (const listener of this.#analysedListeners) {
            listener(analysis);
        }
    }

    #dispose(): void {
        this.#rounds += 1;
        clearTimeout(this.#round);
        for (const { cancel } of this.#running.values()) {
            cancel.cancel();
        }
        this.#simulator.dispose();
    }
}

/** Whether an editor has a file of it open. */
function isOpen({ sources }: Pick<SourceSet, 'sources'>): boolean {
    return sources.some(({ version }) => version !== null);
}
