/** What one section of the keepers' screen says of itself. */
import type { Component } from 'vue'
import type { Text } from '../../kernel/types'

export interface Section {
  /** the part of the address after `#` */
  id: string
  place: number
  name: Text
  /** a section whose right is missing is not listed */
  needs: string
  load: () => Promise<{ default: Component }>
}
export const section = (it: Section): Section => it
