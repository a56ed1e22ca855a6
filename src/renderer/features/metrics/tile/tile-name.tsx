/** Longer ones rarely fit over a small chart. */
const short = 30;
const keptEnd = 14;

/** A name on one line. Long names beside each other begin alike: what is cut is their middle. */
export function TileName({ name }: { name: string }) {
  if (name.length <= short) return <span className="truncate">{name}</span>;
  return (
    <>
      <span className="truncate">{name.slice(0, -keptEnd)}</span>
      <span className="shrink-0 whitespace-pre">{name.slice(-keptEnd)}</span>
    </>
  );
}
