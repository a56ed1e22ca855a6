export type Variables = Readonly<Record<string, string | undefined>>;

const reference = /\$(?:(\$)|\{([^{}]*)\}|([A-Za-z_]\w*))/g;
const braced = /^([A-Za-z_]\w*)(?:(:?-)(.*))?$/s;

/**
 * Fills `$VAR`, `${VAR}`, `${VAR:-default}` and `${VAR-default}` of a text as Compose does; `$$` is a dollar sign.
 * Throws a `SyntaxError` that names a form Compose knows and this does not.
 */
function interpolate(text: string, variables: Variables): string {
  return text.replace(reference, (whole, dollar?: string, inner?: string, plain?: string) => {
    if (dollar) return '$';
    if (plain) return variables[plain] ?? '';
    const found = braced.exec(inner ?? '');
    if (!found) throw new SyntaxError(`"${whole}" is not a variable of a form that is known here`);
    const value = variables[found[1]!];
    const missing = found[2] === ':-' ? !value : value === undefined;
    return missing ? (found[3] ?? '') : (value ?? '');
  });
}

/** The same for every string of a parsed document; keys are left as they are. */
export function interpolateAll(value: unknown, variables: Variables): unknown {
  if (typeof value === 'string') return interpolate(value, variables);
  if (Array.isArray(value)) return value.map((entry) => interpolateAll(entry, variables));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, interpolateAll(entry, variables)]));
}
