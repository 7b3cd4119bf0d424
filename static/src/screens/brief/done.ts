/** What was approved on this phone just now, and what takes it back by name. */
import type { Tap } from '../../kernel/types'
import type { Text } from '../../kernel/types'

export interface Done { key: string; title: Text; tap: Text; at: number; back: NonNullable<Tap['back']> }
/** As long as a slip of the thumb is still a slip. */
export const OFFERED_MS = 10 * 60_000
