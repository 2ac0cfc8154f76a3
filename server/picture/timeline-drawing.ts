/** Lanes, events and charts over one axis of time, as a drawing. */
import type { LaneState, TimelineChart, TimelinePicture } from '../protocol.ts';
import { timeText } from './quantity.ts';
import type { PatternName } from './shapes.ts';
import { type Drawing, escapeXml } from './svg.ts';
import { cutToWidth, textWidth, wrapToWidth } from './text-width.ts';

const margin = 16;
const laneHeight = 22;
const markHeight = 11;
const chartHeight = 70;
const size = 12;
const noteSize = 11;
const lineHeight = 14;
const mostLines = 4;
const widestLabel = 0.3;

export function timelineDrawing(timeline: TimelinePicture, width: number): Drawing {
    const labels = Math.min(widestLabel * width, Math.max(80, ...timeline.lanes.map(({ label }) => textWidth(label, size))) + 12);
    const left = margin + labels;
    const room = width - left - margin;
    const x = (time: number): number => round(left + (time / (timeline.duration || 1)) * room);
    const markup: string[] = [
        `<text class="label" x="${margin}" y="${margin + size}">${escapeXml(`Scenario ${timeline.scenario}, at ${timeText(timeline.at)} of ${timeText(timeline.duration)}`)}</text>`,
    ];
    let y = margin + 24;
    for (const event of timeline.events) {
        markup.push(`<path class="event" d="M${x(event.at)} ${y + 10 + markHeight * event.row}l-4-8h8Z"><title>${escapeXml(event.words)}</title></path>`);
    }
    y += 14 + markHeight * timeline.events.reduce((most, { row }) => Math.max(most, row), 0);
    for (const lane of timeline.lanes) {
        const label = cutToWidth(lane.label, labels - 8, size) ?? '';
        markup.push(`<text class="cell" x="${margin}" y="${y + 15}">${escapeXml(label)}</text>`);
        for (const { from, to, state } of lane.segments) {
            markup.push(segmentMarkup(state, x(from), y, round(x(to) - x(from))));
        }
        y += laneHeight;
    }
    for (const chart of timeline.charts) {
        markup.push(...chartWords(chart, labels - 8, y + 16));
        markup.push(...chartMarkup(chart, x, y + 6));
        y += chartHeight;
    }
    markup.push(`<path class="playhead" d="M${x(timeline.at)} ${margin + 20}V${y}"/>`);
    return { width, height: Math.ceil(y + margin), title: `Scenario ${timeline.scenario}`, markup };
}

/** Each state has a class, a pattern where it is not simply running, and its word where there is room. */
function segmentMarkup(state: LaneState, x: number, y: number, width: number): string {
    const word = cutToWidth(state, width - 8, noteSize);
    const pattern = lanePatterns[state];
    const shape = `x="${x}" y="${y + 2}" width="${Math.max(0, width)}" height="${laneHeight - 4}"`;
    return [
        `<g class="lane ${state}"><rect ${shape}/>`,
        ...(pattern === undefined ? [] : [`<rect class="pattern" ${shape} style="fill:url(#${pattern})"/>`]),
        ...(word === undefined || word !== state ? [] : [`<text class="detail" x="${round(x + 4)}" y="${y + 15}">${word}</text>`]),
        '</g>',
    ].join('');
}

const lanePatterns: Readonly<Partial<Record<LaneState, PatternName>>> = {
    booting: 'hatch',
    throttled: 'dots',
    contended: 'stripes',
    migrating: 'back-hatch',
    down: 'cross',
};

/** What the chart is of, and its figures of the moment: as many lines as the chart is high. */
function chartWords({ title, now }: TimelineChart, room: number, top: number): readonly string[] {
    const lines = [
        { text: title, kind: 'cell', font: size },
        { text: now, kind: 'note', font: noteSize },
    ].flatMap(({ text, kind, font }) => wrapToWidth(text, room, font).map((part) => ({ kind, text: cutToWidth(part, room, font) ?? '' })));
    return lines
        .slice(0, mostLines)
        .map(({ text, kind }, line) => `<text class="${kind}" x="${margin}" y="${top + lineHeight * line}">${escapeXml(text)}</text>`);
}

function chartMarkup({ lines, most, mostText }: TimelineChart, x: (time: number) => number, top: number): readonly string[] {
    const bottom = top + chartHeight - 16;
    const y = (value: number): number => round(bottom - (value / (most || 1)) * (bottom - top));
    return [
        `<path class="axis" d="M${x(0)} ${top}V${bottom}"/>`,
        `<text class="note" x="${round(x(0) + 4)}" y="${top + 9}">${escapeXml(mostText)}</text>`,
        ...lines.map(({ name, points }) => {
            const path = points.map(([time, value], place) => `${place === 0 ? 'M' : 'L'}${x(time)} ${y(value)}`).join('');
            return `<path class="line ${name}" d="${path}"><title>${escapeXml(name)}</title></path>`;
        }),
    ];
}

const round = (value: number): number => Math.round(value * 100) / 100;
