/** The county's ground for the small maps of this screen, asked for once. */
import type { FeatureCollection } from 'geojson'

let asked: Promise<FeatureCollection> | null = null
export function ground(ask: () => Promise<FeatureCollection>): Promise<FeatureCollection> {
  asked ??= ask().catch((error: unknown) => { asked = null; throw error })
  return asked
}
