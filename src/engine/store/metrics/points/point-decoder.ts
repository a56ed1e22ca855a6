/** Decodes the data points of one metric of one resource. */
export interface PointDecoder {
  /** Takes the data point from the reader's position to `end`; false where it is rejected. */
  decode(end: number): boolean;
}

/** The flag of a data point that tells that the series ended here. */
export const NO_RECORDED_VALUE = 1;
