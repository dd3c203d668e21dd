import type { RepetitionResult } from '../../core/exercise/repetition-result.ts';
import type { SensorPacket } from '../../core/packet/packet.ts';
import type { PipelineCommand } from '../../core/pipeline/pipeline-command.ts';
import type { SessionResult } from '../../core/pipeline/session-result.ts';
import type { RecorderListener, SessionRecorder } from '../../core/recording/session-recorder.ts';
import { PackedChunkBuilder, squeezeChunk } from './packed-chunk.ts';
import type { RecordedRoles } from './recorded-roles.ts';
import type { RowVault } from './row-vault.ts';
import {
  answerOf,
  putSessionDurably,
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
  readonly #database: SessionDatabase;
  readonly #vault: RowVault;
  readonly #sessionId: string;
  readonly #listener: RecorderListener;
  readonly #release: () => void;
  readonly #logs = new Map<number, SensorLog>();
  readonly #roles: RecordedRoles;
  /** As stored when the recording was opened. */
  readonly #row: SessionRow;

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
  #ended = false;

  constructor(
    database: SessionDatabase,
    vault: RowVault,
    row: SessionRow,
    roles: RecordedRoles,
    listener: RecorderListener,
    release: () => void,
  ) {
    this.#database = database;
    this.#vault = vault;
    this.#sessionId = row.sessionId;
    this.#firstHostTimeMs = row.firstHostTimeMs;
    this.#lastHostTimeMs = row.lastHostTimeMs;
    this.#closedThroughHostTimeMs = row.lastHostTimeMs;
    this.#roles = roles;
    this.#row = row;
    this.#listener = listener;
    this.#release = release;
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
    if (this.#failed || this.#ended) return;
    this.#roles.note(command);
    const row: CommandRow = { sessionId: this.#sessionId, order, hostTimeMs, command };
    this.#closedCommands.push(row);
    const answer = answerOf(row);
    if (answer !== null) this.#closedAnswers.push(answer);
    this.#noteInput(order, hostTimeMs);
    // Commands are rare and decide what the packets mean: they go to disk at once.
    this.#closeChunks();
  }

  appendRepetition(position: number, repetition: RepetitionResult): void {
    if (this.#failed || this.#ended) return;
    this.#closedRepetitions.push({ sessionId: this.#sessionId, position, repetition });
    this.#closeChunks();
  }

  async finish(result: SessionResult): Promise<void> {
    if (this.#ended) return;
    await this.#end();
    // Also tried after an earlier failure: a result is small and may fit where packets did not.
    this.#roles.noteResult(result);
    try {
      const row: SessionRow = {
        ...this.#describe(),
        state: 'finished',
        engineVersion: result.engineVersion,
        result,
      };
      await putSessionDurably(this.#database, await this.#vault.seal('sessions', row));
    } catch (error) {
      this.#fail(error);
    } finally {
      this.#release();
    }
  }

  async close(): Promise<void> {
    if (this.#ended) return;
    await this.#end();
    this.#release();
  }

  async #end(): Promise<void> {
    this.#closeChunks(0);
    this.#ended = true;
    await this.#writing;
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
      this.#fail(error);
    } finally {
      this.#writing = null;
    }
  }

  #describe(): SessionRow {
    return {
      ...this.#row,
      firstHostTimeMs: this.#firstHostTimeMs,
      lastHostTimeMs: this.#closedThroughHostTimeMs,
      roles: this.#roles.list(),
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
    const vault = this.#vault;
    // Sealed before the transaction begins: it would end while it waits for anything but the database.
    const [row, chunks, commands, answers, repetitions] = await Promise.all([
      vault.seal('sessions', closed.row),
      vault.sealAll('chunks', closed.chunks),
      vault.sealAll('commands', closed.commands),
      vault.sealAll('answers', closed.answers),
      vault.sealAll('results', closed.repetitions),
    ]);
    const {
      sessions,
      chunks: chunkTable,
      commands: commandTable,
      answers: answerTable,
      results,
    } = this.#database;
    await this.#database.transaction(
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
    if (lastOrder >= 0) this.#listener.onStored(lastOrder);
  }

  #fail(error: unknown): void {
    if (this.#failed) return;
    this.#failed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#closedChunks = [];
    this.#replacedChunks = [];
    this.#closedCommands = [];
    this.#closedAnswers = [];
    this.#closedRepetitions = [];
    this.#listener.onTrouble(mapStorageTrouble(error));
  }
}
