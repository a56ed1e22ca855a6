/** Of the step between two labels, seconds: dates below each of them have room from here on. */
const roomForDates = 43_200;

/**
 * Labels of a time axis, local time on 24 hours; the date stands below the first and below where it changes. Where that is the second,
 * the first has none: they would stand in each other.
 */
export function labelTimes(seconds: readonly number[], step: number): string[] {
  let day = '';
  return seconds.map((second, at) => {
    const date = new Date(second * 1000);
    const clock = `${two(date.getHours())}:${two(date.getMinutes())}${step < 60 ? `:${two(date.getSeconds())}` : ''}`;
    const itsDay = dayOf(second);
    const next = seconds[at + 1];
    const isLeftToNext = at === 0 && step < roomForDates && next !== undefined && dayOf(next) !== itsDay;
    const label = itsDay === day || isLeftToNext ? clock : `${clock}\n${itsDay}`;
    day = itsDay;
    return label;
  });
}

function dayOf(second: number): string {
  const date = new Date(second * 1000);
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
