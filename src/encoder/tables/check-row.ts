/** Whether a row that can be read makes sense: its roles, decorations and ModRM byte go together. The tests ask it of every row. */
import { isLiteralToken, type ParsedOperand, ROLES, type Role, type Row, type RowPlace, rowError, type TokenSet } from './grammar.ts'
import type { RowFacts } from './row-facts.ts'

function isMemoryToken({ family, letters }: TokenSet): boolean {
  if (family === 'm' || family === 'vm32' || family === 'vm64') return true
  return family === '=' && /^(m\d*|b\d+|[sd]i\d+|moffs\d+|sibmem)$/.test(letters)
}

/** What the opcode names: it has no bits of its own. */
function isFixedToken({ family, letters }: TokenSet): boolean {
  return family === '=' && /^(al|ax|eax|rax|cl|dx|xmm0|st0|[fg]s|[sd]i\d+|1)$/.test(letters)
}

/** Which tokens a role can stand for. */
function roleFits(role: Role, token: TokenSet): boolean {
  switch (role) {
    case 'I':
    case 'J':
      return token.letters.startsWith('moffs') || (isLiteralToken(token) && !/^(rel\d+|dfv|1)$/.test(token.letters))
    case 'D':
      return token.letters.startsWith('rel')
    case '-':
      return isFixedToken(token)
    case 'M':
      return !isLiteralToken(token) && !isFixedToken(token)
    case 'V':
      if (token.letters === 'dfv') return true
      return !isLiteralToken(token) && !isFixedToken(token) && !isMemoryToken(token)
    default:
      return !isLiteralToken(token) && !isFixedToken(token) && !isMemoryToken(token)
  }
}

function checkOperands(operands: readonly ParsedOperand[], explicit: number, row: Row, place: RowPlace): void {
  if (operands.slice(explicit).some((operand) => !operand.implicit)) {
    throw rowError(place, 'operands', row[0], 'implicit operands come last')
  }
  if (explicit > 5) throw rowError(place, 'operands', row[0], 'more than five explicit operands')
  if (explicit === 5 && !(row[1].endsWith('I') && row[1].includes('S'))) {
    throw rowError(place, 'roles', row[1], 'a fifth operand is an immediate beside is4')
  }
}

function checkDecorations(operands: readonly ParsedOperand[], row: Row, place: RowPlace): void {
  const isEvex = row[2].startsWith('EVEX')
  operands.forEach((operand, index) => {
    for (const token of operand.alternatives) {
      if (token.decoration === '') continue
      const fail = (reason: string) => rowError(place, 'operands', row[0], `{${token.decoration}} on '${token.letters}': ${reason}`)
      if (!isEvex) throw fail('only EVEX forms have decorations')
      if (token.decoration === 'kz' && isMemoryToken(token)) throw fail('a store cannot zero')
      const isMask = token.decoration === 'k' || token.decoration === 'kz'
      if (isMask && index !== 0) throw fail('only the first operand takes a mask')
      if (!isMask && isMemoryToken(token)) throw fail('rounding belongs on a register')
    }
  })
}

function checkRoles(operands: readonly ParsedOperand[], explicit: number, row: Row, place: RowPlace): void {
  const fail = (reason: string) => rowError(place, 'roles', row[1], reason)
  if (row[1].length !== explicit) throw fail(`${row[1].length} roles for ${explicit} explicit operands`)
  for (const [index, letter] of [...row[1]].entries()) {
    const role = ROLES.find((each) => each === letter)
    if (role === undefined) throw fail(`unknown role '${letter}'`)
    if (role !== '-' && row[1].indexOf(role) !== index) throw fail(`role ${role} occurs twice`)
    for (const token of operands[index]!.alternatives) {
      if (!roleFits(role, token)) throw fail(`operand ${index + 1} ('${token.letters}') cannot have role ${role}`)
    }
  }
}

function checkLengths({ lengths, notation, place, row }: RowFacts): void {
  if (notation.scheme !== 'legacy' && lengths.some((length) => length < 0)) {
    throw rowError(place, 'encoding', row[2], 'no vector length, and no x, y or z among the operands')
  }
}

function checkModRM({ notation, place, places, row }: RowFacts): void {
  const fail = (reason: string) => rowError(place, 'encoding', row[2], reason)
  if ((places.reg >= 0 || places.rm >= 0) && !notation.hasModRM) throw fail('roles R and M need /r or /0…/7')
  if (places.reg >= 0 && notation.digit >= 0) throw fail(`/${notation.digit} occupies ModRM.reg, which role R wants`)
  if (notation.hasModRM && notation.digit < 0 && places.reg < 0) throw fail('/r needs an operand with role R')
  if (places.opcode >= 0 !== notation.opcodeRegister) throw fail('role O and +r go together')
  if (places.vvvv >= 0 && notation.scheme === 'legacy') throw fail('role V needs VEX or EVEX')
}

/** Throws RowError, naming row and column, where what can be read makes no sense. */
export function checkRow(facts: RowFacts): void {
  const { parsed, place, row } = facts
  const { operands } = parsed
  const implicit = operands.findIndex((operand) => operand.implicit)
  const explicit = implicit < 0 ? operands.length : implicit
  checkOperands(operands, explicit, row, place)
  checkDecorations(operands, row, place)
  checkRoles(operands, explicit, row, place)
  const wrong = parsed.features.find((name) => !/^[A-Z][A-Z0-9_]*$/.test(name))
  if (wrong !== undefined) throw rowError(place, 'features', row[3], `'${wrong}' is no CPUID feature name`)
  const flags = parsed.attributes.flagsRead + parsed.attributes.flagsWritten
  if (!/^[OSZAPCD]*$/.test(flags)) throw rowError(place, 'attributes', row[4] ?? '', `'${flags}' are no flags`)
  checkModRM(facts)
  checkLengths(facts)
}
