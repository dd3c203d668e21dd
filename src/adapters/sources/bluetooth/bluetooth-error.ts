import { SensorError } from '../../../core/packet/sensor-error.ts';
import type { SensorErrorCode } from '../../../core/packet/sensor-error.ts';
import { TimeoutError } from './operation-queue.ts';

/** What was being done when the browser said no: the same DOMException name means different things. */
export type BluetoothStage = 'choose' | 'connect' | 'findService' | 'subscribe' | 'write';

export function mapBluetoothError(error: unknown, stage: BluetoothStage, sensorName: string): SensorError {
  if (error instanceof SensorError) return error;
  const name = error instanceof Error || error instanceof DOMException ? error.name : '';
  const code = error instanceof TimeoutError && stage === 'connect' ? 'notReached' : codeOf(name, stage);
  return new SensorError(code, sensorName, { cause: error });
}

/** Whether it says that the page may not use the device, now and later. */
export function isRevoked(error: unknown): boolean {
  return error instanceof SensorError && error.code === 'permissionDenied';
}

function codeOf(name: string, stage: BluetoothStage): SensorErrorCode {
  if (name === 'SecurityError' || name === 'NotAllowedError') return 'permissionDenied';
  switch (stage) {
    case 'choose':
      // The chooser closes with NotFoundError; other names mean that no chooser could open.
      return name === 'NotFoundError' || name === 'AbortError' ? 'chooserDismissed' : 'bluetoothOff';
    case 'connect':
      return 'connectFailed';
    case 'findService':
      return name === 'NotFoundError' ? 'wrongDevice' : 'connectFailed';
    case 'subscribe':
    case 'write':
      return name === 'NetworkError' || name === 'InvalidStateError' ? 'linkLost' : 'connectFailed';
  }
}
