/** Splits a volume in one text, `SOURCE:TARGET:OPTIONS`, as Docker does; a drive letter is no source. */

export interface SplitVolume {
    readonly type: 'bind' | 'volume';
    readonly source?: string;
    readonly target: string;
    readonly isReadOnly: boolean;
}

/** What is wrong with it, where something is. */
export function splitVolume(spec: string): SplitVolume | string {
    const parts = spec.split(separator);
    if (spec === '') {
        return 'it is empty';
    }
    if (parts.some((part) => part === '')) {
        return 'there is nothing between two colons';
    }
    const [source = '', target, options, ...rest] = parts;
    if (rest.length > 0) {
        return 'there are too many colons';
    }
    if (target === undefined) {
        return { type: 'volume', target: source, isReadOnly: false };
    }
    const isReadOnly = options?.split(',').includes('ro') === true;
    return { type: isFilePath(source) ? 'bind' : 'volume', source, target, isReadOnly };
}

/** A colon, but not that of a drive as in `C:\\data`. */
const separator = /(?<!(?:^|:)[A-Za-z]):|:(?![\\/])/;

const isFilePath = (source: string): boolean => /^(?:[./~]|\\\\|[A-Za-z]:)/.test(source);
