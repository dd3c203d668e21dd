import type { SegmentRole } from '../../../core/body/segment-role.ts';
import type { SensorDescription, SensorPacket } from '../../../core/packet/packet.ts';
import { faultConditions } from '../../../core/simulation/faults.ts';
import { createVirtualPerson } from '../../../core/simulation/virtual-person.ts';
import type { VirtualPerson } from '../../../core/simulation/virtual-person.ts';
import type { ConnectedSensor, VirtualAction, VirtualKit, VirtualKitOptions } from '../../../ui/services.ts';

const TICK_MS = 40;
/** What the simulated batteries show. */
const FULL_PERCENT = 90;
const EMPTY_PERCENT = 4;

/**
 * The virtual person on the window's clock: a timer moves the person on and hands over the packets that have
 * arrived since, stamped with their own arrival times. A late timer delivers them late, as a busy page hears a radio.
 */
export class TimedVirtualKit implements VirtualKit {
  readonly sensors: readonly ConnectedSensor[];
  readonly #person: VirtualPerson;
  readonly #listeners = new Map<number, (packet: SensorPacket) => void>();
  readonly #timer: ReturnType<typeof setInterval>;

  constructor(roles: readonly SegmentRole[], seed: number, { faults = [], family }: VirtualKitOptions = {}) {
    this.#person = createVirtualPerson(roles, seed, {
      startHostTimeMs: performance.now(),
      conditions: faultConditions(faults),
      ...(family !== undefined && { family }),
    });
    this.sensors = this.#person.sensors.map((description, index) =>
      this.#createSensor(
        description,
        index === 0 && faults.includes('deadBattery') ? EMPTY_PERCENT : FULL_PERCENT,
      ),
    );
    this.#timer = setInterval(() => this.#advance(), TICK_MS);
  }

  perform(action: VirtualAction): void {
    this.#advance();
    this.#person.perform(action);
  }

  dispose(): void {
    clearInterval(this.#timer);
    this.#listeners.clear();
  }

  #advance(): void {
    this.#person.advanceTo(performance.now(), (packet) => this.#listeners.get(packet.sensorIndex)?.(packet));
  }

  #createSensor(description: SensorDescription, batteryPercent: number): ConnectedSensor {
    const { sensorIndex } = description;
    return {
      description,
      rates: null,
      source: {
        start: (onPacket) => {
          this.#listeners.set(sensorIndex, onPacket);
          return Promise.resolve();
        },
        stop: () => {
          this.#listeners.delete(sensorIndex);
          return Promise.resolve();
        },
      },
      batteryPercent,
      evidence: 'simulated',
      cautions: [],
      identify: null,
      resetHeading: null,
      canShareClock: false,
      readHealth: null,
      // A simulated radio loses packets but never its link.
      onLinkChange: () => () => undefined,
      onTrouble: () => () => undefined,
      disconnect: () => {
        this.#listeners.delete(sensorIndex);
        return Promise.resolve();
      },
    };
  }
}
