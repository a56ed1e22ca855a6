const words: Readonly<Record<string, string>> = {
  d: 'days',
  h: 'hours',
  min: 'minutes',
  s: 'seconds',
  ms: 'milliseconds',
  us: 'microseconds',
  ns: 'nanoseconds',
  By: 'bytes',
  KiBy: 'kibibytes',
  MiBy: 'mebibytes',
  GiBy: 'gibibytes',
  TiBy: 'tibibytes',
  KBy: 'kilobytes',
  MBy: 'megabytes',
  GBy: 'gigabytes',
  TBy: 'terabytes',
  m: 'meters',
  V: 'volts',
  A: 'amperes',
  J: 'joules',
  W: 'watts',
  g: 'grams',
  Cel: 'celsius',
  Hz: 'hertz',
  '1': '',
  '%': 'percent',
};

const perWords: Readonly<Record<string, string>> = {
  s: 'second',
  m: 'minute',
  h: 'hour',
  d: 'day',
  w: 'week',
  mo: 'month',
  y: 'year',
};

/** The two suffixes a UCUM unit gives a Prometheus name: `By/s` is `bytes` and `per_second`. An annotation in braces gives none. */
export function unitSuffixes(unit: string): { main: string; per: string } {
  const slash = unit.indexOf('/');
  const main = wordOf(slash < 0 ? unit : unit.slice(0, slash), words);
  const per = slash < 0 ? '' : wordOf(unit.slice(slash + 1), perWords);
  return { main: legalise(main), per: legalise(per === '' ? '' : `per_${per}`) };
}

/** The unit as Prometheus' metadata shows it: `bytes_per_second`, or empty. */
export function translateUnit(unit: string): string {
  const { main, per } = unitSuffixes(unit);
  const joined = main !== '' && per !== '' ? `${main}_${per}` : main + per;
  return joined.replace(/^_/, '').replace(/_$/, '');
}

function wordOf(part: string, table: Readonly<Record<string, string>>): string {
  const symbol = part.trim();
  if (symbol === '' || /[{}]/.test(symbol)) return '';
  return Object.hasOwn(table, symbol) ? table[symbol]! : symbol;
}

function legalise(suffix: string): string {
  return suffix
    .replace(/[^a-zA-Z0-9:]/gu, '_')
    .replace(/__+/g, '_')
    .replace(/^_/, '');
}
