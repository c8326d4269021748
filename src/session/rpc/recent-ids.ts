const SMALLEST = 32;
const LARGEST = 2048;

/**
 * Remembers the latest message ids of one sender in a fixed amount of memory: at least the last 1,536 and at most
 * 3,072 of them, as hashes of 53 bits (two ids share one with a chance of about one in 10^12), 32 kB at most.
 */
export class RecentIds {
  private current = new HashTable(SMALLEST);
  private previous: HashTable | undefined;

  /** Adds an id and says whether it was among those remembered. */
  add(id: string): boolean {
    const hash = hashOf(id);
    const known = this.current.has(hash) || this.previous?.has(hash) === true;
    if (!known) this.insert(hash);
    return known;
  }

  private insert(hash: number): void {
    if (this.current.full) {
      if (this.current.size < LARGEST) {
        this.current = this.current.doubled();
      } else {
        this.previous = this.current;
        this.current = new HashTable(SMALLEST);
      }
    }
    this.current.insert(hash);
  }
}

/** A set of numbers above zero with open addressing, three quarters full at most. */
class HashTable {
  private readonly slots: Float64Array;
  private count = 0;

  constructor(size: number) {
    this.slots = new Float64Array(size);
  }

  get size(): number {
    return this.slots.length;
  }

  get full(): boolean {
    return this.count >= this.slots.length * 0.75;
  }

  has(hash: number): boolean {
    return this.slots[this.slotOf(hash)] === hash;
  }

  insert(hash: number): void {
    this.slots[this.slotOf(hash)] = hash;
    this.count += 1;
  }

  doubled(): HashTable {
    const larger = new HashTable(this.slots.length * 2);
    for (const hash of this.slots) if (hash !== 0) larger.insert(hash);
    return larger;
  }

  /** The slot where the hash is, or the free one where it would be. */
  private slotOf(hash: number): number {
    const last = this.slots.length - 1;
    let slot = hash % this.slots.length;
    while (this.slots[slot] !== 0 && this.slots[slot] !== hash) slot = (slot + 1) & last;
    return slot;
  }
}

/** A hash of 53 bits (the "cyrb53" mixing), never zero. */
export function hashOf(text: string): number {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    a = Math.imul(a ^ code, 2654435761);
    b = Math.imul(b ^ code, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return 4294967296 * (2097151 & b) + (a >>> 0) || 1;
}
