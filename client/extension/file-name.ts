/** What a file is called, without its folders, on every file system that VS Code knows. */
import type { Uri } from 'vscode';

export const fileName = ({ path }: Uri): string => path.slice(path.lastIndexOf('/') + 1);
