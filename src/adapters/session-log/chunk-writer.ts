import type { RepetitionResult } from '../../core/exercise/repetition-result.ts';
import type { SensorPacket } from '../../core/packet/packet.ts';
import type { PipelineCommand } from '../../core/pipeline/pipeline-command.ts';
import type { SessionResult } from '../../core/pipeline/session-result.ts';
import type { RecorderListener, SessionRecorder } from '../../core/recording/session-recorder.ts';
import { PackedChunkBuilder, squeezeChunk } from './packed-chunk.ts';
import type { RecordedRoles } from './recorded-roles.ts';
import type { ResultKeeper } from './result-keeper.ts';
import type { RowVault } from './row-vault.ts';
import {
  answerOf,
  type AnswerRow,
  type ChunkRow,
  type CommandRow,
  type RepetitionRow,
  type SessionDatabase,
  type SessionRow,
} from './session-database.ts';
import { mapStorageTrouble } from './storage-error.ts';

/**
 * A chunk closes when its packets span this much, or this long after its first packet arrived. Half of what a chunk
 * may hold: what a killed page loses is the open chunk, the closed one that waits, and the write that was under way.
 */
const CHUNK_MS = 250;
/**
 * Short chunks cost room: a row each, and too few bytes to squeeze. Once those of a sensor come to this much (5 s of the
 * fastest one), one block takes their place.
 */
const BLOCK_BYTES = 32_768;

type ChunkKey = [sessionId: string, sensorIndex: number, firstOrder: number];

export interface ChunkWriterPorts {
  readonly database: SessionDatabase;
  readonly vault: RowVault;
  readonly results: ResultKeeper;
  /** As stored when the recording was opened. */
  readonly row: SessionRow;
  /** The database had no room for the row. */
  readonly isNew: boolean;
  /** The result has its room on a full disk too. */
  readonly keepsResult: boolean;
  readonly roles: RecordedRoles;
  readonly listener: RecorderListener;
  readonly release: () => void;
}

/** What one sensor sent: the open chunk, and the block that will replace the chunks closed since the last block. */
class SensorLog {
  readonly chunk = new PackedChunkBuilder();
  readonly block = new PackedChunkBuilder();
  /** First orders of the chunks that the block holds. */
  chunkOrders: number[] = [];
}

/**
 * Gathers the inputs of a running session and writes them in closed batches, one transaction at a time and in
 * order. While a transaction runs, closed chunks wait and go together into the next one. A block is written, and the chunks
 * that it replaces are deleted, within one transaction: whatever is cut off, every packet is there, and there once.
 */
export class ChunkWriter implements SessionRecorder {
  readonly #ports: ChunkWriterPorts;
  readonly #sessionId: string;
  readonly #logs = new Map<number, SensorLog>();

  #chunkStartMs = NaN;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #lastOrder = -1;
  /** Every input up to this order is in a closed chunk. */
  #closedThroughOrder = -1;
  #closedThroughHostTimeMs: number;
  #firstHostTimeMs: number;
  #lastHostTimeMs: number;

  #closedChunks: ChunkRow[] = [];
  #replacedChunks: ChunkKey[] = [];
  #closedCommands: CommandRow[] = [];
  #closedAnswers: AnswerRow[] = [];
  #closedRepetitions: RepetitionRow[] = [];
  #writing: Promise<void> | null = null;
  #failed = false;
  /** Answers and repetitions after the disk was full, one write after the other; null before. */
  #late: Promise<void> | null = null;
  #ended = false;

  constructor(ports: ChunkWriterPorts) {
    const { row } = ports;
    this.#ports = ports;
    this.#sessionId = row.sessionId;
    this.#firstHostTimeMs = row.firstHostTimeMs;
    this.#lastHostTimeMs = row.lastHostTimeMs;
    this.#closedThroughHostTimeMs = row.lastHostTimeMs;
  }

  appendPacket(order: number, packet: SensorPacket): void {
    if (this.#failed || this.#ended) return;
    if (packet.hostTimeMs - this.#chunkStartMs > CHUNK_MS) this.#closeChunks();
    let log = this.#logs.get(packet.sensorIndex);
    if (!log) {
      log = new SensorLog();
      this.#logs.set(packet.sensorIndex, log);
    }
    log.chunk.append(order, packet.hostTimeMs, packet.bytes);
    log.block.append(order, packet.hostTimeMs, packet.bytes);
    this.#noteInput(order, packet.hostTimeMs);
    if (Number.isNaN(this.#chunkStartMs)) this.#chunkStartMs = packet.hostTimeMs;
    this.#timer ??= setTimeout(() => this.#closeChunks(), CHUNK_MS);
  }

  appendCommand(order: number, hostTimeMs: number, command: PipelineCommand): void {
    if (this.#ended) return;
    const row: CommandRow = { sessionId: this.#sessionId, order, hostTimeMs, command };
    const answer = answerOf(row);
    if (this.#failed) {
      if (answer !== null) this.#writeLate([answer], []);
      return;
    }
    this.#ports.roles.note(command);
    this.#closedCommands.push(row);
    if (answer !== null) this.#closedAnswers.push(answer);
    this.#noteInput(order, hostTimeMs);
    // Commands are rare and decide what the packets mean: they go to disk at once.
    this.#closeChunks();
  }

  appendRepetition(position: number, repetition: RepetitionResult): void {
    if (this.#ended) return;
    const row: RepetitionRow = { sessionId: this.#sessionId, position, repetition };
    if (this.#failed) {
      this.#writeLate([], [row]);
      return;
    }
    this.#closedRepetitions.push(row);
    this.#closeChunks();
  }

  async finish(result: SessionResult): Promise<void> {
    if (this.#ended) return;
    await this.#end();
    const { vault, results, roles, isNew, release } = this.#ports;
    // Also tried after an earlier failure: it has room of its own, and is small.
    roles.noteResult(result);
    try {
      const row: SessionRow = {
        ...this.#describe(),
        state: 'finished',
        engineVersion: result.engineVersion,
        result,
      };
      await results.put(await vault.seal('sessions', row), isNew);
    } catch (error) {
      this.stopRecording(error);
    } finally {
      release();
    }
  }

  async close(): Promise<void> {
    if (this.#ended) return;
    await this.#end();
    this.#ports.release();
  }

  /** Tells why, once; of what follows only answers, repetitions and the result are still kept, as far as there is room. */
  stopRecording(error: unknown): void {
    if (this.#failed) return;
    this.#failed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    const { results, listener, keepsResult } = this.#ports;
    const trouble = mapStorageTrouble(error);
    if (trouble.kind === 'storageFull') {
      this.#late = results.giveRoom();
      this.#writeLate(this.#closedAnswers, this.#closedRepetitions);
    }
    this.#closedChunks = [];
    this.#replacedChunks = [];
    this.#closedCommands = [];
    this.#closedAnswers = [];
    this.#closedRepetitions = [];
    listener.onTrouble(trouble.kind === 'storageFull' ? { ...trouble, keepsResult } : trouble);
  }

  async #end(): Promise<void> {
    this.#closeChunks(0);
    this.#ended = true;
    await this.#writing;
    await this.#late;
  }

  #noteInput(order: number, hostTimeMs: number): void {
    this.#lastOrder = order;
    if (Number.isNaN(this.#firstHostTimeMs)) this.#firstHostTimeMs = hostTimeMs;
    this.#lastHostTimeMs = hostTimeMs;
  }

  /** @param leastBlockBytes a sensor's block is closed once it holds this much */
  #closeChunks(leastBlockBytes = BLOCK_BYTES): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#chunkStartMs = NaN;
    for (const [sensorIndex, log] of this.#logs) {
      if (log.block.count > 0 && log.block.byteCount >= leastBlockBytes) this.#closeBlock(sensorIndex, log);
      else if (log.chunk.count > 0) {
        const chunk = log.chunk.seal();
        log.chunkOrders.push(chunk.firstOrder);
        this.#closedChunks.push({ sessionId: this.#sessionId, sensorIndex, ...chunk });
      }
    }
    this.#closedThroughOrder = this.#lastOrder;
    this.#closedThroughHostTimeMs = this.#lastHostTimeMs;
    this.#writing ??= this.#writeAll();
  }

  #closeBlock(sensorIndex: number, log: SensorLog): void {
    const sessionId = this.#sessionId;
    log.chunk.clear();
    // The first of them has the block's own key.
    for (const order of log.chunkOrders.slice(1)) this.#replacedChunks.push([sessionId, sensorIndex, order]);
    log.chunkOrders = [];
    this.#closedChunks.push({ sessionId, sensorIndex, ...squeezeChunk(log.block.seal()) });
  }

  async #writeAll(): Promise<void> {
    try {
      while (this.#hasClosedRows()) await this.#writeBatch();
    } catch (error) {
      this.stopRecording(error);
    } finally {
      this.#writing = null;
    }
  }

  #describe(): SessionRow {
    return {
      ...this.#ports.row,
      firstHostTimeMs: this.#firstHostTimeMs,
      lastHostTimeMs: this.#closedThroughHostTimeMs,
      roles: this.#ports.roles.list(),
    };
  }

  #hasClosedRows(): boolean {
    if (this.#failed) return false;
    return this.#closedChunks.length + this.#closedCommands.length + this.#closedRepetitions.length > 0;
  }

  async #writeBatch(): Promise<void> {
    const closed = {
      chunks: this.#closedChunks,
      commands: this.#closedCommands,
      answers: this.#closedAnswers,
      repetitions: this.#closedRepetitions,
      row: this.#describe(),
    };
    const replaced = this.#replacedChunks;
    const lastOrder = this.#closedThroughOrder;
    this.#closedChunks = [];
    this.#replacedChunks = [];
    this.#closedCommands = [];
    this.#closedAnswers = [];
    this.#closedRepetitions = [];
    const { database, vault, listener } = this.#ports;
    // Sealed before the transaction begins: it would end while it waits for anything but the database.
    const [row, chunks, commands, answers, repetitions] = await Promise.all([
      vault.seal('sessions', closed.row),
      vault.sealAll('chunks', closed.chunks),
      vault.sealAll('commands', closed.commands),
      vault.sealAll('answers', closed.answers),
      vault.sealAll('results', closed.repetitions),
    ]);
    const { sessions, chunks: chunkTable, commands: commandTable, answers: answerTable, results } = database;
    try {
      await database.transaction(
        'rw',
        [sessions, chunkTable, commandTable, answerTable, results],
        async () => {
          // Nothing is awaited in between: all requests are queued and commit together.
          const writes: PromiseLike<unknown>[] = [sessions.put(row)];
          if (chunks.length > 0) writes.push(chunkTable.bulkPut(chunks));
          if (replaced.length > 0) writes.push(chunkTable.bulkDelete(replaced));
          if (commands.length > 0) writes.push(commandTable.bulkPut(commands));
          if (answers.length > 0) writes.push(answerTable.bulkPut(answers));
          if (repetitions.length > 0) writes.push(results.bulkPut(repetitions));
          await Promise.all(writes);
        },
      );
    } catch (error) {
      // What is small of it is tried once more without the packets.
      this.#closedAnswers.unshift(...closed.answers);
      this.#closedRepetitions.unshift(...closed.repetitions);
      throw error;
    }
    if (lastOrder >= 0) listener.onStored(lastOrder);
  }

  /** Of no input's order: a replay needs them not, and what does not fit is in the result all the same. */
  #writeLate(answers: readonly AnswerRow[], repetitions: readonly RepetitionRow[]): void {
    if (this.#late === null || answers.length + repetitions.length === 0) return;
    const { database, vault } = this.#ports;
    this.#late = this.#late
      .then(async () => {
        await database.answers.bulkPut(await vault.sealAll('answers', answers));
        await database.results.bulkPut(await vault.sealAll('results', repetitions));
      })
      .catch(() => undefined);
  }
}
