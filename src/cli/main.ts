#!/usr/bin/env node
/** The command in the source tree; in the package scripts/bundle.ts puts a quicker start in its place. */
import { runCommand } from './command.ts'

await runCommand(process.argv.slice(2))
