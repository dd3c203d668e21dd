import { SensorError } from '../../../core/packet/sensor-error.ts';

/** From the start commands to the first packet. */
const FIRST_PACKET_MS = 5000;

/** Waits for a device's first packet after its start commands. The packet may come before the waiting begins. */
export class FirstPacket {
  readonly #sensorName: string;
  #settle: ((error: SensorError | null) => void) | null = null;
  #outcome: SensorError | null | undefined;

  constructor(sensorName: string) {
    this.#sensorName = sensorName;
  }

  arrive(): void {
    this.#end(null);
  }

  fail(error: SensorError): void {
    this.#end(error);
  }

  async wait(): Promise<void> {
    const timer = setTimeout(() => this.fail(new SensorError('noData', this.#sensorName)), FIRST_PACKET_MS);
    try {
      const outcome =
        this.#outcome !== undefined
          ? this.#outcome
          : await new Promise<SensorError | null>((resolve) => (this.#settle = resolve));
      if (outcome) throw outcome;
    } finally {
      clearTimeout(timer);
    }
  }

  #end(outcome: SensorError | null): void {
    this.#outcome ??= outcome;
    this.#settle?.(outcome);
  }
}
