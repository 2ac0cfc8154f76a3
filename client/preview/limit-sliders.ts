/** Sliders for the limits of the selected element: the literal in the text changes while one is dragged. */
import type { Limit } from '#server/protocol.ts';
import type { Host } from './host.ts';
import { latestRequest } from './latest-request.ts';
import { htmlNode } from './markup.ts';

export interface LimitSliders {
    readonly element: HTMLElement;
    /** Of an element that is selected, in a host that can change the text. */
    readonly show: (selected: string | undefined) => void;
}

const steps = 400;

export function limitSliders(host: Host): LimitSliders {
    const element = htmlNode('div', { class: 'sliders', role: 'group', 'aria-label': 'Limits' });
    let shown: string | undefined;
    /** What the sliders were made of: one that is the same stays where the pointer may be about to take it. */
    let made = '';
    const ask = async (): Promise<void> => {
        const wanted = shown;
        const answer = wanted === undefined ? undefined : await host.ask({ kind: 'limits', element: wanted });
        // While a slider is dragged it must not be made anew.
        if (wanted === shown && !element.contains(document.activeElement)) {
            const limits = answer?.kind === 'limits' ? answer.limits : [];
            const wantedSliders = JSON.stringify([wanted, limits]);
            if (wantedSliders === made) {
                return;
            }
            made = wantedSliders;
            element.replaceChildren(...limits.map((limit) => slider(host, wanted ?? '', limit)));
        }
    };
    // Whoever has dragged one, and takes that back in the text, has the same limits and another slider.
    element.addEventListener('input', () => {
        made = '';
    });
    const requests = latestRequest(ask);
    return {
        element,
        show: (selected) => {
            if (selected !== shown) {
                shown = selected;
                made = '';
                element.replaceChildren();
            }
            requests.ask();
        },
    };
}

function slider(host: Host, element: string, { statement, value, most, text }: Limit): Node {
    const input = htmlNode('input', { type: 'range', min: 1, max: steps, step: 1, 'aria-label': statement, 'aria-valuetext': text });
    input.value = String(Math.round((steps * value) / most));
    let phase: 'first' | 'drag' | 'last' = 'first';
    const edits = latestRequest(async () => {
        const now = phase;
        phase = now === 'last' ? 'first' : 'drag';
        await host.ask({ kind: 'edit', element, statement, value: (Number(input.value) / steps) * most, phase: now });
    });
    input.addEventListener('input', () => edits.ask());
    input.addEventListener('change', () => {
        phase = 'last';
        edits.ask();
    });
    return htmlNode('label', {}, statement, input);
}
