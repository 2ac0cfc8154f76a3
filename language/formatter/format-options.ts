/** How a text is laid out: what editors let their users choose. */
export interface FormatOptions {
    readonly tabSize: number;
    readonly insertSpaces: boolean;
}

export const formatDefaults: FormatOptions = { tabSize: 2, insertSpaces: true };
