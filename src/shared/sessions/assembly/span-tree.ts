import type { SessionFact } from '../dialects/session-fact';

/** More spans above another one than this are not looked at. */
const deepest = 200;

interface Known {
  parent: string;
  kind?: SessionFact['kind'];
  /** Of an agent. */
  name?: string;
}

/** How the spans around a session hang together, as far as they are known. */
export class SpanTree {
  private readonly spans = new Map<string, Known>();

  add(spanId: string, parentSpanId: string): void {
    if (!this.spans.has(spanId)) this.spans.set(spanId, { parent: parentSpanId });
  }

  tell(fact: SessionFact): void {
    if (fact.origin !== 'span' || !fact.spanId) return;
    this.add(fact.spanId, fact.parentSpanId ?? '');
    const known = this.spans.get(fact.spanId)!;
    if (fact.kind === 'agent') Object.assign(known, { kind: fact.kind, name: fact.name });
    else known.kind ??= fact.kind;
  }

  /** Whether an agent's span is a subagent: another agent, or a tool call, stands above it. */
  isSubagent(spanId: string): boolean {
    return this.above(spanId).some(({ kind }) => kind === 'agent' || kind === 'tool-call');
  }

  /** The subagent that a span is of: the nearest agent above it, where that is one. */
  subagentOf(spanId: string): string | undefined {
    let at = this.spans.get(spanId)?.parent ?? '';
    for (let step = 0; step < deepest && at !== ''; step++) {
      const known = this.spans.get(at);
      if (!known) return undefined;
      if (known.kind === 'agent') return this.isSubagent(at) ? known.name : undefined;
      at = known.parent;
    }
    return undefined;
  }

  private above(spanId: string): Known[] {
    const found: Known[] = [];
    let at = this.spans.get(spanId)?.parent ?? '';
    while (at !== '' && found.length < deepest) {
      const known = this.spans.get(at);
      if (!known) break;
      found.push(known);
      at = known.parent;
    }
    return found;
  }
}
