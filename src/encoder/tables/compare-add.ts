/** Rows of CMPccXADD: compares memory, and adds to it if a condition holds, at once. */

export const compareAdd = {
  /** `old ← [dst]; flags of old − cmp; if overflow then [dst] ← old + src; cmp ← old`, atomic. */
  cmpoxadd: [
    ['rw:mdq, rw:rdq, r:rdq', 'MRV', 'VEX.128.66.0F38.Wdq E0 /r', 'CMPCCXADD', 'w:OSZAPC'],
    ['rw:mdq, rw:rdq, r:rdq', 'MRV', 'EVEX.L0.66.0F38.Wdq E0 /r plain', 'CMPCCXADD APX_F', 'w:OSZAPC'],
  ],
  /** `old ← [dst]; flags of old − cmp; if no overflow then [dst] ← old + src; cmp ← old`, atomic. */
  cmpnoxadd: [
    ['rw:mdq, rw:rdq, r:rdq', 'MRV', 'VEX.128.66.0F38.Wdq E1 /r', 'CMPCCXADD', 'w:OSZAPC'],
    ['rw:mdq, rw:rdq, r:rdq', 'MRV', 'EVEX.L0.66.0F38.Wdq E1 /r plain', 'CMPCCXADD APX_F', 'w:OSZAPC'],
  ],
  /** `old ← [dst]; flags of old − cmp; if below (unsigned <) then [dst] ← old + src; cmp ← old`, atomic. */
  cmpbxadd: [
    ['rw:mdq, rw:rdq, r:rdq', 'MRV', 'VEX.128.66.0F38.Wdq E2 /r', 'CMPCCXADD', 'w:OSZAPC'],
    ['rw:mdq, rw:rdq, r:rdq', 'MRV', 'EVEX.L0.66.0F38.Wdq E2 /r plain', 'CMPCCXADD APX_F', 'w:OSZAPC'],
  ],
  /** `old ← [dst]; flags of old − cmp; if above or equal (unsigned ≥) then [dst] ← old + src; cmp ← old`, atomic. */
  cmpaexadd: [
    ['rw:mdq, rw:rdq, r:rdq', 'MRV', 'VEX.128.66.0F38.Wdq E3 /r', 'CMPCCXADD', 'w:OSZAPC'],
    ['rw:mdq, rw:rdq, r:rdq', 'MRV', 'EVEX.L0.66.0F38.Wdq E3 /r plain', 'CMPCCXADD APX_F', 'w:OSZAPC'],
  ],
  /** `old ← [dst]; flags of old − cmp; if equal then [dst] ← old + src; cmp ← old`, atomic. */
  cmpexadd: [
    ['rw:mdq, rw:rdq, r:rdq', 'MRV', 'VEX.128.66.0F38.Wdq E4 /r', 'CMPCCXADD', 'w:OSZAPC'],
    ['rw:mdq, rw:rdq, r:rdq', 'MRV', 'EVEX.L0.66.0F38.Wdq E4 /r plain', 'CMPCCXADD APX_F', 'w:OSZAPC'],
  ],
  /** `old ← [dst]; flags of old − cmp; if not equal then [dst] ← old + src; cmp ← old`, atomic. */
  cmpnexadd: [
    ['rw:mdq, rw:rdq, r:rdq', 'MRV', 'VEX.128.66.0F38.Wdq E5 /r', 'CMPCCXADD', 'w:OSZAPC'],
    ['rw:mdq, rw:rdq, r:rdq', 'MRV', 'EVEX.L0.66.0F38.Wdq E5 /r plain', 'CMPCCXADD APX_F', 'w:OSZAPC'],
  ],
  /** `old ← [dst]; flags of old − cmp; if below or equal (unsigned ≤) then [dst] ← old + src; cmp ← old`, atomic. */
  cmpbexadd: [
    ['rw:mdq, rw:rdq, r:rdq', 'MRV', 'VEX.128.66.0F38.Wdq E6 /r', 'CMPCCXADD', 'w:OSZAPC'],
    ['rw:mdq, rw:rdq, r:rdq', 'MRV', 'EVEX.L0.66.0F38.Wdq E6 /r plain', 'CMPCCXADD APX_F', 'w:OSZAPC'],
  ],
  /** `old ← [dst]; flags of old − cmp; if above (unsigned >) then [dst] ← old + src; cmp ← old`, atomic. */
  cmpaxadd: [
    ['rw:mdq, rw:rdq, r:rdq', 'MRV', 'VEX.128.66.0F38.Wdq E7 /r', 'CMPCCXADD', 'w:OSZAPC'],
    ['rw:mdq, rw:rdq, r:rdq', 'MRV', 'EVEX.L0.66.0F38.Wdq E7 /r plain', 'CMPCCXADD APX_F', 'w:OSZAPC'],
  ],
  /** `old ← [dst]; flags of old − cmp; if sign set then [dst] ← old + src; cmp ← old`, atomic. */
  cmpsxadd: [
    ['rw:mdq, rw:rdq, r:rdq', 'MRV', 'VEX.128.66.0F38.Wdq E8 /r', 'CMPCCXADD', 'w:OSZAPC'],
    ['rw:mdq, rw:rdq, r:rdq', 'MRV', 'EVEX.L0.66.0F38.Wdq E8 /r plain', 'CMPCCXADD APX_F', 'w:OSZAPC'],
  ],
  /** `old ← [dst]; flags of old − cmp; if sign clear then [dst] ← old + src; cmp ← old`, atomic. */
  cmpnsxadd: [
    ['rw:mdq, rw:rdq, r:rdq', 'MRV', 'VEX.128.66.0F38.Wdq E9 /r', 'CMPCCXADD', 'w:OSZAPC'],
    ['rw:mdq, rw:rdq, r:rdq', 'MRV', 'EVEX.L0.66.0F38.Wdq E9 /r plain', 'CMPCCXADD APX_F', 'w:OSZAPC'],
  ],
  /** `old ← [dst]; flags of old − cmp; if parity even then [dst] ← old + src; cmp ← old`, atomic. */
  cmppxadd: [
    ['rw:mdq, rw:rdq, r:rdq', 'MRV', 'VEX.128.66.0F38.Wdq EA /r', 'CMPCCXADD', 'w:OSZAPC'],
    ['rw:mdq, rw:rdq, r:rdq', 'MRV', 'EVEX.L0.66.0F38.Wdq EA /r plain', 'CMPCCXADD APX_F', 'w:OSZAPC'],
  ],
  /** `old ← [dst]; flags of old − cmp; if parity odd then [dst] ← old + src; cmp ← old`, atomic. */
  cmpnpxadd: [
    ['rw:mdq, rw:rdq, r:rdq', 'MRV', 'VEX.128.66.0F38.Wdq EB /r', 'CMPCCXADD', 'w:OSZAPC'],
    ['rw:mdq, rw:rdq, r:rdq', 'MRV', 'EVEX.L0.66.0F38.Wdq EB /r plain', 'CMPCCXADD APX_F', 'w:OSZAPC'],
  ],
  /** `old ← [dst]; flags of old − cmp; if less (signed <) then [dst] ← old + src; cmp ← old`, atomic. */
  cmplxadd: [
    ['rw:mdq, rw:rdq, r:rdq', 'MRV', 'VEX.128.66.0F38.Wdq EC /r', 'CMPCCXADD', 'w:OSZAPC'],
    ['rw:mdq, rw:rdq, r:rdq', 'MRV', 'EVEX.L0.66.0F38.Wdq EC /r plain', 'CMPCCXADD APX_F', 'w:OSZAPC'],
  ],
  /** `old ← [dst]; flags of old − cmp; if greater or equal (signed ≥) then [dst] ← old + src; cmp ← old`, atomic. */
  cmpgexadd: [
    ['rw:mdq, rw:rdq, r:rdq', 'MRV', 'VEX.128.66.0F38.Wdq ED /r', 'CMPCCXADD', 'w:OSZAPC'],
    ['rw:mdq, rw:rdq, r:rdq', 'MRV', 'EVEX.L0.66.0F38.Wdq ED /r plain', 'CMPCCXADD APX_F', 'w:OSZAPC'],
  ],
  /** `old ← [dst]; flags of old − cmp; if less or equal (signed ≤) then [dst] ← old + src; cmp ← old`, atomic. */
  cmplexadd: [
    ['rw:mdq, rw:rdq, r:rdq', 'MRV', 'VEX.128.66.0F38.Wdq EE /r', 'CMPCCXADD', 'w:OSZAPC'],
    ['rw:mdq, rw:rdq, r:rdq', 'MRV', 'EVEX.L0.66.0F38.Wdq EE /r plain', 'CMPCCXADD APX_F', 'w:OSZAPC'],
  ],
  /** `old ← [dst]; flags of old − cmp; if greater (signed >) then [dst] ← old + src; cmp ← old`, atomic. */
  cmpgxadd: [
    ['rw:mdq, rw:rdq, r:rdq', 'MRV', 'VEX.128.66.0F38.Wdq EF /r', 'CMPCCXADD', 'w:OSZAPC'],
    ['rw:mdq, rw:rdq, r:rdq', 'MRV', 'EVEX.L0.66.0F38.Wdq EF /r plain', 'CMPCCXADD APX_F', 'w:OSZAPC'],
  ],
} as const
