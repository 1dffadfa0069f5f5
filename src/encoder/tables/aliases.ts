/** Other names of the same instructions. The formatter writes the name on the right. */
export const aliases = {
  jz: 'je',
  jnz: 'jne',
} as const
