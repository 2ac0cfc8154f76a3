/** The objects in the files: of several documents, and of lists. */
import { ImportLog } from '../import-log.ts';
import type { SourceFile } from '../source-files.ts';
import { readYaml } from '../yaml/read-yaml.ts';
import { Fields, type FieldsContext } from '../yaml/yaml-fields.ts';
import { isNull, type YamlNode } from '../yaml/yaml-node.ts';
import { isLabel, isSubdomain } from './names.ts';

export interface KubernetesObject {
    readonly kind: string;
    /** `apps` of `apps/v1`; empty of the core. */
    readonly group: string;
    readonly name: string;
    readonly namespace?: string;
    readonly fields: Fields;
    /** Where it is not made by hand: kind and name of what made it. */
    readonly owner?: string;
}

export function readObjects({ text, whole }: SourceFile, log: ImportLog): readonly KubernetesObject[] {
    const documents = readManifest(text, whole.at.file, log)?.filter((document) => !isNull(document));
    if (documents?.length === 0) {
        log.refuse(whole, 'kubernetes-empty', 'There is no object in it', 'Name a file with manifests.');
    }
    return (documents ?? []).flatMap((document) => objectsOf(document, '', { log, format: 'kubernetes' }));
}

/** Templates of Helm and the like are no YAML before somebody fills them in: one error says so, instead of what follows from it. */
function readManifest(text: string, file: string, log: ImportLog): readonly YamlNode[] | undefined {
    const template = text.search(/\{\{-?\s*[\w.$"(]/);
    if (template < 0) {
        return readYaml(text, file, log);
    }
    const own = new ImportLog();
    const documents = readYaml(text, file, own);
    if (documents === undefined) {
        const before = text.slice(0, template).split('\n');
        const at = { file, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
        log.refuse(
            { at, path: '' },
            'kubernetes-template',
            'This is a template, and a manifest only once it is filled in',
            'Write out what it makes, as by `helm template`, and import that.',
        );
    }
    return documents;
}

function objectsOf(node: YamlNode, path: string, context: FieldsContext): readonly KubernetesObject[] {
    const fields = new Fields(node, path, context);
    if (node.kind !== 'map') {
        fields.refuse(fields, 'type', 'An object must be a mapping with apiVersion and kind', 'Write `apiVersion: v1`, `kind: Pod` and so on.');
        return [];
    }
    const version = fields.text('apiVersion');
    const kind = fields.text('kind')?.trim();
    if (!fields.has('apiVersion') || !fields.has('kind') || version === '' || kind === '') {
        fields.refuse(
            fields,
            'required',
            `An object must have ${fields.has('apiVersion') ? 'a kind' : 'an apiVersion'}`,
            'Add it, as in `apiVersion: apps/v1` and `kind: Deployment`.',
        );
        return [];
    }
    if (version === undefined || kind === undefined) {
        return [];
    }
    if (kind === 'List' || (kind.endsWith('List') && fields.has('items'))) {
        fields.passOver('metadata');
        return fields.items('items').flatMap((item) => objectsOf(item.node, item.path, context));
    }
    return [objectOf(fields, kind, version.includes('/') ? (version.split('/')[0] ?? '') : '')];
}

function objectOf(fields: Fields, kind: string, group: string): KubernetesObject {
    const metadata = fields.map('metadata');
    const generated = metadata?.text('generateName');
    const name = metadata?.text('name') ?? generated?.replace(/-$/, '');
    const namespace = metadata?.text('namespace');
    const owner = metadata?.maps('ownerReferences').find((reference) => reference.flag('controller') === true);
    metadata?.passOver('uid', 'resourceVersion', 'creationTimestamp', 'generation', 'managedFields', 'selfLink', 'ownerReferences');
    return {
        kind,
        group,
        fields,
        name: name ?? '',
        ...(namespace === undefined ? {} : { namespace }),
        ...(owner === undefined ? {} : { owner: `${owner.text('kind') ?? ''}/${owner.text('name') ?? ''}` }),
    };
}

/** Names are checked of what makes Pods: other kinds allow more. */
export function checkNames({ fields, name, namespace, kind }: KubernetesObject): void {
    const metadata = fields.map('metadata');
    if (metadata === undefined || name === '') {
        fields.refuse(metadata ?? fields, 'required', `This ${kind} has no name`, 'Add `metadata: { name: … }`.');
    } else if (!isSubdomain(name)) {
        fields.refuse(
            metadata.locate('name'),
            'name',
            `${JSON.stringify(name.slice(0, 80))} is no name of an object`,
            'Use lowercase letters, digits, dashes and dots, a letter or digit first and last.',
        );
    }
    if (metadata !== undefined && namespace !== undefined && !isLabel(namespace)) {
        fields.refuse(
            metadata.locate('namespace'),
            'name',
            `${JSON.stringify(namespace.slice(0, 80))} is no name of a namespace`,
            'Use up to 63 lowercase letters, digits and dashes.',
        );
    }
}
