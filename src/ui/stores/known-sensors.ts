/** Which sensor this browser last used for each place on the body: kept in localStorage, nowhere else. */
import { SEGMENT_ROLES, type SegmentRole } from '../../core/body/segment-role.ts';

const KEY = 'thora-known-sensors';

/** Reads what was kept; anything unknown is left out, so a hand-edited store cannot stop the app. */
export function parseKnownSensors(text: string | null): ReadonlyMap<SegmentRole, string> {
  const known = new Map<SegmentRole, string>();
  try {
    const parsed: unknown = text === null ? null : JSON.parse(text);
    if (typeof parsed !== 'object' || parsed === null) return known;
    for (const role of SEGMENT_ROLES) {
      const id: unknown = (parsed as Record<string, unknown>)[role];
      if (typeof id === 'string' && id !== '') known.set(role, id);
    }
  } catch {
    known.clear();
  }
  return known;
}

export function knownSensors(): ReadonlyMap<SegmentRole, string> {
  try {
    return parseKnownSensors(localStorage.getItem(KEY));
  } catch {
    return new Map();
  }
}

/** A sensor has one place: where it was before it is forgotten. */
export function rememberSensor(role: SegmentRole, sensorId: string): void {
  const others = [...knownSensors()].filter(([, id]) => id !== sensorId);
  try {
    localStorage.setItem(KEY, JSON.stringify(Object.fromEntries([...others, [role, sensorId]])));
  } catch {
    // A private window keeps nothing; the chooser is there.
  }
}
