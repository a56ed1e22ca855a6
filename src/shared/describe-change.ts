/** From here on a percentage is harder to read than how many times as much it is. */
const leastTimes = 2;
const mostPart = 0.1;

/**
 * What became of an amount, by the ratio of the later to the earlier, neither of them negative: `+43 %`, `−12 %`, from twice as much on
 * `2.4 times` and `192 times`, down from a tenth `1/15`.
 */
export function describeChange(ratio: number): string {
  if (ratio >= leastTimes) return `${Number(ratio.toFixed(ratio < 9.95 ? 1 : 0)).toLocaleString('en-US')} times`;
  if (ratio > 0 && ratio <= mostPart) return `1/${Math.round(1 / ratio).toLocaleString('en-US')}`;
  const percent = Math.abs(ratio - 1) * 100;
  const shown = Number(percent.toFixed(percent < 0.95 ? 1 : 0));
  const sign = shown === 0 ? '' : ratio > 1 ? '+' : '−';
  return `${sign}${shown} %`;
}
