import { allowText, GoTime, type GoValue, integerOf, typeName } from './go-value';
import { printFloat, printValue } from './print-value';

const directive = /%([-+# 0]*)(\*|\d*)(?:\.(\*|\d*))?([\s\S]?)/gu;

/** Go's Sprintf for the values that templates have, its complaints included. */
export function formatPrintf(pattern: string, values: readonly GoValue[]): string {
  let next = 0;
  let length = pattern.length;
  const text = pattern.replace(
    directive,
    (_, flags: string, width: string, precision: string | undefined, verb: string) => {
      if (verb === '%') return '%';
      if (verb === '') return '%!(NOVERB)';
      const size = width === '*' ? Number(integerOf(values[next++] ?? 0n) ?? 0n) : Number(width);
      const digits =
        precision === undefined
          ? undefined
          : precision === '*'
            ? Number(integerOf(values[next++] ?? 0n) ?? 0n)
            : Number(precision);
      allowText(Math.abs(size));
      allowText(digits ?? 0);
      if (next >= values.length) return `%!${verb}(MISSING)`;
      const value = values[next++]!;
      const padded = pad(formatVerb(verb, value, flags, digits), size, flags, value, verb);
      length += padded.length;
      allowText(length);
      return padded;
    },
  );
  if (next >= values.length) return text;
  const extra = values
    .slice(next)
    .map((value) => (value === null ? '<nil>' : `${typeName(value)}=${printValue(value)}`));
  return `${text}%!(EXTRA ${extra.join(', ')})`;
}

function pad(text: string, width: number, flags: string, value: GoValue, verb: string): string {
  const missing = Math.abs(width) - [...text].length;
  if (missing <= 0 || Number.isNaN(missing)) return text;
  if (flags.includes('-') || width < 0) return text + ' '.repeat(missing);
  const isNumber = (integerOf(value) !== undefined || typeof value === 'number') && verb !== 'q' && verb !== 'c';
  if (!flags.includes('0') || (!isNumber && typeof value !== 'string')) return ' '.repeat(missing) + text;
  const sign = isNumber ? (/^[+-]/.exec(text)?.[0] ?? '') : '';
  return sign + '0'.repeat(missing) + text.slice(sign.length);
}

function formatVerb(verb: string, value: GoValue, flags: string, digits: number | undefined): string {
  const wrong = `%!${verb}(${value === null ? '<nil>' : `${typeName(value)}=${printValue(value)}`})`;
  const whole = integerOf(value);
  const plus = flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
  const signed = (text: string) => (text.startsWith('-') || text.startsWith('+') ? text : plus + text);
  if (verb === 'T') return typeName(value);
  if (verb === 'v')
    return typeof value === 'number' && digits !== undefined ? general(value, digits) : numbered(value, signed);
  if (whole !== undefined) {
    const integer = formatInteger(verb, whole, flags, digits);
    return integer === undefined ? wrong : verb === 'c' || verb === 'q' || verb === 'U' ? integer : signed(integer);
  }
  if (typeof value === 'number') {
    const float = formatFloat(verb, value, digits);
    return float === undefined ? wrong : signed(float);
  }
  if (typeof value === 'boolean') return verb === 't' ? String(value) : wrong;
  if (typeof value === 'string') return formatText(verb, value, digits) ?? wrong;
  if (value instanceof GoTime) return verb === 's' ? printValue(value) : wrong;
  if (Array.isArray(value)) return `[${value.map((item) => formatVerb(verb, item, flags, digits)).join(' ')}]`;
  return wrong;
}

function numbered(value: GoValue, signed: (text: string) => string): string {
  return typeof value === 'number' || integerOf(value) !== undefined ? signed(printValue(value)) : printValue(value);
}

function formatInteger(verb: string, value: bigint, flags: string, digits: number | undefined): string | undefined {
  const based = (base: number, prefix: string) => {
    const text = (value < 0n ? -value : value).toString(base).padStart(digits ?? 0, '0');
    return (value < 0n ? '-' : '') + (flags.includes('#') ? prefix : '') + text;
  };
  const character = () => String.fromCodePoint(value >= 0n && value <= 0x10ffffn ? Number(value) : 0xfffd);
  switch (verb) {
    case 'd':
      return based(10, '');
    case 'b':
      return based(2, '0b');
    case 'o':
      return based(8, '0');
    case 'O':
      return `0o${based(8, '')}`;
    case 'x':
      return based(16, '0x');
    case 'X':
      return based(16, '0X').toUpperCase();
    case 'c':
      return character();
    case 'q':
      return `'${character()}'`;
    case 'U':
      return `U+${value.toString(16).toUpperCase().padStart(4, '0')}`;
    default:
      return undefined;
  }
}

const exponent = (text: string) => text.replace(/e([+-])(\d)$/, 'e$10$2');

function formatFloat(verb: string, value: number, digits: number | undefined): string | undefined {
  if (!Number.isFinite(value)) return /[eEfFgG]/.test(verb) ? printFloat(value).replace(/^(?=Inf)/, '+') : undefined;
  const places = Math.min(digits ?? 6, 100);
  switch (verb) {
    case 'f':
    case 'F':
      return value.toFixed(places);
    case 'e':
      return exponent(value.toExponential(places));
    case 'E':
      return exponent(value.toExponential(places)).toUpperCase();
    case 'g':
      return digits === undefined ? printFloat(value) : general(value, digits);
    case 'G':
      return (digits === undefined ? printFloat(value) : general(value, digits)).toUpperCase();
    default:
      return undefined;
  }
}

function general(value: number, digits: number): string {
  const precision = Math.max(1, Math.min(digits, 100));
  const power = value === 0 ? 0 : Number(value.toExponential(precision - 1).split('e')[1]);
  if (power < -4 || power >= precision) {
    return exponent(value.toExponential(precision - 1).replace(/\.?0+e/, 'e'));
  }
  const fixed = value.toFixed(Math.max(0, Math.min(100, precision - 1 - power)));
  return fixed.includes('.') ? fixed.replace(/\.?0+$/, '') : fixed;
}

function formatText(verb: string, value: string, digits: number | undefined): string | undefined {
  const cut = digits === undefined ? value : [...value].slice(0, digits).join('');
  if (verb === 's') return cut;
  if (verb === 'q') return JSON.stringify(cut);
  if (verb === 'x') return Buffer.from(cut).toString('hex');
  return verb === 'X' ? Buffer.from(cut).toString('hex').toUpperCase() : undefined;
}
