import type { ClockEcho } from './clock-echo.ts';
import type { DeviceFamilyName } from './device-family-name.ts';

/**
 * One notification as it arrived. Live, replayed and simulated sensors all hand over this and nothing else.
 * `hostTimeMs` is the window's monotonic clock, stamped first thing in the notification handler.
 */
export interface SensorPacket {
  /** Position of the sensor in the session, 0 to 4. */
  readonly sensorIndex: number;
  readonly hostTimeMs: number;
  readonly bytes: Uint8Array;
}

/** What is known of a sensor when it joins a session; enough to decode its packets again years later. */
export interface SensorDescription {
  readonly sensorIndex: number;
  /** Stable for the device within this browser profile: Web Bluetooth's device id, or the virtual kit's own. */
  readonly sensorId: string;
  readonly family: DeviceFamilyName;
  /** What was subscribed to, in the family's own words; '' is the family's usual stream. */
  readonly stream: string;
  /** Advertised name, shown to the person. */
  readonly name: string;
  readonly firmware: string | null;
  readonly nominalRateHz: number;
  readonly simulated: boolean;
}

/** A source of packets: radio, recording or virtual kit. Nothing downstream can ask which. */
export interface PacketSource {
  /**
   * Starts the flow; `onPacket` owns the bytes it is given. Resolves when the sensor streams. Where somebody listens, a
   * device that offers its clock is asked for it now and then.
   */
  start(onPacket: (packet: SensorPacket) => void, onClockEcho?: (echo: ClockEcho) => void): Promise<void>;
  stop(): Promise<void>;
}
