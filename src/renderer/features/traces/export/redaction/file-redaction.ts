import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { agentContentKeys, eventNames } from '../../../../../shared/agents/agent-content';
import type { DestinationsStatus } from '../../../../../shared/contract/destinations';
import type { Problem } from '../../../../../shared/problem';
import type { AttributeValue } from '../../../../../shared/redaction/attribute-value';
import { compileRedaction } from '../../../../../shared/redaction/compile-redaction';

/** What is done to telemetry before it stands in a file; `ofAgent` tells what a coding agent sent about itself. */
export interface FileRedaction {
  /** The very value where it stays, undefined where the attribute is left out. */
  attribute(key: string, value: AttributeValue, ofAgent: boolean): AttributeValue | undefined;
  line(line: string, ofAgent: boolean): string;
  /** What was done, as a sentence for the file. */
  describe(): string;
}

const isContent = new RegExp(`^${agentContentKeys}$`);
const isEventName = new RegExp(`^${eventNames}$`);

/** The same as is done to what destinations get. A rule that cannot be used gives its problem. */
export function fileRedaction({
  redaction: rules,
  agentContent,
}: Pick<DestinationsStatus, 'redaction' | 'agentContent'>): FileRedaction | Problem {
  const compiled = compileRedaction(rules, (text) => bytesToHex(sha256(utf8ToBytes(text))));
  if ('kind' in compiled) return compiled;
  const enabled = rules.filter((rule) => rule.enabled).length;
  let changed = 0;
  let withheld = 0;
  return {
    attribute(key, value, ofAgent) {
      if (ofAgent && !agentContent && isContent.test(key)) {
        withheld += 1;
        return undefined;
      }
      const apply = compiled.ofAttribute(key);
      const after = apply ? apply(value) : value;
      if (after !== value) changed += 1;
      return after;
    },
    line(line, ofAgent) {
      if (ofAgent && !agentContent && line !== '' && !isEventName.test(line)) {
        withheld += 1;
        return '';
      }
      const after = compiled.ofLogLine?.(line) ?? line;
      if (after !== line) changed += 1;
      return after;
    },
    describe() {
      const by = `by ${enabled} rule${enabled === 1 ? '' : 's'}`;
      const left = withheld > 0 ? `; ${withheld} values of what coding agents were told and said were left out` : '';
      return `Redacted as for destinations, ${by}: ${changed} values were changed or left out${left}.`;
    },
  };
}
