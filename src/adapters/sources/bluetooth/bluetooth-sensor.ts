import type { FamilyCaution, FamilyEvidence } from '../../../core/device/device-family.ts';
import type { DeviceHealth } from '../../../core/device/device-health.ts';
import type { LiveStream } from '../../../core/device/live-stream.ts';
import type { PacketSource, SensorDescription } from '../../../core/packet/packet.ts';
import { SensorError } from '../../../core/packet/sensor-error.ts';
import type { ConnectedSensor, SensorRates } from '../../../ui/services.ts';
import type { DeviceLink, OpenedLink } from './device-link.ts';
import { readBatteryValue } from './gatt-link.ts';

/** A battery empties over hours; every question stands a little in the way of the samples. */
const BATTERY_EVERY_MS = 120_000;

/** A connected device as the rest of the app knows it. */
export class BluetoothSensor implements ConnectedSensor {
  readonly rates: SensorRates | null;
  readonly evidence: FamilyEvidence;
  readonly cautions: readonly FamilyCaution[];
  readonly batteryPercent: number | null;
  readonly identify: (() => Promise<void>) | null;
  readonly resetHeading: (() => Promise<void>) | null;
  readonly canShareClock: boolean;
  readonly readHealth: (() => Promise<DeviceHealth | null>) | null;
  readonly source: PacketSource;
  readonly #link: DeviceLink;
  #description: SensorDescription;

  /** @param onUnreadable its packets came and could not be read */
  constructor(
    link: DeviceLink,
    opened: OpenedLink,
    facts: { readonly description: SensorDescription; readonly batteryPercent: number | null },
    onUnreadable: () => void,
  ) {
    this.#link = link;
    this.#description = facts.description;
    this.batteryPercent = facts.batteryPercent;
    const { family } = opened.link;
    this.rates =
      family.liveStreams.length > 1
        ? {
            offeredHz: family.liveStreams.map(({ rateHz }) => rateHz),
            ask: (rateHz) => this.#askFor(family.liveStreams.find((live) => live.rateHz === rateHz)),
          }
        : null;
    this.evidence = family.evidence;
    this.cautions = family.cautions;
    const { identify, resetHeading } = family.bluetooth;
    this.identify = identify && (() => link.write([identify]));
    this.resetHeading = resetHeading && (() => link.write(resetHeading));
    this.readHealth = family.bluetooth.healthCommand() && (() => this.#readHealth());
    this.canShareClock = family.bluetooth.sync !== null;
    const { sensorIndex } = facts.description;
    this.source = {
      start: async (onPacket, onClockEcho) => {
        try {
          await link.startStream({
            packet: (hostTimeMs, bytes) => onPacket({ sensorIndex, hostTimeMs, bytes }),
            clockEcho: onClockEcho ?? null,
          });
        } catch (error) {
          if (error instanceof SensorError && error.code === 'unreadable') onUnreadable();
          throw error;
        }
      },
      stop: () => link.stopStream(),
    };
  }

  get description(): SensorDescription {
    return this.#description;
  }

  onBattery(listener: (percent: number) => void): () => void {
    const timer = setInterval(() => {
      if (this.#link.isClosed) clearInterval(timer);
      else
        void this.#readBattery().then((percent) => {
          if (percent !== null) listener(percent);
        });
    }, BATTERY_EVERY_MS);
    return () => clearInterval(timer);
  }

  onLinkChange(listener: (connected: boolean) => void): () => void {
    return this.#link.onLinkChange(listener);
  }

  onTrouble(listener: (error: SensorError) => void): () => void {
    return this.#link.onTrouble(listener);
  }

  disconnect(): Promise<void> {
    return this.#link.close();
  }

  async #readHealth(): Promise<DeviceHealth | null> {
    const reply = await this.#link.ask(async (_, __, run) => (await run?.ask('health')) ?? null);
    return reply?.health ?? null;
  }

  async #askFor(live: LiveStream | undefined): Promise<void> {
    if (live === undefined) throw new SensorError('streamRefused', this.#description.name);
    await this.#link.stopStream();
    this.#link.useStream(live);
    this.#description = { ...this.#description, stream: live.stream, nominalRateHz: live.rateHz };
  }

  /** Null where the sensor does not tell, or cannot be asked now. */
  async #readBattery(): Promise<number | null> {
    return this.#link.ask(
      async (link, operations, run) =>
        (await run?.ask('battery'))?.percent ?? (await readBatteryValue(link, operations)),
    );
  }
}
