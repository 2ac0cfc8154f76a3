/** The four kinds of themes that VS Code gives a webview, and how it gives them. */
import type { Page } from 'playwright-core';

/** Colours of VS Code's own themes (its documented defaults), as far as the page asks for them. */
export const vscodeThemes = {
    'vscode-light': {
        'button-secondaryBackground': '#e5e5e5',
        'button-secondaryForeground': '#3b3b3b',
        'input-background': '#ffffff',
        'input-border': '#cecece',
        'textLink-foreground': '#005fb8',
        'editorWidget-background': '#f8f8f8',
        'editorWarning-foreground': '#895503',
        'editor-background': '#ffffff',
        foreground: '#3b3b3b',
        focusBorder: '#005fb8',
        'widget-border': '#e5e5e5',
        errorForeground: '#b01011',
    },
    'vscode-dark': {
        'button-secondaryBackground': '#313131',
        'button-secondaryForeground': '#cccccc',
        'input-background': '#313131',
        'input-border': '#3c3c3c',
        'textLink-foreground': '#4daafc',
        'editorWidget-background': '#202020',
        'editorWarning-foreground': '#cca700',
        'editor-background': '#1f1f1f',
        foreground: '#cccccc',
        focusBorder: '#0078d4',
        'widget-border': '#313131',
        errorForeground: '#f85149',
    },
    'vscode-high-contrast': {
        'button-secondaryForeground': '#ffffff',
        'button-secondaryBackground': '#000000',
        'input-background': '#000000',
        'input-border': '#6fc3df',
        'textLink-foreground': '#21a6ff',
        'editorWidget-background': '#0c141f',
        'editorWarning-foreground': '#ffd370',
        'editor-background': '#000000',
        foreground: '#ffffff',
        focusBorder: '#f38518',
        contrastBorder: '#6fc3df',
        contrastActiveBorder: '#f38518',
        errorForeground: '#f48771',
    },
    'vscode-high-contrast-light': {
        'button-secondaryForeground': '#0f4a85',
        'button-secondaryBackground': '#ffffff',
        'input-background': '#ffffff',
        'input-border': '#0f4a85',
        'textLink-foreground': '#0f4a85',
        'editorWidget-background': '#ffffff',
        'editorWarning-foreground': '#895503',
        'editor-background': '#ffffff',
        foreground: '#292929',
        focusBorder: '#006bbd',
        contrastBorder: '#0f4a85',
        contrastActiveBorder: '#006bbd',
        errorForeground: '#b5200d',
    },
} as const;

/** Classes on the body, colours as variables on the root: as a webview has them. */
export async function useTheme(page: Page, theme: keyof typeof vscodeThemes): Promise<void> {
    await page.evaluate(
        ({ chosen, colours }) => {
            document.body.className = [chosen, ...(chosen === 'vscode-high-contrast-light' ? ['vscode-high-contrast'] : [])].join(' ');
            for (const [key, colour] of Object.entries(colours)) {
                document.documentElement.style.setProperty(`--vscode-${key}`, colour);
            }
        },
        { chosen: theme, colours: vscodeThemes[theme] },
    );
}
