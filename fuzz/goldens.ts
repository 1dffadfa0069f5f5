/** `npm run goldens`: makes test/goldens/*.txt anew. Nothing is written unless llvm-mc agrees with every line. */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { GOLDEN_DIRECTORY, type GoldenCases, goldenCases, goldenFile } from './golden-files.ts'
import { describe, isMismatch, judge } from './judge.ts'
import { findOracle, type Oracle } from './oracle.ts'

interface Lines {
  readonly table: string
  readonly lines: readonly string[]
  readonly mismatches: readonly string[]
}

async function linesOf(oracle: Oracle, { branches, cases, table }: GoldenCases): Promise<Lines> {
  const judgements = await judge(oracle, cases)
  const decoded = await oracle.disassemble(branches.map(({ hex }) => hex))
  const wrongBranches = branches.flatMap((branch, index) => {
    const isRight = decoded[index] === branch.text && branch.size === branch.fewest
    return isRight ? [] : [`${branch.text}\n  ours       ${branch.hex}\n  llvm-mc    ${decoded[index]}`]
  })
  const right = judgements.filter(({ verdict }) => !isMismatch(verdict))
  const lines = [...right.map((each) => each.case), ...branches].map(({ hex, text }) => `${hex}  ${text}`)
  return {
    table,
    lines: [...new Set(lines)],
    mismatches: [...judgements.filter(({ verdict }) => isMismatch(verdict)).map(describe), ...wrongBranches],
  }
}

const oracle = findOracle()
if (oracle === null) {
  console.error('goldens: llvm-mc 22 is not installed; it is what the golden files are made with')
  process.exit(1)
}
const files: Lines[] = []
for (const cases of goldenCases()) files.push(await linesOf(oracle, cases))
const mismatches = files.flatMap((file) => file.mismatches)
if (mismatches.length > 0) {
  console.error(mismatches.slice(0, 20).join('\n'))
  console.error(`${mismatches.length} mismatches with ${oracle.version}; nothing was written`)
  process.exit(1)
}
mkdirSync(GOLDEN_DIRECTORY, { recursive: true })
for (const old of readdirSync(GOLDEN_DIRECTORY)) rmSync(new URL(old, GOLDEN_DIRECTORY))
for (const { lines, table } of files) {
  const header = `# ${table}: bytes and Intel text, made by npm run goldens with llvm-mc (${oracle.version})\n`
  writeFileSync(goldenFile(table), `${header}${lines.join('\n')}\n`)
}
const count = files.reduce((sum, { lines }) => sum + lines.length, 0)
console.log(`${files.length} files, ${count} lines`)
