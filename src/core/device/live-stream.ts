/** One choice of what to subscribe to. `rateHz` is samples a second as asked for. */
export interface LiveStream {
  /** As it is recorded: '' or one of the family's streams. */
  readonly stream: string;
  readonly rateHz: number;
}

/** Slower sensors blur what people do so much that fewer samples are no way out, Hz. */
const LEAST_RATE_HZ = 25;

/**
 * The next lower rate that all sensors of a kit can take together, Hz; null where there is none.
 * @param sensors for each what it is asked for now, and what its family offers
 */
export function lowerCommonRateHz(
  sensors: readonly { readonly rateHz: number; readonly ratesHz: readonly number[] }[],
): number | null {
  const [first] = sensors;
  if (first === undefined) return null;
  const nowHz = Math.max(...sensors.map(({ rateHz }) => rateHz));
  const common = first.ratesHz.filter(
    (hz) => hz >= LEAST_RATE_HZ && hz < nowHz && sensors.every(({ ratesHz }) => ratesHz.includes(hz)),
  );
  return common.length > 0 ? Math.max(...common) : null;
}
