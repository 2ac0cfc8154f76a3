/** What the Strata view says about particular machines. */
import { describe, expect, test } from 'vitest';
import { drawStrata } from '#server/picture/draw-strata.ts';
import { sceneToSvg } from '#server/picture/svg.ts';
import type { PictureResource, Scene, SceneBox } from '#server/protocol.ts';
import type { Topology } from '#simulation/model/topology.ts';
import { bytes, cores } from '#simulation/model/units.ts';
import { simulate } from '#simulation/simulate.ts';
import { container, engine, GiB, host, hypervisor, MiB, process, type Sketch, topologyOf, vm } from '../helpers/topologies.ts';

function draw(topology: Topology, resource: PictureResource, width = 1600): Scene {
    const result = simulate(topology);
    return drawStrata(result, result.findings, { resource, width });
}

function box({ boxes }: Scene, key: string): SceneBox {
    const found = boxes.find((candidate) => candidate.key === key);
    expect(found, `${key} among ${boxes.map((candidate) => candidate.key).join(' ')}`).toBeDefined();
    return found as SceneBox;
}

const right = ({ x, width }: SceneBox): number => x + width;
const web = process('web', { cpu: cores(0.4), memory: bytes(400 * MiB) });
const db = process('db', { cpu: cores(0.8), memory: bytes(800 * MiB) });

describe('layers', () => {
    test('a container stands on an engine on the kernel of its host', () => {
        const scene = draw(topologyOf(host('h', {}, engine('docker', {}, container('c', {}, web)))), 'memory');
        const stack = ['hardware:h', 'kernel:h', 'engine:h.docker', 'container:h.docker.c', 'process:h.docker.c.web'];
        expect(stack.map((key) => box(scene, key).parent)).toEqual([undefined, ...stack.slice(0, -1)]);
        expect(stack.map((key) => box(scene, key).y)).toEqual([...stack.map((key) => box(scene, key).y)].sort((a, b) => b - a));
    });

    test('a VM brings a kernel of its own, in a tint of its own', () => {
        const scene = draw(topologyOf(host('h', {}, hypervisor('kvm', {}, vm('v', {}, web)), engine('docker', {}, container('c', {}, db)))), 'memory');
        expect(box(scene, 'kernel:h.kvm.v').parent).toBe('vm:h.kvm.v');
        expect(box(scene, 'process:h.kvm.v.web').tint).toBe(box(scene, 'kernel:h.kvm.v').tint);
        expect(box(scene, 'container:h.docker.c').tint).toBe(box(scene, 'kernel:h').tint);
        expect(box(scene, 'kernel:h.kvm.v').tint).not.toBe(box(scene, 'kernel:h').tint);
    });

    test('the VM that an engine brings along is drawn and named as such', () => {
        const scene = draw(topologyOf(host('mac', { os: { name: 'macos' } }, engine('docker', {}, container('c', {}, web)))), 'memory');
        const added = box(scene, 'vm:mac.docker.vm');
        expect(added.marks).toContain('implicit');
        expect(added.description).toContain('added by the engine');
        expect(box(scene, 'container:mac.docker.c').parent).toBe('kernel:mac.docker.vm');
        expect(box(scene, 'container:mac.docker.c').tint).toBe(box(scene, 'kernel:mac.docker.vm').tint);
    });

    test('bare metal has no kernel layer', () => {
        const scene = draw(topologyOf(host('h', { os: undefined }, hypervisor('kvm', {}, vm('v', {}, web)))), 'memory');
        expect(scene.boxes.some(({ key }) => key === 'kernel:h')).toBe(false);
        expect(box(scene, 'hypervisor:h.kvm').parent).toBe('hardware:h');
    });
});

describe('widths', () => {
    test('are shares of the host, and equal amounts are equally wide on every host', () => {
        const scene = draw(
            topologyOf(
                host('a', { cpu: cores(4) }, process('x', { cpu: cores(1) }), process('y', { cpu: cores(2) })),
                host('b', { cpu: cores(8) }, process('x', { cpu: cores(2) })),
            ),
            'cpu',
        );
        const width = (key: string): number => box(scene, key).width + 2;
        expect(width('process:a.y') / width('process:a.x')).toBeCloseTo(2, 1);
        expect(width('process:a.y')).toBeCloseTo(width('process:b.x'), 1);
        expect(width('hardware:b') / width('hardware:a')).toBeCloseTo(2, 2);
        expect(width('process:a.x') / width('hardware:a')).toBeCloseTo(0.25, 2);
        expect(width('idle:b') / width('hardware:b')).toBeCloseTo(0.75, 2);
    });

    test('a VM is as wide as its memory, a container as what it uses', () => {
        const scene = draw(
            topologyOf(
                host(
                    'h',
                    { memory: bytes(8 * GiB) },
                    hypervisor('kvm', {}, vm('v', { memory: bytes(4 * GiB) }, db)),
                    engine('docker', {}, container('c', {}, db)),
                ),
            ),
            'memory',
        );
        const share = (key: string): number => (box(scene, key).width + 2) / (box(scene, 'hardware:h').width + 2);
        expect(share('vm:h.kvm.v')).toBeCloseTo(0.5, 2);
        expect(share('container:h.docker.c')).toBeCloseTo(800 / 8192, 2);
        expect(box(scene, 'idle:h.kvm.v').width).toBeGreaterThan(box(scene, 'process:h.kvm.v.db').width);
    });

    test('what is too small to read is widened, and says so', () => {
        const scene = draw(
            topologyOf(host('h', { memory: bytes(256 * GiB) }, engine('docker', {}, container('tiny', {}, process('p', { memory: bytes(MiB) }))))),
            'memory',
        );
        expect(box(scene, 'container:h.docker.tiny').width).toBeGreaterThan(20);
        expect(box(scene, 'container:h.docker.tiny').marks).toContain('widened');
        expect(box(scene, 'container:h.docker.tiny').description).toContain('wider than to scale');
    });

    test('costs are bands: the idle system, the hypervisor, the engine', () => {
        const scene = draw(topologyOf(host('h', {}, hypervisor('kvm', {}, vm('v', {}, web)), engine('docker', {}, container('c', {}, db)))), 'memory');
        for (const key of ['overhead:h', 'overhead:h.kvm', 'overhead:h.kvm.v', 'overhead:h.docker']) {
            expect(box(scene, key).role).toBe('overhead');
        }
        expect(box(scene, 'overhead:h').description).toBe('system of host h: 300 MiB');
    });
});

describe('more than there is', () => {
    test('VMs promised beyond the host reach over its edge', () => {
        const guest = (name: string): Sketch => vm(name, { memory: bytes(6 * GiB) }, web);
        const scene = draw(topologyOf(host('h', { memory: bytes(8 * GiB) }, hypervisor('kvm', { overcommitMemory: 2 }, guest('a'), guest('b')))), 'memory');
        const edge = right(box(scene, 'hardware:h'));
        expect(box(scene, 'over:h').x).toBeGreaterThanOrEqual(edge);
        expect(right(box(scene, 'vm:h.kvm.b'))).toBeGreaterThan(edge);
        expect(right(box(scene, 'vm:h.kvm.b'))).toBeCloseTo(right(box(scene, 'over:h')), 0);
    });

    test('CPU that is wanted and not there stands beyond the edge, under the name of who lacks it', () => {
        const scene = draw(
            topologyOf(host('h', { cpu: cores(2) }, process('greedy', { cpu: cores(4), threads: 4 }), process('modest', { cpu: cores(0.2) }))),
            'cpu',
        );
        expect(box(scene, 'lost:h.greedy').x).toBeGreaterThanOrEqual(right(box(scene, 'hardware:h')));
        expect(box(scene, 'lost:h.greedy').element).toBe('h.greedy');
        expect(scene.boxes.some(({ key }) => key === 'lost:h.modest')).toBe(false);
    });

    test('what a limit holds back sticks out of the container, into the free room beside it', () => {
        const scene = draw(
            topologyOf(host('h', { cpu: cores(8) }, engine('docker', {}, container('c', { cpuLimit: cores(1) }, process('p', { cpu: cores(3), threads: 3 }))))),
            'cpu',
        );
        const over = box(scene, 'over:h.docker.c');
        expect(over.x).toBeGreaterThanOrEqual(right(box(scene, 'container:h.docker.c')));
        expect((over.width + 2) / (box(scene, 'container:h.docker.c').width + 2)).toBeCloseTo(2, 1);
        expect(scene.boxes.some(({ key }) => key === 'over:h')).toBe(false);
    });

    test('a working set beyond its limit sticks out of the limit', () => {
        const scene = draw(topologyOf(host('h', {}, engine('docker', {}, container('c', { memoryLimit: bytes(400 * MiB) }, db)))), 'memory');
        expect(box(scene, 'over:h.docker.c').description).toContain('400 MiB more');
        expect(box(scene, 'container:h.docker.c').severity).toBe('error');
    });
});

describe('what is not known or not there', () => {
    test('a container without a process is unknown, not zero', () => {
        const unknown = box(draw(topologyOf(host('h', {}, engine('docker', {}, container('c', {})))), 'cpu'), 'container:h.docker.c');
        expect(unknown.marks).toContain('unknown');
        expect(unknown.description).toContain('demand unknown');
        expect(unknown.description).not.toContain('0 cores');
    });

    test('notes of the reader are said with their element, so that they can be searched for', () => {
        const noted = container('c', { labels: { team: 'web\u202e', owner: 'Ann' } }, web);
        const { description } = box(draw(topologyOf(host('h', {}, engine('docker', {}, noted))), 'memory'), 'container:h.docker.c');
        expect(description).toMatch(/^container h\.docker\.c; label team: web ; label owner: Ann; /);
    });

    test('what does not start by itself is off', () => {
        expect(
            box(draw(topologyOf(host('h', {}, engine('docker', {}, container('c', { autostart: false }, web)))), 'cpu'), 'process:h.docker.c.web').marks,
        ).toContain('stopped');
    });

    test('no host, no box', () => {
        expect(draw(topologyOf(), 'cpu').boxes).toEqual([]);
    });
});

describe('many', () => {
    const replicated = (count: number): Topology =>
        topologyOf(host('h', { replicas: count, memory: bytes(1024 * GiB) }, engine('docker', {}, container('c', { replicas: count }, web))));

    test('a million replicas cost as many boxes as two', () => {
        expect(draw(replicated(1_000_000), 'memory').boxes.length).toBe(draw(replicated(2), 'memory').boxes.length);
        expect(box(draw(replicated(1_000_000), 'memory'), 'container:h.docker.c').label?.text).toBe('c ×1,000,000');
        expect(box(draw(replicated(3), 'memory'), 'container:h.docker.c').count).toBe(3);
    });

    test('neighbours too thin to read are counted in one box; those with findings are kept', () => {
        const small = Array.from({ length: 400 }, (_, index) => container(`c${index}`, {}, process('p', { memory: bytes(MiB) })));
        const broken = container('broken', { memoryLimit: bytes(MiB) }, process('p', { memory: bytes(2 * MiB) }));
        const scene = draw(topologyOf(host('h', { memory: bytes(64 * GiB) }, engine('docker', {}, ...small, broken))), 'memory', 900);
        const more = box(scene, 'more:engine:h.docker');
        expect(more.label?.text).toMatch(/^\+\d+ more$/);
        expect(Number(/\d+/.exec(more.description)?.[0]) + scene.boxes.filter(({ role }) => role === 'container').length).toBe(401);
        expect(box(scene, 'container:h.docker.broken').severity).toBe('error');
    });

    test('ten thousand levels are drawn as far as they can be read, and counted beyond', () => {
        let inside: Sketch = web;
        for (let level = 0; level < 5000; level += 1) {
            inside = hypervisor('kvm', {}, vm('v', { nested: true }, inside));
        }
        const scene = draw(topologyOf(host('h', {}, inside)), 'memory');
        expect(scene.boxes.length).toBeLessThan(200);
        expect(scene.boxes.find(({ key }) => key.startsWith('levels:'))?.description).toMatch(/^9,977 elements on 9,977 more levels/);
    });

    test('a picture of many hosts ends with a count of the rest', () => {
        const scene = draw(topologyOf(...Array.from({ length: 6000 }, (_, index) => host(`h${index}`, {}, web))), 'memory');
        expect(scene.boxes.length).toBeLessThanOrEqual(10_001);
        expect(scene.boxes.at(-1)?.label?.text).toMatch(/^\+[\d,]+ more hosts$/);
    });
});

describe('the SVG file', () => {
    const hostile = `<script>alert(1)</script>"'&]]>\u0000\u202e\ud800x`;

    test('holds names as text only', () => {
        const svg = sceneToSvg(draw(topologyOf(host(hostile, {}, engine('docker', {}, container(hostile, { image: { reference: hostile } }, web)))), 'memory'));
        expect(svg).not.toContain('<script');
        expect(svg).toContain('&lt;script&gt;');
        expect(svg).not.toMatch(/(?![\n])[\p{Cc}\p{Cf}\p{Cs}]/u);
    });

    test('opens no more elements than it closes', () => {
        const svg = sceneToSvg(draw(topologyOf(host('h', {}, engine('docker', {}, container('c', {}, web)))), 'memory'));
        const opened = [...svg.matchAll(/<([a-z]+)(?=[\s>])[^>]*[^/]>|<([a-z]+)>/g)].length;
        expect(opened).toBe([...svg.matchAll(/<\/[a-z]+>/g)].length);
    });

    test('says in words what each box is', () => {
        const svg = sceneToSvg(draw(topologyOf(host('h', {}, engine('docker', {}, container('c', {}, web)))), 'memory'));
        expect(svg).toContain('<title>container h.docker.c; ');
        expect(svg).toMatch(/<svg [^>]*aria-label="1 host as layers/);
    });
});
