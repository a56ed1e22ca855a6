import { Meter as Base } from '@base-ui/react/meter';

/** How much of a bound is used; `share` above 1 is shown as full. */
export function Meter({ label, share, text }: { label: string; share: number; text: string }) {
  return (
    <Base.Root value={Math.min(100, Math.max(0, share * 100))} getAriaValueText={() => text}>
      <p className="mb-1 flex justify-between gap-2 text-xs">
        <Base.Label className="text-muted">{label}</Base.Label>
        <span className="tabular">{text}</span>
      </p>
      <Base.Track className="block h-1.5 overflow-hidden rounded-full bg-hover">
        <Base.Indicator className="block rounded-full bg-accent" />
      </Base.Track>
    </Base.Root>
  );
}
