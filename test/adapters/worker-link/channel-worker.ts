import type { MessageFromHost, MessageToHost } from '../../../src/adapters/worker-link/link-messages.ts';
import type { PipelineWorker } from '../../../src/adapters/worker-link/pipeline-client.ts';
import { PipelineHost } from '../../../src/adapters/worker-link/pipeline-host.ts';
import type { HostPorts } from '../../../src/adapters/worker-link/pipeline-host.ts';

/** The real host behind a real message channel: what cannot be cloned, or is used after its transfer, fails here. */
export class ChannelWorker implements PipelineWorker {
  readonly #ports = new MessageChannel();
  #onError: ((event: unknown) => void) | null = null;
  readonly sent: MessageToHost['kind'][] = [];
  terminated = false;

  constructor(hostPorts: HostPorts) {
    const { port2 } = this.#ports;
    const host = new PipelineHost(
      {
        postMessage: (message, transfer) => port2.postMessage(message, transfer),
        addEventListener: (_type, listener) =>
          port2.addEventListener('message', ({ data }: MessageEvent<MessageToHost>) => listener({ data })),
      },
      hostPorts,
    );
    host.listen();
    port2.start();
    this.#ports.port1.start();
  }

  postMessage(message: MessageToHost, transfer: Transferable[]): void {
    this.sent.push(message.kind);
    this.#ports.port1.postMessage(message, transfer);
  }

  addEventListener(
    type: 'message' | 'error',
    listener: (event: { readonly data: MessageFromHost }) => void,
  ): void {
    if (type === 'error') this.#onError = listener as (event: unknown) => void;
    else {
      this.#ports.port1.addEventListener('message', ({ data }: MessageEvent<MessageFromHost>) =>
        listener({ data }),
      );
    }
  }

  terminate(): void {
    this.terminated = true;
    this.#ports.port1.close();
  }

  /** Dies without a word, as when the browser takes its memory. */
  die(): void {
    this.#ports.port2.close();
  }

  /** Dies of an uncaught error. */
  crash(): void {
    this.die();
    this.#onError?.(new Error('out of memory'));
  }
}
