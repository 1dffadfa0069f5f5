/** The few numbers about a CPU that plans are made from. Plain data: a plan for any CPU can be made anywhere. */

/** A data cache. */
export interface CacheModel {
  readonly bytes: number
  readonly ways: number
  readonly lineBytes: number
}

/** Throughputs per cycle of one core, full-width vectors; caches of one core (L3: what one core may use). */
export interface CpuModel {
  readonly name: string
  readonly fmaPerCycle: number
  readonly fmaLatency: number
  readonly loadsPerCycle: number
  readonly storesPerCycle: number
  readonly l1: CacheModel
  readonly l2: CacheModel
  readonly l3: CacheModel
  /** Cycles that a register tile costs besides its K-steps and stores: loop entry and exit, chains that start empty. */
  readonly tileOverhead: number
  /** What a tile of exactly as many sums as multiply-adds are in flight costs instead (register-tile.ts); null for no difference. */
  readonly chainedOverhead: number | null
  /**
   * Cycles that an instruction costs which is no multiply-add, though it hides behind one: it takes part of what a core
   * dispatches, of which a neighbour on the same core takes more.
   */
  readonly dispatchShare: { readonly inL1: number; readonly beyondL1: number }
  /** Whether asking early for C and for the next rows of A pays (lower/microkernel.ts). */
  readonly asksAhead: boolean
  /** How a B that lies beyond L2 is brought in (blocking.ts). */
  readonly farB: {
    /** Whether panels are made in a pass of their own, along B's rows, rather than by the first tile of rows of each. */
    readonly packsAhead: boolean
    /** Whether L3 is to be read like memory: along rows. */
    readonly l3AsMemory: boolean
    /**
     * Rows that are so few that B is read in place, from L3, also where its rows are short, and from memory, and so few that its panels are small; null where
     * tiles of rows are counted instead (blocking.ts).
     */
    readonly rows: {
      readonly inPlace: { readonly l3: number; readonly shortRows: number; readonly memory: number }
      readonly panels: number
    } | null
    /** Bytes of a row of B that tiles take at once where there are few rows; null for whatever makes the best tile. */
    readonly width: number | null
    /** From memory, for few tiles of rows: K-steps that are walked at once through all columns. */
    readonly steps: number
    /** From memory, for more tiles: K-steps of a block of panels, and bytes of a row of B in it; null for all columns. */
    readonly panelSteps: number
    readonly panelBytes: number | null
    /**
     * For one row: how many rows of a narrow B, far apart, are read side by side, each from end to end, and how many bytes
     * ahead of where they are read they are asked for; null for neighbouring rows (units-in-place.ts).
     */
    readonly comb: { readonly teeth: number; readonly readAhead: number } | null
    /**
     * Where rows of B are copied block by block, each while the one before is multiplied (relay-blocks.ts): up to how many rows, if
     * they are too many to read B in place, while C takes so many times L2; and the bytes of a row of A and of a row of B in a block.
     * Null for never.
     */
    readonly relay: {
      readonly rows: number
      readonly timesL2: number
      readonly stepBytes: number
      readonly rowBytes: number
    } | null
    /**
     * Rows up to which elements that are multiplied as they are come by the same comb, from L3 and from memory, and up to which
     * they are asked for ahead in L3; null for none.
     */
    readonly combRows: { readonly l3: number; readonly memory: number; readonly asking: number } | null
    /**
     * Whether the narrower first tile of a B in place (lead-columns.ts) is made only where it lets the others begin on lines,
     * which each call finds out.
     */
    readonly leadsToLines: boolean
    /** Bytes ahead of where few rows read panels of narrow types, made beforehand, that these are asked for; 0 for none. */
    readonly panelsAhead: number
    /** Whether the next block of B is asked for while this one is multiplied. */
    readonly asksAhead: boolean
    /** Whether rows of A that fall into few sets of L1 are brought together, where there are few. */
    readonly stagesA: boolean
  }
  /**
   * From how many times L1 on a B is packed on the way, by products of so many rows, wherever its lines lie: typed arrays begin
   * at any 16 bytes, so that half of its vectors reach into two lines. Null where first tiles that are narrower mend that
   * (lead-columns.ts).
   */
  readonly packsB: { readonly timesL1: number; readonly rows: number } | null
  /** Most rows of a tile where the stride between A's rows is given at the call; null for as many as are a long stride apart. */
  readonly rowsAtOpenStride: number | null
  /** What of L2 a block of A takes that is read again for every panel of B. */
  readonly blockOfL2: number
  /** How a transposed A is packed (left-operand.ts, blocking.ts). */
  readonly packsA: {
    /** Bytes from one of its lines to the next, from which on it is. */
    readonly from: number
    /**
     * Columns of a block of B, for each of which A is packed again; what a panel of B takes of L1, and a block of A of L2. Null
     * for the blocks that an A in place has.
     */
    readonly block: {
      readonly columns: number
      readonly panelOfL1: number
      readonly blockOfL2: number
    } | null
  }
  /** Pages of 4 KiB that the first-level data TLB translates. */
  readonly tlbEntries: number
  /** Bytes per cycle that sustained streams from L2 deliver. */
  readonly l2BytesPerCycle: number
  /** The same from L3, one core. */
  readonly l3BytesPerCycle: number
  /** Bytes per cycle that one core of several gets from L3 or memory. */
  readonly streamBytesPerCycle: number
  /**
   * Cycles that a further thread must save to be worth waking: handing out and joining take 0.2 to 0.6 µs when it
   * is awake, and its core has to fetch what the calling one has.
   */
  readonly dispatchCycles: number
  /** Cycles that a cache line costs which two cores write at the same time. */
  readonly sharedLineCycles: number
  /** Tile registers: cycles from one full tile to the next, and until a sum can be added to again. */
  readonly tiles: {
    readonly multiplyCycles: number
    readonly multiplyLatency: number
    readonly loadCycles: number
    readonly storeCycles: number
  }
}

/** A recent server core: two FMAs and two loads a cycle, 48 KiB L1D, 1 MiB L2. Used when nothing better is known. */
export const GENERIC_CPU: CpuModel = {
  name: 'generic',
  fmaPerCycle: 2,
  fmaLatency: 4,
  loadsPerCycle: 2,
  storesPerCycle: 1,
  l1: { bytes: 48 << 10, ways: 12, lineBytes: 64 },
  l2: { bytes: 1 << 20, ways: 16, lineBytes: 64 },
  l3: { bytes: 32 << 20, ways: 16, lineBytes: 64 },
  tileOverhead: 10,
  chainedOverhead: null,
  dispatchShare: { inL1: 0, beyondL1: 0 },
  asksAhead: false,
  packsB: null,
  blockOfL2: 0.75,
  rowsAtOpenStride: null,
  packsA: { from: 4096, block: null },
  farB: {
    ...{ packsAhead: false, l3AsMemory: false, rows: null, width: null, steps: 16 },
    ...{ panelSteps: 128, panelBytes: null, asksAhead: false, stagesA: false, comb: null, panelsAhead: 0 },
    ...{ combRows: null, leadsToLines: false, relay: null },
  },
  tlbEntries: 96,
  l2BytesPerCycle: 32,
  l3BytesPerCycle: 26,
  streamBytesPerCycle: 8,
  dispatchCycles: 3000,
  sharedLineCycles: 100,
  tiles: { multiplyCycles: 16, multiplyLatency: 52, loadCycles: 8, storeCycles: 16 },
}

/**
 * What was measured on Zen 3, f32 and f64: a tile of 6×16 takes 27 cycles besides its K-steps, one of 4×16 none to 2. A
 * dispatchShare of 0.1 and the half cost of panels (register-tile.ts) choose the tile that was fastest, or within a percent of it,
 * of 96³ to 384³ in both types: 4×24 rather than 6×16 nearly everywhere.
 */
export const ZEN_3: Pick<
  CpuModel,
  | 'tileOverhead'
  | 'chainedOverhead'
  | 'dispatchShare'
  | 'asksAhead'
  | 'packsB'
  | 'blockOfL2'
  | 'rowsAtOpenStride'
  | 'packsA'
  | 'l2BytesPerCycle'
  | 'farB'
> = {
  tileOverhead: 21,
  chainedOverhead: 2,
  dispatchShare: { inL1: 0.1, beyondL1: 0.1 },
  asksAhead: true,
  packsB: { timesL1: 1.25, rows: 96 },
  blockOfL2: 0.375,
  rowsAtOpenStride: 6,
  l2BytesPerCycle: 24,
  packsA: { from: 1536, block: { columns: 1152, panelOfL1: 1.5, blockOfL2: 0.2 } },
  farB: {
    ...{
      packsAhead: true,
      l3AsMemory: true,
      rows: { inPlace: { l3: 16, shortRows: 9, memory: 21 }, panels: 96 },
      width: 128,
      steps: 8,
    },
    ...{ panelSteps: 96, panelBytes: 3072, asksAhead: true, stagesA: true },
    ...{ comb: { teeth: 8, readAhead: 256 }, panelsAhead: 4096 },
    ...{ combRows: { l3: 16, memory: 21, asking: 8 }, leadsToLines: true },
    relay: { rows: 128, timesL2: 3, stepBytes: 512, rowBytes: 1024 },
  },
}

/** Bytes of B's rows from which on those few are that it is read in place for more rows from L3. */
const LONG_ROW = 2048

/** Rows up to which a B is read in place. */
export function rowsInPlace(
  { inPlace }: NonNullable<CpuModel['farB']['rows']>,
  { n, k }: { readonly n: number; readonly k: number },
  elementBytes: number,
  { l3 }: CpuModel,
): number {
  if (k * n * elementBytes > l3.bytes / 2) return inPlace.memory
  return n * elementBytes < LONG_ROW ? inPlace.shortRows : inPlace.l3
}

/**
 * How many of `count` lines-runs of `runBytes`, `strideBytes` apart, a cache can hold at once: addresses a
 * power of two apart fall into few sets, and each set holds only `ways` lines.
 */
export function linesHeld(cache: CacheModel, strideBytes: number, runBytes: number): number {
  const sets = cache.bytes / cache.ways / cache.lineBytes
  const span = sets * cache.lineBytes
  const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b))
  // Runs start at this many different places within the span of the sets.
  const starts = span / gcd(span, strideBytes)
  const covered = Math.min(sets, starts * Math.ceil(runBytes / cache.lineBytes))
  return covered * cache.ways
}
