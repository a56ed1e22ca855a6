import type { LogRecord, Trace } from '../../../../shared/contract/telemetry';
import { formatExactTime } from '../../../client/format-time';
import { serviceColourText } from '../../../ui/marks/service-colour';
import { describeCut, makeTraceHtml } from './make-trace-html';
import { readForFile } from './read-for-file';
import { type FileRedaction, fileRedaction } from './redaction/file-redaction';
import { redactOtlp } from './redaction/redact-otlp';
import { redactTrace } from './redaction/redact-trace';
import { RefusedRule } from './redaction/refused-rule';
import style from './viewer.css?raw';
import script from './viewer.js?raw';

/**
 * The trace as one HTML file, and what is not in it as a sentence, empty where everything is. With `rules` it is redacted by
 * them and says so; a rule that cannot be used throws `RefusedRule`.
 */
export function writeTraceFile(
  trace: Trace,
  logs: readonly LogRecord[],
  rules: RedactionOf | null,
  now: Date,
): { html: string; left: string } {
  const redaction = rules && redactionBy(rules);
  const shown = redaction ? redactTrace(trace, logs, redaction) : { trace, logs };
  const { file, cut, serviceNames, lasted } = readForFile(shown.trace, shown.logs);
  const first = trace.spans[0];
  const html = makeTraceHtml({
    traceId: trace.traceId,
    name: file.spans[0]?.name ?? '',
    started: first ? formatExactTime(first.startNs) : '',
    exported: now.toISOString(),
    redacted: redaction?.describe() ?? '',
    ...{ lasted, file, cut, style, script },
    colours: serviceNames.map(serviceColourText),
    nonce: Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join(
      '',
    ),
  });
  return { html, left: describeCut(cut) };
}

/** A request of OTLP JSON as it is stored, or redacted by `rules`, which each resource then says. Throws `RefusedRule`. */
export function writeTraceOtlp(text: string, rules: RedactionOf | null): string {
  return rules ? redactOtlp(text, redactionBy(rules)) : text;
}

type RedactionOf = Parameters<typeof fileRedaction>[0];

function redactionBy(rules: RedactionOf): FileRedaction {
  const redaction = fileRedaction(rules);
  if ('kind' in redaction) throw new RefusedRule(redaction);
  return redaction;
}
