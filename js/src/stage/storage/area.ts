/** Room for characters, which several areas may share. */
export class Room {
  #taken = 0;

  constructor(private readonly most: number) {}

  /** Takes so many characters, or gives some back; false, and nothing taken, where none are left. */
  take(characters: number): boolean {
    if (this.#taken + characters > this.most && characters > 0) return false;
    this.#taken += characters;
    return true;
  }
}

/** Texts under keys, in the order in which they came, within bounds; changes are told. */
export class Area {
  readonly #items = new Map<string, string>();

  /** @param changed - called with each item that is stored, or null for one that is removed. */
  constructor(
    private readonly room: Room,
    private readonly changed: (key: string, value: string | null) => void,
  ) {}

  get size(): number {
    return this.#items.size;
  }

  keys(): string[] {
    return [...this.#items.keys()];
  }

  get(key: string): string | null {
    return this.#items.get(key) ?? null;
  }

  /** False where there is no room; then the old value stays. */
  set(key: string, value: string): boolean {
    const old = this.#items.get(key);
    if (old === value) return true;
    const more = old === undefined ? key.length + value.length : value.length - old.length;
    if (!this.room.take(more)) return false;
    this.#items.set(key, value);
    this.changed(key, value);
    return true;
  }

  delete(key: string): void {
    const old = this.#items.get(key);
    if (old === undefined) return;
    this.#items.delete(key);
    this.room.take(-key.length - old.length);
    this.changed(key, null);
  }

  /** Puts in what was kept from before. What is newer is already there, and stays. */
  fill(items: [key: string, value: string][]): void {
    for (const [key, value] of items) {
      if (this.#items.has(key) || !this.room.take(key.length + value.length)) continue;
      this.#items.set(key, value);
    }
  }
}
