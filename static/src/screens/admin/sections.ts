/**
 * The sections of the keepers' screen. One file in `sections/` is one section: it says its place, its name, the right that it
 * needs, and the component that draws it. A new file is found by itself.
 */
import type { Section } from './section'

const found = import.meta.glob<{ default: Section }>('./sections/*.ts', { eager: true })
const all = Object.values(found).map((file) => file.default).sort((a, b) => a.place - b.place)

/** What this account may see, in order. */
export const sectionsFor = (permissions: readonly string[]): Section[] => all.filter((one) => permissions.includes(one.needs))
