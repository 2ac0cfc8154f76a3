/** A container should not have capabilities that lead to its kernel's root. */
import { partialCapabilities } from '../isolation/reach/capabilities.ts';
import { defaultCapabilities, hasCapability, plainName } from '../isolation/reach/container-powers.ts';
import { ruleNames } from '../isolation/reach/edge.ts';
import { dangerousCapability as edgeRule } from '../isolation/reach/rules/dangerous-capability.ts';
import type { Container } from '../model/topology.ts';
import { type Check, subjectOf } from './check.ts';
import { controlClause, demandedBy, linuxContainers, openEdges } from './container-rules.ts';

/** Facts: `capabilities`, the names that are meant. */
export const dangerousCapability: Check = {
    code: 'dangerous-capability',
    severity: 'warning',
    title: 'A container should not have capabilities that it does not need',
    explanation: `${edgeRule.explanation} Under a policy every added capability beyond the policy's list is named, and what it gives: the baseline allows Docker's own but NET_RAW, the restricted standard NET_BIND_SERVICE alone and wants ALL dropped. Rules: ${ruleNames(edgeRule.rules).join(', ')}, PSS restricted, KSV-0003, KSV-0004, CKV_K8S_28, CKV_K8S_37.`,
    *run({ index, control }) {
        for (const { container, number } of linuxContainers(index, control)) {
            const edges = openEdges(control, number, edgeRule);
            const [first] = edges;
            if (first !== undefined) {
                yield {
                    ...finding(container),
                    message: `${controlClause(subjectOf(container), first)}: ${first.because()}. Take the capability away, or give a weaker one.`,
                    facts: { capabilities: edges.map(({ via }) => via().replace('capability ', '')) },
                };
                continue;
            }
            const excess = container.capabilitiesAdded.map(plainName);
            const restricted = demandedBy(index, { pss: 'restricted' });
            const demand = demandedBy(index, { cisDocker: '5.4', pss: 'baseline' });
            const allowed = restricted === undefined ? defaultCapabilities.filter((name) => name !== 'NET_RAW') : ['NET_BIND_SERVICE'];
            const beyond = excess.filter((name) => !allowed.includes(name));
            if (demand !== undefined && beyond.length > 0) {
                yield {
                    ...finding(container),
                    message: `${subjectOf(container)} adds ${beyond.map(withPower).join(', ')}, against ${demand}. Take it away.`,
                    facts: { capabilities: beyond },
                };
            } else if (restricted !== undefined && keepsDefaults(container)) {
                yield {
                    ...finding(container),
                    message: `${subjectOf(container)} keeps the capabilities that its engine gives, against ${restricted}. Say \`capability drop ALL\`, and add what it needs.`,
                    facts: { capabilities: defaultCapabilities.filter((name) => hasCapability(container, name)) },
                };
            }
        }
    },
};

function finding({ id }: Container) {
    return { code: dangerousCapability.code, severity: 'warning', subject: id, statement: 'capability', related: [] } as const;
}

function keepsDefaults(container: Container): boolean {
    return !container.capabilitiesDropped.map(plainName).includes('ALL');
}

function withPower(name: string): string {
    const because = partialCapabilities.find(({ capability }) => capability === name)?.because;
    return because === undefined ? name : `${name} (${because})`;
}
