interface SparklineProps {
  values: readonly number[];
  width: number;
  height: number;
  label: string;
  /** Slots from left to right; fewer values stand at the right end. */
  slots?: number;
  colour?: string;
}

/** One value a slot as a filled line; its top is the greatest value. */
export function Sparkline({
  values,
  width,
  height,
  label,
  slots = 120,
  colour = 'var(--color-accent)',
}: SparklineProps) {
  const top = Math.max(1, ...values);
  const step = width / Math.max(1, slots - 1);
  const first = width - (values.length - 1) * step;
  const points = values.map(
    (value, index) => `${(first + index * step).toFixed(1)},${(height - 1 - (value / top) * (height - 2)).toFixed(1)}`,
  );
  return (
    <svg
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
      className="max-w-full"
    >
      <path d={`M0 ${height - 0.5}H${width}`} stroke="var(--color-line)" />
      {points.length > 1 && (
        <>
          <path
            d={`M${first.toFixed(1)},${height} L${points.join(' L')} L${width},${height}Z`}
            fill={colour}
            opacity="0.14"
          />
          <polyline
            points={points.join(' ')}
            fill="none"
            stroke={colour}
            strokeWidth="1.25"
            vectorEffect="non-scaling-stroke"
          />
        </>
      )}
    </svg>
  );
}
