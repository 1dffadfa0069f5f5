/** Mistakes of an allocator planted by hand, each of which the checker must name. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { dword, Label, Mem, mem, type Operand, qword, word, zmmword } from '../src/encoder/operands.ts'
import { physical, Reg, rax, rcx, rsp } from '../src/encoder/registers.ts'
import { allocate } from '../src/regalloc/allocate.ts'
import { checkAllocation } from '../src/regalloc/checker.ts'
import type { PFunction, PInst, PItem, VFunction } from '../src/regalloc/function.ts'
import { Recorder } from '../src/regalloc/recorder.ts'

const planted = suite('regalloc: planted mistakes')

/** Spills in every bank, a constant computed again, a loop, a branch, callee-saved registers, an aligned frame. */
function everything(): VFunction {
  const f = new Recorder('everything', { params: ['p', 'n'] })
  const [p, n] = f.params
  const general = Array.from({ length: 16 }, (_, i) => f.gp(`g${i}`))
  const vectors = Array.from({ length: 34 }, (_, i) => f.zmm(`v${i}`))
  const masks = Array.from({ length: 9 }, (_, i) => f.k(`m${i}`))
  const tiles = Array.from({ length: 9 }, (_, i) => f.tmm(`t${i}`))
  const constant = f.gp('constant')
  f.mov(constant, 1234)
  for (const reg of general) f.mov(reg, qword(p!))
  for (const reg of vectors) f.vmovups(reg, zmmword(p!))
  for (const reg of masks) f.kmovw(reg, word(p!))
  for (const reg of tiles) f.tilezero(reg)
  const [top, skip] = [f.label('top'), f.label('skip')]
  f.bind(top)
  f.cmp(general[0]!, general[1]!)
  f.je(skip)
  f.add(general[2]!, general[3]!)
  f.bind(skip)
  for (const [i, reg] of vectors.entries()) f.vaddps(reg.mask(masks[i % 9]!), reg, zmmword(p!))
  f.dec(n!)
  f.jne(top)
  f.add(qword(p!), constant)
  for (const reg of general) f.mov(qword(p!), reg)
  for (const reg of vectors) f.vmovups(zmmword(p!), reg)
  for (const reg of tiles) f.tilestored(mem(p!, p!, 1), reg)
  f.mov(qword(p!), constant)
  f.ret()
  return f.finish()
}

const fn: VFunction = everything()
const right: PFunction = allocate(fn)

/** The allocation with some item replaced by others. `which`: of those that fit, counted from the end when negative. */
function edited(
  fits: (inst: PInst, index: number) => boolean,
  change: (inst: PInst) => PItem[],
  which = 0,
): PFunction {
  const places = right.body.flatMap((item, i) => (item.kind === 'inst' && fits(item, i) ? [i] : []))
  const at = places.at(which)
  assert.ok(at !== undefined, 'nothing to spoil')
  return { ...right, body: right.body.flatMap((item, i) => (i === at ? change(item as PInst) : [item])) }
}

function mustFail(wrong: PFunction, message: RegExp): void {
  assert.throws(
    () => checkAllocation(fn, wrong),
    (error: Error) => /CheckError|EncodeError/.test(error.name) && message.test(error.message),
  )
}

const isAdded = (inst: PInst): boolean => inst.origin < 0
const isSlot = (operand: Operand | undefined): boolean =>
  operand instanceof Mem && operand.base !== null && operand.base.id === rsp.id
const withOperand = (inst: PInst, index: number, operand: Operand): PInst[] => [
  { ...inst, operands: inst.operands.with(index, operand) },
]

planted('the allocation as it is passes', () => checkAllocation(fn, right))

planted('a store to a slot left out', () => {
  mustFail(
    edited(
      (inst) => isAdded(inst) && inst.mnemonic === 'vmovaps' && isSlot(inst.operands[0]),
      () => [],
    ),
    /is read from .*holds/,
  )
})

planted('a load from a slot left out', () => {
  mustFail(
    edited(
      (inst) => isAdded(inst) && inst.mnemonic === 'vmovaps' && isSlot(inst.operands[1]),
      () => [],
    ),
    /%v\d+\[511:0\] is read from zmm\d+/,
  )
})

planted('a slot stored half: the upper part is missing', () => {
  mustFail(
    edited(
      (inst) => isAdded(inst) && inst.mnemonic === 'vmovaps' && isSlot(inst.operands[0]),
      (inst) => {
        const slot = inst.operands[0] as Mem
        const reg = inst.operands[1] as Reg
        return [{ ...inst, operands: [slot.sized(256), physical('ymm', reg.id)] }]
      },
    ),
    /is read from|not aligned/,
  )
})

planted('a slot that is not where the value is, misaligned, or outside the frame', () => {
  const loads = (inst: PInst): boolean =>
    isAdded(inst) && inst.mnemonic === 'vmovaps' && isSlot(inst.operands[1])
  const moved = (bytes: number): PFunction =>
    edited(loads, (inst) => withOperand(inst, 1, (inst.operands[1] as Mem).plus(bytes)))
  mustFail(moved(64), /is read from/)
  mustFail(moved(32), /are not aligned/)
  mustFail(moved(4096), /are not the frame's/)
  mustFail(moved(-4096), /are not the frame's/)
})

planted('the wrong register of each bank', () => {
  for (const kind of ['r64', 'zmm', 'tmm'] as const) {
    const wrong = edited(
      (inst) =>
        inst.origin > 60 && inst.operands.some((operand) => operand instanceof Reg && operand.kind === kind),
      (inst) => {
        const index = inst.operands.findLastIndex(
          (operand) => operand instanceof Reg && operand.kind === kind,
        )
        const { id } = inst.operands[index] as Reg
        return withOperand(inst, index, physical(kind, id === 1 ? 2 : 1))
      },
      -1,
    )
    mustFail(wrong, /is read from/)
  }
  const masked = edited(
    (inst) => inst.operands[0] instanceof Reg && inst.operands[0].opmask !== null,
    (inst) => {
      const reg = inst.operands[0] as Reg<'zmm'>
      const other = physical('k', reg.opmask!.id === 1 ? 2 : 1)
      return withOperand(inst, 0, physical('zmm', reg.id).mask(other))
    },
  )
  mustFail(masked, /%m\d\[15:0\] is read from k/)
})

planted('the wrong address register', () => {
  const wrong = edited(
    (inst) => inst.mnemonic === 'tilestored' && inst.origin >= 0,
    (inst) =>
      withOperand(inst, 0, mem((inst.operands[0] as Mem).base as Reg<'r64', 'physical', 'plain'>, rcx, 1)),
  )
  mustFail(wrong, /%p\[63:0\] is read from rcx|rdi/)
})

planted('another immediate, another mnemonic, another displacement', () => {
  const add = (inst: PInst): boolean => inst.mnemonic === 'add' && inst.origin >= 0
  mustFail(
    edited(add, (inst) => [{ ...inst, mnemonic: 'sub' }]),
    /add of the function is missing/,
  )
  mustFail(
    edited(
      (inst) => inst.mnemonic === 'mov' && inst.operands[1] === 1234,
      (inst) => withOperand(inst, 1, 1235),
    ),
    /does not stand for|not a constant's definition/,
  )
  mustFail(
    edited(
      (inst) => inst.mnemonic === 'vaddps',
      (inst) => withOperand(inst, 2, zmmword(physical('r64', 7), 64)),
    ),
    /does not stand for/,
  )
})

planted('an instruction of the function left out, or twice', () => {
  const isVaddps = (inst: PInst): boolean => inst.mnemonic === 'vaddps'
  mustFail(
    edited(isVaddps, () => []),
    /vaddps of the function is missing/,
  )
  mustFail(
    edited(isVaddps, (inst) => [inst, inst]),
    /vaddps is not a constant's definition/,
  )
})

planted('a branch to another label', () => {
  const top = right.body.flatMap((item) => (item.kind === 'label' ? [item.label] : []))[0]!
  const wrong = edited(
    (inst) => inst.mnemonic === 'je',
    (inst) => withOperand(inst, 0, top),
  )
  mustFail(wrong, /does not stand for/)
  const nowhere = edited(
    (inst) => inst.mnemonic === 'je',
    (inst) => withOperand(inst, 0, new Label(9, 'nowhere')),
  )
  mustFail(nowhere, /does not stand for/)
})

planted('a value destroyed on one of two ways', () => {
  const wrong = edited(
    (inst) => inst.mnemonic === 'add' && inst.origin >= 0,
    (inst) => [
      inst,
      ...Array.from({ length: 15 }, (_, id) => id)
        .filter((id) => id !== rsp.id && id !== 7)
        .map(
          (id): PInst => ({ kind: 'inst', mnemonic: 'mov', operands: [physical('r32', id), 0], origin: -1 }),
        ),
    ],
  )
  mustFail(wrong, /is read from/)
})

planted('a callee-saved register not saved, not restored, or restored from another', () => {
  const is =
    (mnemonic: string) =>
    (inst: PInst): boolean =>
      isAdded(inst) && inst.mnemonic === mnemonic
  mustFail(
    edited(is('push'), () => []),
    /rsp|restored/,
  )
  mustFail(
    edited(is('pop'), () => []),
    /rsp|restored/,
  )
  mustFail(
    edited(is('pop'), (inst) => withOperand(inst, 0, rax)),
    /returns without r\w+ restored/,
  )
  mustFail(
    edited(is('pop'), (inst) => withOperand(inst, 0, rsp)),
    /pop is into rsp/,
  )
})

planted('a way out on which nothing was touched yet restores into rsp', () => {
  const f = new Recorder('early', { params: ['p'] })
  const end = f.label('end')
  const [p] = f.params
  const many = Array.from({ length: 12 }, (_, i) => f.gp(`g${i}`))
  f.test(p!, p!)
  f.je(end)
  for (const reg of many) f.mov(reg, qword(p!))
  for (const reg of many) f.add(qword(p!), reg)
  f.bind(end)
  f.ret()
  const early = f.finish()
  const allocated = allocate(early)
  const at = allocated.body.findLastIndex((item) => item.kind === 'inst' && item.mnemonic === 'pop')
  const [wrong] = withOperand(allocated.body[at] as PInst, 0, rsp)
  assert.throws(() => checkAllocation(early, { ...allocated, body: allocated.body.with(at, wrong!) }), /rsp/)
})

planted('the frame not reserved, not aligned, not left', () => {
  const is =
    (mnemonic: string) =>
    (inst: PInst): boolean =>
      isAdded(inst) && inst.mnemonic === mnemonic
  mustFail(
    edited(is('sub'), () => []),
    /are not the frame's/,
  )
  mustFail(
    edited(is('and'), () => []),
    /are not aligned/,
  )
  mustFail(
    edited(
      (inst) => isAdded(inst) && inst.operands[0] === rsp && isSlot(inst.operands[1]),
      () => [],
    ),
    /returns with|restored|rsp/,
  )
})

planted('vzeroupper left out, or before the last zmm is read', () => {
  mustFail(
    edited(
      (inst) => inst.mnemonic === 'vzeroupper',
      () => [],
    ),
    /vzeroupper is missing/,
  )
  const clear: PInst = { kind: 'inst', mnemonic: 'vzeroupper', operands: [], origin: -1 }
  mustFail(
    edited(
      (inst) => inst.mnemonic === 'vaddps',
      (inst) => [clear, inst],
    ),
    /\[511:0\] is read from zmm\d+, which holds %v\d+\[127:0\]/,
  )
})

planted('a constant computed again as something else, or a register that is none', () => {
  const again = edited(
    (inst, index) =>
      inst.mnemonic === 'mov' &&
      inst.operands[1] === 1234 &&
      index > right.body.findIndex((item) => item.kind === 'label'),
    (inst) => [{ ...inst, operands: [inst.operands[0]!, 99] }],
    -1,
  )
  mustFail(again, /not a constant's definition|does not stand for/)
  const loaded = edited(
    (inst) => inst.mnemonic === 'dec',
    (inst) => [{ kind: 'inst', mnemonic: 'mov', operands: [rax, dword(rcx)], origin: 3 }, inst],
  )
  mustFail(loaded, /is not a constant's definition/)
})

planted.run()
