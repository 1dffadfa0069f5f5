/**
 * Chooses the form that fits the operands, by their shapes.
 *
 * Each mnemonic has a Selector: a small hash table from the operands' shapes, packed into two integers, to the
 * form chosen for them before. Only operands of shapes not seen yet walk the forms; the hot path neither
 * allocates nor looks at strings.
 */
import type { EncodableForm } from './encodable.ts'
import { explain, explainMnemonic } from './explain.ts'
import type { Form } from './form.ts'
import { formatOperand } from './format-operand.ts'
import { encodableForms, likelyForms, mnemonics } from './forms.ts'
import { type Operand, shapeOf } from './operands.ts'
import { Recipe } from './recipe.ts'
import {
  BROADCAST,
  NUMBER_MASK,
  NUMBER_SHIFT,
  NUMBER_VIRTUAL,
  REPEATS_MASK,
  TAG_MASK,
  TAG_MEMORY,
  TAG_REGISTER,
  VIRTUAL,
  WIDTH_MASK,
} from './shape.ts'
import { slotFits } from './slot-fits.ts'

/** Virtual registers in slots that fix the register: such a form is the last choice, since it ties the allocator. */
function tiedRegisters(form: EncodableForm, shapes: readonly number[]): number {
  let count = 0
  shapes.forEach((shape, index) => {
    const isVirtual =
      (shape & TAG_MASK) === TAG_REGISTER && (shape & NUMBER_MASK) >> NUMBER_SHIFT === NUMBER_VIRTUAL
    if (isVirtual && form.operands[index]!.fixed !== null) count++
  })
  return count
}

const DISAGREEMENTS = {
  width: (sizes: string) =>
    `the size of the memory operand could be ${sizes} bits: say which, as in dword(…) or dword ptr […]`,
  repeats: (counts: string) =>
    `the element could be repeated ${counts} times: say which, as in .broadcast(8) or {1to8}`,
} as const

/** Why an operand that leaves out its size or repeat count does not say which of the forms that fit is meant. */
function ambiguity(fitting: readonly EncodableForm[], shapes: readonly number[]): string | null {
  for (const [index, shape] of shapes.entries()) {
    if ((shape & TAG_MASK) !== TAG_MEMORY) continue
    const isBroadcast = (shape & BROADCAST) !== 0
    for (const fact of ['width', 'repeats'] as const) {
      const isStated =
        fact === 'width' ? (shape & WIDTH_MASK) !== 0 : !isBroadcast || (shape & REPEATS_MASK) !== 0
      const values = new Set(fitting.map((form) => form.slots[index]!).map((slot) => slot[fact]))
      if (!isStated && values.size > 1)
        return DISAGREEMENTS[fact]([...values].sort((a, b) => a - b).join(' or '))
    }
  }
  return null
}

function fits({ slots }: EncodableForm, shapes: readonly number[]): boolean {
  if (slots.length !== shapes.length) return false
  for (let index = 0; index < slots.length; index++) {
    if (!slotFits(slots[index]!, shapes[index]!)) return false
  }
  return true
}

/** Memory that says neither its size nor, with {1toN}, how often it is repeated. */
function isOpen(shape: number): boolean {
  if ((shape & TAG_MASK) !== TAG_MEMORY) return false
  return (shape & WIDTH_MASK) === 0 || ((shape & BROADCAST) !== 0 && (shape & REPEATS_MASK) === 0)
}

const anyForm = (): boolean => true

/** Walks the forms that come into question, or those that `accepts`; the first that fits is the best, since they are ordered. */
function choose(
  mnemonic: string,
  operands: readonly Operand[],
  accepts: (form: EncodableForm) => boolean = anyForm,
): EncodableForm {
  const shapes = operands.map(shapeOf)
  const likely = likelyForms(mnemonic, shapes)
  // Mostly nothing is open, and the first is the one.
  if (shapes.every((shape) => (shape & VIRTUAL) === 0 && !isOpen(shape))) {
    const found = likely.find((form) => fits(form, shapes) && accepts(form))
    if (found !== undefined) return found
  }
  const fitting = likely.filter((form) => fits(form, shapes) && accepts(form))
  let best = fitting[0]
  if (best === undefined) {
    const all = encodableForms(mnemonic).filter(accepts)
    if (all.length > 0) throw explain(mnemonic, operands, all, null)
    throw explainMnemonic(mnemonic, operands.map(formatOperand).join(', '), mnemonics())
  }
  const doubt = ambiguity(fitting, shapes)
  if (doubt !== null) throw explain(mnemonic, operands, fitting, doubt)
  for (const form of fitting) if (tiedRegisters(form, shapes) < tiedRegisters(best, shapes)) best = form
  return best
}

const INITIAL_SLOTS = 8
const MULTIPLIER = 0x9e3779b1
/** What selectors start with: most mnemonics are never used, and a table of one's own costs import time. */
const NO_RECIPES: (Recipe | null)[] = new Array<Recipe | null>(INITIAL_SLOTS).fill(null)

/** Remembers which form was chosen for which shapes of a mnemonic's operands, and how it is encoded. */
export class Selector {
  readonly mnemonic: string
  /** Open addressing; a slot without recipe is free. */
  #recipes = NO_RECIPES
  #shift = 32 - Math.log2(INITIAL_SLOTS)
  #count = 0

  constructor(mnemonic: string) {
    this.mnemonic = mnemonic
  }

  /**
   * The recipe for up to five operands, the first four of these shapes. The key has no place for a fifth, which only two
   * mnemonics take, so theirs is chosen anew each time. Throws EncodeError when none fits.
   */
  select(
    low: number,
    high: number,
    a: Operand | undefined,
    b: Operand | undefined,
    c: Operand | undefined,
    d: Operand | undefined,
    e: Operand | undefined,
  ): Recipe {
    if (e !== undefined) {
      return new Recipe(choose(this.mnemonic, presentOperands(a, b, c, d, e)), low, high)
    }
    const known = this.#find(low, high)
    if (known !== null) return known
    const recipe = new Recipe(choose(this.mnemonic, presentOperands(a, b, c, d)), low, high)
    this.#insert(recipe)
    return recipe
  }

  /** Whether operands of these shapes were chosen for before. */
  knows(operands: readonly Operand[]): boolean {
    const { length } = operands
    if (length > 4) return false
    const low = shapeAt(operands, 0) | (shapeAt(operands, 1) << 16)
    return this.#find(low, shapeAt(operands, 2) | (shapeAt(operands, 3) << 16)) !== null
  }

  #find(low: number, high: number): Recipe | null {
    const recipes = this.#recipes
    const mask = recipes.length - 1
    let slot = Math.imul(low ^ Math.imul(high, MULTIPLIER), MULTIPLIER) >>> this.#shift
    for (;;) {
      const recipe = recipes[slot]!
      if (recipe === null || (recipe.low === low && recipe.high === high)) return recipe
      slot = (slot + 1) & mask
    }
  }

  #insert(recipe: Recipe): void {
    if (this.#recipes === NO_RECIPES || 2 * (this.#count + 1) > this.#recipes.length) this.#grow()
    const mask = this.#recipes.length - 1
    let slot = Math.imul(recipe.low ^ Math.imul(recipe.high, MULTIPLIER), MULTIPLIER) >>> this.#shift
    while (this.#recipes[slot] !== null) slot = (slot + 1) & mask
    this.#recipes[slot] = recipe
    this.#count++
  }

  #grow(): void {
    const old = this.#recipes
    this.#recipes = new Array<Recipe | null>(2 * old.length).fill(null)
    this.#shift--
    this.#count = 0
    for (const recipe of old) if (recipe !== null) this.#insert(recipe)
  }
}

/** The shape of an operand; 0 behind the last. */
function shapeAt(operands: readonly Operand[], index: number): number {
  return index < operands.length ? shapeOf(operands[index]) : 0
}

/** The operands up to the last that is given. */
function presentOperands(...operands: (Operand | undefined)[]): Operand[] {
  let count = operands.length
  while (count > 0 && operands[count - 1] === undefined) count--
  return operands.slice(0, count) as Operand[]
}

const selectors = new Map<string, Selector>()

/** The one Selector of a mnemonic or alias. */
export function selectorOf(mnemonic: string): Selector {
  let selector = selectors.get(mnemonic)
  if (selector === undefined) {
    selector = new Selector(mnemonic)
    selectors.set(mnemonic, selector)
  }
  return selector
}

const selectorsOfForms: (Selector | undefined)[] = []

/** The Selector of a form's mnemonic. */
export function selectorOfForm(form: Form): Selector {
  const { serial } = form as EncodableForm
  let selector = selectorsOfForms[serial]
  if (selector === undefined) {
    selector = selectorOf(form.mnemonic)
    selectorsOfForms[serial] = selector
  }
  return selector
}

/** Whether some form that `accepts` fits the operands, be it one of several. */
export function hasForm(
  mnemonic: string,
  operands: readonly Operand[],
  accepts: ((form: EncodableForm) => boolean) | null,
): boolean {
  const shapes = operands.map(shapeOf)
  return likelyForms(mnemonic, shapes).some(
    (form) => fits(form, shapes) && (accepts === null || accepts(form)),
  )
}

/** The shortest form among those that `accepts`. Throws EncodeError. */
export function selectAmong(
  mnemonic: string,
  operands: readonly Operand[],
  accepts: (form: EncodableForm) => boolean,
): Form {
  return choose(mnemonic, operands, accepts)
}

/**
 * The form that encodes these operands, the shortest that there is. Virtual registers fit any number of their
 * kind; a form that would fix one (`cl`, `eax`) is chosen only where no other fits. Throws EncodeError.
 */
export function selectForm(mnemonic: string, operands: readonly Operand[]): Form {
  return selectBy(selectorOf(mnemonic), operands)
}

/** The same for who has the mnemonic's selector at hand. */
export function selectBy(selector: Selector, operands: readonly Operand[]): Form {
  const { length } = operands
  if (length > 4) return choose(selector.mnemonic, operands)
  // Not by destructuring: that would go through an iterator.
  const a = length > 0 ? operands[0] : undefined
  const b = length > 1 ? operands[1] : undefined
  const c = length > 2 ? operands[2] : undefined
  const d = length > 3 ? operands[3] : undefined
  const low = shapeOf(a) | (shapeOf(b) << 16)
  const high = shapeOf(c) | (shapeOf(d) << 16)
  return selector.select(low, high, a, b, c, d, undefined).form
}
