/** The moment: a slider over the run, a button that lets time pass, and buttons from event to event. */
import type { TimelinePicture } from '#server/protocol.ts';
import { htmlNode, setText } from '../markup.ts';

export interface Scrubber {
    readonly element: HTMLElement;
    readonly show: (timeline: TimelinePicture) => void;
}

/** A whole run passes in this time. */
const playSeconds = 20;
/** More often, no picture could follow. */
const frameMilliseconds = 80;
const steps = 1000;

export function scrubber(onMoment: (at: number) => void): Scrubber {
    const slider = htmlNode('input', { type: 'range', min: 0, max: steps, step: 1, 'aria-label': 'Moment' });
    const play = htmlNode('button', { type: 'button', class: 'step', 'aria-label': 'Play' }, '▶');
    const before = htmlNode('button', { type: 'button', class: 'step', 'aria-label': 'Previous event' }, '|◀');
    const after = htmlNode('button', { type: 'button', class: 'step', 'aria-label': 'Next event' }, '▶|');
    const clock = htmlNode('output', {});
    const element = htmlNode('div', { class: 'scrubber' }, before, play, after, slider, clock);
    let shown: TimelinePicture | undefined;
    let at = 0;
    let timer: ReturnType<typeof setInterval> | undefined;

    const tell = (time: number): void => {
        at = time;
        onMoment(time);
    };
    const stop = (): void => {
        clearInterval(timer);
        timer = undefined;
        play.setAttribute('aria-label', 'Play');
        setText(play, '▶');
    };
    const toEvent = (by: 1 | -1): void => {
        const times = [...new Set([0, ...(shown?.events ?? []).map((event) => event.at), shown?.duration ?? 0])].sort((a, b) => a - b);
        const next = by === 1 ? times.find((time) => time > at) : times.findLast((time) => time < at);
        if (next !== undefined) {
            tell(next);
        }
    };
    const start = (): void => {
        const duration = shown?.duration ?? 0;
        if (duration <= 0) {
            return;
        }
        // Who wants less motion goes from event to event instead of watching time pass.
        const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches;
        at = at >= duration ? 0 : at;
        play.setAttribute('aria-label', 'Pause');
        setText(play, '⏸');
        timer = setInterval(
            () => {
                if (isCalm) {
                    toEvent(1);
                } else {
                    tell(Math.min(duration, at + (duration * frameMilliseconds) / (1000 * playSeconds)));
                }
                if (at >= duration || !element.isConnected) {
                    stop();
                }
            },
            isCalm ? calmMilliseconds : frameMilliseconds,
        );
    };
    play.addEventListener('click', () => (timer === undefined ? start() : stop()));
    before.addEventListener('click', () => toEvent(-1));
    after.addEventListener('click', () => toEvent(1));
    slider.addEventListener('input', () => {
        stop();
        tell(((shown?.duration ?? 0) * Number(slider.value)) / steps);
    });
    return {
        element,
        show: (timeline) => {
            shown = timeline;
            if (timer === undefined) {
                at = timeline.at;
            }
            slider.value = String(timeline.duration > 0 ? Math.round((steps * timeline.at) / timeline.duration) : 0);
            const text = `${clockText(timeline.at)} of ${clockText(timeline.duration)}`;
            slider.setAttribute('aria-valuetext', text);
            setText(clock, text);
        },
    };
}

const calmMilliseconds = 1500;

/** `1:02:03.4`. */
function clockText(seconds: number): string {
    const tenths = Math.round(seconds * 10);
    const [hours, minutes, rest] = [Math.floor(tenths / 36_000), Math.floor(tenths / 600) % 60, (tenths % 600) / 10];
    const tail = `${String(minutes).padStart(hours > 0 ? 2 : 1, '0')}:${rest.toFixed(1).padStart(4, '0')}`;
    return hours > 0 ? `${hours}:${tail}` : tail;
}
