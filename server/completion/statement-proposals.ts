/** What may stand in a body: its statements that are not there yet, and the elements it may hold as snippets. */
import { type BodyKind, childKinds, rulesOfKind, type Shape, type StatementRule } from '#language/statements.ts';
import type { Proposal } from './proposal.ts';
import type { CompletionSite } from './site.ts';

export function proposeStatements({ body, before, pending }: CompletionSite): readonly Proposal[] {
    const keys = new Set(before.flatMap(({ image }, index) => [image, `${before[index - 1]?.image ?? ''} ${image}`]));
    const absent = rulesOfKind(body.kind).filter((rule) => rule.many === true || !keys.has(rule.key));
    const last = before.at(-1)?.image;
    const aspects = last === undefined ? [] : rulesOfKind(body.kind).filter(({ key }) => key.startsWith(`${last} `));
    if (last !== undefined && (pending !== undefined || aspects.length > 0)) {
        // After `cpu` come its aspects: `limit`, `weight`, …
        return aspects.map((rule) => ({ ...statement(rule), label: rule.key.slice(last.length + 1) }));
    }
    const opening = body.kind === 'file' ? fileSnippets : [];
    const children = (childKinds[body.kind] ?? []).flatMap((kind) => (snippets[kind] === undefined ? [] : [snippets[kind]]));
    return [...absent.filter((rule) => !snippetKeys.has(`${body.kind} ${rule.key}`)).map(statement), ...children, ...opening];
}

function statement(rule: StatementRule): Proposal {
    const without = rule.required === true ? 'required' : `default: ${rule.default?.text ?? rule.otherwise ?? 'none'}`;
    return { label: rule.key, kind: 'statement', detail: `${showShape(rule.shape)} (${without})`, documentation: rule.meaning };
}

/** The value of a statement as a hint of its form. */
export function showShape(shape: Shape): string {
    switch (shape.kind) {
        case 'quantity':
            return shape.scale === 'share' ? 'P %' : quantityHints[shape.dimension];
        case 'word':
            return shape.words.join(' | ');
        case 'name':
            return 'NAME';
        case 'text':
            return '"text"';
        case 'definition':
            return `${shape.of.replace('-type', '').toUpperCase()} NAME`;
        case 'path':
            return shape.kinds.join(' or ').toUpperCase();
        case 'form':
            return shape.form;
        default:
            return shape satisfies never;
    }
}

const quantityHints = { memory: 'N GiB', cpu: 'N cores', work: 'N core-s', time: 'N s', rate: 'N MB/s', number: 'N' } as const;

/** Statements that a snippet writes better. */
const snippetKeys: ReadonlySet<string> = new Set(['engine vm', 'file let', 'file import', 'file expect', 'scenario expect']);

const snippet = (label: string, insert: string, documentation: string): Proposal => ({ label, kind: 'snippet', insert, isSnippet: true, documentation });

const snippets: Readonly<Partial<Record<BodyKind, Proposal>>> = {
    host: snippet('host', 'host ${1:rack1} {\n\tcpu ${2:16} cores\n\tmemory ${3:64} GiB\n\tos ${4:ubuntu}\n\t$0\n}', 'A physical machine.'),
    disk: snippet('disk', 'disk ${1:nvme} { size ${2:1} TB }', 'A disk of the machine.'),
    nic: snippet('nic', 'nic ${1:eth0} { bandwidth ${2:10} Gbit/s }', 'A network card.'),
    hypervisor: snippet('hypervisor', 'hypervisor ${1:kvm} {\n\t$0\n}', 'Runs virtual machines.'),
    vm: snippet('vm', 'vm ${1:name} {\n\tvcpus ${2:2}\n\tmemory ${3:4} GiB\n\tos ${4:debian}\n\t$0\n}', 'A virtual machine, with a kernel of its own.'),
    engine: snippet('engine', 'engine ${1:docker} {\n\t$0\n}', 'Runs containers.'),
    slice: snippet('slice', 'slice ${1:name} {\n\t$0\n}', 'A control group.'),
    pod: snippet('pod', 'pod ${1:name} {\n\t$0\n}', 'Containers that share network and IPC.'),
    container: snippet(
        'container',
        'container ${1:name} {\n\timage ${2:nginx}\n\tmemory limit ${3:256} MiB\n\t$0\n}',
        'A container: processes walled off by namespaces on a shared kernel.',
    ),
    process: snippet('process', 'process ${1:name} { threads ${2:2}  cpu ${3:0.5} cores  memory ${4:128} MiB }', 'A program that runs, with what it wants.'),
    phase: snippet('phase', 'phase ${1:name} { for ${2:1} min  cpu ${3:1} cores  memory ${4:128} MiB }', 'A stretch of the life of a process.'),
};

const fileSnippets: readonly Proposal[] = [
    snippet('let', 'let ${1:name} = ${0:4 GiB}', 'A name for a value.'),
    snippet('import', 'import "${0:file.strata}"', 'A file that belongs to the same topology.'),
    snippet(
        'template',
        'template ${1:name} for ${2|vm,container,host,process,disk,nic,hypervisor,engine,slice,pod|} {\n\t$0\n}',
        'Statements to be reused with `extends`.',
    ),
    snippet('expect', 'expect ${0}', 'What must hold.'),
    snippet('scenario', 'scenario ${1:name} {\n\tduration ${2:10} min\n\t$0\n}', 'What happens over time.'),
    snippet('os', 'os ${1:name} {\n\tfamily ${2|linux,windows,macos,freebsd,other|}\n\tmemory ${3:256} MiB\n\t$0\n}', 'An operating system.'),
    snippet('image', 'image ${1:name} {\n\tos ${2|linux,windows|}\n\tsize ${3:100} MB\n\t$0\n}', 'A container image.'),
];
