/** Shares the team's position while it is on duty or on a task, and only then; without a line the points wait on the phone. */
import { shallowRef } from 'vue'
import { Problem, post } from '../../kernel/http'
import { keep, kept } from '../../kernel/keep'
import { metres } from './mine'

export type SharingState = 'off' | 'waiting' | 'on' | 'denied' | 'none'
export interface Fix { lon: number; lat: number; at: number; accuracy: number | null }
interface Point { team_id: string; lon: number; lat: number; at: string; speed?: number; heading?: number; accuracy?: number }

const LEAST_S = 5
const STILL_S = 30
const MOVED_M = 10
const MOST = 720
const BATCH = 200
const SEND_MS = 10_000

/** Whether a fix adds something to the trail: it moved, or the last one grows old. */
export function worthKeeping(last: Fix | null, next: Fix): boolean {
  if (!last) return true
  const seconds = (next.at - last.at) / 1000
  return seconds >= STILL_S || (seconds >= LEAST_S && metres([last.lon, last.lat], [next.lon, next.lat]) >= MOVED_M)
}

/** Over the cap the older half keeps every second point: the way stays, in coarser steps. */
export function thinned<T>(points: readonly T[], most = MOST): T[] {
  if (points.length <= most) return [...points]
  const half = Math.floor(points.length / 2)
  return [...points.slice(0, half).filter((_, i) => i % 2 === 0), ...points.slice(half)]
}

export class Sharing {
  readonly state = shallowRef<SharingState>('off')
  readonly fix = shallowRef<Fix | null>(null)
  readonly waiting = shallowRef(0)
  private queue: Point[] = []
  private last: Fix | null = null
  private watching: number | null = null
  private timer: ReturnType<typeof setInterval> | undefined
  private sending = false
  private readonly owner: string
  private readonly team: string

  constructor(owner: string, team: string) { this.owner = owner; this.team = team }

  async open(): Promise<void> {
    this.queue = (await kept<Point[]>(this.owner, 'positions'))?.value ?? []
    this.waiting.value = this.queue.length
    this.timer = setInterval(() => void this.send(), SEND_MS)
  }

  follow(wanted: boolean): void {
    if (wanted && this.watching === null) this.start()
    if (!wanted && this.watching !== null) this.stop()
  }

  close(): void { this.stop(); clearInterval(this.timer) }

  private start(): void {
    if (!('geolocation' in navigator)) { this.state.value = 'none'; return }
    this.state.value = 'waiting'
    const failed = (error: GeolocationPositionError): void => {
      this.state.value = error.code === error.PERMISSION_DENIED ? 'denied' : 'waiting'
    }
    this.watching = navigator.geolocation.watchPosition((at) => this.take(at), failed, { enableHighAccuracy: true, maximumAge: 5000, timeout: 30_000 })
  }

  private stop(): void {
    if (this.watching !== null) navigator.geolocation.clearWatch(this.watching)
    this.watching = null
    this.fix.value = null
    this.state.value = 'off'
  }

  private take({ coords, timestamp }: GeolocationPosition): void {
    const fix = { lon: coords.longitude, lat: coords.latitude, at: timestamp, accuracy: coords.accuracy ?? null }
    this.state.value = 'on'
    this.fix.value = fix
    if (!worthKeeping(this.last, fix)) return
    this.last = fix
    const point: Point = { team_id: this.team, lon: round(fix.lon), lat: round(fix.lat), at: new Date(fix.at).toISOString() }
    if (coords.speed !== null && coords.speed >= 0) point.speed = coords.speed
    if (coords.heading !== null && coords.heading >= 0) point.heading = coords.heading
    if (fix.accuracy !== null) point.accuracy = fix.accuracy
    void this.put([...this.queue, point]).then(() => this.send())
  }

  private async put(points: Point[]): Promise<void> {
    this.queue = thinned(points)
    this.waiting.value = this.queue.length
    await keep(this.owner, 'positions', this.queue)
  }

  private async send(): Promise<void> {
    if (this.sending || this.queue.length === 0 || navigator.onLine === false) return
    this.sending = true
    const batch = this.queue.slice(0, BATCH)
    try {
      await post('/positions', batch)
      await this.put(this.queue.filter((point) => !batch.includes(point)))
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      if (!error.passing) await this.put(this.queue.filter((point) => !batch.includes(point)))
    } finally {
      this.sending = false
    }
  }
}

const round = (degrees: number): number => Math.round(degrees * 1e6) / 1e6
