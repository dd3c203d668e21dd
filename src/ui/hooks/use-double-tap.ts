import { useEffect, useRef, useState } from 'react';
import { LIVE_SENSOR } from '../../core/pipeline/live-frame.ts';
import { TapJudge } from '../../core/quality/double-tap.ts';
import { sensorValue } from '../live-values.ts';
import { useRoom } from '../services-context.ts';

const EVERY_MS = 100;
/** How long the screen shows which sensor was tapped. */
const SHOWN_MS = 4000;

/** Calls back with the sensor whose case was tapped twice. */
export function useDoubleTap(onTap: (sensorIndex: number) => void): void {
  const { services, session } = useRoom();
  const sensors = session((store) => store.flow.sensors);
  const latest = useRef(onTap);
  useEffect(() => {
    latest.current = onTap;
  }, [onTap]);
  const indexes = sensors.map(({ sensorIndex }) => sensorIndex).join(' ');
  useEffect(() => {
    const judge = new TapJudge();
    const look = () => {
      const frame = services.session.latestFrame();
      if (frame === null || indexes === '') return;
      const readings = indexes.split(' ').map((text) => {
        const sensorIndex = Number(text);
        return {
          sensorIndex,
          doubleTaps: sensorValue(frame, sensorIndex, LIVE_SENSOR.doubleTaps),
          tapMetersPerS2: sensorValue(frame, sensorIndex, LIVE_SENSOR.tapMetersPerS2),
        };
      });
      const tapped = judge.take(readings, performance.now());
      if (tapped !== null) latest.current(tapped);
    };
    const timer = setInterval(look, EVERY_MS);
    return () => clearInterval(timer);
  }, [services, indexes]);
}

/** The sensor whose case was tapped twice a moment ago; null otherwise. */
export function useTappedSensor(): number | null {
  const [tapped, setTapped] = useState<number | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useDoubleTap((sensorIndex) => {
    clearTimeout(timer.current);
    setTapped(sensorIndex);
    timer.current = setTimeout(() => setTapped(null), SHOWN_MS);
  });
  useEffect(() => () => clearTimeout(timer.current), []);
  return tapped;
}
