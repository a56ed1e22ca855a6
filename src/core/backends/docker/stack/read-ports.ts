import { type StackPorts, serviceFacts } from './plan/service-facts';
import type { ServiceRecord } from './service-record';

/** The ports that the containers publish; where there is none, the wanted one. */
export function readPorts(records: Iterable<ServiceRecord>, wanted: StackPorts): StackPorts {
  const ports = { ...wanted };
  for (const { name, container } of records) {
    for (const { key, containerPort } of serviceFacts[name].ports) {
      const published = container?.ports.find((port) => port.containerPort === containerPort);
      if (published?.hostPort) ports[key] = published.hostPort;
    }
  }
  return ports;
}
