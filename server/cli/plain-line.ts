/** Text from files as one line that a terminal shows and does not obey: nobody who writes a topology may move its cursor or set its title. */
export function plainLine(text: string): string {
    return text.replaceAll(/\s*[\r\n]+\s*/g, ' ').replaceAll(/[^\P{Cc}\t]/gu, '\ufffd');
}
