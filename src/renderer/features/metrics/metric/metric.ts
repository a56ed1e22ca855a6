export interface Metric {
  name: string;
  type: string;
  unit: string;
  help: string;
  /** A histogram whose samples are whole histograms: it has no series by bucket. */
  native?: boolean;
}
