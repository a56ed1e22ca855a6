import type { Series } from '../../../shared/contract/telemetry';
import { showPlainText } from '../../../shared/show-plain-text';
import { colourAt, serviceColour } from '../marks/service-colour';

export interface SeriesLook {
  /** Labels that tell the series apart from the others of the chart. */
  name: string;
  /** A CSS value. */
  colour: string;
}

const serviceLabels = ['service_name', 'service', 'job'];
/** Shares of a service's colour in the second, third and further series of it; the rest is ink, which keeps the contrast. */
const shades = [100, 62, 38];

/**
 * Names and colours of a chart's series. Where the chart shows several services, each has the colour that it has
 * everywhere, its further series in shades of it; else colours tell the series apart.
 */
export function describeSeries(series: readonly Series[]): SeriesLook[] {
  const names = namesOf(series).map(showPlainText);
  // Quantiles of one thing are one colour: another would be that of a service.
  if (series.length > 1 && tellingLabels(series).join() === 'quantile') {
    return names.map((name, index) => ({ name, colour: shadeOf('var(--color-accent)', series.length - 1 - index) }));
  }
  const services = series.map(({ labels }) => serviceLabels.map((label) => labels[label]).find(Boolean) ?? null);
  const tellsServices = services.length === 1 || new Set(services).size > 1;
  const met = new Map<string, number>();
  return services.map((service, index) => {
    const name = names[index]!;
    if (!tellsServices || service === null) return { name, colour: colourAt(index) };
    const before = met.get(service) ?? 0;
    met.set(service, before + 1);
    return { name, colour: shadeOf(serviceColour(service), before) };
  });
}

function shadeOf(colour: string, index: number): string {
  const share = shades[index % shades.length]!;
  return share === 100 ? colour : `color-mix(in oklab, ${colour} ${share}%, var(--color-ink))`;
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
