interface Payload {
  readonly grantId?: string;
  readonly uid?: string;
  readonly userCode?: string;
  readonly consumed?: number;
}

/** What an OpenID provider keeps, in memory: for one provider, gone with it. */
export function createOpenIdStore(): new (name: string) => object {
  const kept = new Map<string, Payload>();
  const find = (match: (payload: Payload) => boolean) => Promise.resolve([...kept.values()].find(match));
  return class OpenIdStore {
    readonly #name: string;

    constructor(name: string) {
      this.#name = name;
    }

    upsert(id: string, payload: Payload): Promise<void> {
      kept.set(this.#key(id), payload);
      return Promise.resolve();
    }

    find(id: string): Promise<Payload | undefined> {
      return Promise.resolve(kept.get(this.#key(id)));
    }

    findByUid(uid: string): Promise<Payload | undefined> {
      return find((payload) => payload.uid === uid);
    }

    findByUserCode(userCode: string): Promise<Payload | undefined> {
      return find((payload) => payload.userCode === userCode);
    }

    async consume(id: string): Promise<void> {
      const payload = await this.find(id);
      if (payload !== undefined)
        await this.upsert(id, { ...payload, consumed: Math.floor(Date.now() / 1000) });
    }

    destroy(id: string): Promise<void> {
      kept.delete(this.#key(id));
      return Promise.resolve();
    }

    revokeByGrantId(grantId: string): Promise<void> {
      for (const [key, payload] of kept) if (payload.grantId === grantId) kept.delete(key);
      return Promise.resolve();
    }

    #key(id: string): string {
      return `${this.#name} ${id}`;
    }
  };
}
