/** Random functions for the tests of register allocation: any control flow, all banks, pressure to order. */
import fc from 'fast-check'
import { dword, type Label, mem, qword, word, zmmword } from '../src/encoder/operands.ts'
import { ah, al, cl, eax, edx, rax, rcx, rdi, rdx } from '../src/encoder/registers.ts'
import type { V, VFunction } from '../src/regalloc/function.ts'
import { Recorder } from '../src/regalloc/recorder.ts'

/** A function as data that fast-check can shrink. */
export interface Recipe {
  /** Registers that are alive from the entry on, and stored before the return, of each bank. */
  readonly general: number
  readonly vectors: number
  readonly opmasks: number
  readonly tiles: number
  /** Each statement: which of STATEMENTS, and three numbers that choose its operands. */
  readonly statements: readonly (readonly [number, number, number, number])[]
}

interface Scope {
  readonly f: Recorder
  readonly argblock: V<'r64'>
  readonly general: V<'r64'>[]
  /** Registers that keep one constant; under pressure they are computed again. */
  readonly constants: V<'r64'>[]
  readonly vectorConstants: V<'zmm'>[]
  readonly vectors: V<'zmm'>[]
  readonly opmasks: V<'k'>[]
  readonly tiles: V<'tmm'>[]
  /** What ends each block that has begun. */
  readonly open: (() => void)[]
  readonly ends: Label[]
}

type Statement = (scope: Scope, a: number, b: number, c: number) => void

const pick = <T>(from: readonly T[], n: number): T => from[n % from.length]!

/** Integer statements whose result does not depend on the registers chosen: the interpreter and the CPU run them, too. */
export const INTEGER_STATEMENTS: readonly Statement[] = [
  ({ f, general }, a, b) => f.mov(pick(general, a), pick(general, b)),
  ({ f, general }, a, b) => f.mov(pick(general, a).as('r32'), pick(general, b).as('r32')),
  ({ f, general }, a, b) => f.mov(pick(general, a).as('r8'), pick(general, b).as('r8')),
  ({ f, general }, a, b) => f.mov(pick(general, a), 3 * b + 1),
  ({ f, general }, a, b) => f.add(pick(general, a), pick(general, b)),
  ({ f, general, constants }, a, b) => f.add(pick(general, a), pick(constants, b)),
  ({ f, general, constants }, a, b) => f.imul(pick(general, a).as('r32'), pick(constants, b).as('r32')),
  ({ f, general }, a, b) => f.sub(pick(general, a).as('r32'), pick(general, b).as('r32')),
  ({ f, general }, a, b) => f.imul(pick(general, a), pick(general, b)),
  ({ f, general }, a) => f.xor(pick(general, a).as('r32'), pick(general, a).as('r32')),
  ({ f, general }, a, b) => f.xor(pick(general, a), pick(general, b)),
  ({ f, general }, a, b, c) => f.lea(pick(general, a), mem(pick(general, b), pick(general, c), 4, 9)),
  ({ f, general, argblock }, a, b) => f.mov(pick(general, a), qword(argblock, 8 * (b % 8))),
  ({ f, general, argblock }, a, b) => f.mov(qword(argblock, 8 * (b % 8)), pick(general, a)),
  ({ f, general }, a, b) => {
    // A temporary that lives for two instructions.
    const t = f.gp()
    f.lea(t, mem(pick(general, a), 7))
    f.add(pick(general, b), t)
  },
  ({ f, general }, a, b) => {
    f.mov(rcx, pick(general, b))
    f.shl(pick(general, a), cl)
  },
  // The count must come to cl by the allocator's own doing.
  ({ f, general }, a, b) => f.shl(pick(general, a), pick(general, b).as('r8')),
  ({ f, general }, a, b) => {
    f.mov(rax, pick(general, a))
    f.mul(pick(general, b))
    f.mov(pick(general, a), rdx)
  },
  ({ f, general }, a, b) => {
    const divisor = f.gp()
    f.mov(divisor, (b % 5) + 1)
    f.mov(eax, pick(general, a).as('r32'))
    f.xor(edx, edx)
    f.div(divisor.as('r32'))
    f.mov(pick(general, a), rax)
  },
  ({ f, general }, a, b, c) => {
    const flag = f.reg('r8')
    f.cmp(pick(general, a), pick(general, b))
    f.setl(flag)
    f.movzx(pick(general, c).as('r32'), flag)
  },
  ({ f, general }, a, b, c) => {
    f.cmp(pick(general, a), pick(general, b))
    f.cmovl(pick(general, a), pick(general, c))
  },
  ({ f, general }, a, b) => {
    f.xchg(pick(general, a), pick(general, b + (a % general.length === b % general.length ? 1 : 0)))
  },
]

/** Statements on the other banks, and integer ones with byte registers that only some registers have. */
const OTHER_STATEMENTS: readonly Statement[] = [
  ({ f, vectors }, a, b, c) => f.vaddps(pick(vectors, a), pick(vectors, b), pick(vectors, c)),
  ({ f, vectors, vectorConstants }, a, b, c) =>
    f.vaddps(pick(vectors, a), pick(vectors, b), pick(vectorConstants, c)),
  ({ f, vectors }, a, b, c) => f.vfmadd231ps(pick(vectors, a), pick(vectors, b), pick(vectors, c)),
  ({ f, vectors }, a, b) => f.vmovaps(pick(vectors, a), pick(vectors, b)),
  ({ f, vectors }, a, b) => f.vmovaps(pick(vectors, a).as('xmm'), pick(vectors, b).as('xmm')),
  ({ f, vectors }, a) => f.vpxord(pick(vectors, a), pick(vectors, a), pick(vectors, a)),
  ({ f, vectors, opmasks }, a, b, c) =>
    f.vaddps(pick(vectors, a).mask(pick(opmasks, b)), pick(vectors, c), pick(vectors, a)),
  ({ f, vectors, opmasks }, a, b, c) =>
    f.vmovups(pick(vectors, a).mask(pick(opmasks, b)).zero(), pick(vectors, c)),
  ({ f, vectors, opmasks, argblock }, a, b) =>
    f.vmovups(mem(argblock, 64).mask(pick(opmasks, b)), pick(vectors, a)),
  ({ f, vectors, argblock }, a, b) => f.vbroadcastss(pick(vectors, a), dword(argblock, 4 * (b % 16))),
  ({ f, vectors }, a, b, c) =>
    f.vaddps(pick(vectors, a).as('ymm'), pick(vectors, b).as('ymm'), pick(vectors, c).as('ymm')),
  // No EVEX form: its registers are 0 to 15.
  ({ f, vectors, argblock }, a, b) => {
    const low = f.ymm()
    f.vbroadcastf128(low, mem(argblock, 16 * (b % 4)))
    f.vaddps(pick(vectors, a).as('ymm'), low, low)
  },
  // Legacy SSE keeps the upper bits.
  ({ f, vectors }, a, b) => f.movaps(pick(vectors, a).as('xmm'), pick(vectors, b).as('xmm')),
  ({ f, vectors, argblock }, a, b, c) => {
    const constant = f.zmm()
    f.vbroadcastss(constant, mem(f.constant(Uint8Array.of(a, b, c, 1))))
    f.vaddps(pick(vectors, a), pick(vectors, b), constant)
    f.vaddps(pick(vectors, b), constant, zmmword(argblock))
  },
  ({ f, vectors, opmasks, argblock }, a, b, c) => {
    const mask = f.k()
    f.kmovw(mask, pick(opmasks, b))
    const into = f.zmm()
    f.vpxord(into, into, into)
    f.vgatherdps(into.mask(mask), mem(argblock, pick(vectors, c), 4))
    f.vaddps(pick(vectors, a), into, into)
  },
  ({ f, opmasks }, a, b, c) => f.kandw(pick(opmasks, a), pick(opmasks, b), pick(opmasks, c)),
  ({ f, opmasks, general }, a, b) => f.kmovw(pick(opmasks, a), pick(general, b).as('r32')),
  ({ f, opmasks, general }, a, b) => f.kmovw(pick(general, a).as('r32'), pick(opmasks, b)),
  ({ f, opmasks, vectors }, a, b, c) => f.vcmpps(pick(opmasks, a), pick(vectors, b), pick(vectors, c), 1),
  ({ f, tiles }, a) => f.tilezero(pick(tiles, a)),
  ({ f, tiles }, a, b) => {
    const left = f.tmm()
    const right = f.tmm()
    f.tilezero(left)
    f.tilezero(right)
    f.tdpbssd(pick(tiles, a), left, right)
    f.tdpbssd(pick(tiles, b), right, left)
  },
  ({ f, general }, a, b) => {
    f.mov(eax, pick(general, a).as('r32'))
    f.mov(pick(general, b).as('r8'), ah)
    f.add(al, pick(general, a).as('r8'))
  },
  ({ f, general, argblock }, a) => f.movzx(pick(general, a).as('r32'), word(argblock, 2)),
  // Everything that is alive has to get out of the callee's way.
  ({ f, general }, a, b, c) => {
    f.mov(rdi, pick(general, b))
    f.call(pick(general, a))
    f.mov(pick(general, c), rax)
  },
]

const CONTROL: readonly Statement[] = [
  // if (a < b) { … }
  ({ f, general, open }, a, b) => {
    const end = f.label()
    f.cmp(pick(general, a), pick(general, b))
    f.jge(end)
    open.push(() => f.bind(end))
  },
  // if (a = b) { … } else { one statement }
  ({ f, general, open }, a, b, c) => {
    const otherwise = f.label()
    const end = f.label()
    f.cmp(pick(general, a), pick(general, b))
    f.jne(otherwise)
    open.push(() => {
      f.jmp(end)
      f.bind(otherwise)
      f.add(pick(general, c), pick(general, a))
      f.bind(end)
    })
  },
  // A loop that runs one to four times.
  ({ f, open }, a) => {
    const top = f.label()
    const left = f.gp('left')
    f.mov(left, (a % 4) + 1)
    f.bind(top)
    f.enterLoop(`loop${top.id}`)
    open.push(() => {
      f.dec(left)
      f.jne(top)
      f.exitLoop()
    })
  },
  ({ open }) => open.pop()?.(),
  // Leaves the function's body early, out of any nesting.
  ({ f, general, ends }, a, b) => {
    f.cmp(pick(general, a), pick(general, b))
    f.je(ends[0]!)
  },
  // Returns on the spot.
  ({ f, general }, a, b) => {
    const on = f.label()
    f.cmp(pick(general, a), pick(general, b))
    f.jne(on)
    f.ret()
    f.bind(on)
  },
]

/** All statements, control flow twice as likely. */
export const STATEMENTS: readonly Statement[] = [
  ...INTEGER_STATEMENTS,
  ...OTHER_STATEMENTS,
  ...CONTROL,
  ...CONTROL,
]
export const INTEGER_ONLY: readonly Statement[] = [...INTEGER_STATEMENTS, ...CONTROL]

/** Records the function of a recipe. Its one parameter is the address of 8 quadwords that it reads and writes. */
export function record(recipe: Recipe, statements: readonly Statement[]): VFunction {
  const f = new Recorder('random', { params: ['argblock'] })
  const argblock = f.params[0]!
  const general = Array.from({ length: recipe.general }, (_, i) => f.gp(`g${i}`))
  const constants = Array.from({ length: 4 }, (_, i) => f.gp(`c${i}`))
  const vectorConstants = Array.from({ length: recipe.vectors > 0 ? 3 : 0 }, (_, i) => f.zmm(`zc${i}`))
  const vectors = Array.from({ length: recipe.vectors }, (_, i) => f.zmm(`z${i}`))
  const opmasks = Array.from({ length: recipe.opmasks }, (_, i) => f.k(`k${i}`))
  const tiles = Array.from({ length: recipe.tiles }, (_, i) => f.tmm(`t${i}`))
  for (const [i, reg] of general.entries()) {
    if (i % 3 === 0) f.mov(reg, 1000 + i)
    else f.mov(reg, qword(argblock, 8 * (i % 8)))
  }
  f.mov(constants[0]!, 77)
  f.mov(constants[1]!.as('r32'), 0xfedcba98)
  f.xor(constants[2]!.as('r32'), constants[2]!.as('r32'))
  f.mov(constants[3]!, 0x123456789abcdefn)
  for (const [i, reg] of vectorConstants.entries()) {
    if (i === 0) f.vpxord(reg, reg, reg)
    else f.vbroadcastss(reg, mem(f.constant(Uint8Array.of(i, 2, 3, 4))))
  }
  for (const reg of vectors) f.vmovups(reg, zmmword(argblock))
  for (const reg of opmasks) f.kmovw(reg, word(argblock))
  for (const reg of tiles) f.tilezero(reg)
  const end = f.label('end')
  const scope: Scope = {
    f,
    argblock,
    general,
    constants,
    vectorConstants,
    vectors,
    opmasks,
    tiles,
    open: [],
    ends: [end],
  }
  for (const [which, a, b, c] of recipe.statements) pick(statements, which)(scope, a, b, c)
  while (scope.open.length > 0) scope.open.pop()!()
  f.bind(end)
  for (const [i, reg] of general.entries()) {
    f.add(qword(argblock, 8 * (i % 8)), reg)
    f.imul(reg, reg, 31)
  }
  for (const reg of vectors) f.vaddps(vectors[0]!, vectors[0]!, reg)
  for (const reg of vectors) f.vmovups(zmmword(argblock), reg)
  for (const reg of opmasks) f.kmovw(word(argblock, 2), reg)
  for (const reg of tiles) f.tilestored(mem(argblock, argblock, 1), reg)
  f.ret()
  return f.finish()
}

/** Recipes with up to this many registers of each bank. */
export function recipes(limits: Omit<Recipe, 'statements'>, statementCount: number): fc.Arbitrary<Recipe> {
  const number = fc.nat(1000)
  return fc.record({
    general: fc.integer({ min: 2, max: limits.general }),
    vectors: fc.integer({ min: Math.min(1, limits.vectors), max: limits.vectors }),
    opmasks: fc.integer({ min: Math.min(1, limits.opmasks), max: limits.opmasks }),
    tiles: fc.integer({ min: Math.min(1, limits.tiles), max: limits.tiles }),
    statements: fc.array(fc.tuple(number, number, number, number), {
      maxLength: statementCount,
      size: 'max',
    }),
  })
}
