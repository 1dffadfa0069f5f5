/** Asks Linux for the tile registers: their 8 KiB are not saved for a process until it says that it wants them. */
import { type Host, HostError } from './hosts/host.ts'

/** x86-64 system call number. */
const ARCH_PRCTL = 158
/** arch_prctl's request for a state component, by its XCR0 bit (Linux, Documentation/arch/x86/xstate.rst). */
const ARCH_REQ_XCOMP_PERM = 0x1023
const TILE_DATA = 18

let isGranted = false

/**
 * Requests the permission, once a process; it holds for all of its threads. Without it the first tile instruction ends the process.
 * @throws HostError with the system's errno when it refuses: no AMX (95), or an alternate signal stack that is too small (28).
 */
export function requestTiles(host: Host): void {
  if (isGranted) return
  const { value, errno } = host.libc('syscall', ARCH_PRCTL, ARCH_REQ_XCOMP_PERM, TILE_DATA)
  if (value !== 0) {
    throw new HostError(
      `tile registers: Linux refused arch_prctl(ARCH_REQ_XCOMP_PERM, ${TILE_DATA}), errno ${errno}; the emulator runs such code on any CPU`,
    )
  }
  isGranted = true
}
