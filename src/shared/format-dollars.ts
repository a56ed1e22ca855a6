/** US dollars to the cent from a dollar on, below it to two digits that are none zero: `$12.40`, `$0.034`, `$0.00012`. */
export function formatDollars(value: number): string {
  if (value === 0) return '$0';
  if (Math.abs(value) >= 1) {
    return `$${value.toLocaleString('en-GB', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
  }
  if (Math.abs(value) < 0.000_001) return '< $0.000001';
  const digits = Math.min(6, Math.max(2, 1 - Math.floor(Math.log10(Math.abs(value)))));
  return `$${value.toFixed(digits)}`;
}
