/** Who answers now, as the desk shows and rings them: the shift of a centre that has taken over, and its office numbers. */
import type { Shift } from '../../kernel/duty'
import { answering } from '../../kernel/duty'

export const shiftOn = (shifts: readonly Shift[], centre: string): Shift | undefined => shifts.find((one) => one.state === 'on' && one.centre === centre)
/** Names with the office number of this shift, those who answer first. */
export const ringing = (shifts: readonly Shift[], centre: string): { who: string; number: string }[] =>
  answering(shiftOn(shifts, centre)).flatMap((one) => (one.number ? [{ who: one.name, number: one.number }] : []))
