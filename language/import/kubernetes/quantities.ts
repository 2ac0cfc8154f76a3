/** Quantities of Kubernetes: `500m`, `1.5`, `128Mi`, `1e3`. Source: k8s.io/apimachinery, pkg/api/resource. */
import type { YamlNode } from '../yaml/yaml-node.ts';

const suffixes: ReadonlyMap<string, number> = new Map([
    ['n', 1e-9],
    ['u', 1e-6],
    ['m', 1e-3],
    ['', 1],
    ['k', 1e3],
    ['M', 1e6],
    ['G', 1e9],
    ['T', 1e12],
    ['P', 1e15],
    ['E', 1e18],
    ['Ki', 2 ** 10],
    ['Mi', 2 ** 20],
    ['Gi', 2 ** 30],
    ['Ti', 2 ** 40],
    ['Pi', 2 ** 50],
    ['Ei', 2 ** 60],
]);

/** Its value, which may be negative; nothing where it is no quantity. */
export function parseQuantity(written: string): number | undefined {
    const [, number, exponent, suffix = ''] = /^([+-]?(?:\d+\.?\d*|\.\d+))(?:[eE]([+-]?\d+)|([a-zA-Z]*))$/.exec(written) ?? [];
    const factor = exponent === undefined ? suffixes.get(suffix) : 10 ** Number(exponent);
    const value = number === undefined || factor === undefined ? Number.NaN : scale(Number(number), factor);
    return Number.isFinite(value) ? value : undefined;
}

/** JSON has no other numbers than these; YAML's `.nan` is none. */
export function quantityText(node: YamlNode): string | undefined {
    return node.kind === 'scalar' && (typeof node.value === 'string' || typeof node.value === 'number' || typeof node.value === 'bigint')
        ? String(node.value)
        : undefined;
}

/** A thousandth is no binary fraction, so small units divide: 143m are 0.143. */
const scale = (number: number, factor: number): number => (factor < 1 ? number / Math.round(1 / factor) : number * factor);

/** The kubelet counts in thousandths of a CPU, and rounds up. */
export const milliCores = (cores: number): number => Math.ceil(Number((cores * 1000).toPrecision(12)));
