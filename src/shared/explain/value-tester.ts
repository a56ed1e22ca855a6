import { effectOf } from './effect-of';
import type { ExplainedRows } from './explained-rows';
import { type Draw, sumTail } from './sum-tail';

/** Groups of rows; those of one group are held against each other. */
export interface Strata {
  readonly of: Uint32Array;
  readonly count: number;
}

export interface ValueTest {
  readonly selectionCount: number;
  readonly againstCount: number;
  /** Of the rows of those groups that have the value at all, and that both populations have. */
  readonly share: number;
  readonly expected: number;
  readonly effect: number;
  /** Which part of the selection this tells of: of its clusters, or where it occurs less often there, of its rows. */
  readonly reach: number;
  /** Not adjusted. */
  readonly chance: number;
}

/** Effects and chances of values within groups. */
export class ValueTester {
  readonly #selection: Float64Array;
  readonly #against: Float64Array;
  readonly #inSelection: Uint32Array;
  readonly #inAgainst: Uint32Array;
  readonly #seen: Uint32Array;
  #look = 0;
  /** Rows of the selection, and clusters. */
  readonly #rowsOfSelection: number;
  readonly #clustersOfSelection: number;

  constructor(
    private readonly rows: ExplainedRows,
    private readonly strata: Strata,
  ) {
    this.#selection = new Float64Array(strata.count);
    this.#against = new Float64Array(strata.count);
    this.#inSelection = new Uint32Array(strata.count);
    this.#inAgainst = new Uint32Array(strata.count);
    this.#seen = new Uint32Array(2 * rows.clusters);
    const clusters = new Set<number>();
    let selected = 0;
    for (let row = 0; row < rows.count; row++) {
      const isSelected = rows.selected[row] === 1;
      const counts = isSelected ? this.#selection : this.#against;
      counts[strata.of[row]!]!++;
      if (!isSelected) continue;
      selected++;
      clusters.add(rows.cluster[row]!);
    }
    this.#rowsOfSelection = selected;
    this.#clustersOfSelection = clusters.size;
  }

  /** Without its chance where the effect is less than `leastEffect`: that takes the most time. */
  test(members: Uint32Array, leastEffect: number): ValueTest {
    const { selected, cluster } = this.rows;
    const { of } = this.strata;
    const touched: number[] = [];
    const look = ++this.#look;
    let [selectionCount, againstCount, selectionClusters, againstClusters] = [0, 0, 0, 0];
    for (let at = 0; at < members.length; at++) {
      const row = members[at]!;
      const stratum = of[row]!;
      const side = selected[row]!;
      if (this.#inSelection[stratum] === 0 && this.#inAgainst[stratum] === 0) touched.push(stratum);
      const seen = 2 * cluster[row]! + side;
      const isNew = this.#seen[seen] !== look;
      this.#seen[seen] = look;
      if (side === 1) {
        selectionCount++;
        if (isNew) selectionClusters++;
        this.#inSelection[stratum]!++;
      } else {
        againstCount++;
        if (isNew) againstClusters++;
        this.#inAgainst[stratum]!++;
      }
    }
    let [observed, expected, comparable] = [0, 0, 0];
    const draws: Draw[] = [];
    for (const stratum of touched) {
      const [chosen, others] = [this.#selection[stratum]!, this.#against[stratum]!];
      const [inSelection, inAgainst] = [this.#inSelection[stratum]!, this.#inAgainst[stratum]!];
      this.#inSelection[stratum] = 0;
      this.#inAgainst[stratum] = 0;
      if (chosen === 0 || others === 0) continue;
      observed += inSelection;
      comparable += chosen;
      expected += (chosen * inAgainst) / others;
      draws.push({ all: chosen + others, chosen, having: inSelection + inAgainst });
    }
    const share = comparable === 0 ? 0 : observed / comparable;
    const expectedShare = comparable === 0 ? 0 : expected / comparable;
    const effect = effectOf(share, expectedShare);
    const perEvidence = Math.max(
      1,
      selectionCount / Math.max(1, selectionClusters),
      againstCount / Math.max(1, againstClusters),
    );
    const chance = Math.abs(effect) < leastEffect ? 1 : sumTail(draws, observed, perEvidence);
    const reach =
      effect > 0 ? selectionClusters / this.#clustersOfSelection : comparable / Math.max(1, this.#rowsOfSelection);
    return { selectionCount, againstCount, share, expected: expectedShare, effect, reach, chance };
  }
}

/** Each group parted by whether a row has a value. */
export function splitStrata(strata: Strata, members: Uint32Array, rowCount: number): Strata {
  const has = new Uint8Array(rowCount);
  for (const row of members) has[row] = 1;
  const numbers = new Int32Array(2 * strata.count).fill(-1);
  const of = new Uint32Array(rowCount);
  let count = 0;
  for (let row = 0; row < rowCount; row++) {
    const at = 2 * strata.of[row]! + has[row]!;
    if (numbers[at] === -1) numbers[at] = count++;
    of[row] = numbers[at]!;
  }
  return { of, count };
}
