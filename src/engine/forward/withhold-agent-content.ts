import { agentContentKeys, agentScopes, agentServices, eventNames } from '../../shared/agents/agent-content';
import type { Redaction } from '../../shared/redaction/compile-redaction';
import type { Signal } from '../wire/signal';
import { INTO_MESSAGE, TABLES, TAGS } from '../wire/walk-tables';
import { WireReader } from '../wire/wire-reader';
import { encodeFieldHead } from './encode-field-head';
import type { RedactRequest } from './pack-request';
import { readAttribute, readValue } from './read-attribute';
import { rewriteMessage } from './redact-request';

const isContent = new RegExp(`^${agentContentKeys}$`);
const isAgent = new RegExp(`^${agentServices}$`);
const isAgentScope = new RegExp(agentScopes, 'i');
const isEventName = new RegExp(`^${eventNames}$`);

// Field numbers of ResourceSpans and ResourceLogs are the same, and so are those below.
const RESOURCE_TAG = 0x0a;
const SCOPE_GROUP_TAG = 0x12;
const ATTRIBUTE_TAG = 0x0a;
const SCOPE_TAG = 0x0a;
const NAME_TAG = 0x0a;

/**
 * Leaves out of what coding agents send about themselves what was said: prompts, answers, what tools were given and gave. Requests of
 * all others pass byte for byte. `next` then has its turn; `onWithheld` hears how many values were left out.
 */
export function withholdAgentContent(next: RedactRequest | null, onWithheld: (values: number) => void): RedactRequest {
  return (signal, request) => {
    const kept = signal === 'metrics' ? request : withhold(signal, request, onWithheld);
    return next ? next(signal, kept) : kept;
  };
}

function withhold(signal: Signal, request: Uint8Array, onWithheld: (values: number) => void): Uint8Array {
  const agentsBlocks = findAgents(new WireReader(request), request.length);
  if (agentsBlocks.size === 0) return request;
  let values = 0;
  const redaction: Redaction = {
    ofAttribute: (key) =>
      isContent.test(key)
        ? () => {
            values++;
            return undefined;
          }
        : null,
    ofLogLine(line) {
      if (line === '' || isEventName.test(line)) return line;
      values++;
      return '';
    },
    ofOtherBody() {
      values++;
      return '';
    },
  };
  const message = TABLES.requests[signal];
  const reader = new WireReader(request);
  const parts: Uint8Array[] = [];
  while (reader.position < request.length) {
    const from = reader.position;
    const tag = reader.varint();
    if (!agentsBlocks.has(from)) {
      reader.skip(tag & 7);
      parts.push(request.subarray(from, reader.position));
      continue;
    }
    const child = TABLES.actions[message * TAGS + tag]! - INTO_MESSAGE;
    const end = reader.blockEnd();
    const field = rewriteMessage(redaction, reader, child, end);
    reader.position = end;
    if (field === null) parts.push(request.subarray(from, end));
    else parts.push(encodeFieldHead(tag, field.length), ...field.parts);
  }
  if (values > 0) onWithheld(values);
  return values > 0 ? Buffer.concat(parts) : request;
}

/** Where the blocks of a request begin that come from coding agents. */
function findAgents(reader: WireReader, end: number): Set<number> {
  const found = new Set<number>();
  while (reader.position < end) {
    const from = reader.position;
    const tag = reader.varint();
    if (tag !== RESOURCE_TAG) {
      reader.skip(tag & 7);
      continue;
    }
    const blockEnd = reader.blockEnd();
    if (isOfAgent(reader, blockEnd)) found.add(from);
    reader.position = blockEnd;
  }
  return found;
}

function isOfAgent(reader: WireReader, end: number): boolean {
  while (reader.position < end) {
    const tag = reader.varint();
    if (tag !== RESOURCE_TAG && tag !== SCOPE_GROUP_TAG) {
      reader.skip(tag & 7);
      continue;
    }
    const partEnd = reader.blockEnd();
    if (tag === RESOURCE_TAG ? hasAgentService(reader, partEnd) : hasAgentScope(reader, partEnd)) return true;
    reader.position = partEnd;
  }
  return false;
}

function hasAgentService(reader: WireReader, end: number): boolean {
  while (reader.position < end) {
    const tag = reader.varint();
    if (tag !== ATTRIBUTE_TAG) {
      reader.skip(tag & 7);
      continue;
    }
    const attributeEnd = reader.blockEnd();
    const { key, valueFrom, valueEnd } = readAttribute(reader, attributeEnd);
    if (key === 'service.name') {
      reader.position = valueFrom;
      const value = readValue(reader, valueEnd);
      if (typeof value === 'string' && isAgent.test(value)) return true;
    }
    reader.position = attributeEnd;
  }
  return false;
}

function hasAgentScope(reader: WireReader, end: number): boolean {
  while (reader.position < end) {
    const tag = reader.varint();
    if (tag !== SCOPE_TAG) {
      reader.skip(tag & 7);
      continue;
    }
    const scopeEnd = reader.blockEnd();
    while (reader.position < scopeEnd) {
      const field = reader.varint();
      if (field !== NAME_TAG) {
        reader.skip(field & 7);
        continue;
      }
      const nameEnd = reader.blockEnd();
      const name = Buffer.from(reader.bytes.subarray(reader.position, nameEnd)).toString('utf8');
      return isAgentScope.test(name);
    }
    return false;
  }
  return false;
}
