import type { Series } from '../../../shared/contract/telemetry';
import { serviceColour } from '../../ui/service-colour';

export interface SeriesLook {
  /** Labels that tell the series apart from the others of the chart. */
  name: string;
  /** CSS `var()`. */
  colour: string;
}

const palette = Array.from({ length: 11 }, (_, index) => `var(--color-service-${index})`);
const serviceLabels = ['service_name', 'service', 'job'];

/** Names and colours of a chart's series. A service keeps its colour; a second series that would have the same takes a free one. */
export function describeSeries(series: readonly Series[]): SeriesLook[] {
  const names = namesOf(series);
  const taken = new Set<string>();
  const wanted = series.map(({ labels }) => {
    const label = serviceLabels.find((each) => labels[each]);
    const colour = label ? serviceColour(labels[label] ?? '') : null;
    if (colour === null || taken.has(colour)) return null;
    taken.add(colour);
    return colour;
  });
  const free = palette.filter((colour) => !taken.has(colour));
  let next = 0;
  return wanted.map((colour, index) => ({
    name: names[index]!,
    colour: colour ?? (free.length > 0 ? free[next++ % free.length]! : palette[index % palette.length]!),
  }));
}

function namesOf(series: readonly Series[]): string[] {
  const shown = tellingLabels(series);
  if (shown.length === 1) return series.map(({ labels }) => labels[shown[0]!] ?? '(none)');
  return series.map(({ labels }) => {
    const parts = shown.filter((key) => labels[key]).map((key) => `${key}=${labels[key]}`);
    return parts.join(', ') || labels.__name__ || 'value';
  });
}

/** Names of machines and processes, which tell a person little while another label tells the series apart as well. */
const technical = /^(job|instance|service_instance_id|.*_id|pod|container)$/;

/** The labels that differ, those of people first; technical ones only where they are needed. */
function tellingLabels(series: readonly Series[]): string[] {
  const keys = [...new Set(series.flatMap(({ labels }) => Object.keys(labels)))];
  const differing = keys.filter((key) => new Set(series.map(({ labels }) => labels[key])).size > 1);
  if (differing.length === 0) {
    const service = serviceLabels.find((key) => keys.includes(key));
    return service ? [service] : keys.filter((key) => key !== '__name__' && !technical.test(key));
  }
  const told = (chosen: readonly string[]) =>
    new Set(series.map(({ labels }) => JSON.stringify(chosen.map((key) => labels[key] ?? '')))).size;
  const most = told(differing);
  let chosen = differing;
  for (const key of differing.filter((each) => technical.test(each))) {
    const without = chosen.filter((each) => each !== key);
    if (without.length > 0 && told(without) === most) chosen = without;
  }
  return chosen;
}
