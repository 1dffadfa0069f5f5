/** Every opcode of every encoding space, as bytes: what an exhaustive walk of the instruction set starts from. */

/** Bytes to decode, and the encoding space they are of. */
export interface Probe {
  readonly space: string
  readonly bytes: Uint8Array
}

const LENGTH = 15
/** What stands behind the probe: displacements, immediates and predicates that no special name belongs to. */
const TAIL = 0x90
const MODRM_ALL: readonly number[] = Array.from({ length: 256 }, (_, modrm) => modrm)
/** Each digit with a register (rm 1 and 0), [rax], and [rax + 4*rdx], whose SIB byte is the tail. */
const MODRM_DIGITS: readonly number[] = Array.from({ length: 8 }, (_, digit) => 8 * digit).flatMap((reg) => [
  reg | 0xc1,
  reg | 0xc0,
  reg,
  reg | 4,
])

function probe(space: string, ...parts: readonly (readonly number[])[]): Probe {
  const bytes = new Uint8Array(LENGTH).fill(TAIL)
  bytes.set(parts.flat())
  return { space, bytes }
}

function range(end: number): number[] {
  return Array.from({ length: end }, (_, index) => index)
}

const LEGACY_PREFIXES: readonly (readonly number[])[] = [
  [],
  [0x66],
  [0xf3],
  [0xf2],
  [0x48],
  [0x66, 0x48],
  [0xf3, 0x48],
  [0xf2, 0x48],
  [0x66, 0xf3],
  [0x66, 0xf2],
  [0xf0],
  [0xf0, 0x66],
  [0xf0, 0x48],
  [0xf2, 0xf0],
  [0xf3, 0xf0],
  [0x67],
  [0x67, 0x66],
  [0x67, 0xf3],
  [0x67, 0xf2],
  [0x3e],
]
const LEGACY_MAPS: readonly (readonly number[])[] = [[], [0x0f], [0x0f, 0x38], [0x0f, 0x3a]]

function* legacy(): Generator<Probe> {
  for (const prefixes of LEGACY_PREFIXES) {
    for (const map of LEGACY_MAPS) {
      for (const opcode of range(256)) {
        for (const modrm of MODRM_ALL) {
          yield probe(map.length === 0 ? 'legacy' : 'legacy 0F', prefixes, map, [opcode, modrm])
        }
      }
    }
  }
  // 3DNow!: the opcode stands behind ModRM.
  for (const opcode of range(256)) {
    for (const modrm of [0xc1, 0x00]) yield probe('3DNow!', [0x0f, 0x0f, modrm, opcode])
  }
  // REX2 (APX specification, 3.1.1): the payload's M0 chooses the map, W the operand size; here with r16–r31.
  for (const prefixes of [[], [0x66], [0xf3], [0xf2]]) {
    for (const payload of [0x00, 0x08, 0x80, 0x88, 0x10, 0x18, 0x90, 0x98, 0x40, 0x48, 0xc0, 0xc8]) {
      for (const opcode of range(256)) {
        for (const modrm of MODRM_DIGITS) yield probe('REX2', prefixes, [0xd5, payload, opcode, modrm])
      }
    }
  }
}

/** vvvv as all ones, which unused fields want, and as another register. */
const VVVV: readonly number[] = [0x78, 0x68]

function* vex(): Generator<Probe> {
  for (const [first, maps, space] of [
    [0xc4, range(8), 'VEX'],
    [0x8f, [8, 9, 10], 'XOP'],
  ] as const) {
    for (const map of maps) {
      for (const control of range(8)) {
        for (const w of [0, 0x80]) {
          for (const vvvv of VVVV) {
            const head = [first, 0xe0 | map, w | vvvv | control]
            for (const opcode of range(256)) {
              for (const modrm of MODRM_DIGITS) yield probe(space, head, [opcode, modrm])
            }
          }
        }
      }
    }
  }
}

/** EVEX without mask, broadcast and rounding; `probesAround` adds those where something was found. */
function* evex(): Generator<Probe> {
  for (const map of range(8)) {
    for (const pp of range(4)) {
      for (const w of [0, 0x80]) {
        for (const vvvv of VVVV) {
          for (const length of map === 4 ? [0, 0x10] : [0, 0x20, 0x40]) {
            const head = [0x62, 0xf0 | map, w | vvvv | 4 | pp, 0x08 | length]
            for (const opcode of range(256)) {
              for (const modrm of MODRM_DIGITS) yield probe(`EVEX map ${map}`, head, [opcode, modrm])
            }
          }
        }
      }
    }
  }
}

/**
 * What to try around an EVEX encoding that was found: all settings of the last prefix byte (mask, zeroing, broadcast,
 * length; in map 4 ND, NF and conditions), and r16–r31 or vector registers above 15 in each place.
 */
export function* probesAround(found: Probe): Generator<Probe> {
  const { bytes, space } = found
  if (bytes[0] !== 0x62) return
  for (const control of range(256)) {
    // aaa other than 0, 1 and 4 (NF) means no more than 1, but in map 4, where these bits are something else.
    if (space !== 'EVEX map 4' && (control & 7) > 1 && (control & 7) !== 4) continue
    // Zeroing needs a mask.
    if (space !== 'EVEX map 4' && control >= 0x80 && (control & 7) === 0) continue
    for (const high of control === bytes[3] || space === 'EVEX map 4' ? [0, 0x08, 0x10] : [0]) {
      const around = bytes.slice()
      around[1]! ^= high
      around[3] = control
      yield { space, bytes: around }
    }
  }
}

/** Every opcode in every encoding space. */
export function* systematicProbes(): Generator<Probe> {
  yield* legacy()
  yield* vex()
  yield* evex()
}
