/** What happens when: lanes, charts and events over one axis of time, with a scrubber under them. */
import type { TimelineChart, TimelineContent, TimelinePicture } from '#server/protocol.ts';
import { htmlNode, setText, svgNode } from '../markup.ts';
import type { MakeView, PageActions } from './page-view.ts';
import { scrubber } from './scrubber.ts';

const chartWidth = 1000;
const chartHeight = 60;
const markHeight = 20;

export const timelinePanel: MakeView<TimelineContent> = (actions) => {
    const choice = htmlNode('select', { 'aria-label': 'Scenario' });
    const title = htmlNode('p', { class: 'scenario' }, choice);
    const events = htmlNode('div', { class: 'events track', role: 'group', 'aria-label': 'Events' });
    const lanes = htmlNode('div', { class: 'lanes' });
    const charts = htmlNode('div', { class: 'charts' });
    const left = htmlNode('p', { class: 'left' });
    const empty = htmlNode('p', { class: 'empty' }, 'This file describes no scenario. Try: scenario evening { duration 10 min  at 1 min load web by 3 }');
    const playhead = htmlNode('div', { class: 'playhead', 'aria-hidden': 'true' });
    const bar = scrubber((at) => actions.change({ at }));
    const course = htmlNode(
        'div',
        { class: 'course' },
        htmlNode('div', { class: 'row' }, htmlNode('span', { class: 'name' }, 'Events'), events),
        lanes,
        charts,
        playhead,
    );
    const panel = htmlNode('div', { class: 'timeline' }, empty, title, course, left, bar.element);
    choice.addEventListener('change', () => actions.change({ scenario: choice.value, at: 0 }));
    /** What does not change with the moment is drawn once. */
    let drawn: string | undefined;

    return {
        panel,
        show: ({ timeline, scenarios }) => {
            for (const part of [title, course, left, bar.element]) {
                part.classList.toggle('away', timeline === undefined);
            }
            empty.classList.toggle('away', timeline !== undefined);
            if (timeline === undefined) {
                return;
            }
            const { at, charts: _, ...lasting } = timeline;
            const key = JSON.stringify([lasting, scenarios]);
            if (key !== drawn) {
                drawn = key;
                choice.replaceChildren(...scenarios.map((name) => htmlNode('option', { value: name }, name)));
                choice.value = timeline.scenario;
                events.replaceChildren(...eventNodes(timeline, actions));
                events.style.height = `${markHeight * (1 + timeline.events.reduce((most, { row }) => Math.max(most, row), 0))}px`;
                lanes.replaceChildren(...laneNodes(timeline, actions));
                setText(left, timeline.left > 0 ? `${timeline.left} more elements have no lane; select one on another host to see it.` : '');
            }
            charts.replaceChildren(...timeline.charts.map((chart) => chartNode(chart, timeline.duration)));
            bar.show(timeline);
            playhead.style.setProperty('--at', String(timeline.duration > 0 ? at / timeline.duration : 0));
        },
    };
};

/** A click leads everywhere at once: moment, selection, and the line in the editor. */
function eventNodes({ events, duration }: TimelinePicture, { change, choose }: PageActions): readonly Node[] {
    return events.map(({ at, row, type, words, element }) => {
        const mark = htmlNode('button', { type: 'button', class: `event ${type}`, title: words, 'aria-label': words }, eventSigns[type] ?? '▲');
        mark.style.left = `${(100 * at) / (duration || 1)}%`;
        mark.style.top = `${markHeight * row}px`;
        mark.addEventListener('click', () => {
            change({ at });
            if (element !== undefined) {
                choose(element);
            }
        });
        return mark;
    });
}

const eventSigns: Readonly<Record<string, string>> = {
    failed: '✗',
    'killed-oom': '☠',
    recovered: '✓',
    restarted: '↻',
    finished: '■',
    load: '↥',
    set: '✎',
    migrating: '⇄',
    migrated: '⇥',
    breached: '⚑',
    phase: '▸',
    stopped: '◼',
};

function laneNodes({ lanes, duration }: TimelinePicture, { choose }: PageActions): readonly Node[] {
    return lanes.map(({ element, label, segments, description }) => {
        const name = htmlNode('button', { type: 'button', class: 'name', title: label }, label);
        name.addEventListener('click', () => choose(element));
        const track = htmlNode('div', { class: 'track', role: 'img', 'aria-label': description });
        for (const { from, to, state } of segments) {
            const segment = htmlNode('span', { class: `segment ${state}`, title: state }, htmlNode('span', {}, state));
            segment.style.left = `${(100 * from) / (duration || 1)}%`;
            segment.style.width = `${(100 * (to - from)) / (duration || 1)}%`;
            track.append(segment);
        }
        return htmlNode('div', { class: 'row' }, name, track);
    });
}

function chartNode({ title, most, mostText, lines, now }: TimelineChart, duration: number): Node {
    const x = (time: number): number => (chartWidth * time) / (duration || 1);
    const y = (value: number): number => chartHeight * (1 - value / (most || 1));
    const paths = lines.map(({ name, points }) =>
        svgNode('path', {
            class: `line ${name}`,
            d: points.map(([time, value], place) => `${place === 0 ? 'M' : 'L'}${x(time).toFixed(1)} ${y(value).toFixed(1)}`).join(''),
        }),
    );
    return htmlNode(
        'div',
        { class: 'row chart' },
        htmlNode('span', { class: 'name' }, htmlNode('strong', {}, title), htmlNode('span', {}, now)),
        htmlNode(
            'div',
            { class: 'track' },
            svgNode(
                'svg',
                { viewBox: `0 0 ${chartWidth} ${chartHeight}`, preserveAspectRatio: 'none', role: 'img', 'aria-label': `${title}: ${now}` },
                ...paths,
            ),
            htmlNode('span', { class: 'most' }, mostText),
        ),
    );
}
