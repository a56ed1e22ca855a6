const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const element =
  /2006|01|02|03|04|05|06|15|PM|pm|January|Jan|Monday|Mon|MST|Z07:00|Z0700|-07:00|-0700|[.,]0+|[.,]9+|_2|1|2|3|4|5/g;

/** A time written in the layout of Go's reference time, in UTC. */
export function formatGoTime(layout: string, timeNs: bigint): string {
  const date = new Date(Number(timeNs / 1_000_000n));
  const nanos = (timeNs % 1_000_000_000n).toString().padStart(9, '0');
  return layout.replace(element, (found) => formatElement(found, date, nanos));
}

function formatElement(found: string, date: Date, nanos: string): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const hour12 = date.getUTCHours() % 12 || 12;
  const month = months[date.getUTCMonth()]!;
  const day = days[date.getUTCDay()]!;
  if (/^[.,]0/.test(found)) return `.${nanos.slice(0, found.length - 1)}`;
  if (/^[.,]9/.test(found)) return `.${nanos.slice(0, found.length - 1)}`.replace(/\.?0*$/, '');
  const elements: Readonly<Record<string, string>> = {
    '2006': String(date.getUTCFullYear()),
    '06': two(date.getUTCFullYear() % 100),
    '01': two(date.getUTCMonth() + 1),
    '1': String(date.getUTCMonth() + 1),
    January: month,
    Jan: month.slice(0, 3),
    '02': two(date.getUTCDate()),
    _2: String(date.getUTCDate()).padStart(2),
    '2': String(date.getUTCDate()),
    Monday: day,
    Mon: day.slice(0, 3),
    '15': two(date.getUTCHours()),
    '03': two(hour12),
    '3': String(hour12),
    '04': two(date.getUTCMinutes()),
    '4': String(date.getUTCMinutes()),
    '05': two(date.getUTCSeconds()),
    '5': String(date.getUTCSeconds()),
    PM: date.getUTCHours() < 12 ? 'AM' : 'PM',
    pm: date.getUTCHours() < 12 ? 'am' : 'pm',
    MST: 'UTC',
    'Z07:00': 'Z',
    Z0700: 'Z',
    '-07:00': '+00:00',
    '-0700': '+0000',
  };
  return elements[found] ?? found;
}
