import { unescapeName } from '../../../shared/escaped-name';
import { dottedName } from './dotted-name';

interface ShownLabel {
  /** As OpenTelemetry writes it, where that is known. */
  name: string;
  /** As Loki's queries write it. */
  label: string;
  value: string;
}

export interface LabelGroup {
  title: string;
  labels: ShownLabel[];
}

/** Fields of the record itself, and what the backend finds about it. */
const ofRecord =
  /^(observed_timestamp|severity_number|severity_text|detected_level|level|trace_id|span_id|flags|event_name|dropped_attributes_count)$/;
const ofScope = /^scope_/;
const ofResource =
  /^(service|telemetry|process|host|os|k8s|container|deployment|cloud|device|faas|webengine|aws|gcp|azure|heroku|job|instance)(_|$)/;
/** They have a place of their own above the labels. */
const shownApart = /^exception_(type|message|stacktrace)$/;

/** The labels of a line by where they come from: the reader's own attributes first. */
export function groupLabels(labels: Readonly<Record<string, string>>): LabelGroup[] {
  const groups: LabelGroup[] = [
    { title: 'Log', labels: [] },
    { title: 'Resource', labels: [] },
    { title: 'Scope', labels: [] },
    { title: 'Record', labels: [] },
  ];
  const [log, resource, scope, record] = groups as [LabelGroup, LabelGroup, LabelGroup, LabelGroup];
  for (const [label, value] of Object.entries(labels).sort(([a], [b]) => a.localeCompare(b))) {
    if (shownApart.test(label)) continue;
    const name = unescapeName(label);
    const group = ofRecord.test(label) ? record : ofScope.test(label) ? scope : ofResource.test(label) ? resource : log;
    group.labels.push({ name: name === label ? dottedName(label) : name, label, value });
  }
  return groups.filter((group) => group.labels.length > 0);
}
