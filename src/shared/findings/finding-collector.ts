import { compareTexts } from '../compare-texts';
import type { Evidence, Finding } from '../runs/finding';
import { BoundedTable } from '../shapes/bounded-table';
import type { LostCalls } from './call-sides';
import { compareFindings } from './compare-findings';
import { fingerprintOf } from './fingerprint-of';
import type { TraceLook } from './look-at-trace';
import { findLogFloods } from './rules/chatty-logs';
import { findSlowStarts } from './rules/slow-start';
import type { RunFacts } from './run-facts';
import type { Sighting } from './sighting';
import { NamesWatch } from './watch-names';
import { PropagationWatch } from './watch-propagation';

const mostFindings = 500;
const mostEvidence = 3;

interface Collected {
  worst: Sighting;
  occurrences: number;
  traces: number;
  evidence: { weight: number; evidence: Evidence }[];
}

/** Findings of many traces, in whatever order they come: each once, how often it was seen, and where it was worst. */
export class FindingCollector {
  #lost = 0;
  readonly #found = new BoundedTable<Collected>(mostFindings, (lost) => {
    this.#lost += lost?.occurrences ?? 1;
  });
  readonly #propagation = new PropagationWatch();
  readonly #names = new NamesWatch();

  /** One trace; each only once. */
  add(look: TraceLook): void {
    this.addWithoutCalls(look);
    this.#propagation.add(look.traceId, look.halves);
  }

  /** The same, where its calls are held against those of other traces elsewhere. */
  addWithoutCalls({ sightings, names }: Omit<TraceLook, 'halves'>): void {
    const seen = sightings.length > 1 ? new Set<Collected>() : undefined;
    for (const sighting of sightings) {
      const collected = this.#collect(sighting);
      if (!collected || seen?.has(collected)) continue;
      seen?.add(collected);
      collected.traces++;
    }
    for (const each of names) this.#names.add(each);
  }

  /** What another has of other traces without their calls: as if each had been added here. */
  addAll(other: FindingCollector): void {
    this.#lost += other.#lost;
    for (const [fingerprint, { worst, occurrences, traces, evidence }] of other.#found.held()) {
      const collected = this.#found.at(fingerprint, () => ({ worst, occurrences: 0, traces: 0, evidence: [] }));
      if (!collected) {
        this.#lost += occurrences - 1;
        continue;
      }
      collected.occurrences += occurrences;
      collected.traces += traces;
      if (isWorse(worst, collected.worst)) collected.worst = worst;
      for (const each of evidence) keepWorst(collected.evidence, each);
    }
    this.#names.addAll(other.#names);
  }

  /** Of what is no trace. */
  addSighting(sighting: Sighting): void {
    this.#collect(sighting);
  }

  /** Sorted by `compareFindings`. `lost`: of the calls that were held against each other elsewhere. */
  finish(run: RunFacts, lost = this.#propagation.finish()): { findings: Finding[]; leftOut: string[] } {
    const known = new Set(this.#found.entries().map(([fingerprint]) => fingerprint));
    const ofRun = [...this.#names.finish(), ...findSlowStarts(run), ...findLogFloods(run)];
    for (const sighting of ofRun) if (!known.has(fingerprintOf(sighting))) this.#collect(sighting);
    for (const calls of lost) this.#collectLost(calls);
    const findings = this.#found.entries().map(([fingerprint, collected]) => toFinding(fingerprint, collected));
    return {
      findings: findings.sort(compareFindings),
      leftOut: this.#lost === 0 ? [] : [`${this.#lost} sightings beyond ${mostFindings} findings are not listed`],
    };
  }

  #collectLost({ sighting, evidence }: LostCalls): void {
    const first = evidence[0]!;
    const collected = this.#collect({ ...sighting, evidence: first });
    if (!collected) {
      this.#lost += evidence.length - 1;
      return;
    }
    collected.occurrences += evidence.length - 1;
    collected.traces += evidence.length;
    const { weight } = sighting;
    for (const each of evidence) if (each !== first) keepWorst(collected.evidence, { weight, evidence: each });
  }

  #collect(sighting: Sighting): Collected | undefined {
    const collected = this.#found.at(fingerprintOf(sighting), () => ({
      worst: sighting,
      ...{ occurrences: 0, traces: 0, evidence: [] },
    }));
    if (!collected) return undefined;
    collected.occurrences++;
    if (isWorse(sighting, collected.worst)) collected.worst = sighting;
    if (sighting.evidence) keepWorst(collected.evidence, { weight: sighting.weight, evidence: sighting.evidence });
    return collected;
  }
}

function toFinding(fingerprint: string, { worst, occurrences, traces, evidence }: Collected): Finding {
  const { rule, severity, service, sentence, advice } = worst;
  return {
    ...{ rule, fingerprint, severity, service, sentence, advice, occurrences, traces },
    evidence: evidence.map((each) => each.evidence),
  };
}

function isWorse(a: Sighting, b: Sighting): boolean {
  return a.weight > b.weight || (a.weight === b.weight && compareTexts(a.sentence, b.sentence) < 0);
}

function keepWorst(kept: Collected['evidence'], next: Collected['evidence'][number]): void {
  if (kept.length === mostEvidence && worstFirst(next, kept[mostEvidence - 1]!) >= 0) return;
  kept.push(next);
  kept.sort(worstFirst);
  if (kept.length > mostEvidence) kept.pop();
}

function worstFirst(a: Collected['evidence'][number], b: Collected['evidence'][number]): number {
  return (
    b.weight - a.weight ||
    compareTexts(a.evidence.traceId, b.evidence.traceId) ||
    compareTexts(a.evidence.startNs, b.evidence.startNs) ||
    compareTexts(a.evidence.spanIds.join(), b.evidence.spanIds.join())
  );
}
