/** What a desk can do decides what its first three steps are: nobody is told to press a key that is not theirs. */
import type { DeskWord } from './words'

export function firstSteps(may: (permission: string) => boolean): readonly [DeskWord, DeskWord, DeskWord] {
  if (may('task.order')) return may('incident.open') ? ['step1', 'step2', 'step3'] : ['step1', 'step2', 'stepHelp']
  return ['step1', 'stepRead', may('incident.open') ? 'step3' : 'stepHelp']
}
