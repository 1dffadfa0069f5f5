/** What the coverage of LLVM's instructions leaves out, each with its reason. */

/** Instructions that were withdrawn: no processor that is made has them, and none will. */
export const WITHDRAWN: readonly { readonly mnemonic: RegExp; readonly reason: string }[] = [
  { mnemonic: /^t(transposed|conjt|2rpnt)/, reason: 'AMX-TRANSPOSE: Intel withdrew it' },
  {
    mnemonic: /^t(t?mmultf32ps|t?cmm\w+t?fp16ps)$/,
    reason: 'AMX-TF32, and complex products of transposed tiles: Intel withdrew them',
  },
  { mnemonic: /^v(4fn?madd[ps]s|p4dpwssds?)$/, reason: 'AVX512_4FMAPS, AVX512_4VNNIW: Xeon Phi only' },
  { mnemonic: /^v(exp2|rcp28|rsqrt28)/, reason: 'AVX512ER: Xeon Phi only' },
  { mnemonic: /^v(gather|scatter)pf[01]/, reason: 'AVX512PF: Xeon Phi only' },
  { mnemonic: /^(xacquire|xrelease)/, reason: 'hardware lock elision: Intel withdrew it' },
]

/** Texts of the disassembler that are no instructions of their own. */
export const UNCOUNTED: readonly { readonly shape: RegExp; readonly reason: string }[] = [
  { shape: /^(addr32|data16|rex64|[c-gs]s)\b/, reason: 'a prefix that changes nothing, or stands alone' },
  {
    shape: /^(lock|rep|repne|xacquire|xrelease|notrack)( (addr32|data16|rex64|[c-gs]s|rep|repne|lock)\b.*)?$/,
    reason: 'as before',
  },
  {
    shape: /^(xacquire|xrelease) (?!lock|xchg|mov)/,
    reason: 'prefixes F2 and F3, which the CPU ignores there',
  },
  {
    shape: /^(rep|repne) (?!(movs|cmps|stos|lods|scas|ins|outs)[bwdq]\b(?!.*mm)|mont|xs|xcrypt)/,
    reason: 'F2 and F3 mean something before string instructions only',
  },
  {
    shape:
      /^lock (?!(adc|add|and|bt[crs]|cmpxchg\w*|dec|inc|neg|not|or|sbb|sub|xadd|xchg|xor) m|xchg r\d+, m)/,
    reason: 'lock wants an instruction that reads, changes and writes memory',
  },
  { shape: /^repne (?!cmps|scas)/, reason: 'F2 before a string instruction that does not compare is F3' },
  { shape: /^(rstorssp|clrssbsy) m32/, reason: 'they access 64 bits (SDM Vol. 2B), which LLVM shows as 32' },
  { shape: /^vmovw .*r64/, reason: 'W is ignored (SDM Vol. 2C), and the 32-bit register does the same' },
]
