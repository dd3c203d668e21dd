import { TimedVirtualKit } from '../../src/adapters/sources/virtual-kit/timed-virtual-kit.ts';
import { createServices } from '../../src/app/services.ts';

/** A page that records a virtual kit until somebody kills it. It tells what it has seen on its window. */
export interface RecordingPage extends Window {
  thoraRecording: { sessionId: string; newestHostTimeMs: number; packetCount: number } | undefined;
}

const page = window as unknown as RecordingPage;
const services = createServices();
// Not from the services, which fetch it: the test's own runner, which takes every fetching over, is not in this page.
const kit = new TimedVirtualKit(['upperBack', 'lowerBack', 'upperArmRight'], 11);
const sessionId = await services.session.start({ simulated: true, record: true });
const recording = { sessionId, newestHostTimeMs: NaN, packetCount: 0 };
for (const [i, sensor] of kit.sensors.entries()) {
  const role = (['upperBack', 'lowerBack', 'upperArmRight'] as const)[i]!;
  const { source } = sensor;
  const watched = {
    ...sensor,
    source: {
      start: (onPacket: Parameters<typeof source.start>[0]) =>
        source.start((packet) => {
          recording.newestHostTimeMs = packet.hostTimeMs;
          recording.packetCount++;
          onPacket(packet);
        }),
      stop: () => source.stop(),
    },
  };
  await services.session.attach(watched, role);
}
services.session.command({ kind: 'beginStep', step: { name: 'still', durationS: 4 } });
page.thoraRecording = recording;
