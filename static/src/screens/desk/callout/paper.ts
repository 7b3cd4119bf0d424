/** The list that is being put on paper, as it was when somebody printed it. */
import { shallowRef } from 'vue'
import type { Callout, CalloutList, CalloutPerson } from '../../../kernel/types'

export interface Printed { callout: Callout; list: CalloutList; people: readonly CalloutPerson[]; at: number }
export const printed = shallowRef<Printed | null>(null)
