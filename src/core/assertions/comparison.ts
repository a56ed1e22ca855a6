const operators = {
  '>=': '>=',
  '≥': '>=',
  '<=': '<=',
  '≤': '<=',
  '==': '==',
  '!=': '!=',
  '≠': '!=',
  '>': '>',
  '<': '<',
} as const;

export interface Comparison {
  operator: '>=' | '<=' | '==' | '!=' | '>' | '<';
  value: number;
  /** As it was written. */
  text: string;
}

/** `>= 1.5`; undefined for anything else. */
export function parseComparison(text: string): Comparison | undefined {
  const found = /^\s*(>=|≥|<=|≤|==|!=|≠|>|<)\s*(\S+)\s*$/.exec(text);
  const value = found ? parseNumber(found[2]!) : undefined;
  if (!found || value === undefined) return undefined;
  return { operator: operators[found[1] as keyof typeof operators], value, text: text.trim() };
}

export function parseNumber(text: string): number | undefined {
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : undefined;
}

export function holds(actual: number, { operator, value }: Pick<Comparison, 'operator' | 'value'>): boolean {
  switch (operator) {
    case '>=':
      return actual >= value;
    case '<=':
      return actual <= value;
    case '==':
      return actual === value;
    case '!=':
      return actual !== value;
    case '>':
      return actual > value;
    case '<':
      return actual < value;
  }
}
