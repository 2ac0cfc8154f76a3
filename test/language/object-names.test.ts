/** The names that every object of JavaScript knows are names like any other: nothing is looked up in a prototype. */
import { describe, expect, test } from 'vitest';
import { simulate } from '#simulation/simulate.ts';
import { languageFiles } from '../helpers/examples.ts';
import { lowerText, problemLines } from '../helpers/strata.ts';

const names = ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf'];

describe.each(names)('%s', (name) => {
    test('can be the name of everything that has one', () => {
        const text = `
            let ${name} = 1 GiB
            template ${name} for vm { vcpus 1  memory ${name}  os ${name} }
            os ${name} { family linux  memory 10 MB  disk 1 GB }
            image ${name} { os linux  size 10 MB }
            type engine ${name} { runs linux on linux  vm never }
            type hypervisor ${name} { class kernel  own-memory 0 B  memory 0 B }
            host ${name} {
                cpu 4
                memory 16 GiB
                os ${name}
                label ${name} "a note"
                disk store { size 100 GB }
                hypervisor ${name} { vm ${name} extends ${name} { process ${name} { cpu 0.5 } } }
                engine ${name} as engine2 {
                    container ${name}[2] { image ${name}  after last  process ${name} { cpu 0.1  memory 1 MiB } }
                    container last { image ${name} }
                }
            }
            expect ${name}.${name}.${name}.${name}.cpu.granted == 0.5 cores
            expect sum(${name}.engine2.${name}.memory.used) == 2 MiB
            scenario ${name} { at 1 s fail ${name}.engine2 }
        `;
        const lowered = lowerText(text);
        expect(problemLines(lowered)).toEqual([]);
        expect(simulate(lowered.topology).findings.map(({ message }) => message)).toEqual([]);
    });

    test('where nothing has it, is unknown', () => {
        const text = `
            host a extends ${name} {
                cpu ${name}
                memory 1 GiB
                os ${name}
                hypervisor ${name} as h
                engine ${name} as b { container c { image ${name}  after ${name} } }
            }
            expect ${name}.cpu.granted > 0
        `;
        const codes = lowerText(text).problems.map(({ code }) => code);
        expect(codes.sort()).toEqual([...Array(4).fill('unknown-definition'), ...Array(3).fill('unknown-name'), 'unknown-template']);
    });
});

/** One word in four is enough to meet each construct, and soon done. */
const stride = 4;

test.each(languageFiles)('in place of words of $name leads to findings in plain words', ({ text }) => {
    const words = [...text.matchAll(/[A-Za-z_][A-Za-z0-9_-]*/g)].filter((_, index) => index % stride === 0);
    for (const [index, word] of words.entries()) {
        const name = names[index % names.length] ?? '';
        const lowered = lowerText(text.slice(0, word.index) + name + text.slice(word.index + word[0].length));
        const messages = [...lowered.problems, ...simulate(lowered.topology).findings].map(({ message }) => message);
        expect(messages.filter((message) => /native code|\[object|undefined|NaN/.test(message))).toEqual([]);
    }
});
