import type { LoadedSpan, LoadedTrace } from '../store/loaded-trace';
import type { StructuralOperator, StructuralRelation } from './ast';

/**
 * The spans of a structural operator: those of `right` that stand in the relation to one of `left` (`!`: to none;
 * `&`: both sides of the relation). As in Tempo, spans that no chain of parents joins to a root relate to nothing.
 */
export function relateSpans(
  operator: StructuralOperator,
  left: readonly LoadedSpan[],
  right: readonly LoadedSpan[],
  trace: LoadedTrace,
): LoadedSpan[] {
  const negated = operator.startsWith('!');
  const union = operator.startsWith('&');
  const relation = (negated || union ? operator.slice(1) : operator) as StructuralRelation;
  const links = new ParentLinks(trace);
  const lefts = new Set(left);
  const related = right.filter((span) => links.partners(relation, span, lefts, left).length > 0 !== negated);
  if (!union) return related;
  const partners = new Set<LoadedSpan>(related);
  for (const span of right) for (const partner of links.partners(relation, span, lefts, left)) partners.add(partner);
  return [...partners];
}

class ParentLinks {
  private readonly joined = new Map<LoadedSpan, boolean>();

  constructor(private readonly trace: LoadedTrace) {}

  /** The spans of `left` that `span` relates to. */
  partners(
    relation: StructuralRelation,
    span: LoadedSpan,
    lefts: ReadonlySet<LoadedSpan>,
    left: readonly LoadedSpan[],
  ): LoadedSpan[] {
    if (!this.isJoined(span)) return [];
    switch (relation) {
      case '>': {
        const parent = this.parent(span);
        return parent && lefts.has(parent) ? [parent] : [];
      }
      case '<':
        return left.filter((child) => this.parent(child) === span && this.isJoined(child));
      case '>>':
        return this.ancestors(span).filter((ancestor) => lefts.has(ancestor));
      case '<<':
        return left.filter((descendant) => this.isJoined(descendant) && this.ancestors(descendant).includes(span));
      case '~':
        return left.filter((other) => other !== span && other.parentId === span.parentId && this.isJoined(other));
    }
  }

  private parent(span: LoadedSpan): LoadedSpan | undefined {
    return span.parentId === 0n ? undefined : this.trace.bySpanId.get(span.parentId);
  }

  private ancestors(span: LoadedSpan): LoadedSpan[] {
    const ancestors: LoadedSpan[] = [];
    const seen = new Set([span]);
    for (let at = this.parent(span); at && !seen.has(at); at = this.parent(at)) {
      seen.add(at);
      ancestors.push(at);
    }
    return ancestors;
  }

  private isJoined(span: LoadedSpan): boolean {
    const known = this.joined.get(span);
    if (known !== undefined) return known;
    const chain = [span, ...this.ancestors(span)];
    const joined = chain[chain.length - 1]?.parentId === 0n;
    for (const member of chain) this.joined.set(member, joined);
    return joined;
  }
}
