/** Commands of the GATT SensorData Protocol: code, a reference that comes back with the answer, argument. */
const COMMAND = { hello: 0, subscribe: 1, unsubscribe: 2, get: 4 } as const;

/** References are the client's to choose, but not 0. Data carries that of its subscription. */
export const REFERENCE = { hello: 1, stream: 2, battery: 3, firstEcho: 0x40 } as const;
export const ECHO_REFERENCES = 0x40;

export const TIME_PATH = '/Time/Detailed';
export const BATTERY_PATH = '/System/Energy/Level';

export function helloCommand(): Uint8Array {
  return Uint8Array.of(COMMAND.hello, REFERENCE.hello);
}

export function subscribeCommand(path: string): Uint8Array {
  return withPath(COMMAND.subscribe, REFERENCE.stream, path);
}

export function unsubscribeCommand(): Uint8Array {
  return Uint8Array.of(COMMAND.unsubscribe, REFERENCE.stream);
}

/** Known to the default firmware alone. */
export function getCommand(path: string, reference: number): Uint8Array {
  return withPath(COMMAND.get, reference, path);
}

/** The default firmware wants the zero behind the path, the sample firmware does not mind it. */
function withPath(code: number, reference: number, path: string): Uint8Array {
  const bytes = new Uint8Array(path.length + 3);
  bytes[0] = code;
  bytes[1] = reference;
  for (let i = 0; i < path.length; i++) bytes[2 + i] = path.charCodeAt(i);
  return bytes;
}
