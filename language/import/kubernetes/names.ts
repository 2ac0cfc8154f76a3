/** Names of Kubernetes. Source: Kubernetes, "Object Names and IDs". */
import type { Fields } from '../yaml/yaml-fields.ts';

const label = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
const subdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/** A DNS label: of containers, volumes and namespaces. */
export const isLabel = (name: string): boolean => label.test(name);

/** A DNS subdomain: of most objects. */
export const isSubdomain = (name: string): boolean => name.length <= 253 && subdomain.test(name);

/** The name in a field, which must be a label; an error where it is missing. */
export function readLabel(fields: Fields, key: string, what: string): string | undefined {
    const name = fields.text(key);
    if (name === undefined && !fields.has(key)) {
        fields.refuse(fields, 'required', `${what} has no ${key}`, `Add \`${key}\`.`);
    } else if (name !== undefined && !isLabel(name)) {
        fields.refuse(
            fields.locate(key),
            'name',
            `${JSON.stringify(name.slice(0, 80))} is no name of ${what.toLowerCase()}`,
            'Use up to 63 lowercase letters, digits and dashes, a letter or digit first and last.',
        );
    }
    return name;
}
