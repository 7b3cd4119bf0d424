/** A time of day as it is typed, in the county's zone: always the last such time that has passed. */
const DAY_MS = 86_400_000
const ZONE_MS = 8 * 3_600_000

export function atTime(typed: string, now: number): string | null {
  const found = /^(\d{1,2}):(\d{2})$/.exec(typed)
  if (!found || Number(found[1]) > 23 || Number(found[2]) > 59) return null
  const midnight = Math.floor((now + ZONE_MS) / DAY_MS) * DAY_MS - ZONE_MS
  const at = midnight + (Number(found[1]) * 60 + Number(found[2])) * 60_000
  return new Date(at > now ? at - DAY_MS : at).toISOString()
}
