/** The results of a text through its versions, as the server has them: what an edit does not touch is the very same as before. */
import { type Lowered, lower } from '#language/lowering/lower.ts';
import { parseText, type StrataDocument } from '#language/services.ts';
import { reparse } from '#language/syntax/reparse.ts';
import { nothingSent, packResult, type SentResults, sentResults, unpackResult } from '#server/simulation-messages.ts';
import { complete } from '#simulation/model/complete.ts';
import type { Result } from '#simulation/model/result.ts';
import { simulate } from '#simulation/simulate.ts';
import { catalog, services, testUri } from './strata.ts';

export function* followedText(texts: Iterable<string>): Generator<Result> {
    let document: StrataDocument | undefined;
    let lowered: Lowered | undefined;
    let [there, here]: [SentResults, SentResults] = [nothingSent, nothingSent];
    for (const text of texts) {
        document = (document && reparse(services.strata, document, text)) ?? parseText(services, text, testUri);
        lowered = lower({ documents: [document], catalog, previous: lowered });
        const result = simulate(lowered.topology);
        // As between the worker thread and the server's.
        const received = unpackResult(structuredClone(packResult(result, there)), here);
        [there, here] = [sentResults(result), sentResults(received)];
        yield { topology: complete(lowered.topology), ...received };
    }
}
