import type { LineFacts } from '../shapes/span-facts';

/** Of one trace no rule needs more to say so. */
const MOST_OF_A_TRACE = 5000;
const MOST_LINES = 50_000;
const MOST_CHARACTERS = 1000;

/** Lines that name a trace, for the rules that look at both; only so many are kept. */
export class LinesOfTraces {
  private readonly lines = new Map<string, LineFacts[]>();
  private kept = 0;

  constructor(private readonly most = MOST_LINES) {}

  add(line: LineFacts): void {
    if (line.traceId === undefined || this.kept >= this.most) return;
    const known = this.lines.get(line.traceId) ?? [];
    if (known.length === 0) this.lines.set(line.traceId, known);
    if (known.length >= MOST_OF_A_TRACE) return;
    known.push({ ...line, line: line.line.slice(0, MOST_CHARACTERS) });
    this.kept++;
  }

  of(traceId: string): readonly LineFacts[] {
    return this.lines.get(traceId) ?? [];
  }
}
