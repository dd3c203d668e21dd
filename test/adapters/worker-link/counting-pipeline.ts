import type { HostedPipeline } from '../../../src/adapters/worker-link/pipeline-host.ts';
import type { SensorPacket } from '../../../src/core/packet/packet.ts';
import { LIVE_FRAME } from '../../../src/core/pipeline/live-frame.ts';
import type { PipelineFact } from '../../../src/core/pipeline/pipeline-fact.ts';
import type { SessionResult } from '../../../src/core/pipeline/session-result.ts';
import { EMPTY_RESULT } from '../session-inputs.ts';

/** A chain that remembers what it was fed: every tenth packet is a cue with a running check sum. */
export class CountingPipeline implements HostedPipeline {
  packetCount = 0;
  checksum = 0;
  #hostTimeMs = NaN;
  #facts: PipelineFact[] = [];

  push(packet: SensorPacket): void {
    this.#hostTimeMs = packet.hostTimeMs;
    for (const byte of packet.bytes) this.checksum = (Math.imul(this.checksum, 31) + byte) >>> 0;
    this.packetCount++;
    if (this.packetCount % 10 === 0) {
      this.#facts.push({ kind: 'cue', cue: `${this.packetCount}:${this.checksum}` });
    }
  }

  command(): void {
    this.checksum = (Math.imul(this.checksum, 31) + 7) >>> 0;
  }

  drainFacts(): readonly PipelineFact[] {
    const facts = this.#facts;
    this.#facts = [];
    return facts;
  }

  writeFrame(out: Float64Array): void {
    out.fill(NaN);
    out[LIVE_FRAME.hostTimeMs] = this.#hostTimeMs;
    out[LIVE_FRAME.countedRepetitions] = this.packetCount;
  }

  result(): SessionResult {
    return { ...EMPTY_RESULT, engineVersion: `${this.packetCount}:${this.checksum}` };
  }
}
