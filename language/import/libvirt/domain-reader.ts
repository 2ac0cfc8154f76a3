/** Reads the parts of one domain: numbers within their bounds, and words; what is wrong is refused with its place. */
import { type ImportLog, type Located, makesNoDifference, type ReportReason } from '../import-log.ts';
import type { XmlElement } from '../xml/xml-element.ts';
import { XmlWalk } from '../xml/xml-walk.ts';
import { scaledMemory } from './scaled-memory.ts';

export interface Bounds {
    readonly min: number;
    readonly max: number;
}

export class DomainReader {
    readonly walk = new XmlWalk();
    readonly root: XmlElement;
    private readonly log: ImportLog;

    constructor(root: XmlElement, log: ImportLog) {
        this.root = root;
        this.log = log;
    }

    /** By the names on the way from the domain. */
    at(...names: readonly string[]): XmlElement | undefined {
        let element: XmlElement | undefined = this.root;
        for (const name of names) {
            element = this.walk.child(element, name);
        }
        return element;
    }

    /** The whole number in an element, or in an attribute of it. */
    whole(element: XmlElement | undefined, bounds: Bounds, attribute?: string): number | undefined {
        const written = attribute === undefined ? element?.text.trim() : this.walk.attribute(element, attribute);
        if (element === undefined || written === undefined) {
            return undefined;
        }
        const value = /^-?\d+$/.test(written) ? Number(written) : Number.NaN;
        if (value >= bounds.min && value <= bounds.max) {
            return value;
        }
        const what = attribute === undefined ? element.name : `${attribute} of ${element.name}`;
        this.refuse(element, `${what} is ${JSON.stringify(written.slice(0, 60))}, not a whole number from ${bounds.min} to ${bounds.max}`, 'Write one.');
        return undefined;
    }

    /** In bytes. */
    memory(element: XmlElement | undefined): number | undefined {
        if (element === undefined) {
            return undefined;
        }
        const unit = this.walk.attribute(element, 'unit');
        const bytes = scaledMemory(element, unit);
        if (bytes === undefined) {
            const written = `${element.text.trim()}${unit === undefined ? '' : ` ${unit}`}`.slice(0, 60);
            this.refuse(
                element,
                `${element.name} is ${JSON.stringify(written)}, not an amount of memory`,
                "Write a whole number, and a unit as in `unit='GiB'`.",
            );
        }
        return bytes;
    }

    refuse(element: Located, reason: string, remedy: string): void {
        this.log.refuse(element, 'libvirt-value', reason, remedy);
    }

    note(element: Located, why: ReportReason, what: string, remedy: string): void {
        this.log.note(element, why, what, remedy);
    }

    /** Tells what nobody read. */
    tellRest(): void {
        for (const { element, attribute } of this.walk.rest(this.root)) {
            const what =
                attribute === undefined
                    ? describe(element)
                    : `${attribute} of ${element.name} is ${JSON.stringify((element.attributes.get(attribute) ?? '').slice(0, 60))}`;
            const where = attribute === undefined ? element : { at: element.at, path: `${element.path}.@${attribute}` };
            this.note(where, 'not-carried-over', what, remedies.get(attribute ?? element.name) ?? makesNoDifference);
        }
    }
}

const notPinned = 'Nothing to do: the language pins no VM, so it shares all CPUs of its host.';

/** What to know of elements and attributes that matter on a real machine, but have no counterpart. */
const remedies: ReadonlyMap<string, string> = new Map([
    ['cpuset', notPinned],
    ['vcpupin', notPinned],
    ['emulatorpin', notPinned],
    ['iothreadpin', notPinned],
    ['numatune', notPinned],
    ['blkiotune', 'Nothing to do: the language weighs the disk throughput of control groups, not of VMs.'],
    ['memtune', 'Nothing to do: a VM is bounded by its memory.'],
    ['maxMemory', 'Raise the `memory` once more is plugged in.'],
    ['hostdev', 'Mind that the model knows of no device of the host inside a VM.'],
    ['filesystem', 'Mind that the model knows of no directory of the host inside a VM.'],
    ['launchSecurity', 'Mind that the model takes every host to see the memory of its guests.'],
]);

/** An element as a person would point at it: by its name, and what tells it from others. */
function describe({ name, attributes, text, children }: XmlElement): string {
    const words = ['type', 'model', 'device', 'mode'].flatMap((key) => attributes.get(key) ?? []);
    const own = children.length === 0 && !isSecret(name) ? text.trim().slice(0, 60) : '';
    return `The element ${[name, ...words].join(' ')}${own === '' ? '' : `: ${own}`}`;
}

/** A report goes into logs and mails. */
const isSecret = (name: string): boolean => ['session', 'dhCert', 'idBlock', 'idAuth', 'secret', 'cmdline'].includes(name);
