/** Amounts of memory as libvirt writes them: a number, and a unit of its own. Source: libvirt, virScaleInteger. */
import type { XmlElement } from '../xml/xml-element.ts';

const powers = 'kmgtpe';

/** In bytes, of a number that counts KiB where no unit stands; nothing where it is no amount. */
export function scaledMemory({ text, attributes }: XmlElement, unit = attributes.get('unit')): number | undefined {
    const written = text.trim();
    const factor = factorOf(unit ?? 'KiB');
    const bytes = factor === undefined || !/^\d+$/.test(written) ? Number.NaN : Number(written) * factor;
    return Number.isSafeInteger(bytes) ? bytes : undefined;
}

/** `k`, `KiB` and `KB` in any case: the last alone counts in thousands. */
function factorOf(unit: string): number | undefined {
    const lower = unit.toLowerCase();
    if (lower === 'b' || lower === 'byte' || lower === 'bytes') {
        return 1;
    }
    const power = powers.indexOf(lower.charAt(0)) + 1;
    const rest = lower.slice(1);
    const base = rest === '' || rest === 'ib' ? 1024 : rest === 'b' ? 1000 : undefined;
    return power === 0 || base === undefined ? undefined : base ** power;
}
