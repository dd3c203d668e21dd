import type { SensorPacket } from '../../src/core/packet/packet.ts';
import type { ConnectedSensor } from '../../src/ui/services.ts';
import { describeSensor } from './session-inputs.ts';

/** A connected sensor that sends when the test says so. */
export class ScriptedSensor implements ConnectedSensor {
  readonly description;
  readonly rates = null;
  readonly batteryPercent = null;
  readonly evidence = 'simulated' as const;
  readonly cautions = [];
  readonly identify = null;
  readonly resetHeading = null;
  readonly canShareClock = false;
  readonly readHealth = null;
  readonly source;
  /** What `source.start` rejects with; null lets it start. */
  startFailure: Error | null = null;
  #onPacket: ((packet: SensorPacket) => void) | null = null;
  readonly #linkListeners = new Set<(connected: boolean) => void>();

  constructor(sensorIndex: number) {
    this.description = describeSensor(sensorIndex);
    this.source = {
      start: (onPacket: (packet: SensorPacket) => void): Promise<void> => {
        if (this.startFailure) return Promise.reject(this.startFailure);
        this.#onPacket = onPacket;
        return Promise.resolve();
      },
      stop: (): Promise<void> => {
        this.#onPacket = null;
        return Promise.resolve();
      },
    };
  }

  get isStreaming(): boolean {
    return this.#onPacket !== null;
  }

  send(hostTimeMs: number, bytes: Uint8Array): void {
    this.#onPacket?.({ sensorIndex: this.description.sensorIndex, hostTimeMs, bytes });
  }

  changeLink(connected: boolean): void {
    for (const listener of this.#linkListeners) listener(connected);
  }

  onLinkChange(listener: (connected: boolean) => void): () => void {
    this.#linkListeners.add(listener);
    return () => this.#linkListeners.delete(listener);
  }

  onTrouble(): () => void {
    return () => undefined;
  }

  disconnect(): Promise<void> {
    return Promise.resolve();
  }
}
