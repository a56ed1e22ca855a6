/** Labels of a time axis, local time on 24 hours; the date stands below the first and below where it changes. */
export function labelTimes(seconds: readonly number[], step: number): string[] {
  let day = '';
  return seconds.map((second) => {
    const date = new Date(second * 1000);
    const clock = `${two(date.getHours())}:${two(date.getMinutes())}${step < 60 ? `:${two(date.getSeconds())}` : ''}`;
    const itsDay = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
    const label = itsDay === day ? clock : `${clock}\n${itsDay}`;
    day = itsDay;
    return label;
  });
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
